//! A thousand programs at a lapsed token, at a provider that ends a sign-in whose refresh token is spent twice.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use signet_e2e::rig::control::{Drop, Endpoint, Fault, Refresh, Settings};
use signet_e2e::rig::{ALICE, MAIL_SCOPES};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

const GRAPH: &str = "https://graph.microsoft.com/User.Read";
const PROCESSES: usize = 4;
const PROGRAMS: usize = 250;

/// Alice has signed in for mail and Graph, and her first token has lapsed.
struct Stage {
    rig: Rig,
    agent: Agent,
}

impl Stage {
    fn set_up(refresh: Refresh) -> Result<Self> {
        let rig = Rig::start(Options::without_mail())?;
        rig.control().set(&Settings { refresh: Some(refresh), access_ttl: Some(1), ..Settings::default() })?;
        let config = format!("[accounts.\"{}\".resources]\nmail = {MAIL_SCOPES:?}\ngraph = [{GRAPH:?}]\n", ALICE.login);
        let agent = Agent::start(&rig, AgentOptions { config, ..AgentOptions::default() })?;
        agent.sign_in_by_forms(ALICE.login, ALICE)?;
        rig.control().set(&Settings { access_ttl: Some(3_600), ..Settings::default() })?;
        agent.await_lapse(ALICE.login)?;
        rig.control().forget_requests()?;
        Ok(Self { rig, agent })
    }

    fn token(&self, more: &Value) -> Result<Value> {
        let mut asked = json!({ "account": ALICE.login });
        if let (Some(asked), Some(more)) = (asked.as_object_mut(), more.as_object()) {
            asked.extend(more.clone());
        }
        self.agent.endpoint()?.ask("token.get", asked)
    }

    /// The refresh tokens spent so far, in order, with how each request ended.
    fn spent(&self) -> Result<Vec<(String, Option<u16>)>> {
        let requests = self.rig.control().requests(Endpoint::Token)?;
        let spent = |request: &signet_e2e::rig::control::Request| {
            let token = request.params.get("refresh_token").context("no refresh")?;
            Ok((token.clone(), request.status))
        };
        requests.iter().map(spent).collect()
    }
}

fn asked_for(resource: &str) -> Value {
    json!({ "account": ALICE.login, "resource": resource, "wait_seconds": 60 })
}

#[test]
fn a_thousand_askers_spend_each_refresh_token_once_and_the_family_lives() -> Result<()> {
    let stage = Stage::set_up(Refresh::Rotate)?;
    // The provider takes long enough for everybody to have asked, twice: one resource goes after the other.
    stage.rig.control().fault(&Fault { delay: Some(2_000), ..Fault::default() })?;
    let resources = ["mail", "graph", "mail", "graph"];
    assert_eq!(resources.len(), PROCESSES);
    let crowds = resources.map(|resource| stage.agent.crowd(PROGRAMS, "token.get", &asked_for(resource)));
    for (crowd, resource) in crowds.into_iter().zip(resources) {
        let answers = crowd?.answers()?;
        assert_eq!(answers.len(), PROGRAMS, "all are answered");
        let first = &answers[0]["result"]["access_token"];
        let owner = stage.rig.control().owner(first.as_str().with_context(|| answers[0].to_string())?)?;
        assert_eq!(owner.as_deref(), Some(ALICE.login));
        let scope = if resource == "mail" { MAIL_SCOPES[0] } else { GRAPH };
        for answer in &answers {
            assert_eq!(answer["result"]["access_token"], *first, "everybody gets the same");
            assert!(answer["result"]["scopes"].as_array().is_some_and(|all| all.contains(&json!(scope))), "{answer}");
        }
    }
    let spent = stage.spent()?;
    assert_eq!(spent.len(), 2, "one request for each resource");
    assert_ne!(spent[0].0, spent[1].0, "the second one spends what the first one brought, so it came after it");
    assert!(stage.token(&json!({ "resource": "graph" }))?["result"]["access_token"].is_string());
    let status = stage.agent.watch()?.until_account(ALICE.login, "ready")?;
    assert_eq!(status["reason"], Value::Null, "the family lives");
    Ok(())
}

#[test]
fn an_answer_lost_after_the_rotation_costs_one_sign_in_and_is_asked_for_once() -> Result<()> {
    let stage = Stage::set_up(Refresh::Rotate)?;
    stage.rig.control().fault(&Fault { drop: Some(Drop::Late), ..Fault::default() })?;
    let mut watch = stage.agent.watch()?;
    stage.token(&json!({ "wait_seconds": 0 }))?;
    watch.until_account(ALICE.login, "needs_sign_in")?;
    let spent = stage.spent()?;
    assert_eq!(spent.len(), 2, "the try whose answer was lost, and one more");
    assert_eq!(spent[0].0, spent[1].0, "the agent could not know of a newer one: {spent:?}");
    let snapshot = watch.until(|snapshot| snapshot["reminder"].is_object())?;
    assert_eq!(snapshot["reminder"], json!({ "number": 1, "accounts": [ALICE.login] }));
    for _ in 0..20 {
        assert_eq!(stage.token(&json!({}))?["error"]["data"]["code"], "sign_in_required");
    }
    assert_eq!(stage.spent()?.len(), 2, "the authority is left alone");

    stage.agent.sign_in_by_forms(ALICE.login, ALICE)?;
    assert!(stage.token(&json!({}))?["result"]["access_token"].is_string());
    assert!(stage.token(&json!({ "resource": "graph" }))?["result"]["access_token"].is_string());
    let reminder = stage.agent.watch()?.until(|_| true)?["reminder"]["number"].clone();
    assert_eq!(reminder, 1, "the person was asked once");
    Ok(())
}

#[test]
fn where_old_refresh_tokens_stay_good_a_lost_answer_costs_nothing() -> Result<()> {
    let stage = Stage::set_up(Refresh::Entra)?;
    stage.rig.control().fault(&Fault { drop: Some(Drop::Late), ..Fault::default() })?;
    let answer = stage.token(&json!({ "wait_seconds": 30 }))?;
    assert!(answer["result"]["access_token"].is_string(), "{answer}");
    assert_eq!(stage.spent()?.len(), 2);
    Ok(())
}
