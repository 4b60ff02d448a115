//! `config.toml` is changed while the agent runs.

use std::fs;

use anyhow::Result;
use serde_json::json;
use signet_e2e::rig::{ALICE, BOB};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

struct Stage {
    rig: Rig,
    agent: Agent,
    token: String,
}

impl Stage {
    /// Alice has signed in; the agent's key is in a file, which is always noticed.
    fn set_up() -> Result<Self> {
        let rig = Rig::start(Options::without_mail())?;
        let agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
        let token = agent.token(ALICE.login)?;
        Ok(Self { rig, agent, token })
    }

    fn edit(&self, edit: impl FnOnce(String) -> String) -> Result<()> {
        let file = self.agent.config_dir().join("config.toml");
        let text = fs::read_to_string(&file)?;
        Ok(fs::write(&file, edit(text))?)
    }
}

#[test]
fn an_account_written_into_the_file_is_there_at_once() -> Result<()> {
    let stage = Stage::set_up()?;
    let mut watch = stage.agent.watch()?;
    stage.edit(|text| format!("{text}\n# by hand\n[accounts.\"{}\"]\n", BOB.login))?;
    watch.until_account(BOB.login, "signed_out")?;
    stage.agent.sign_in_by_forms(BOB.login, BOB)?;
    assert_eq!(stage.agent.token(ALICE.login)?, stage.token, "the other account notices nothing");

    stage.edit(|text| text.replace(&format!("[accounts.\"{}\"]\n", BOB.login), ""))?;
    watch.until(|snapshot| snapshot["accounts"].as_array().is_some_and(|accounts| accounts.len() == 1))?;
    assert_eq!(stage.agent.signet(&["token", BOB.login])?.code, 7, "no such account any more");
    Ok(())
}

#[test]
fn a_mistake_is_told_with_its_place_and_the_last_good_settings_go_on() -> Result<()> {
    let mut stage = Stage::set_up()?;
    let mut watch = stage.agent.watch()?;
    let good = fs::read_to_string(stage.agent.config_dir().join("config.toml"))?;
    let lines = good.lines().count();
    stage.edit(|text| format!("{text}[netwerk]\n"))?;
    let notices = watch.until_notices(&["notice-config-broken", "notice-key-file"])?;
    assert_eq!(
        (&notices[0]["args"]["line"], &notices[0]["args"]["column"]),
        (&json!((lines + 1).to_string()), &json!("2"))
    );
    assert_eq!(notices[0]["detail"]["args"]["nearest"], "network", "{notices:?}");

    let said = stage.agent.signet(&["status"])?.line()?;
    assert!(said.contains("config.toml, line") && said.contains("goes on with the last settings"), "{said}");
    assert!(said.contains("Did you mean \"network\"?"), "{said}");
    let said = stage.agent.owner().speaking("pl").signet(&["status"])?.line()?;
    assert!(said.contains("ostatnimi poprawnymi ustawieniami") && said.contains("Czy chodziło o „network”?"), "{said}");
    assert_eq!(stage.agent.token(ALICE.login)?, stage.token, "tokens go on");
    stage.rig.control().forget_requests()?;
    let forced = stage.agent.endpoint()?.ask("token.get", json!({ "account": ALICE.login, "force": true }))?;
    assert!(forced["result"]["access_token"].is_string(), "refreshes go on too: {forced}");
    let add = stage.agent.signet(&["accounts", "add", BOB.login])?;
    assert_eq!((add.code, add.stderr.contains("line")), (4, true), "nothing is written into a broken file: {add:?}");

    stage.edit(|_| good)?;
    watch.until_notices(&["notice-key-file"])?;

    stage.agent.kill()?;
    stage.edit(|text| format!("{text}[netwerk]\n"))?;
    let said = stage.agent.signet(&["agent", "--foreground"])?;
    assert_eq!(said.code, 4, "an agent that knows no good settings does not start: {said:?}");
    Ok(())
}

#[test]
fn a_file_that_is_gone_is_a_mistake_and_no_wish_to_forget() -> Result<()> {
    let stage = Stage::set_up()?;
    let mut watch = stage.agent.watch()?;
    let (file, aside) = (stage.agent.config_dir().join("config.toml"), stage.agent.config_dir().join("aside"));
    fs::rename(&file, &aside)?;
    watch.until_notices(&["notice-config-unreadable", "notice-key-file"])?;
    assert_eq!(stage.agent.token(ALICE.login)?, stage.token);
    fs::rename(&aside, &file)?;
    watch.until_notices(&["notice-key-file"])?;
    Ok(())
}

#[test]
fn a_way_out_that_cannot_be_used_changes_nothing_and_one_that_can_holds_at_once() -> Result<()> {
    let stage = Stage::set_up()?;
    let mut watch = stage.agent.watch()?;
    let ca = stage.rig.ca().display().to_string();
    stage.edit(|text| text.replace(&ca, "/no/such/file.pem"))?;
    let notices = watch.until_notices(&["notice-config-unusable", "notice-key-file"])?;
    assert!(
        notices[0]["detail"]["args"]["path"].as_str().is_some_and(|it| it.ends_with("/no/such/file.pem")),
        "{notices:?}"
    );
    let forced = json!({ "account": ALICE.login, "force": true });
    let answer = stage.agent.endpoint()?.ask("token.get", forced.clone())?;
    assert_ne!(answer["result"]["access_token"], json!(stage.token), "the old way out still leads there: {answer}");

    let own = stage.agent.config_dir().join("own.pem");
    fs::copy(stage.rig.certificate(), &own)?;
    stage.edit(|text| {
        text.replace("/no/such/file.pem", "own.pem").replace("[store]", "proxy = \"http://127.0.0.1:9\"\n[store]")
    })?;
    watch.until_notices(&["notice-key-file"])?;
    let discovery = stage.agent.signet(&["sign-in", ALICE.login, "--no-browser"])?;
    assert_eq!(discovery.code, 5, "through a proxy that is not there nothing comes: {discovery:?}");
    Ok(())
}

#[test]
fn another_place_for_the_key_waits_for_the_next_start() -> Result<()> {
    let stage = Stage::set_up()?;
    let mut watch = stage.agent.watch()?;
    stage.edit(|text| text.replace("key = \"file\"", "key = \"keyring\""))?;
    watch.until_notices(&["notice-config-restart", "notice-key-file"])?;
    assert_eq!(stage.agent.token(ALICE.login)?, stage.token);
    Ok(())
}

#[test]
fn an_edit_by_hand_is_taken_up_by_the_request_that_follows_it_at_once() -> Result<()> {
    let stage = Stage::set_up()?;
    let add = |name: &str| stage.agent.signet(&["accounts", "add", name]);
    let ca = stage.rig.ca().display().to_string();

    // What a command tells comes before what the agent notices by itself.
    stage.edit(|text| text.replace(&ca, "/no/such/file.pem"))?;
    let refused = add(BOB.login)?;
    assert_eq!(refused.code, 4, "{refused:?}");
    assert!(refused.stderr.contains("/no/such/file.pem"), "{refused:?}");
    let removed = stage.agent.signet(&["accounts", "remove", ALICE.login])?;
    assert_eq!(removed.code, 4, "{removed:?}");
    assert_eq!(stage.agent.token(ALICE.login)?, stage.token, "what is not removed stays signed in");

    stage.edit(|text| {
        text.replace("/no/such/file.pem", &ca).replace("[store]", "proxy = \"http://127.0.0.1:9\"\n[store]")
    })?;
    assert_eq!(add(BOB.login)?.code, 0);
    let discovery = stage.agent.signet(&["sign-in", ALICE.login, "--no-browser"])?;
    assert_eq!(discovery.code, 5, "the proxy by which nothing comes is in force: {discovery:?}");

    stage.edit(|text| text.replace("proxy = \"http://127.0.0.1:9\"\n", ""))?;
    stage.agent.signet(&["accounts", "set", BOB.login, "--login", ALICE.login])?.line()?;
    let answer = stage.agent.endpoint()?.ask("token.get", json!({ "account": ALICE.login, "force": true }))?;
    assert!(answer["result"]["access_token"].is_string(), "the direct way is in force: {answer}");

    let mut watch = stage.agent.watch()?;
    stage.edit(|text| text.replace("key = \"file\"", "key = \"keyring\""))?;
    stage.agent.signet(&["accounts", "remove", BOB.login])?.line()?;
    watch.until_notices(&["notice-config-restart", "notice-key-file"])?;
    stage.edit(|text| format!("{text}\n# by hand\n"))?;
    // What changes nothing does not take it back.
    stage.agent.signet(&["accounts", "set", ALICE.login, "--login", ALICE.login])?.line()?;
    let said = stage.agent.signet(&["status"])?.line()?;
    assert!(said.contains("The place of the key was changed"), "it still waits for the next start: {said}");
    Ok(())
}
