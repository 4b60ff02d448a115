//! Many programs, many accounts, and neighbours who keep the agent waiting.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use signet_e2e::agent::Endpoint as Connection;
use signet_e2e::rig::control::{Drop, Endpoint, Fault, Settings};
use signet_e2e::rig::{BIURO, User};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

use crate::life::{memory, shown, starts};
use crate::samples::{Samples, nanos};
use crate::stage::{ACCOUNTS, Stage};
use crate::table::{Row, line};

const ROUNDS: usize = 5;
const WARM: &str = "500";
const ROUND: &str = "4000";

/// A thousand programs in four processes ask for a token that has ended, beside one program that does.
pub(crate) fn herd(stage: &mut Stage) -> Result<(Vec<Row>, Value)> {
    const PROCESSES: usize = 4;
    const PROGRAMS: usize = 250;
    let (mut alone, mut together) = (Vec::new(), Vec::new());
    let mut most_requests = 0;
    for round in 0..ROUNDS {
        for (processes, programs, took) in [(1, 1, &mut alone), (PROCESSES, PROGRAMS, &mut together)] {
            let person = person(&stage.rig, &format!("herd-{round}-{programs}@firma.example"))?;
            lapsed(stage, person)?;
            let asked = json!({ "account": person.login, "wait_seconds": 60 });
            let start = Instant::now();
            let crowds = (0..processes).map(|_| stage.agent.crowd(programs, "token.get", &asked));
            for crowd in crowds.collect::<Result<Vec<_>>>()? {
                let answers = crowd.answers()?;
                ensure!(answers.iter().all(|answer| answer["result"]["access_token"].is_string()), "nobody is refused");
            }
            took.push(nanos(start.elapsed()));
            most_requests = most_requests.max(stage.rig.control().requests(Endpoint::Token)?.len());
        }
    }
    let (alone, together) = (Samples::of([alone]), Samples::of([together]));
    let rows = vec![
        Row::of("1,000 programs at a lapsed token, to the last answer", &together),
        Row::of("  floor: one program, its process started too", &alone),
        Row::figure("  requests to the authority", most_requests.to_string()).target("1", most_requests == 1),
    ];
    Ok((rows, json!({ "herd": together.json(), "one": alone.json(), "requests": most_requests })))
}

/// Signs somebody in whose token then ends.
fn lapsed(stage: &Stage, person: User) -> Result<()> {
    let life = |seconds| Settings { access_ttl: Some(seconds), ..Settings::default() };
    stage.rig.control().set(&life(1))?;
    stage.agent.signet(&["accounts", "add", person.login])?.line()?;
    stage.agent.sign_in_by_forms(person.login, person)?;
    stage.rig.control().set(&life(3_600))?;
    stage.agent.await_lapse(person.login)?;
    stage.rig.control().forget_requests()
}

/// A cached token alone, and while one account's authority hangs, another's person is waited for, and clients stall.
pub(crate) fn neighbours(stage: &mut Stage) -> Result<(Vec<Row>, Value)> {
    const TARGET: f64 = 1.5;
    let hung = person(&stage.rig, "hung@firma.example")?;
    let absent = person(&stage.rig, "absent@firma.example")?;
    for person in [hung, absent] {
        stage.agent.signet(&["accounts", "add", person.login])?.line()?;
    }
    stage.agent.sign_in_by_forms(hung.login, hung)?;
    let (mut alone, mut beside) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        alone.push(round(stage, &stage.agent)?);
        let neighbours = Neighbours::wait(stage, hung, absent)?;
        beside.push(round(stage, &stage.agent)?);
        neighbours.go(stage)?;
    }
    let (alone, beside) = (Samples::of(alone), Samples::of(beside));
    let ratio = beside.quantile(990).as_secs_f64() / alone.quantile(990).as_secs_f64();
    let rows = vec![
        Row::of("cached token beside neighbours who wait", &beside),
        Row::of("  floor: the same alone", &alone),
        Row::figure("  p99 over the floor's p99", format!("{ratio:.2}")).target("<= 1.5", ratio <= TARGET),
    ];
    Ok((rows, json!({ "beside": beside.json(), "alone": alone.json(), "p99_ratio": ratio })))
}

/// Programs that wait for something that does not come.
struct Neighbours(Vec<Connection>);

impl Neighbours {
    /// They stall for less than the five seconds that the agent gives them.
    fn wait(stage: &Stage, hung: User, absent: User) -> Result<Self> {
        const STALLED: usize = 20;
        let fault = Fault {
            drop: Some(Drop::Hold),
            matching: [("user".to_owned(), hung.login.to_owned())].into(),
            ..Fault::default()
        };
        stage.rig.control().fault(&fault)?;
        let mut waiting = Vec::new();
        let mut authority = stage.agent.endpoint()?;
        authority.send("token.get", json!({ "account": hung.login, "force": true, "wait_seconds": 120 }))?;
        waiting.push(authority);
        let mut person = stage.agent.endpoint()?;
        let started = person.ask("sign_in.start", json!({ "account": absent.login }))?;
        let sign_in = &started["result"]["sign_in"];
        person.send("sign_in.wait", json!({ "sign_in": sign_in, "wait_seconds": 120 }))?;
        waiting.push(person);
        for _ in 0..STALLED {
            let mut stalled = stage.agent.endpoint()?;
            stalled.send_part(r#"{"jsonrpc":"2.0","id":1"#)?;
            waiting.push(stalled);
        }
        Ok(Self(waiting))
    }

    fn go(self, stage: &Stage) -> Result<()> {
        drop(self.0);
        stage.rig.control().cancel_faults()
    }
}

/// An agent with a thousand accounts, beside the one with ten.
pub(crate) fn thousand(stage: &mut Stage) -> Result<(Vec<Row>, Value)> {
    const MANY: usize = 1_000;
    const START_TARGET: Duration = Duration::from_millis(200);
    let mut crowded = Crowded::set_up(MANY)?;
    let (mut few, mut many) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        few.push(round(stage, &stage.agent)?);
        many.push(round(stage, &crowded.agent)?);
    }
    let resident = memory(crowded.agent.pid().context("the agent runs")?)?.resident;
    crowded.agent.stop()?;
    let (listening, answered) = starts(stage, &crowded.agent)?;
    let (few, many) = (Samples::of(few), Samples::of(many));
    let rows = vec![
        Row::of("cached token, 1,000 accounts", &many),
        Row::of(&format!("  floor: the same with {ACCOUNTS}"), &few),
        Row::of("  start to endpoint", &listening),
        Row::of("  start to first cached token", &answered).target("<= 200 ms", answered.p50() <= START_TARGET),
        Row::figure("  resident memory", shown(resident)),
    ];
    let told = json!({
        "thousand": many.json(), "ten": few.json(), "endpoint": listening.json(), "first_token": answered.json(),
        "resident_kb": resident,
    });
    Ok((rows, told))
}

struct Crowded {
    // Ended in this order.
    agent: Agent,
    _rig: Rig,
}

impl Crowded {
    fn set_up(accounts: usize) -> Result<Self> {
        line(&format!("signing in {accounts} accounts"));
        let rig = Rig::start(Options::without_mail())?;
        let login = |number| format!("point-{number:04}@firma.example");
        let config = (0..accounts).map(|number| format!("[accounts.\"{}\"]\n", login(number))).collect();
        let agent = Agent::start(&rig, AgentOptions { config, ..AgentOptions::default() })?;
        agent.signet(&["accounts", "add", BIURO.login])?.line()?;
        agent.sign_in_by_forms(BIURO.login, BIURO)?;
        for number in 0..accounts {
            let person = person(&rig, &login(number))?;
            agent.sign_in_by_forms(person.login, person)?;
        }
        agent.token(BIURO.login)?;
        Ok(Self { agent, _rig: rig })
    }
}

/// Somebody new at the provider, who stays for as long as the benchmark.
fn person(rig: &Rig, login: &str) -> Result<User> {
    rig.control().new_person(login.to_owned().leak())
}

fn round(stage: &Stage, agent: &Agent) -> Result<Vec<u64>> {
    let socket = agent.socket();
    let socket: &Path = &socket;
    let words = ["client", &socket.display().to_string(), "fresh", WARM, ROUND, &Stage::request()];
    Ok(serde_json::from_value(stage.role_beside(agent, &words)?)?)
}
