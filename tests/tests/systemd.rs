//! The agent as a unit of a user's systemd. No systemd runs here: its ends of the sockets are the test's.

use std::fs::{self, Permissions};
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixDatagram, UnixListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;
use signet_e2e::agent::{HANDING_OVER, Supervisor};
use signet_e2e::rig::ALICE;
use signet_e2e::rig::control::{Revocation, Settings};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

/// An agent that has one account, and is not running.
fn at_rest() -> Result<(Rig, Agent)> {
    let rig = Rig::start(Options::without_mail())?;
    let account = format!("[accounts.\"{}\"]\n", ALICE.login);
    let mut agent = Agent::start(&rig, AgentOptions { config: account, ..AgentOptions::default() })?;
    agent.stop()?;
    Ok((rig, agent))
}

#[test]
fn ready_is_said_once_the_endpoint_answers_and_then_how_it_is_and_that_it_stops() -> Result<()> {
    let (_rig, mut agent) = at_rest()?;
    let supervisor = Supervisor::new()?;
    agent.launch_under(&supervisor, None)?;
    assert_eq!(supervisor.hear()?, "READY=1");
    let status = agent.endpoint()?.ask("agent.status", json!({}))?;
    assert_eq!(status["result"]["accounts"], 1, "{status}");
    supervisor.hear_of("STATUS=1 account needs somebody: signet status tells what to do")?;
    agent.sign_in_by_forms(ALICE.login, ALICE)?;
    supervisor.hear_of("STATUS=1 account, which needs nobody")?;
    assert_eq!(agent.stop()?, Some(0));
    supervisor.hear_of("STOPPING=1")
}

#[test]
fn an_agent_that_cannot_listen_is_never_ready() -> Result<()> {
    let (_rig, mut agent) = at_rest()?;
    let supervisor = Supervisor::new()?;
    let folder = agent.socket().parent().context("the socket lies in a directory")?.to_owned();
    fs::set_permissions(&folder, Permissions::from_mode(0o777))?;
    agent.launch_under(&supervisor, None)?;
    assert_eq!(agent.await_end()?, 1);
    assert_eq!(supervisor.unheard()?, [""; 0]);
    Ok(())
}

#[test]
fn a_socket_that_was_handed_over_is_served_and_left_in_its_place() -> Result<()> {
    let (_rig, mut agent) = at_rest()?;
    let supervisor = Supervisor::new()?;
    let listener = agent.listener_for_it()?;
    // Whoever comes before the agent is there waits in the socket's queue.
    let mut early = agent.endpoint()?;
    agent.launch_under(&supervisor, Some(listener.try_clone()?.into()))?;
    assert_eq!(early.ask("agent.status", json!({}))?["result"]["accounts"], 1);
    assert_eq!(agent.stop()?, Some(0));
    assert!(agent.socket().exists(), "it is systemd's");
    agent.launch_under(&supervisor, Some(listener.into()))?;
    assert_eq!(agent.endpoint()?.ask("agent.status", json!({}))?["result"]["accounts"], 1, "and serves again");
    Ok(())
}

#[test]
fn a_socket_of_its_own_is_taken_away() -> Result<()> {
    let (_rig, mut agent) = at_rest()?;
    let supervisor = Supervisor::new()?;
    agent.launch_under(&supervisor, None)?;
    supervisor.hear_of("READY=1")?;
    agent.stop()?;
    assert!(!agent.socket().exists());
    Ok(())
}

#[test]
fn a_socket_that_is_not_the_endpoint_is_refused() -> Result<()> {
    let (_rig, mut agent) = at_rest()?;
    let supervisor = Supervisor::new()?;
    let elsewhere = tempfile::tempdir()?;
    let wrong = [
        UnixListener::bind(elsewhere.path().join("agent.sock"))?.into(),
        UnixDatagram::bind(agent.socket())?.into(),
        std::net::TcpListener::bind("127.0.0.1:0")?.into(),
    ];
    for socket in wrong {
        agent.launch_under(&supervisor, Some(socket))?;
        assert_eq!(agent.await_end()?, 1);
    }
    assert_eq!(agent.log()?.matches("the socket that was handed over does not listen there").count(), 3);
    assert_eq!(supervisor.unheard()?, [""; 0], "none was ready");
    Ok(())
}

#[test]
fn the_lock_decides_even_if_a_socket_was_handed_over() -> Result<()> {
    let (_rig, mut agent) = at_rest()?;
    let supervisor = Supervisor::new()?;
    agent.launch_under(&supervisor, None)?;
    supervisor.hear_of("READY=1")?;
    let elsewhere = tempfile::tempdir()?;
    let socket = UnixListener::bind(elsewhere.path().join("agent.sock"))?;
    let mut second = agent.owner().command("/bin/sh");
    second.args(["-c", HANDING_OVER, "sh"]).arg(agent.program()).args(["agent", "--foreground"]);
    let said = second.stdout(OwnedFd::from(socket)).output()?;
    let stderr = String::from_utf8_lossy(&said.stderr);
    assert!(!said.status.success() && stderr.contains("is running already"), "{stderr}");
    assert!(agent.endpoint()?.ask("agent.status", json!({}))?["result"].is_object(), "the first one goes on");
    Ok(())
}

#[test]
fn signs_of_life_come_as_long_as_somebody_waits_for_them() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    // Each is due after half of this.
    let environment = vec![("WATCHDOG_USEC".to_owned(), Duration::from_millis(200).as_micros().to_string())];
    let mut agent = Agent::start(&rig, AgentOptions { environment, ..AgentOptions::default() })?;
    agent.stop()?;
    let supervisor = Supervisor::new()?;
    agent.launch_under(&supervisor, None)?;
    supervisor.hear_of("READY=1")?;
    supervisor.hear_of("WATCHDOG=1")?;
    supervisor.hear_of("WATCHDOG=1")
}

#[test]
fn the_journal_gets_each_field_by_itself_and_the_log_nothing() -> Result<()> {
    if !rustix::process::geteuid().is_root() {
        return Ok(()); // only root can put another journal into its place
    }
    let (rig, mut agent) = at_rest()?;
    let supervisor = Supervisor::new()?;
    let folder = tempfile::Builder::new().prefix("signet-agent-").tempdir_in("/tmp")?;
    let journal = UnixDatagram::bind(folder.path().join("socket"))?;
    for (path, mode) in [(folder.path().to_owned(), 0o755), (folder.path().join("socket"), 0o666)] {
        fs::set_permissions(path, Permissions::from_mode(mode))?;
    }
    let before = agent.log()?;
    agent.launch_with_journal(&supervisor, folder.path())?;
    supervisor.hear_of("READY=1")?;
    rig.control().set(&Settings { access_ttl: Some(1), ..Settings::default() })?;
    agent.sign_in_by_forms(ALICE.login, ALICE)?;
    agent.await_lapse(ALICE.login)?;
    rig.control().revoke(ALICE.login, Revocation::Password)?;
    agent.signet(&["token", ALICE.login])?;
    let entry = entry_of(&journal, "not refreshed")?;
    for (field, want) in [("ACCOUNT", ALICE.login), ("KIND", "SignIn"), ("AADSTS", "50173"), ("CORRELATION_ID", "")] {
        assert!(field_of(&entry, &format!("SIGNET_{field}")).is_some_and(|it| it.contains(want)), "{field}: {entry:?}");
    }
    assert_eq!(field_of(&entry, "PRIORITY").as_deref(), Some("4"), "a warning: {entry:?}");
    assert_eq!(field_of(&entry, "SYSLOG_IDENTIFIER").as_deref(), Some("signet"));
    assert_eq!(agent.log()?, before);
    Ok(())
}

/// The next entry of the journal with this message.
fn entry_of(journal: &UnixDatagram, message: &str) -> Result<Vec<u8>> {
    journal.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut entry = vec![0; 65_536];
    loop {
        let length = journal.recv(&mut entry).with_context(|| format!("no entry says {message}"))?;
        if field_of(&entry[..length], "MESSAGE").as_deref() == Some(message) {
            return Ok(entry[..length].to_vec());
        }
    }
}

/// `NAME=value`, or the name alone and then the value after its length in eight bytes (the journal's native protocol).
fn field_of(mut entry: &[u8], wanted: &str) -> Option<String> {
    while let Some(end) = entry.iter().position(|byte| *byte == b'\n') {
        let (line, rest) = (&entry[..end], &entry[end + 1..]);
        let (name, value, after) = if let Some(equals) = line.iter().position(|byte| *byte == b'=') {
            (&line[..equals], &line[equals + 1..], rest)
        } else {
            let (length, rest) = rest.split_first_chunk()?;
            let (value, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
            (line, value, rest.get(1..)?)
        };
        if name == wanted.as_bytes() {
            return Some(String::from_utf8_lossy(value).into_owned());
        }
        entry = after;
    }
    None
}

#[test]
fn the_units_are_what_systemd_takes() -> Result<()> {
    let units = Path::new(env!("CARGO_MANIFEST_DIR")).join("../packaging/systemd");
    let home = tempfile::tempdir()?;
    let program = home.path().join(".local/bin/signet");
    fs::create_dir_all(program.parent().context("a folder")?)?;
    fs::copy("/bin/true", &program)?;
    let files = ["signet.service", "signet.socket"].map(|unit| units.join(unit));
    let socket = fs::read_to_string(&files[1])?;
    assert!(socket.contains("ListenStream=%t/signet/agent.sock"), "where the agent looks for it");
    verify(home.path(), &files)
}

/// Where there is no systemd, there is nobody to ask.
fn verify(home: &Path, units: &[PathBuf]) -> Result<()> {
    let mut verify = Command::new("systemd-analyze");
    verify.args(["verify", "--user", "--man=no"]).args(units).env("HOME", home).env("XDG_RUNTIME_DIR", home);
    match verify.output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        output => {
            let output = output?;
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success() && said.is_empty(), "{said}");
            Ok(())
        }
    }
}
