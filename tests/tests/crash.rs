//! The agent is killed at random moments: what it told stays true, and no sign-in is lost but by the provider's word.

use std::env;
use std::fs;
use std::thread;

use anyhow::{Context, Result, ensure};
use rusqlite::Connection;
use serde_json::{Value, json};
use signet_e2e::rig::ALICE;
use signet_e2e::rig::control::{Endpoint, Fault, Refresh, Settings};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

/// Of each kind, in an ordinary run and in a full one.
const KILLS: u64 = 10;
const KILLS_IN_FULL: u64 = 100;
/// Turns of an empty loop: some milliseconds, in which an answer comes, is saved, and goes out.
const LONGEST_SPIN: u64 = 4_000_000;

/// Alice has signed in; her tokens live so shortly that each start has to spend the refresh token.
struct Stage {
    rig: Rig,
    agent: Agent,
    dice: Dice,
}

impl Stage {
    fn set_up(refresh: Refresh) -> Result<Self> {
        let rig = Rig::start(Options::without_mail())?;
        rig.control().set(&Settings { refresh: Some(refresh), access_ttl: Some(1), ..Settings::default() })?;
        let agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
        Ok(Self { rig, agent, dice: Dice(0) })
    }

    /// Kills the agent as often as this run asks for, each time in the middle of what `begin` has begun, and looks at
    /// what is left.
    fn kill_again_and_again(
        mut self,
        begin: impl Fn(&mut Self) -> Result<Begun>,
        look: impl Fn(&mut Self, Told) -> Result<()>,
    ) -> Result<()> {
        let kills = if env::var_os("SIGNET_TEST_FULL").is_some() { KILLS_IN_FULL } else { KILLS };
        for seed in 0..kills {
            self.dice = Dice(seed);
            let told = self.kill_in(&begin).with_context(|| format!("seed {seed}"))?;
            look(&mut self, told)
                .with_context(|| format!("seed {seed}: {told:?}\n{}", self.agent.log().unwrap_or_default()))?;
        }
        Ok(())
    }

    fn kill_in(&mut self, begin: impl Fn(&mut Self) -> Result<Begun>) -> Result<Told> {
        // One agent asks once a minute at the most; a new one does not know of the last time.
        self.agent.stop()?;
        self.launch()?;
        self.rig.control().forget_requests()?;
        let delay = Some(self.dice.roll(20)).filter(|delay| *delay > 0);
        self.rig.control().fault(&Fault { delay, ..Fault::default() })?;
        let begun = begin(self)?;
        self.rig.control().await_requests(Endpoint::Token, 1)?;
        for _ in 0..self.dice.roll(LONGEST_SPIN) {
            std::hint::spin_loop();
        }
        self.agent.kill()?;
        let told = begun()?;
        self.rig.control().await_quiet()?;
        self.check_database()?;
        self.launch()?;
        Ok(told)
    }

    /// Starts an agent that has read what is on disk, and lets the token in it end: it says nothing about the sign-in.
    fn launch(&mut self) -> Result<()> {
        self.agent.launch()?;
        self.agent.watch()?.until(|snapshot| {
            let account = &snapshot["accounts"][0];
            account["state"] != "signed_out" || account["reason"].is_object()
        })?;
        self.agent.await_lapse(ALICE.login)
    }

    /// A copy is looked at: looking would change who owns the files.
    fn check_database(&self) -> Result<()> {
        let copy = tempfile::tempdir()?;
        for file in fs::read_dir(self.agent.state_dir())? {
            let file = file?;
            fs::copy(file.path(), copy.path().join(file.file_name()))?;
        }
        let database = Connection::open(copy.path().join("state.db"))?;
        let verdict: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
        ensure!(verdict == "ok", "the database is damaged: {verdict}");
        Ok(())
    }

    fn token(&self) -> Result<Value> {
        self.agent.endpoint()?.ask("token.get", json!({ "account": ALICE.login, "wait_seconds": 60 }))
    }

    fn must_serve(&mut self) -> Result<()> {
        let answer = self.token()?;
        ensure!(answer["result"]["access_token"].is_string(), "nothing is served: {answer}");
        Ok(())
    }

    /// Whether some refresh token reached the provider twice: the second time it ends the family, and rightly so.
    fn spent_twice(&self) -> Result<bool> {
        let requests = self.rig.control().requests(Endpoint::Token)?;
        let spent: Vec<_> = requests.iter().filter_map(|request| request.params.get("refresh_token")).collect();
        Ok(spent.iter().enumerate().any(|(at, token)| spent[..at].contains(token)))
    }
}

/// Whether somebody was told that it went well before the kill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Well,
    Nothing,
}

impl Told {
    fn by(line: Option<String>, good: impl Fn(&Value) -> bool) -> Self {
        let answer = line.and_then(|line| serde_json::from_str(&line).ok());
        if answer.is_some_and(|answer| good(&answer)) { Self::Well } else { Self::Nothing }
    }
}

/// What was begun: called after the kill, it says what had been told.
type Begun = Box<dyn FnOnce() -> Result<Told>>;

fn a_refresh(stage: &mut Stage) -> Result<Begun> {
    let mut program = stage.agent.endpoint()?;
    program.send("token.get", json!({ "account": ALICE.login, "wait_seconds": 60 }))?;
    Ok(Box::new(move || Ok(Told::by(program.line()?, |answer| answer["result"]["access_token"].is_string()))))
}

fn a_sign_in(stage: &mut Stage) -> Result<Begun> {
    let waiting = stage.agent.begin_sign_in(ALICE.login)?;
    let answer = stage.agent.forms().walk_to_answer(waiting.address(), ALICE)?;
    // The browser's request breaks off with the agent.
    let browser = thread::spawn(move || drop(answer.deliver()));
    Ok(Box::new(move || {
        let said = waiting.end()?;
        ensure!(browser.join().is_ok(), "the browser's thread");
        Ok(if said.code == 0 { Told::Well } else { Told::Nothing })
    }))
}

#[test]
fn a_kill_during_a_refresh_costs_no_sign_in_where_old_tokens_stay_good() -> Result<()> {
    Stage::set_up(Refresh::Entra)?.kill_again_and_again(a_refresh, |stage, _| stage.must_serve())
}

#[test]
fn a_kill_during_a_rotation_costs_the_sign_in_only_between_the_provider_s_commit_and_ours() -> Result<()> {
    Stage::set_up(Refresh::Rotate)?.kill_again_and_again(a_refresh, |stage, told| {
        let answer = stage.token()?;
        if answer["result"]["access_token"].is_string() {
            return Ok(());
        }
        ensure!(answer["error"]["data"]["code"] == "sign_in_required", "{answer}");
        ensure!(told == Told::Nothing, "a token had gone out, so what came with it must have been saved: {answer}");
        ensure!(stage.spent_twice()?, "the provider had not rotated: {answer}");
        stage.agent.sign_in_by_forms(ALICE.login, ALICE)
    })
}

#[test]
fn a_kill_during_a_sign_in_leaves_the_old_one_or_the_new_one() -> Result<()> {
    for refresh in [Refresh::Entra, Refresh::Rotate] {
        Stage::set_up(refresh)?.kill_again_and_again(a_sign_in, |stage, _| stage.must_serve())?;
    }
    Ok(())
}

#[test]
fn a_kill_during_the_first_sign_in_leaves_one_or_none_and_one_if_it_was_told() -> Result<()> {
    let begin = |stage: &mut Stage| {
        stage.agent.signet(&["sign-out", ALICE.login])?;
        a_sign_in(stage)
    };
    Stage::set_up(Refresh::Entra)?.kill_again_and_again(begin, |stage, told| {
        let answer = stage.token()?;
        if answer["result"]["access_token"].is_string() {
            return Ok(());
        }
        ensure!(answer["error"]["data"]["reason"] == "never_signed_in", "{answer}");
        ensure!(told == Told::Nothing, "the person was told that they had signed in: {answer}");
        stage.agent.sign_in_by_forms(ALICE.login, ALICE)
    })
}

#[test]
fn an_agent_that_is_asked_to_end_lets_a_rotation_land() -> Result<()> {
    let mut stage = Stage::set_up(Refresh::Rotate)?;
    stage.agent.await_lapse(ALICE.login)?;
    stage.rig.control().set(&Settings { access_ttl: Some(3_600), ..Settings::default() })?;
    stage.rig.control().forget_requests()?;
    stage.rig.control().fault(&Fault { delay: Some(500), ..Fault::default() })?;
    let begun = a_refresh(&mut stage)?;
    stage.rig.control().await_requests(Endpoint::Token, 1)?;
    ensure!(stage.agent.stop()? == Some(0), "it ends well");
    ensure!(begun()? == Told::Well, "whoever waited has the token");
    stage.agent.launch()?;
    let forced = json!({ "account": ALICE.login, "force": true, "wait_seconds": 60 });
    let answer = stage.agent.endpoint()?.ask("token.get", forced)?;
    ensure!(answer["result"]["access_token"].is_string(), "the refresh token that came at last is lost: {answer}");
    ensure!(!stage.spent_twice()?, "the old one was spent again");
    Ok(())
}

/// SplitMix64: the same seed rolls the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }
}
