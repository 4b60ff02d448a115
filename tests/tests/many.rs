//! A hundred accounts at once, and programs that do not stop asking.

use std::collections::BTreeSet;

use anyhow::Result;
use serde_json::{Value, json};
use signet_e2e::rig::control::{Endpoint, Fault, Revocation, Settings, Times};
use signet_e2e::rig::{ALICE, User};
use signet_e2e::{Agent, AgentOptions, Options, Rig, network};

const ACCOUNTS: usize = 100;

/// A hundred people sign in; then their tokens end, while the authority wants to be left alone for an hour.
fn all_lapsed(rig: &Rig, agent: &Agent) -> Result<BTreeSet<String>> {
    rig.control().set(&Settings { access_ttl: Some(1), ..Settings::default() })?;
    rig.control().fault(&Fault {
        matching: [("grant_type".into(), "refresh_token".into())].into(),
        times: Times::Always,
        status: Some(503),
        headers: [("Retry-After".into(), "3600".into())].into(),
        ..Fault::default()
    })?;
    let mut connection = agent.endpoint()?;
    let mut logins = BTreeSet::new();
    for number in 0..ACCOUNTS {
        let login = format!("point-{number:03}@firma.example");
        rig.control().put_user(&login, &json!({ "password": ALICE.password }))?;
        agent.signet(&["accounts", "add", &login])?.line()?;
        agent.sign_in_by_forms(&login, User { login: login.clone().leak(), password: ALICE.password })?;
        // Whatever the answer is: from now on the account is in use.
        connection.ask("token.get", json!({ "account": login, "wait_seconds": 0 }))?;
        logins.insert(login);
    }
    agent.watch()?.until(|snapshot| in_state(snapshot, "unreachable") == ACCOUNTS)?;
    rig.control().cancel_faults()?;
    Ok(logins)
}

fn in_state(snapshot: &Value, state: &str) -> usize {
    snapshot["accounts"].as_array().map_or(0, |rows| rows.iter().filter(|row| row["state"] == state).count())
}

#[test]
fn a_hundred_that_lapse_together_ask_once_each_and_are_one_reminder() -> Result<()> {
    network::of_its_own("a_hundred_that_lapse_together_ask_once_each_and_are_one_reminder", || {
        let rig = Rig::start(Options::without_mail())?;
        let agent = Agent::start(&rig, AgentOptions::default())?;
        let logins = all_lapsed(&rig, &agent)?;
        for login in &logins {
            rig.control().revoke(login, Revocation::Password)?;
        }
        rig.control().forget_requests()?;
        network::ip("address add 192.0.2.1/32 dev lo")?;
        let mut watch = agent.watch()?;
        let snapshot = watch
            .until(|snapshot| in_state(snapshot, "needs_sign_in") == ACCOUNTS && snapshot["reminder"].is_object())?;
        assert_eq!(snapshot["reminder"], json!({ "number": 1, "accounts": logins }), "one for all of them");

        let requests = rig.control().requests(Endpoint::Token)?;
        let spent: BTreeSet<_> = requests.iter().map(|request| &request.params["refresh_token"]).collect();
        assert_eq!((requests.len(), spent.len()), (ACCOUNTS, ACCOUNTS), "each was asked about once");
        let log = agent.log()?;
        let lines = log.lines().filter(|line| line.contains("these accounts need somebody")).count();
        assert_eq!(lines, 1, "and once in the journal: {log}");
        Ok(())
    })
}

#[test]
fn whoever_keeps_asking_for_a_dead_account_disturbs_nobody() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    rig.control().set(&Settings { access_ttl: Some(1), ..Settings::default() })?;
    let agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
    rig.control().revoke(ALICE.login, Revocation::Password)?;
    let mut connection = agent.endpoint()?;
    let asked = json!({ "account": ALICE.login });
    while connection.ask("token.get", asked.clone())?["error"].is_null() {}
    rig.control().forget_requests()?;
    for number in 0..1_000 {
        let mut asked = asked.clone();
        asked["force"] = json!(number % 2 == 0);
        let refused = connection.ask("token.get", asked)?;
        assert_eq!(refused["error"]["data"]["code"], "sign_in_required", "{refused}");
    }
    for endpoint in [Endpoint::Token, Endpoint::Discovery, Endpoint::Authorize] {
        assert!(rig.control().requests(endpoint)?.is_empty(), "{endpoint:?} was asked");
    }
    Ok(())
}
