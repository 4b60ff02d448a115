//! Verdicts of the authority: what each one means for its account, and how it is told.

mod table;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use signet_e2e::rig::control::{Endpoint, Fault, Settings};
use signet_e2e::rig::{MAIL_SCOPES, User};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

use table::{CLAIMS, Cause, Concerns, GRAPH, Texts, VERDICTS};

/// An agent with an account of mail and Graph for everybody in the table.
fn rig_and_agent() -> Result<(Rig, Agent)> {
    let rig = Rig::start(Options::without_mail())?;
    let mut config = String::new();
    for verdict in VERDICTS {
        rig.control().new_person(verdict.login)?;
        config.push_str(&format!(
            "[accounts.\"{}\".resources]\nmail = {MAIL_SCOPES:?}\ngraph = [{GRAPH:?}]\n",
            verdict.login
        ));
    }
    let agent = Agent::start(&rig, AgentOptions { config, ..AgentOptions::default() })?;
    Ok((rig, agent))
}

fn sign_in(rig: &Rig, agent: &Agent, person: User, life: u32) -> Result<()> {
    rig.control().set(&Settings { access_ttl: Some(life), ..Settings::default() })?;
    agent.sign_in_by_forms(person.login, person)?;
    rig.control().set(&Settings { access_ttl: Some(3_600), ..Settings::default() })?;
    rig.control().forget_requests()
}

fn ask(agent: &Agent, login: &str, more: Value) -> Result<Value> {
    let mut asked = more;
    asked["account"] = json!(login);
    agent.endpoint()?.ask("token.get", asked)
}

fn access_token(answer: &Value) -> &str {
    answer["result"]["access_token"].as_str().unwrap_or_else(|| panic!("no token: {answer}"))
}

fn requests(rig: &Rig) -> Result<usize> {
    Ok(rig.control().requests(Endpoint::Token)?.len())
}

#[test]
fn each_verdict_says_who_has_to_do_what_and_leaves_the_authority_alone() -> Result<()> {
    let (rig, agent) = rig_and_agent()?;
    for verdict in VERDICTS {
        sign_in(&rig, &agent, verdict.person(), 1)?;
    }
    for verdict in VERDICTS {
        let name = verdict.login;
        agent.await_lapse(name)?;
        verdict.bring_about(&rig)?;
        rig.control().forget_requests()?;
        verdict.check(&ask(&agent, name, json!({}))?["error"], "en")?;
        let row = agent.await_account(name, |row| row["state"] != "ready")?;
        assert_eq!(row["reason"]["id"], format!("reason-{}", verdict.reason.replace('_', "-")), "{name}: {row}");
        let list = agent.endpoint()?.ask("account.list", json!({}))?;
        let rows = list["result"]["accounts"].as_array().context("accounts")?;
        let row = rows.iter().find(|row| row["name"] == name).context("a row")?;
        assert_eq!((&row["state"], &row["reason"]), (&json!("needs_sign_in"), &json!(verdict.reason)), "{name}");

        let mut impatient = agent.endpoint()?;
        for _ in 0..20 {
            let refused = impatient.ask("token.get", json!({ "account": name, "force": true, "lang": "pl" }))?;
            verdict.check(&refused["error"], "pl")?;
        }
        let said = agent.signet(&["token", name])?;
        assert_eq!((said.code, &*said.stdout), (verdict.exit, ""), "{name}: {said:?}");
        assert_eq!(requests(&rig)?, 1, "{name}: one refusal is enough");

        verdict.put_right(&rig)?;
        sign_in(&rig, &agent, verdict.person(), 3_600)?;
        assert_eq!(rig.control().owner(&agent.token(name)?)?.as_deref(), Some(name), "a new sign-in works");
        agent.await_account(name, |row| row["state"] == "ready" && row["reason"].is_null())?;
    }
    Ok(())
}

#[test]
fn whatever_the_verdict_a_valid_token_is_served_and_other_resources_live_on() -> Result<()> {
    let (rig, agent) = rig_and_agent()?;
    for verdict in VERDICTS {
        let name = verdict.login;
        sign_in(&rig, &agent, verdict.person(), 3_600)?;
        let token = agent.token(name)?;
        verdict.bring_about(&rig)?;
        let forced = ask(&agent, name, json!({ "force": true }))?;
        assert_eq!(access_token(&forced), token, "{name}: what is valid is served");
        let row = agent.await_account(name, |row| row["state"] != "ready")?;
        assert_eq!((&row["state"], row["expires_at"].is_string()), (&json!("needs_sign_in"), true), "{name}: {row}");
        for _ in 0..20 {
            assert_eq!(access_token(&ask(&agent, name, json!({ "force": true }))?), token, "{name}: to its end");
        }
        assert_eq!(agent.token(name)?, token, "{name}: by the command too");
        assert_eq!(requests(&rig)?, 1, "{name}: one refusal is enough");

        let other = ask(&agent, name, json!({ "resource": "graph" }))?;
        match verdict.concerns {
            Concerns::Resource => {
                assert_eq!(rig.control().owner(access_token(&other))?.as_deref(), Some(name), "{name}: Graph lives on");
                assert_eq!(requests(&rig)?, 2, "{name}: by a refresh of its own");
            }
            Concerns::Account => {
                verdict.check(&other["error"], "en")?;
                assert_eq!(requests(&rig)?, 1, "{name}: the whole account waits");
            }
        }
        verdict.put_right(&rig)?;
    }
    Ok(())
}

#[test]
fn a_verdict_on_the_second_resource_leaves_mail_alone() -> Result<()> {
    let (rig, agent) = rig_and_agent()?;
    let verdict = VERDICTS.into_iter().find(|verdict| verdict.aadsts == 90_094).context("a row")?;
    let name = verdict.login;
    sign_in(&rig, &agent, verdict.person(), 3_600)?;
    let token = agent.token(name)?;
    rig.control().fault(&verdict.refusal("refresh_token", GRAPH))?;
    verdict.check(&ask(&agent, name, json!({ "resource": "graph" }))?["error"], "en")?;
    let mail = ask(&agent, name, json!({ "force": true }))?;
    assert_ne!(access_token(&mail), token, "mail is even refreshed");
    agent.await_account(name, |row| row["state"] == "ready" && row["reason"].is_null())?;
    verdict.check(&ask(&agent, name, json!({ "resource": "graph", "lang": "pl" }))?["error"], "pl")?;
    assert_eq!(requests(&rig)?, 2, "one for each resource");
    Ok(())
}

#[test]
fn a_verdict_on_a_redemption_is_told_and_touches_no_sign_in() -> Result<()> {
    let (rig, agent) = rig_and_agent()?;
    for verdict in VERDICTS {
        let name = verdict.login;
        sign_in(&rig, &agent, verdict.person(), 3_600)?;
        let token = agent.token(name)?;
        rig.control().fault(&verdict.refusal("authorization_code", &MAIL_SCOPES.join(" ")))?;
        let waiting = agent.begin_sign_in(name)?;
        agent.forms().walk(waiting.address(), verdict.person())?;
        let said = waiting.end()?;
        assert_eq!(said.code, verdict.exit, "{name}: {said:?}");
        agent.await_account(name, |row| row["state"] == "ready" && row["reason"].is_null())?;
        assert_eq!(agent.token(name)?, token, "{name}: the token of before is served");
        let forced = ask(&agent, name, json!({ "force": true }))?;
        assert_ne!(access_token(&forced), token, "{name}: and the sign-in of before is refreshed");
        rig.control().cancel_faults()?;
    }
    Ok(())
}

#[test]
fn the_claims_of_a_verdict_go_into_the_next_sign_in_and_no_further() -> Result<()> {
    let (rig, agent) = rig_and_agent()?;
    for verdict in VERDICTS.into_iter().filter(|verdict| matches!(verdict.cause, Cause::Claims)) {
        let person = verdict.person();
        sign_in(&rig, &agent, person, 3_600)?;
        let token = agent.token(person.login)?;
        verdict.bring_about(&rig)?;
        ask(&agent, person.login, json!({ "force": true }))?;
        for wanted in [Some(CLAIMS), None] {
            rig.control().forget_requests()?;
            agent.sign_in_by_forms(person.login, person)?;
            for endpoint in [Endpoint::Authorize, Endpoint::Token] {
                let sent = rig.control().requests(endpoint)?;
                let claims = sent[0].params.get("claims").map(String::as_str);
                assert_eq!(claims, wanted, "{}: {endpoint:?}", person.login);
            }
        }
        let next = agent.token(person.login)?;
        assert_ne!(next, token, "{}: it works", person.login);
        agent.await_account(person.login, |row| row["state"] == "ready")?;
    }
    Ok(())
}

#[test]
fn a_loop_is_waited_out_and_nobody_is_called() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::start(&rig, AgentOptions::default())?;
    for (login, status) in [("loop@contoso.example", None), ("429-loop@contoso.example", Some(429))] {
        let person = rig.control().new_person(login)?;
        agent.signet(&["accounts", "add", login])?.line()?;
        sign_in(&rig, &agent, person, 1)?;
        agent.await_lapse(login)?;
        rig.control().forget_requests()?;
        let matching = [("user".to_owned(), login.to_owned())].into();
        rig.control().fault(&Fault { matching, aadsts: Some(50_196), status, ..Fault::default() })?;
        for language in ["en", "pl"] {
            let refused = ask(&agent, login, json!({ "lang": language }))?["error"].take();
            assert_eq!((&refused["code"], &refused["data"]["code"]), (&json!(-32053), &json!("unreachable")));
            assert_eq!(refused["data"]["kind"], "transient", "{refused}");
            let pause = refused["data"]["retry_after"].as_u64().context("a number")?;
            assert!((240..=300).contains(&pause), "{login}: five minutes of rest: {refused}");
            let said = refused["message"].as_str().context("a message")?;
            let text = Texts::of(language, "aadsts")?;
            assert!(said.contains(text.value("aadsts-50196")?) && said.contains("AADSTS50196"), "{login}: {said}");
        }
        let row = agent.await_account(login, |row| row["state"] != "ready")?;
        let told = (&row["state"], &row["reason"]["id"]);
        assert_eq!(told, (&json!("unreachable"), &json!("reason-unreachable")), "nobody is told to sign in: {row}");
        for _ in 0..20 {
            assert_eq!(ask(&agent, login, json!({ "force": true }))?["error"]["data"]["code"], "unreachable");
        }
        assert_eq!(agent.signet(&["token", login])?.code, 5, "try again");
        assert_eq!(requests(&rig)?, 1, "{login}: the authority is left alone");
    }
    Ok(())
}
