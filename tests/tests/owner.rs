//! The agent and all it keeps are its owner's alone.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use rustix::fs::Mode;
use rustix::process::umask;
use serde_json::json;
use signet_e2e::agent::STRANGER;
use signet_e2e::rig::ALICE;
use signet_e2e::{Agent, AgentOptions, Options, Rig};

/// Alice's agent, made under the most careless umask there is.
fn an_agent() -> Result<(Rig, Agent)> {
    umask(Mode::empty());
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::signed_in(&rig, ALICE, AgentOptions::default())?;
    Ok((rig, agent))
}

fn its_directories(agent: &Agent) -> Result<Vec<PathBuf>> {
    let endpoint = agent.socket().parent().context("the socket lies in a directory")?.to_owned();
    Ok(vec![agent.config_dir(), agent.state_dir(), endpoint])
}

fn entries(directory: &Path) -> Result<Vec<PathBuf>> {
    Ok(fs::read_dir(directory)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, std::io::Error>>()?)
}

/// Whether a command was kept from something by the system's rights.
fn is_denied(mut command: Command) -> Result<bool> {
    let output = command.output()?;
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    Ok(!output.status.success() && output.stdout.is_empty() && stderr.contains("Permission denied"))
}

#[test]
fn what_it_keeps_is_for_its_owners_eyes() -> Result<()> {
    let (_rig, agent) = an_agent()?;
    for directory in its_directories(&agent)? {
        assert_eq!(mode(&directory)?, 0o700, "{}", directory.display());
        for file in entries(&directory)? {
            assert_eq!(mode(&file)?, 0o600, "{}", file.display());
            assert_eq!(fs::metadata(&file)?.uid(), fs::metadata(&directory)?.uid(), "{}", file.display());
        }
    }
    for file in ["state.db", "key", "agent.lock"] {
        assert!(agent.state_dir().join(file).exists(), "{file} was looked at");
    }
    Ok(())
}

#[test]
fn a_state_directory_that_others_could_read_is_closed() -> Result<()> {
    let (_rig, mut agent) = an_agent()?;
    agent.stop()?;
    fs::set_permissions(agent.state_dir(), fs::Permissions::from_mode(0o755))?;
    agent.launch()?;
    assert_eq!(mode(&agent.state_dir())?, 0o700);
    Ok(())
}

#[test]
fn an_endpoint_in_a_directory_that_others_may_write_to_is_refused() -> Result<()> {
    let (_rig, mut agent) = an_agent()?;
    agent.stop()?;
    let directory = agent.socket().parent().context("the socket lies in a directory")?.to_owned();
    fs::set_permissions(&directory, fs::Permissions::from_mode(0o777))?;
    let said = agent.signet(&["agent", "--foreground"])?;
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.stderr.contains("other users may write"), "{said:?}");
    Ok(())
}

#[test]
fn another_user_gets_no_token_and_sees_no_file() -> Result<()> {
    if !rustix::process::geteuid().is_root() {
        return Ok(()); // only root can be somebody else
    }
    let (_rig, agent) = an_agent()?;
    let stranger = agent.as_user(STRANGER);
    assert!(stranger.endpoint()?.ask("agent.status", json!({})).is_err(), "the socket is closed to others");
    let said = stranger.signet(&["token", ALICE.login])?;
    assert!(said.code != 0 && said.stdout.is_empty(), "{said:?}");
    for directory in its_directories(&agent)? {
        let mut listing = stranger.command("/bin/ls");
        listing.arg(&directory);
        assert!(is_denied(listing)?, "{}", directory.display());
        for file in entries(&directory)? {
            let mut reading = stranger.command("/bin/cat");
            reading.arg(&file);
            assert!(is_denied(reading)?, "{}", file.display());
        }
    }
    let mut control = stranger.command("/bin/ls");
    control.arg(agent.home());
    assert!(!is_denied(control)?, "what is open can be listed");
    Ok(())
}

#[test]
fn even_root_is_somebody_else() -> Result<()> {
    if !rustix::process::geteuid().is_root() {
        return Ok(()); // only root can be root
    }
    let (_rig, agent) = an_agent()?;
    let root = agent.as_user(0);
    assert!(root.endpoint()?.ask("token.get", json!({ "account": ALICE.login })).is_err(), "it hangs up");
    let said = root.signet(&["token", ALICE.login])?;
    assert_eq!((said.code, &*said.stdout), (1, ""), "{said:?}");
    assert!(said.stderr.contains("belongs to another user"), "{said:?}");
    assert!(agent.log()?.contains("refused a connection of another user"));
    assert!(!agent.token(ALICE.login)?.is_empty(), "its owner is served as before");
    Ok(())
}

#[test]
fn other_programs_of_the_owner_cannot_read_its_memory() -> Result<()> {
    let (_rig, agent) = an_agent()?;
    let pid = agent.pid().context("it runs")?.as_raw_nonzero();
    for file in ["mem", "environ", "maps", "auxv"] {
        let mut reading = agent.owner().command("/bin/cat");
        reading.arg(format!("/proc/{pid}/{file}"));
        assert!(is_denied(reading)?, "/proc/PID/{file} of the agent");
    }
    let mut control = agent.owner().command("/bin/cat");
    control.arg("/proc/self/environ");
    assert!(!is_denied(control)?, "other programs can be read");
    let limits = fs::read_to_string(format!("/proc/{pid}/limits"))?;
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).context("a limit")?;
    assert!(core.contains(" 0  "), "no core file: {core}");
    Ok(())
}

fn mode(path: &Path) -> Result<u32> {
    Ok(fs::symlink_metadata(path)?.permissions().mode() & 0o777)
}
