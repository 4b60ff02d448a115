//! Disks that are full, locked, closed or damaged.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};

use anyhow::{Context, Result};
use rusqlite::Connection;
use serde_json::{Value, json};
use signet_e2e::agent::{OWNER, Watch};
use signet_e2e::disk::SmallDisk;
use signet_e2e::rig::ALICE;
use signet_e2e::rig::control::{Refresh, Settings};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

/// Where every refresh token is good for one time: what is not on disk is lost with the agent.
fn rig() -> Result<Rig> {
    let rig = Rig::start(Options::without_mail())?;
    rig.control().set(&Settings { refresh: Some(Refresh::Rotate), ..Settings::default() })?;
    Ok(rig)
}

fn owner() -> u32 {
    let user = rustix::process::getuid();
    if user.is_root() { OWNER } else { user.as_raw() }
}

fn forced(agent: &Agent) -> Result<String> {
    let answer = agent.endpoint()?.ask("token.get", json!({ "account": ALICE.login, "force": true }))?;
    Ok(answer["result"]["access_token"].as_str().with_context(|| answer.to_string())?.to_owned())
}

/// The disk refuses what came with this token, which goes out all the same, and the alarm is raised.
fn is_served_from_memory(agent: &Agent, watch: &mut Watch) -> Result<String> {
    let before = agent.token(ALICE.login)?;
    let after = forced(agent)?;
    assert_ne!(after, before, "withholding it would save nothing");
    let notices = watch.until_notices(&["notice-unsaved", "notice-key-file"])?;
    assert_eq!(notices[0]["args"]["account"], ALICE.login);
    Ok(after)
}

/// The alarm is over, and a crash later everything is still there, the newest refresh token too.
fn was_saved_after_all(agent: &mut Agent, mut watch: Watch, token: &str) -> Result<()> {
    watch.until_notices(&["notice-key-file"])?;
    agent.kill()?;
    agent.launch()?;
    assert_eq!(agent.token(ALICE.login)?, token);
    assert_ne!(forced(agent)?, token, "an older refresh token would have ended the sign-in");
    Ok(())
}

#[test]
fn a_full_disk_is_told_and_what_it_lacks_is_written_once_there_is_room() -> Result<()> {
    let rig = rig()?;
    let mut agent = Agent::start(&rig, AgentOptions::default())?;
    agent.stop()?;
    let disk = SmallDisk::mount(&agent.state_dir(), 512, owner())?;
    agent.launch()?;
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    agent.sign_in_by_forms(ALICE.login, ALICE)?;
    let mut watch = agent.watch()?;
    disk.fill()?;
    let token = is_served_from_memory(&agent, &mut watch)?;
    disk.free()?;
    was_saved_after_all(&mut agent, watch, &token)
}

#[test]
fn a_database_that_somebody_else_has_locked_holds_up_no_token() -> Result<()> {
    let rig = rig()?;
    let mut agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
    let mut watch = agent.watch()?;
    let other = Connection::open(agent.state_dir().join("state.db"))?;
    other.execute_batch("BEGIN EXCLUSIVE")?;
    let token = is_served_from_memory(&agent, &mut watch)?;
    other.execute_batch("ROLLBACK")?;
    drop(other);
    was_saved_after_all(&mut agent, watch, &token)
}

#[test]
fn a_folder_that_cannot_be_written_is_named_and_loses_nothing() -> Result<()> {
    let rig = rig()?;
    let mut agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
    let token = agent.token(ALICE.login)?;
    agent.stop()?;
    let state = agent.state_dir();
    let root_s = rustix::process::getuid().is_root();
    let close = |mode, user: u32| -> Result<()> {
        fs::set_permissions(&state, Permissions::from_mode(mode))?;
        if root_s {
            chown(&state, Some(user), Some(user))?;
        }
        Ok(())
    };
    close(0o555, 0)?;
    if root_s {
        let said = agent.signet(&["agent", "--foreground"])?;
        assert_eq!((said.code, said.stderr.contains(&*state.display().to_string())), (1, true), "{said:?}");
    }
    close(0o700, owner())?;
    agent.launch()?;
    assert_eq!(agent.token(ALICE.login)?, token);
    Ok(())
}

#[test]
fn a_database_that_is_damaged_or_foreign_is_set_aside_and_told_of() -> Result<()> {
    let rig = rig()?;
    let mut agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
    let file = agent.state_dir().join("state.db");
    let foreign = || -> Result<Vec<u8>> {
        let place = tempfile::tempdir()?;
        Connection::open(place.path().join("theirs"))?
            .execute_batch("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)")?;
        Ok(fs::read(place.path().join("theirs"))?)
    };
    for (number, content) in [(1, b"this never was a database".to_vec()), (2, foreign()?)] {
        agent.stop()?;
        fs::write(&file, &content)?;
        agent.launch()?;
        let kept = agent.state_dir().join(format!("state.db.broken-{number}"));
        let notices = agent.watch()?.until_notices(&["notice-key-file", "notice-store-set-aside"])?;
        assert_eq!(notices[1]["args"]["path"], json!(kept));
        assert!(agent.signet(&["status"])?.line()?.contains(&*kept.display().to_string()), "the status names it");
        assert!(fs::read(&kept)? == content, "it is kept as it was");
        assert_eq!(agent.signet(&["token", ALICE.login])?.code, 3, "a new sign-in is needed");
        agent.sign_in_by_forms(ALICE.login, ALICE)?;
        agent.token(ALICE.login)?;
    }
    Ok(())
}

#[test]
fn a_newer_signet_s_database_is_left_alone_and_said_to_be_one() -> Result<()> {
    let rig = rig()?;
    let mut agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
    agent.stop()?;
    let file = agent.state_dir().join("state.db");
    Connection::open(&file)?.execute_batch("PRAGMA user_version = 99")?;
    let content = fs::read(&file)?;
    agent.launch()?;
    let refused: Value = agent.endpoint()?.ask("token.get", json!({ "account": ALICE.login }))?["error"].take();
    assert_eq!(refused["data"]["code"], "configuration", "{refused}");
    assert!(agent.log()?.contains("newer Signet"), "the log says so");
    agent.stop()?;
    assert!(fs::read(&file)? == content, "it is untouched");
    Ok(())
}
