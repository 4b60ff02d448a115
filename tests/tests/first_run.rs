//! Before the first sign-in: which tenant, whether the application is registered right, and the settings that come of it;
//! and what programs wish and people are reminded of, as a desktop hears of it.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use anyhow::Result;
use serde_json::{Value, json};
use signet_e2e::fifo::Fifo;
use signet_e2e::rig::control::{Drop, Endpoint as Door, Fault, Revocation};
use signet_e2e::rig::{ALICE, BOB, CLIENT_ID, TENANT};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

fn stage() -> Result<(Rig, Agent)> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::start(&rig, AgentOptions::default())?;
    Ok((rig, agent))
}

#[track_caller]
fn check_refused(answer: &Value, code: &str, field: Option<&str>, words: &str) {
    let error = &answer["error"];
    assert_eq!((&error["data"]["code"], error["data"]["field"].as_str()), (&code.into(), field), "{answer}");
    assert!(error["message"].as_str().is_some_and(|said| said.contains(words)), "{words:?} of {answer}");
}

#[test]
fn an_organisation_s_tenant_is_found_by_its_domain() -> Result<()> {
    let (rig, agent) = stage()?;
    let mut manager = agent.owner().manager()?;
    let mut find = |domain: &str| manager.ask("tenant.find", json!({ "domain": domain, "lang": "pl" }));
    rig.control().fault(&Fault { on: Door::Discovery, drop: Some(Drop::Reset), ..Fault::default() })?;
    check_refused(&find("contoso.example")?, "unreachable", None, "localhost");
    rig.control().cancel_faults()?;
    for domain in ["contoso.example", " Firma.example ", "biuro@firma.example"] {
        assert_eq!(find(domain)?["result"], json!({ "tenant": TENANT }), "by {domain:?}");
    }
    check_refused(&find("nobody.example")?, "configuration", Some("domain"), "nobody.example");
    check_refused(&find("firma")?, "configuration", Some("domain"), "firma to nie jest domena");
    Ok(())
}

#[test]
fn a_registration_is_tested_before_it_is_saved() -> Result<()> {
    let (_rig, agent) = stage()?;
    let mut manager = agent.owner().manager()?;
    let mut test = |client_id: &str, tenant: &str, lang: &str| -> Result<Vec<Value>> {
        let params = json!({ "client_id": client_id, "tenant": tenant, "lang": lang });
        let told = manager.ask("registration.test", params)?;
        Ok(told["result"]["findings"].as_array().cloned().unwrap_or_default())
    };
    let levels = |found: &[Value]| found.iter().map(|one| one["level"].clone()).collect::<Vec<_>>();
    let good = test(CLIENT_ID, TENANT, "en")?;
    assert_eq!(levels(&good), ["fine", "fine", "fine"], "authority, clock, registration: {good:?}");
    let unknown = test("99999999-0000-4000-8000-000000000009", TENANT, "pl")?;
    let last = unknown.last().cloned().unwrap_or_default();
    assert_eq!(last["level"], "wrong", "{unknown:?}");
    assert!(last["text"].as_str().is_some_and(|text| text.contains("identyfikator aplikacji")), "{last}");
    let no_tenant = test(CLIENT_ID, "nobody.example", "en")?;
    assert_eq!(no_tenant[0]["level"], "wrong", "{no_tenant:?}");
    Ok(())
}

#[test]
fn settings_are_saved_all_or_none_and_hold_at_once() -> Result<()> {
    let (_rig, agent) = stage()?;
    let mut watch = agent.watch()?;
    let mut manager = agent.owner().manager()?;
    let file = agent.config_dir().join("config.toml");
    let before = fs::read_to_string(&file)?;
    let wrong = manager.ask("settings.set", json!({ "language": "pl", "cloud": "mars", "lang": "en" }))?;
    check_refused(&wrong, "configuration", Some("cloud"), "no cloud mars");
    assert_eq!(fs::read_to_string(&file)?, before);
    assert_eq!(manager.ask("settings.set", json!({ "language": "pl", "remind_minutes": 30 }))?["result"], json!({}));
    watch.until(|snapshot| snapshot["language"] == "pl")?;
    let settings = manager.ask("settings.get", json!({}))?["result"].take();
    let want =
        json!({ "language": "pl", "remind_minutes": 30, "client_id": CLIENT_ID, "tenant": TENANT, "key": "file" });
    for (name, value) in want.as_object().into_iter().flatten() {
        assert_eq!(settings[name], *value, "{settings}");
    }
    assert_eq!(settings["config_file"], *file.display().to_string(), "{settings}");
    let unnamed = manager.ask("sign_out", json!({ "account": "nobody" }))?;
    check_refused(&unnamed, "unknown_account", None, "Nie ma");
    manager.ask("settings.set", json!({ "language": "" }))?;
    watch.until(|snapshot| snapshot["language"].is_null())?;
    Ok(())
}

#[test]
fn a_program_s_wish_for_a_sign_in_is_shown_until_somebody_opens_the_page() -> Result<()> {
    let (_rig, agent) = stage()?;
    for person in [ALICE, BOB] {
        agent.signet(&["accounts", "add", person.login])?.line()?;
    }
    let mut watch = agent.watch()?;
    let mut program = agent.endpoint()?;
    let asked = json!({ "account": ALICE.login, "reason": "Serwer\npocztowy" });
    let started = program.ask("sign_in.start", asked)?["result"].take();
    assert!(started["authorize_url"].is_null() && started["open_url"].is_null(), "no address for strangers");
    let shown = watch.until(|snapshot| snapshot["wishes"].is_array())?["wishes"][0].clone();
    assert_eq!((&shown["account"], &shown["sign_in"]), (&ALICE.login.into(), &started["sign_in"]), "{shown}");
    assert_eq!(shown["reason"], "Serwer pocztowy");
    assert!(shown["program"].as_str().is_some_and(|program| program.ends_with("/signet-line")), "{shown}");

    let mut manager = agent.owner().manager()?;
    let joined = manager.ask("sign_in.start", json!({ "account": ALICE.login }))?["result"].take();
    assert_eq!(joined["sign_in"], started["sign_in"], "it is the same sign-in");
    watch.until(|snapshot| snapshot["wishes"].is_null())?;
    let page = joined["authorize_url"].as_str().unwrap_or_default().to_owned();
    agent.forms().walk(&page, ALICE)?;
    let ended = program.ask("sign_in.wait", json!({ "sign_in": started["sign_in"], "wait_seconds": 120 }))?;
    assert_eq!(ended["result"]["state"], "signed_in", "{ended}");

    let declined = program.ask("sign_in.start", json!({ "account": BOB.login }))?["result"]["sign_in"].take();
    watch.until(|snapshot| snapshot["wishes"][0]["account"] == BOB.login)?;
    manager.ask("sign_in.cancel", json!({ "sign_in": declined }))?;
    watch.until(|snapshot| snapshot["wishes"].is_null())?;
    let ended = program.ask("sign_in.wait", json!({ "sign_in": declined, "wait_seconds": 120 }))?;
    assert_eq!(ended["result"]["state"], "cancelled", "{ended}");
    Ok(())
}

#[test]
fn a_command_is_run_with_the_reminder_s_words_where_nobody_sits() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let directory = tempfile::tempdir_in("/tmp")?;
    fs::set_permissions(directory.path(), Permissions::from_mode(0o755))?;
    let told = Fifo::make(&directory.path().join("told"))?;
    let config = format!("[reminders]\ncommand = ['/usr/bin/tee', '{}']\n", told.path().display());
    let options = AgentOptions { config, language: Some("pl".into()), ..AgentOptions::default() };
    let agent = Agent::signed_in_by_forms(&rig, ALICE, options)?;
    rig.control().revoke(ALICE.login, Revocation::Password)?;
    agent.endpoint()?.ask("token.get", json!({ "account": ALICE.login, "force": true }))?;
    let line = told.line()?;
    assert!(line.contains("zaloguj się ponownie na konto alice@contoso.example"), "{line}");
    Ok(())
}
