//! Servers that refuse a token, and what programs say of it.

use anyhow::Result;
use serde_json::{Value, json};
use signet_e2e::agent::Endpoint as Connection;
use signet_e2e::rig::ALICE;
use signet_e2e::rig::control::Endpoint;
use signet_e2e::{Agent, AgentOptions, Options, Rig};

struct Stage {
    rig: Rig,
    agent: Agent,
    program: Connection,
}

impl Stage {
    fn set_up() -> Result<Self> {
        let rig = Rig::start(Options::without_mail())?;
        let agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
        let program = agent.endpoint()?;
        rig.control().forget_requests()?;
        Ok(Self { rig, agent, program })
    }

    fn reject(&mut self, token: &str, more: &[(&str, &str)]) -> Result<Value> {
        let mut params = json!({ "account": ALICE.login, "access_token": token });
        for (name, value) in more {
            params[name] = json!(value);
        }
        self.program.ask("token.reject", params)
    }
}

#[test]
fn a_fresh_token_that_is_refused_is_no_matter_of_the_token() -> Result<()> {
    let mut stage = Stage::set_up()?;
    let token = stage.agent.token(ALICE.login)?;
    let refused = stage.reject(&token, &[])?["error"].take();
    assert_eq!((&refused["code"], &refused["data"]["code"]), (&json!(-32058), &json!("limit")), "{refused}");
    assert!(refused["message"].as_str().is_some_and(|said| said.contains("protocol may be switched off")), "{refused}");
    let polish = stage.reject(&token, &[("lang", "pl")])?["error"].take();
    assert!(polish["message"].as_str().is_some_and(|said| said.starts_with("Token ma dopiero")), "{polish}");
    assert_eq!(stage.agent.token(ALICE.login)?, token, "it goes on being served");
    assert!(stage.rig.control().requests(Endpoint::Token)?.is_empty(), "the authority is left alone");
    Ok(())
}

#[test]
fn a_token_that_is_not_in_use_may_be_rejected_and_nothing_comes_of_it() -> Result<()> {
    let mut stage = Stage::set_up()?;
    for token in ["never-given-out", ""] {
        assert_eq!(stage.reject(token, &[])?["result"], json!({}), "{token:?}");
    }
    let unknown = stage.reject("x", &[("account", "nobody@contoso.example")])?["error"].take();
    assert_eq!(unknown["data"]["code"], "unknown_account", "{unknown}");
    assert!(stage.rig.control().requests(Endpoint::Token)?.is_empty());
    Ok(())
}

#[test]
fn a_claims_challenge_of_a_server_goes_to_the_authority_once_a_minute() -> Result<()> {
    let mut stage = Stage::set_up()?;
    let token = stage.agent.token(ALICE.login)?;
    let challenge = r#"{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}"#;
    let asked = json!({ "account": ALICE.login, "claims": challenge });
    let answer = stage.program.ask("token.get", asked.clone())?;
    assert_ne!(answer["result"]["access_token"], json!(token), "the one at hand is what the server refused");
    let requests = stage.rig.control().requests(Endpoint::Token)?;
    assert_eq!(requests[0].params["claims"], challenge);
    let again = stage.program.ask("token.get", asked)?;
    assert_eq!(again["result"]["access_token"], answer["result"]["access_token"], "that one is seconds old");
    assert_eq!(stage.rig.control().requests(Endpoint::Token)?.len(), 1);
    Ok(())
}
