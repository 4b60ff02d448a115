//! The key of the store in the desktop's keyring: GNOME's, on a session bus.

use anyhow::Result;
use serde_json::json;
use signet_e2e::rig::ALICE;
use signet_e2e::rig::control::Endpoint;
use signet_e2e::{Agent, Desktop, Keyring, Options, Rig};

/// Alice is signed in, with the key in her keyring, and the provider has forgotten that it was asked.
fn signed_in() -> Result<(Rig, Desktop, Keyring, Agent, String)> {
    let rig = Rig::start(Options::without_mail())?;
    let desktop = Desktop::start()?;
    let keyring = desktop.unlock("own")?;
    let agent = Agent::signed_in(&rig, ALICE, desktop.agent_options())?;
    let token = agent.token(ALICE.login)?;
    rig.control().forget_requests()?;
    Ok((rig, desktop, keyring, agent, token))
}

#[track_caller]
fn check_served_from_the_store(rig: &Rig, agent: &Agent, token: &str) -> Result<()> {
    assert_eq!(agent.token(ALICE.login)?, token, "the same, straight from the store");
    for endpoint in [Endpoint::Token, Endpoint::Authorize] {
        assert!(rig.control().requests(endpoint)?.is_empty(), "the provider was asked: {endpoint:?}");
    }
    assert!(!agent.state_dir().join("key").exists(), "the key lies in the keyring alone");
    Ok(())
}

#[test]
fn with_the_key_in_a_keyring_a_token_outlives_the_agent_and_the_keyring() -> Result<()> {
    let (rig, desktop, keyring, mut agent, token) = signed_in()?;
    assert_eq!(agent.stop()?, Some(0), "it ends well when it is asked to");
    agent.launch()?;
    check_served_from_the_store(&rig, &agent, &token)?;
    agent.kill()?;
    agent.launch()?;
    check_served_from_the_store(&rig, &agent, &token)?;

    agent.stop()?;
    drop(keyring);
    let _unlocked_anew = desktop.unlock("own")?;
    agent.launch()?;
    check_served_from_the_store(&rig, &agent, &token)?;
    let status = agent.signet(&["status"])?.line()?;
    assert!(!status.contains("key"), "there is nothing to remark on the key: {status}");
    Ok(())
}

#[test]
fn with_an_empty_keyring_in_its_place_the_key_is_missing_and_the_sign_ins_are_kept() -> Result<()> {
    let (rig, desktop, keyring, mut agent, token) = signed_in()?;
    agent.stop()?;
    drop(keyring);
    let empty = desktop.unlock("empty")?;
    agent.launch()?;

    let missing = "Saved sign-ins are there, but the key that opens them is not";
    let said = agent.signet(&["token", ALICE.login])?;
    assert_eq!((said.code, &*said.stdout), (4, ""), "somebody has to bring the key back: {said:?}");
    assert!(said.stderr.contains(missing), "{said:?}");
    let said = agent.owner().speaking("pl").signet(&["token", ALICE.login])?;
    assert!(said.code == 4 && said.stderr.contains("brakuje klucza"), "{said:?}");
    let status = agent.signet(&["status"])?.line()?;
    assert!(status.contains(missing), "{status}");

    agent.stop()?;
    drop(empty);
    let _own = desktop.unlock("own")?;
    agent.launch()?;
    check_served_from_the_store(&rig, &agent, &token)
}

#[test]
fn a_keyring_that_appears_after_the_agent_is_found_by_itself() -> Result<()> {
    let (rig, desktop, keyring, mut agent, token) = signed_in()?;
    drop(keyring);
    assert_eq!(agent.token(ALICE.login)?, token, "a running agent needs no keyring");
    agent.stop()?;
    agent.launch()?;
    let said = agent.signet(&["token", ALICE.login])?;
    assert!(said.code == 4 && said.stderr.contains("There is no system keyring here"), "{said:?}");

    let mut connection = agent.endpoint()?;
    let mut snapshot = connection.ask("agent.subscribe", json!({}))?["result"].take();
    assert_eq!(snapshot["accounts"][0]["state"], "unreachable", "{snapshot}");
    let _own = desktop.unlock("own")?;
    while snapshot["accounts"][0]["state"] != "ready" {
        snapshot = connection.notification("agent.changed")?["params"].take();
    }
    assert!(snapshot.get("notices").is_none(), "the trouble is over: {snapshot}");
    check_served_from_the_store(&rig, &agent, &token)
}
