//! Accounts that a form makes before it is saved: they stay with the form, and go with it.

use std::fs;

use anyhow::Result;
use serde_json::{Value, json};
use signet_e2e::rig::{ALICE, BOB};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

struct Form {
    _rig: Rig,
    agent: Agent,
}

impl Form {
    /// Somebody has filled it in and signed in from it, and has not saved it.
    fn authorized() -> Result<Self> {
        let rig = Rig::start(Options::without_mail())?;
        let agent = Agent::start(&rig, AgentOptions::default())?;
        let form = Self { _rig: rig, agent };
        assert_eq!(form.ask("account.add", json!({ "name": ALICE.login, "provisional": true }))?["result"], json!({}));
        form.agent.sign_in_by_forms(ALICE.login, ALICE)?;
        assert!(form.is_provisional(ALICE.login)?, "the window can see it");
        Ok(form)
    }

    fn ask(&self, method: &str, params: Value) -> Result<Value> {
        self.agent.owner().manager()?.ask(method, params)
    }

    fn is_provisional(&self, account: &str) -> Result<bool> {
        let row = self.agent.watch()?.until_row(account, |_| true)?;
        Ok(row["provisional"] == true)
    }

    fn save(&self, change: Value) -> Result<Value> {
        let mut profile = json!({
            "id": "faktury", "kind": "documents", "authentication": "oauth2", "login": ALICE.login, "enabled": true,
        });
        profile.as_object_mut().expect("an object").extend(change.as_object().expect("an object").clone());
        self.ask("profile.set", profile)
    }

    fn start_anew(&mut self) -> Result<()> {
        self.agent.stop()?;
        self.agent.launch()
    }

    fn accounts(&self) -> Result<Vec<Value>> {
        let listed = self.ask("account.list", json!({}))?["result"]["accounts"].take();
        Ok(listed.as_array().into_iter().flatten().map(|account| account["name"].clone()).collect())
    }
}

#[test]
fn the_account_of_a_form_that_is_never_saved_goes_with_the_agent_and_its_sign_in_too() -> Result<()> {
    let mut form = Form::authorized()?;
    form.ask("account.add", json!({ "name": BOB.login }))?;
    form.start_anew()?;
    assert_eq!(form.accounts()?, [BOB.login], "what somebody has added stays");
    assert!(!fs::read_to_string(form.agent.config_dir().join("config.toml"))?.contains(ALICE.login));
    form.ask("account.add", json!({ "name": ALICE.login }))?;
    let row = form.agent.watch()?.until_row(ALICE.login, |row| row["state"] != "signing_in")?;
    assert_eq!(row["state"], "signed_out", "nothing is left of the sign-in");
    Ok(())
}

#[test]
fn saving_the_form_or_adding_the_account_makes_it_stay() -> Result<()> {
    let mut form = Form::authorized()?;
    let refused = form.save(json!({ "port": 70_000 }))?;
    assert_eq!(refused["error"]["data"]["field"], "port");
    assert!(form.is_provisional(ALICE.login)?, "a form that was refused is not saved");
    assert_eq!(form.save(json!({}))?["result"], json!({}));
    assert!(!form.is_provisional(ALICE.login)?);
    assert_eq!(form.ask("account.add", json!({ "name": BOB.login, "provisional": true }))?["result"], json!({}));
    assert_eq!(form.ask("account.add", json!({ "name": BOB.login }))?["result"], json!({}));
    assert!(!form.is_provisional(BOB.login)?, "somebody has added it themselves");
    form.start_anew()?;
    assert_eq!(form.accounts()?, [ALICE.login, BOB.login]);
    assert!(!form.agent.token(ALICE.login)?.is_empty(), "still signed in");
    Ok(())
}

#[test]
fn importing_a_list_of_points_makes_their_accounts_stay() -> Result<()> {
    let form = Form::authorized()?;
    let point = json!({ "id": "faktury", "kind": "documents", "enabled": true, "encryption": "automatic",
        "authentication": "oauth2", "login": ALICE.login });
    let import = |dry_run: bool| form.ask("profile.import", json!({ "profiles": [point.clone()], "dry_run": dry_run }));
    assert_eq!(import(true)?["result"]["saved"], false);
    assert!(form.is_provisional(ALICE.login)?, "a dry run saves nothing");
    assert_eq!(import(false)?["result"]["saved"], true);
    assert!(!form.is_provisional(ALICE.login)?);
    Ok(())
}

#[test]
fn the_account_that_a_saved_profile_has_waited_for_is_no_provisional_one() -> Result<()> {
    let form = Form::authorized()?;
    form.save(json!({ "id": "kadry", "login": BOB.login }))?;
    form.ask("account.add", json!({ "name": BOB.login, "provisional": true }))?;
    assert!(!form.is_provisional(BOB.login)?);
    assert!(form.is_provisional(ALICE.login)?, "another form's stays one");
    Ok(())
}
