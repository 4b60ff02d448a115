//! Saved sign-ins that cannot be opened: they are kept, and only the person begins without them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use signet_e2e::agent::Said;
use signet_e2e::rig::ALICE;
use signet_e2e::{Agent, AgentOptions, Options, Rig};

#[track_caller]
fn check(said: &Said, code: i32, word: &str) {
    assert_eq!((said.code, said.stderr.contains(word)), (code, true), "{word:?} of {said:?}");
}

fn signed_in() -> Result<(Rig, Agent)> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
    Ok((rig, agent))
}

#[test]
fn a_lost_key_is_waited_for_and_given_up_by_the_person_alone() -> Result<()> {
    let (_rig, mut agent) = signed_in()?;
    let token = agent.token(ALICE.login)?;
    let (state, key) = (agent.state_dir(), agent.state_dir().join("key"));
    check(&agent.signet(&["start-afresh", "--yes"])?, 4, "no need to start afresh");
    agent.stop()?;
    let right = fs::read(&key)?;
    fs::write(&key, [7; 32])?;
    agent.launch()?;
    let refused = agent.endpoint()?.ask("token.get", json!({ "account": ALICE.login }))?["error"].take();
    assert_eq!(
        (&refused["data"]["code"], &refused["data"]["action"]),
        (&json!("configuration"), &json!("signet start-afresh"))
    );
    check(&agent.signet(&["start-afresh"])?, 2, "--yes");
    let stranger = agent.endpoint()?.ask("agent.start_afresh", json!({}))?;
    assert_eq!(stranger["error"]["data"]["code"], "denied", "{stranger}");

    fs::write(&key, &right)?;
    check(&agent.signet(&["unlock"])?, 4, "nothing to unlock");
    agent.watch()?.until_account(ALICE.login, "ready")?;
    assert_eq!(agent.token(ALICE.login)?, token, "the key came back, and nothing was lost");

    agent.stop()?;
    fs::remove_file(&key)?;
    agent.launch()?;
    check(&agent.owner().speaking("pl").signet(&["token", ALICE.login])?, 4, "signet start-afresh");
    assert!(!key.exists(), "no new key over old rows");
    let kept = state.join("state.db.old-1");
    check(&agent.signet(&["start-afresh", "--yes"])?, 0, &kept.display().to_string());
    agent.watch()?.until_account(ALICE.login, "signed_out")?;
    check(&agent.signet(&["token", ALICE.login])?, 3, "Sign in to");
    agent.sign_in_by_forms(ALICE.login, ALICE)?;
    agent.token(ALICE.login)?;

    agent.stop()?;
    bring_back(&state, &kept, &right)?;
    agent.launch()?;
    assert_eq!(agent.token(ALICE.login)?, token, "what was put aside opens with its key");
    Ok(())
}

fn bring_back(state: &Path, kept: &Path, key: &[u8]) -> Result<()> {
    fs::copy(kept, state.join("state.db"))?;
    for file in ["state.db-wal", "state.db-shm"] {
        let _ = fs::remove_file(state.join(file));
    }
    Ok(fs::write(state.join("key"), key)?)
}

#[test]
fn a_sign_in_made_meanwhile_goes_into_the_store_that_is_begun_anew() -> Result<()> {
    let (_rig, mut agent) = signed_in()?;
    agent.stop()?;
    fs::remove_file(agent.state_dir().join("key"))?;
    agent.launch()?;
    let mut watch = agent.watch()?;
    agent.sign_in_by_forms(ALICE.login, ALICE)?;
    let token = agent.token(ALICE.login)?;
    let is_unsaved = |snapshot: &Value| snapshot["notices"].to_string().contains("notice-unsaved");
    watch.until(is_unsaved)?;
    agent.signet(&["start-afresh", "--yes"])?.line()?;
    watch.until(|snapshot| !is_unsaved(snapshot)).context("it is saved")?;
    agent.kill()?;
    agent.launch()?;
    assert_eq!(agent.token(ALICE.login)?, token);
    Ok(())
}
