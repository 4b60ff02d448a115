//! What goes on around the agent. Each of these tests touches the whole machine or has a network of its own, so they run
//! one after the other.

use std::process::Command;
use std::sync::Mutex;

use anyhow::{Context, Result, ensure};
use rustix::io::Errno;
use rustix::time::{ClockId, clock_gettime, clock_settime};
use serde_json::json;
use signet_e2e::agent::Watch;
use signet_e2e::processes::wake_ups;
use signet_e2e::rig::ALICE;
use signet_e2e::rig::control::{Endpoint, Fault};
use signet_e2e::{Agent, AgentOptions, Options, Rig, network};

static MACHINE: Mutex<()> = Mutex::new(());

/// An agent that the authority has told to leave it alone for an hour.
struct Stage {
    rig: Rig,
    agent: Agent,
    watch: Watch,
}

impl Stage {
    fn set_up() -> Result<Self> {
        let rig = Rig::start(Options::without_mail())?;
        let agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
        let headers = [("Retry-After".to_owned(), "3600".to_owned())].into();
        rig.control().fault(&Fault { status: Some(503), headers, ..Fault::default() })?;
        rig.control().forget_requests()?;
        agent.endpoint()?.ask("token.get", json!({ "account": ALICE.login, "force": true }))?;
        let mut watch = agent.watch()?;
        watch.until_account(ALICE.login, "unreachable")?;
        Ok(Self { rig, agent, watch })
    }

    /// The authority is asked again long before the hour is over, and the account is well.
    fn heals(&mut self) -> Result<()> {
        self.rig.control().await_requests(Endpoint::Token, 2)?;
        self.watch.until_account(ALICE.login, "ready")?;
        Ok(())
    }
}

#[test]
fn a_network_that_comes_up_is_used_at_once() -> Result<()> {
    let _alone = MACHINE.lock();
    network::of_its_own("a_network_that_comes_up_is_used_at_once", || {
        let mut stage = Stage::set_up()?;
        network::ip("address add 192.0.2.1/32 dev lo")?;
        stage.heals()
    })
}

#[test]
fn a_clock_that_is_set_or_a_machine_that_wakes_up_is_noticed_at_once() -> Result<()> {
    let _alone = MACHINE.lock();
    let mut stage = Stage::set_up()?;
    // To the time it shows: for the kernel that is a clock being set, as after a suspend, and nobody else is misled.
    match clock_settime(ClockId::Realtime, clock_gettime(ClockId::Realtime)) {
        Err(Errno::PERM) => return skip("only root may set the clock"),
        set => set?,
    }
    stage.heals()
}

#[test]
fn whoever_cannot_wait_may_ask_for_another_try() -> Result<()> {
    let _alone = MACHINE.lock();
    let mut stage = Stage::set_up()?;
    assert_eq!(stage.rig.control().requests(Endpoint::Token)?.len(), 1, "the authority is left alone");
    stage.agent.signet(&["accounts", "retry", ALICE.login])?.line()?;
    stage.heals()
}

#[expect(clippy::print_stderr, reason = "a test that shows nothing has to say so")]
fn skip(why: &str) -> Result<()> {
    eprintln!("SKIP: {why}");
    Ok(())
}

/// Each of them opens files in `/etc`, where a policy may come to lie.
#[test]
fn programs_that_start_do_not_wake_an_agent_at_rest() -> Result<()> {
    const STARTS: u64 = 200;
    let _alone = MACHINE.lock();
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::start(&rig, AgentOptions::default())?;
    let pid = agent.pid().context("the agent runs")?;

    let before = wake_ups(pid)?;
    for _ in 0..STARTS {
        ensure!(Command::new("true").status()?.success(), "true fails");
    }
    let woken = wake_ups(pid)? - before;
    ensure!(woken < STARTS / 4, "woken {woken} times by {STARTS} programs");
    Ok(())
}
