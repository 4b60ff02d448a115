//! Somebody edits what an account's settings or its saved row say: no refresh token goes where it did not come from.

use anyhow::{Context, Result};
use rusqlite::Connection;
use serde_json::json;
use signet_e2e::rig::control::{Endpoint, Fault, Settings};
use signet_e2e::rig::{ALICE, BOB, TENANT};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

/// Alice and Bob are signed in, and their access tokens are not known to anybody.
fn signed_in() -> Result<(Rig, Agent)> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
    agent.signet(&["accounts", "add", BOB.login])?.line()?;
    agent.sign_in_by_forms(BOB.login, BOB)?;
    Ok((rig, agent))
}

/// The account needs its person and is told why, in both languages; nothing was sent to anybody.
#[track_caller]
fn check_not_opened(rig: &Rig, agent: &Agent, account: &str) -> Result<()> {
    let force = json!({ "account": account, "force": true });
    let refused = agent.endpoint()?.ask("token.get", force)?["error"].take();
    assert_eq!(
        (&refused["data"]["code"], &refused["data"]["reason"]),
        (&json!("sign_in_required"), &json!("bound_elsewhere")),
        "{refused}"
    );
    for (language, word) in [("en", "not for these settings"), ("pl", "nie pasuje do tych ustawień")] {
        let said = agent.owner().speaking(language).signet(&["token", account])?;
        assert!(said.code == 3 && said.stdout.is_empty() && said.stderr.contains(word), "{said:?}");
        let status = agent.owner().speaking(language).signet(&["status"])?.line()?;
        assert!(status.contains(word), "{status}");
    }
    assert!(rig.control().requests(Endpoint::Token)?.is_empty(), "a refresh token went out");
    Ok(())
}

fn works(agent: &Agent, login: &str) -> Result<()> {
    let force = json!({ "account": login, "force": true });
    let answer = agent.endpoint()?.ask("token.get", force)?;
    assert!(answer["result"]["access_token"].is_string(), "{answer}");
    Ok(())
}

#[test]
fn another_authority_or_application_in_the_settings_opens_no_sign_in_until_they_are_put_right() -> Result<()> {
    let (rig, agent) = signed_in()?;
    let mut watch = agent.watch()?;
    let evil = format!("issuer = \"{}/another\"\nclient_id = \"another\"\n", rig.origin());
    for (what, edit) in [
        ("the application", "client_id = \"another\"\n".to_owned()),
        ("the tenant", "tenant = \"another.example\"\n".to_owned()),
        ("the cloud", "cloud = \"https://127.0.0.1:9\"\n".to_owned()),
        ("the issuer", evil),
    ] {
        let heading = format!("[accounts.\"{}\"]\n", ALICE.login);
        rig.control().forget_requests()?;
        agent.edit_config(|text| text.replace(&heading, &format!("{heading}{edit}")))?;
        watch.until_account(ALICE.login, "needs_sign_in")?;
        check_not_opened(&rig, &agent, ALICE.login).with_context(|| format!("after a change of {what}"))?;
        agent.edit_config(|text| text.replace(&edit, ""))?;
        watch.until_account(ALICE.login, "ready")?;
    }
    works(&agent, ALICE.login)?;
    works(&agent, BOB.login)
}

/// Whoever speaks in the authority's name for a moment sends the refresh token nowhere else.
#[test]
fn a_document_of_the_authority_that_names_another_token_endpoint_is_not_followed() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    // No access token is left that could be served in the meantime.
    rig.control().set(&Settings { access_ttl: Some(1), ..Settings::default() })?;
    let mut agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
    while agent.endpoint()?.ask("account.list", json!({}))?["result"]["accounts"][0]["expires_at"].is_string() {
        std::thread::yield_now();
    }
    agent.stop()?;
    let elsewhere = Rig::start(Options::without_mail())?;
    let issuer = format!("{}/{TENANT}/v2.0", rig.origin());
    let document = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{}/{TENANT}/oauth2/v2.0/authorize", rig.origin()),
        "token_endpoint": format!("{}/{TENANT}/oauth2/v2.0/token", elsewhere.origin()),
    });
    let body = Some(document.to_string());
    rig.control().fault(&Fault { on: Endpoint::Discovery, status: Some(200), body, ..Fault::default() })?;
    for asked in [&rig, &elsewhere] {
        asked.control().forget_requests()?;
    }
    agent.launch()?;
    let force = json!({ "account": ALICE.login, "force": true, "wait_seconds": 5 });
    let refused = agent.endpoint()?.ask("token.get", force)?["error"].take();
    assert_eq!(refused["data"]["code"], "unreachable", "no verdict: {refused}");
    assert!(refused["message"].to_string().contains(&elsewhere.origin()), "it says where that was: {refused}");
    for asked in [&rig, &elsewhere] {
        assert!(asked.control().requests(Endpoint::Token)?.is_empty(), "a refresh token went out");
    }
    Ok(())
}

#[test]
fn an_account_of_another_name_begins_without_a_sign_in() -> Result<()> {
    let (rig, agent) = signed_in()?;
    let mut watch = agent.watch()?;
    rig.control().forget_requests()?;
    let (own, other) = (format!("[accounts.\"{}\"]\n", ALICE.login), "[accounts.other]\n");
    agent.edit_config(|text| text.replace(&own, &format!("{other}login = \"{}\"\n", ALICE.login)))?;
    watch.until_account("other", "signed_out")?;
    assert_eq!(agent.signet(&["token", "other"])?.code, 3);
    assert!(rig.control().requests(Endpoint::Token)?.is_empty());
    Ok(())
}

#[test]
fn a_row_that_was_moved_copied_or_altered_is_not_opened() -> Result<()> {
    let (rig, mut agent) = signed_in()?;
    agent.stop()?;
    let file = agent.state_dir().join("state.db");
    let good = std::fs::read(&file)?;
    let (alice, bob) = (ALICE.login, BOB.login);
    let alter = |sql: &str| -> Result<()> {
        std::fs::write(&file, &good)?;
        let changed = Connection::open(&file)?.execute(sql, [])?;
        assert!(changed > 0, "{sql} changes something");
        Ok(())
    };
    for (sql, worthless) in [
        (format!("UPDATE sign_in SET endpoint = 'https://127.0.0.1:9' WHERE account = '{alice}'"), vec![alice]),
        (format!("UPDATE sign_in SET sealed = (SELECT sealed FROM sign_in WHERE account = '{bob}')"), vec![alice]),
        (
            "WITH old AS MATERIALIZED (SELECT account, sealed FROM sign_in)
             UPDATE sign_in SET sealed = (SELECT sealed FROM old WHERE old.account <> sign_in.account)"
                .to_owned(),
            vec![alice, bob],
        ),
    ] {
        alter(&sql)?;
        rig.control().forget_requests()?;
        agent.launch()?;
        for account in worthless {
            agent.watch()?.until_account(account, "needs_sign_in")?;
            check_not_opened(&rig, &agent, account)?;
        }
        agent.stop()?;
    }
    std::fs::write(&file, &good)?;
    agent.launch()?;
    works(&agent, ALICE.login)?;
    works(&agent, BOB.login)
}
