//! The store's key on machines without a desktop: a passphrase, or a credential that systemd hands over.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};

use anyhow::Result;
use serde_json::json;
use signet_e2e::agent::{KeyPlace, OWNER, Said};
use signet_e2e::rig::ALICE;
use signet_e2e::{Agent, AgentOptions, Options, Rig};

const PASSPHRASE: &str = "correct horse battery";
const NEXT: &str = "staple battery horse";

fn unlock(agent: &Agent, passphrase: &str, more: &[&str]) -> Result<Said> {
    agent.owner().signet_reading(&format!("{passphrase}\n"), &[&["unlock"], more].concat())
}

#[track_caller]
fn check(said: &Said, code: i32, word: &str) {
    assert_eq!((said.code, said.stderr.contains(word)), (code, true), "{word:?} of {said:?}");
}

#[test]
fn a_passphrase_is_chosen_once_and_wanted_after_each_start() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = Agent::start(&rig, AgentOptions { key: KeyPlace::Passphrase, ..AgentOptions::default() })?;
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    let refused = agent.endpoint()?.ask("token.get", json!({ "account": ALICE.login }))?["error"].take();
    assert_eq!((&refused["code"], &refused["data"]["code"]), (&json!(-32057), &json!("locked")), "{refused}");
    assert_eq!(refused["data"]["action"], "signet unlock --choose");

    check(&unlock(&agent, PASSPHRASE, &[])?, 8, "signet unlock --choose");
    check(&unlock(&agent, "short", &["--choose"])?, 2, "at least 8");
    check(&unlock(&agent, PASSPHRASE, &["--choose"])?, 0, "Unlocked");
    agent.watch()?.until_notices(&[])?;
    agent.sign_in_by_forms(ALICE.login, ALICE)?;
    let token = agent.token(ALICE.login)?;

    agent.stop()?;
    agent.launch()?;
    check(&agent.signet(&["token", ALICE.login])?, 8, "signet unlock");
    check(&unlock(&agent, "another passphrase", &[])?, 8, "not the passphrase");
    check(&unlock(&agent, "another passphrase", &["--choose"])?, 8, "not the passphrase");
    check(&agent.signet(&["token", ALICE.login])?, 8, "signet unlock");
    assert!(agent.signet(&["status"])?.line()?.contains("signet unlock"), "the status says what to do");
    check(&unlock(&agent, PASSPHRASE, &[])?, 0, "Unlocked");
    agent.watch()?.until_account(ALICE.login, "ready")?;
    assert_eq!(agent.token(ALICE.login)?, token);
    check(&unlock(&agent, "", &[])?, 0, "Unlocked");

    let change =
        |from: &str, to: &str| agent.owner().signet_reading(&format!("{from}\n{to}\n"), &["unlock", "--change"]);
    check(&change("another passphrase", NEXT)?, 8, "not the passphrase");
    check(&change(PASSPHRASE, "short")?, 2, "at least 8");
    check(&change(PASSPHRASE, NEXT)?, 0, "only the new one");
    agent.stop()?;
    agent.launch()?;
    check(&unlock(&agent, PASSPHRASE, &[])?, 8, "not the passphrase");
    check(&unlock(&agent, NEXT, &[])?, 0, "Unlocked");
    assert_eq!(agent.token(ALICE.login)?, token);

    let seen = [agent.log()?, format!("{:?}", fs::read(agent.state_dir().join("state.db"))?)];
    assert!(
        seen.iter().all(|seen| !seen.contains(PASSPHRASE) && !seen.contains(NEXT)),
        "the passphrase is kept nowhere"
    );
    Ok(())
}

#[test]
fn only_signet_itself_may_unlock_and_only_where_there_is_a_passphrase() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::start(&rig, AgentOptions::default())?;
    let refused = agent.endpoint()?.ask("agent.unlock", json!({ "passphrase": PASSPHRASE }))?;
    assert_eq!(refused["error"]["data"]["code"], "denied", "{refused}");
    check(&unlock(&agent, PASSPHRASE, &[])?, 4, "nothing to unlock");
    let polish = agent.owner().speaking("pl").signet_reading("x\n", &["unlock"])?;
    check(&polish, 4, "nie ma czego odblokowywać");
    Ok(())
}

#[test]
fn a_credential_of_systemd_is_the_key() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let credentials = tempfile::Builder::new().prefix("signet-credentials-").tempdir_in("/tmp")?;
    let key = credentials.path().join("signet-key");
    let hand_over = |bytes: &[u8]| -> Result<()> {
        fs::write(&key, bytes)?;
        fs::set_permissions(credentials.path(), Permissions::from_mode(0o755))?;
        fs::set_permissions(&key, Permissions::from_mode(0o400))?;
        if rustix::process::getuid().is_root() {
            chown(&key, Some(OWNER), Some(OWNER))?;
        }
        Ok(())
    };
    hand_over(b"too short")?;
    let environment = vec![("CREDENTIALS_DIRECTORY".to_owned(), credentials.path().display().to_string())];
    let options = AgentOptions { key: KeyPlace::Systemd, environment, ..AgentOptions::default() };
    let mut agent = Agent::start(&rig, options)?;
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    check(&agent.signet(&["token", ALICE.login])?, 4, "LoadCredentialEncrypted=signet-key");

    for start in 0..2 {
        agent.stop()?;
        fs::remove_file(&key)?;
        hand_over(&[7; 32])?;
        agent.launch()?;
        if start == 0 {
            agent.sign_in_by_forms(ALICE.login, ALICE)?;
        }
        agent.watch()?.until_account(ALICE.login, "ready")?;
    }
    assert!(!agent.state_dir().join("key").exists(), "no other key was made");

    agent.stop()?;
    fs::remove_file(&key)?;
    hand_over(&[8; 32])?;
    agent.launch()?;
    check(&agent.signet(&["token", ALICE.login])?, 4, "the key that opens them is not");
    Ok(())
}

#[test]
fn a_key_that_is_to_be_kept_elsewhere_moves_there_at_the_next_start() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
    let token = agent.token(ALICE.login)?;
    let file = agent.state_dir().join("key");
    let place = |agent: &mut Agent, from: &str, to: &str| -> Result<()> {
        agent.stop()?;
        agent.edit_config(|text| text.replace(&format!("key = \"{from}\""), &format!("key = \"{to}\"")))?;
        agent.launch()
    };
    place(&mut agent, "file", "passphrase")?;
    check(&agent.signet(&["token", ALICE.login])?, 8, "signet unlock --choose");
    assert!(file.exists(), "until then it opens what is saved");
    check(&unlock(&agent, PASSPHRASE, &["--choose"])?, 0, "Unlocked");
    agent.watch()?.until_account(ALICE.login, "ready")?;
    assert_eq!((agent.token(ALICE.login)?, file.exists()), (token.clone(), false), "and nothing after that");

    place(&mut agent, "passphrase", "file")?;
    check(&agent.signet(&["token", ALICE.login])?, 8, "signet unlock");
    check(&unlock(&agent, PASSPHRASE, &[])?, 0, "Unlocked");
    agent.stop()?;
    agent.launch()?;
    assert_eq!(agent.token(ALICE.login)?, token, "nobody is asked for the passphrase any more");
    Ok(())
}
