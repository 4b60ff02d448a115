//! Trouble where no valid token is left to serve.

use anyhow::Result;
use serde_json::json;
use signet_e2e::rig::control::{Endpoint, Fault, Settings};
use signet_e2e::rig::{ALICE, BOB};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

#[test]
fn without_a_valid_token_the_pause_is_told_and_whoever_waits_is_served_after_it() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let life = |seconds| Settings { access_ttl: Some(seconds), ..Settings::default() };
    let agent = Agent::start(&rig, AgentOptions::default())?;
    for (person, retry_after, told) in [(ALICE, Some("2"), 2), (BOB, None, 1)] {
        agent.signet(&["accounts", "add", person.login])?.line()?;
        rig.control().set(&life(1))?;
        agent.sign_in_by_forms(person.login, person)?;
        agent.await_lapse(person.login)?;
        let mut connection = agent.endpoint()?;
        rig.control().forget_requests()?;
        let headers = retry_after.map(|seconds| ("Retry-After".to_owned(), seconds.to_owned()));
        let headers = headers.into_iter().collect();
        rig.control().fault(&Fault { status: Some(503), headers, ..Fault::default() })?;
        rig.control().set(&life(3_600))?;
        let asked = json!({ "account": person.login, "wait_seconds": 1 });
        let refused = connection.ask("token.get", asked)?["error"].take();
        assert_eq!(refused["data"]["code"], "unreachable", "the pause is longer than the wait: {refused}");
        assert_eq!((&refused["data"]["kind"], &refused["data"]["retry_after"]), (&json!("transient"), &json!(told)));
        let row = agent.await_account(person.login, |row| row["state"] != "ready")?;
        assert_eq!((&row["state"], row["expires_at"].is_null()), (&json!("unreachable"), true), "{row}");

        let asked = json!({ "account": person.login, "wait_seconds": 60 });
        let served = connection.ask("token.get", asked)?;
        assert!(served["result"]["access_token"].is_string(), "who waits long enough is served: {served}");
        assert_eq!(rig.control().requests(Endpoint::Token)?.len(), 2, "by the one request after the pause");
        agent.await_account(person.login, |row| row["state"] == "ready")?;
    }
    Ok(())
}
