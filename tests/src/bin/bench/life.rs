//! The command, the agent's start, and the agent at rest.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result};
use rustix::process::Pid;
use serde_json::{Value, json};
use signet_e2e::Agent;
use signet_e2e::processes::wake_ups;
use signet_e2e::rig::BIURO;

use crate::keyring::WithKeyring;
use crate::samples::Samples;
use crate::stage::{ACCOUNTS, Stage};
use crate::table::{Row, short};

const KEYRING: &str = "start to first cached token, key in a keyring";
/// How often an agent is started.
const STARTS: &str = "50";

pub(crate) fn command(stage: &mut Stage) -> Result<(Vec<Row>, Value)> {
    const TARGET: Duration = Duration::from_micros(1_500);
    let (nothing, signet) = (stage.nothing.display().to_string(), stage.agent.program());
    let mut said = stage.role(&["commands", "500", &nothing, &signet.display().to_string(), "token", BIURO.login])?;
    let empty = Samples::of([serde_json::from_value(said["empty"].take())?]);
    let took = Samples::of([serde_json::from_value(said["took"].take())?]);
    let over = took.p50().saturating_sub(empty.p50());
    let rows = vec![
        Row::of("signet token", &took),
        Row::of("  floor: an empty program", &empty),
        Row::figure("  over the floor", short(over)).target("<= 1.50 ms", over <= TARGET),
    ];
    Ok((rows, json!({ "command": took.json(), "floor": empty.json(), "over_floor_us": over.as_secs_f64() * 1e6 })))
}

pub(crate) fn start(stage: &mut Stage) -> Result<(Vec<Row>, Value)> {
    stage.agent.stop()?;
    let of_file = starts(stage, &stage.agent);
    stage.agent.launch()?;
    let (listening, answered) = of_file?;
    let is_met = |samples: &Samples, millis| samples.p50() <= Duration::from_millis(millis);
    let mut rows = vec![
        Row::of("start to endpoint, key in a file", &listening).target("<= 20 ms", is_met(&listening, 20)),
        Row::of("start to first cached token, key in a file", &answered),
    ];
    let mut told = json!({ "accounts": ACCOUNTS, "file": {
        "endpoint": listening.json(), "first_token": answered.json(),
    } });
    if let Some(mut with_keyring) = WithKeyring::start(&stage.rig)? {
        with_keyring.agent.stop()?;
        let (listening, answered) = starts(stage, &with_keyring.agent)?;
        rows.push(Row::of(KEYRING, &answered).target("<= 120 ms", is_met(&answered, 120)));
        told["keyring"] = json!({ "endpoint": listening.json(), "first_token": answered.json() });
    } else {
        rows.push(Row::figure(KEYRING, "not measured: no keyring".to_owned()));
    }
    Ok((rows, told))
}

/// From each of many starts to the endpoint, and to the first token.
pub(crate) fn starts(stage: &Stage, agent: &Agent) -> Result<(Samples, Samples)> {
    let (signet, socket) = (agent.program(), agent.socket());
    let words = ["starts", STARTS, &signet.display().to_string(), &socket.display().to_string(), &Stage::request()];
    let mut said = stage.role_beside(agent, &words)?;
    let mut of = |name: &str| -> Result<_> { Ok(Samples::of([serde_json::from_value(said[name].take())?])) };
    Ok((of("listening")?, of("answered")?))
}

pub(crate) fn idle(stage: &mut Stage) -> Result<(Vec<Row>, Value)> {
    at_rest(stage, 1)
}

pub(crate) fn idle_for_long(stage: &mut Stage) -> Result<(Vec<Row>, Value)> {
    at_rest(stage, 10)
}

fn at_rest(stage: &mut Stage, minutes: u32) -> Result<(Vec<Row>, Value)> {
    const MOST_KILOBYTES: u64 = 10_000;
    // One that has answered thousands of requests is another thing; the crowd's row tells of it.
    stage.agent.stop()?;
    stage.agent.launch()?;
    for _ in 0..2 {
        stage.agent.signet(&["token", BIURO.login])?;
    }
    let pid = pid(stage)?;
    let before = wake_ups(pid)?;
    sleep(Duration::from_secs(60) * minutes);
    let woken = f64::from(u32::try_from(wake_ups(pid)? - before)?) / f64::from(minutes);
    let fresh = memory(pid)?;
    let resident = fresh.resident.context("a process has memory")?;
    let rows = vec![
        Row::figure(&format!("idle, {ACCOUNTS} accounts: resident"), shown(fresh.resident))
            .target("<= 10 MB", resident <= MOST_KILOBYTES),
        Row::figure("  PSS", shown(fresh.proportional)),
        Row::figure("  anonymous", shown(fresh.anonymous)),
        Row::figure(&format!("  wake-ups a minute, over {minutes} min"), format!("{woken:.1}"))
            .target("<= 2", woken <= 2.0),
    ];
    let told = json!({
        "resident_kb": fresh.resident, "pss_kb": fresh.proportional, "anonymous_kb": fresh.anonymous,
        "wake_ups_per_minute": woken, "minutes": minutes, "accounts": ACCOUNTS,
    });
    Ok((rows, told))
}

fn pid(stage: &Stage) -> Result<Pid> {
    stage.agent.pid().context("the agent runs")
}

/// In units of 1,024 bytes, as Linux tells it (and calls it kB).
pub(crate) struct Memory {
    pub(crate) resident: Option<u64>,
    /// Pages shared with others count in part. Only root may see it of a process that cannot be dumped.
    pub(crate) proportional: Option<u64>,
    anonymous: Option<u64>,
}

/// How it is shown in the table.
pub(crate) fn shown(kilobytes: Option<u64>) -> String {
    kilobytes.map_or_else(|| "not readable".to_owned(), |kb| format!("{}.{} MB", kb / 1_000, kb % 1_000 / 100))
}

pub(crate) fn memory(pid: Pid) -> Result<Memory> {
    let of = |file: &str| fs::read_to_string(format!("/proc/{}/{file}", pid.as_raw_nonzero()));
    let status = of("status")?;
    let rollup = of("smaps_rollup").unwrap_or_default();
    Ok(Memory {
        resident: field(&status, "VmRSS:"),
        proportional: field(&rollup, "Pss:"),
        anonymous: field(&rollup, "Anonymous:"),
    })
}

fn field(text: &str, name: &str) -> Option<u64> {
    text.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}
