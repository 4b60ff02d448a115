//! The endpoint's lines against the real agent: what it answers, and what it asks the provider for.

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use signet_e2e::agent::Endpoint as Connection;
use signet_e2e::rig::control::{Drop, Endpoint, Fault, Revocation, Settings, Times};
use signet_e2e::rig::{ALICE, BOB, MAIL_SCOPES};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

fn rig_and_agent() -> Result<(Rig, Agent)> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::signed_in(&rig, ALICE, AgentOptions::default())?;
    Ok((rig, agent))
}

/// Alice, whose first token has lapsed before anybody asked for it; the next ones live an hour.
fn rig_and_agent_with_a_lapsed_token() -> Result<(Rig, Agent)> {
    let rig = Rig::start(Options::without_mail())?;
    rig.control().set(&life(1))?;
    let agent = Agent::signed_in(&rig, ALICE, AgentOptions::default())?;
    rig.control().set(&life(3_600))?;
    let mut connection = agent.endpoint()?;
    // The list tells a token's end as long as there is one.
    while connection.ask("account.list", json!({}))?["result"]["accounts"][0]["expires_at"].is_string() {
        std::thread::yield_now();
    }
    rig.control().forget_requests()?;
    Ok((rig, agent))
}

fn life(seconds: u32) -> Settings {
    Settings { access_ttl: Some(seconds), ..Settings::default() }
}

fn ask_token(connection: &mut Connection) -> Result<Value> {
    connection.ask("token.get", json!({ "account": ALICE.login }))
}

fn access_token(answer: &Value) -> &str {
    answer["result"]["access_token"].as_str().unwrap_or_else(|| panic!("no token: {answer}"))
}

/// The next snapshot whose only account is in this state, the current one included.
fn await_state(connection: &mut Connection, state: &str) -> Result<Value> {
    let mut snapshot = connection.ask("agent.subscribe", json!({}))?["result"].take();
    while snapshot["accounts"][0]["state"] != state {
        snapshot = connection.notification("agent.changed")?["params"].take();
    }
    Ok(snapshot)
}

#[test]
fn a_token_comes_with_all_that_a_mail_program_needs() -> Result<()> {
    let (_rig, agent) = rig_and_agent()?;
    let mut connection = agent.endpoint()?;
    connection.send_line(
        r#"{"jsonrpc":"2.0","id":1,"method":"token.get","params":{"account":"alice@contoso.example","protocol":"imap","min_valid_seconds":300}}"#,
    )?;
    let mut answer = connection.answer(1)?;
    assert_eq!(answer["jsonrpc"], "2.0");
    let result = answer["result"].take();
    let token = result["access_token"].as_str().expect("a token");
    assert_eq!(result["token_type"], "Bearer");
    assert_eq!((&result["account"], &result["login"]), (&json!(ALICE.login), &json!(ALICE.login)));
    let scopes = result["scopes"].as_array().expect("a list");
    assert!(scopes.contains(&json!(MAIL_SCOPES[0])), "{scopes:?}");
    let seconds = result["expires_in"].as_u64().expect("a number");
    assert!((300..=3_600).contains(&seconds), "{seconds}");
    let until = result["expires_at"].as_str().expect("a time");
    let shape: String = until.chars().map(|sign| if sign.is_ascii_digit() { '0' } else { sign }).collect();
    assert_eq!(shape, "0000-00-00T00:00:00Z", "RFC 3339 in UTC");
    assert_eq!(result["sasl"]["mechanism"], "XOAUTH2");
    let response = STANDARD.decode(result["sasl"]["initial_response"].as_str().expect("base64"))?;
    assert_eq!(String::from_utf8(response)?, format!("user={}\x01auth=Bearer {token}\x01\x01", ALICE.login));

    for params in
        [json!({}), json!({ "protocol": "pop" }), json!({ "protocol": "smtp" }), json!({ "resource": "mail" })]
    {
        let mut asked = params;
        asked["account"] = json!(ALICE.login);
        assert_eq!(access_token(&connection.ask("token.get", asked.clone())?), token, "{asked}: all of mail is one");
    }
    assert_eq!(agent.token(ALICE.login)?, token, "the command prints the same");
    let printed: Value = serde_json::from_str(&agent.signet(&["token", ALICE.login, "--json"])?.line()?)?;
    assert_eq!(printed["access_token"], token);
    Ok(())
}

#[test]
fn refusals_say_what_to_do() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::start(&rig, AgentOptions::default())?;
    for name in [ALICE.login, BOB.login] {
        agent.signet(&["accounts", "add", name])?.line()?;
    }
    let mut connection = agent.endpoint()?;
    let unknown = connection.ask("token.get", json!({ "account": "nobody@contoso.example" }))?["error"].take();
    assert_eq!((&unknown["code"], &unknown["data"]["code"]), (&json!(-32054), &json!("unknown_account")));
    assert_eq!(unknown["data"]["kind"], "configuration");
    assert_eq!(unknown["data"]["known"], json!([ALICE.login, BOB.login]));

    let first = ask_token(&mut connection)?["error"].take();
    assert_eq!((&first["code"], &first["data"]["code"]), (&json!(-32050), &json!("sign_in_required")));
    assert_eq!((&first["data"]["kind"], &first["data"]["reason"]), (&json!("sign_in"), &json!("never_signed_in")));
    assert_eq!(first["data"]["action"], "signet sign-in alice@contoso.example");
    assert_eq!(first["message"], "Sign in to alice@contoso.example.");
    let polish = connection.ask("token.get", json!({ "account": ALICE.login, "lang": "pl" }))?["error"].take();
    assert_eq!(polish["message"], "Zaloguj się na konto alice@contoso.example.", "each caller in their language");

    for (line, code) in [
        ("no json", -32700),
        (r#"{"jsonrpc":"2.0","id":7}"#, -32600),
        (r#"{"jsonrpc":"2.0","id":7,"method":"token.guess"}"#, -32601),
        (r#"{"jsonrpc":"2.0","id":7,"method":"token.get","params":{"account":1}}"#, -32602),
        (r#"{"jsonrpc":"2.0","id":7,"method":"token.get","params":{"account":"x","protocol":"nntp"}}"#, -32602),
    ] {
        connection.send_line(line)?;
        let answer: Value = serde_json::from_str(&connection.line()?.expect("an answer"))?;
        assert_eq!(answer["error"]["code"], code, "{line}: {answer}");
    }
    assert_eq!(connection.ask("agent.status", json!({}))?["result"]["protocol"], 1, "the connection lives on");
    Ok(())
}

#[test]
fn a_program_of_others_may_start_a_sign_in_but_manages_nothing() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = Agent::start(&rig, AgentOptions::default())?;
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    let mut connection = agent.endpoint()?;
    let started = connection.ask("sign_in.start", json!({ "account": ALICE.login, "reason": "Mail server" }))?;
    assert_eq!(started["result"]["state"], "waiting");
    assert!(started["result"]["authorize_url"].is_null(), "only Signet's own programs get the address: {started}");
    for (method, params) in [
        ("account.add", json!({ "name": "x@contoso.example" })),
        ("account.remove", json!({ "account": ALICE.login })),
        ("sign_out", json!({ "account": ALICE.login })),
        ("agent.stop", json!({})),
    ] {
        let refused = connection.ask(method, params)?;
        assert_eq!(refused["error"]["data"]["code"], "denied", "{method}: {refused}");
        assert_eq!(refused["error"]["code"], -32056);
    }
    let waiting = agent.begin_sign_in(ALICE.login)?;
    let id = &started["result"]["sign_in"];
    let wait = connection.send("sign_in.wait", json!({ "sign_in": id, "wait_seconds": 120 }))?;
    agent.browser().visit(waiting.address(), ALICE)?;
    let signed_in = json!({ "state": "signed_in", "account": ALICE.login, "login": ALICE.login });
    assert_eq!(connection.answer(wait)?["result"], signed_in);
    assert_eq!(waiting.end()?.code, 0);
    Ok(())
}

#[test]
fn a_subscriber_sees_an_account_become_ready() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::start(&rig, AgentOptions::default())?;
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    let mut connection = agent.endpoint()?;
    let status = connection.ask("agent.status", json!({}))?["result"].take();
    assert_eq!(
        (&status["protocol"], &status["accounts"], &status["needing_attention"]),
        (&json!(1), &json!(1), &json!(1))
    );
    assert!(status["version"].is_string() && status["uptime_seconds"].is_u64(), "{status}");
    let before = await_state(&mut connection, "signed_out")?;
    assert_eq!(before["accounts"][0]["resources"], json!(["mail"]));
    let sign_in = agent.sign_in(ALICE.login, ALICE)?;
    assert_eq!(sign_in.said.code, 0, "{sign_in:?}");
    let mut after = connection.notification("agent.changed")?["params"].take();
    while after["accounts"][0]["state"] != "ready" {
        after = connection.notification("agent.changed")?["params"].take();
    }
    assert!(after["revision"].as_u64() > before["revision"].as_u64(), "revisions grow");
    let text = after.to_string();
    assert!(!text.contains("http") && !text.contains(&agent.token(ALICE.login)?), "no address, no token: {text}");
    let list = connection.ask("account.list", json!({}))?["result"].take();
    assert_eq!((&list["accounts"][0]["state"], &list["accounts"][0]["login"]), (&json!("ready"), &json!(ALICE.login)));
    assert_eq!(connection.ask("agent.status", json!({}))?["result"]["needing_attention"], 0);
    Ok(())
}

#[test]
fn fifty_who_ask_for_a_lapsed_token_share_one_request() -> Result<()> {
    let (rig, agent) = rig_and_agent_with_a_lapsed_token()?;
    // The provider takes long enough for everybody to have asked.
    rig.control().fault(&Fault { delay: Some(1_000), ..Fault::default() })?;
    let mut askers = (0..50).map(|_| agent.endpoint()).collect::<Result<Vec<_>>>()?;
    let asked = askers.iter_mut().map(|asker| asker.send("token.get", json!({ "account": ALICE.login })));
    let asked = asked.collect::<Result<Vec<_>>>()?;
    let answers = askers.iter_mut().zip(asked).map(|(asker, id)| asker.answer(id)).collect::<Result<Vec<_>>>()?;
    for answer in &answers {
        assert_eq!(access_token(answer), access_token(&answers[0]), "all get the same");
    }
    let requests = rig.control().requests(Endpoint::Token)?;
    assert_eq!(requests.len(), 1, "and the provider was asked once");
    assert_eq!(requests[0].params["grant_type"], "refresh_token");
    assert_eq!(rig.control().owner(access_token(&answers[0]))?.as_deref(), Some(ALICE.login));
    Ok(())
}

#[test]
fn a_token_in_use_is_refreshed_before_it_lapses() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    rig.control().set(&life(12))?;
    let agent = Agent::signed_in(&rig, ALICE, AgentOptions::default())?;
    let first = agent.token(ALICE.login)?;
    rig.control().set(&life(3_600))?;
    let requests = rig.control().await_requests(Endpoint::Token, 2)?;
    assert_eq!(requests[1].params["grant_type"], "refresh_token", "nobody had to ask for it");
    let mut connection = agent.endpoint()?;
    let mut second = ask_token(&mut connection)?;
    while access_token(&second) == first {
        second = ask_token(&mut connection)?; // the old one is served until the new one has landed
    }
    assert_eq!(rig.control().requests(Endpoint::Token)?.len(), 2);
    Ok(())
}

#[test]
fn an_authority_in_trouble_ends_no_sign_in_and_costs_no_valid_token() -> Result<()> {
    let (rig, agent) = rig_and_agent()?;
    let token = agent.token(ALICE.login)?;
    let on_refresh = || Fault { matching: [("grant_type".into(), "refresh_token".into())].into(), ..Fault::default() };
    for fault in [
        Fault { status: Some(503), body: Some("<html>Service Unavailable</html>".into()), ..on_refresh() },
        Fault { drop: Some(Drop::Reset), ..on_refresh() },
        Fault { drop: Some(Drop::Hang), times: Times::Always, ..on_refresh() },
    ] {
        rig.control().fault(&fault)?;
    }
    rig.control().forget_requests()?;
    let mut connection = agent.endpoint()?;
    let forced = connection.ask("token.get", json!({ "account": ALICE.login, "force": true }))?;
    assert_eq!(access_token(&forced), token, "what is still valid is served");
    await_state(&mut agent.endpoint()?, "unreachable")?;
    // It tries again by itself: the second try is cut off, the third one hangs.
    for tries in [2, 3] {
        rig.control().await_requests(Endpoint::Token, tries)?;
        assert_eq!(access_token(&ask_token(&mut connection)?), token, "also during try {tries}");
        let list = connection.ask("account.list", json!({}))?;
        assert_ne!(list["result"]["accounts"][0]["state"], "needs_sign_in", "{list}");
    }
    assert_eq!(agent.token(ALICE.login)?, token, "a hung authority delays nobody");
    Ok(())
}

#[test]
fn an_authority_that_recovers_is_noticed_without_anybody_asking() -> Result<()> {
    let (rig, agent) = rig_and_agent_with_a_lapsed_token()?;
    rig.control().fault(&Fault { status: Some(503), ..Fault::default() })?;
    let mut connection = agent.endpoint()?;
    let asked = json!({ "account": ALICE.login, "wait_seconds": 0 });
    let refused = connection.ask("token.get", asked.clone())?;
    let code = &refused["error"]["data"]["code"];
    assert!(code == "unreachable" || code == "timed_out", "there is no valid token left: {refused}");
    await_state(&mut connection, "ready")?;
    access_token(&ask_token(&mut connection)?);
    Ok(())
}

#[test]
fn without_any_valid_token_the_pause_that_the_authority_wants_is_told() -> Result<()> {
    let (rig, agent) = rig_and_agent_with_a_lapsed_token()?;
    let headers = [("Retry-After".to_owned(), "600".to_owned())].into();
    rig.control().fault(&Fault { status: Some(429), headers, times: Times::Always, ..Fault::default() })?;
    let refused = ask_token(&mut agent.endpoint()?)?["error"].take();
    assert_eq!((&refused["code"], &refused["data"]["code"]), (&json!(-32053), &json!("unreachable")), "{refused}");
    assert_eq!(refused["data"]["kind"], "transient");
    let pause = refused["data"]["retry_after"].as_u64().expect("a number");
    assert!((540..=600).contains(&pause), "{refused}");
    assert_eq!(agent.signet(&["token", ALICE.login])?.code, 5, "try again");
    assert_eq!(rig.control().requests(Endpoint::Token)?.len(), 1, "meanwhile the authority is left alone");
    Ok(())
}

#[test]
fn a_request_can_be_called_off() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::start(&rig, AgentOptions::default())?;
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    let mut connection = agent.endpoint()?;
    let started = connection.ask("sign_in.start", json!({ "account": ALICE.login }))?;
    let wait = json!({ "sign_in": started["result"]["sign_in"], "wait_seconds": 120 });
    let id = connection.send("sign_in.wait", wait.clone())?;
    connection
        .send_line(&json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": id } }).to_string())?;
    assert_eq!(connection.answer(id)?["error"]["code"], -32800);
    let list = connection.ask("account.list", json!({}))?;
    assert_eq!(list["result"]["accounts"][0]["state"], "signing_in", "the wait was called off, not the sign-in");

    let id = connection.send("sign_in.wait", wait)?;
    let mut own = agent.endpoint()?;
    own.ask("sign_in.cancel", json!({ "sign_in": started["result"]["sign_in"] }))?;
    assert_eq!(connection.answer(id)?["result"], json!({ "state": "cancelled" }), "the same program may cancel it");
    Ok(())
}

#[test]
fn a_changed_password_asks_for_the_person() -> Result<()> {
    let (rig, agent) = rig_and_agent_with_a_lapsed_token()?;
    rig.control().revoke(ALICE.login, Revocation::Password)?;
    let mut connection = agent.endpoint()?;
    let refused = ask_token(&mut connection)?["error"].take();
    assert_eq!((&refused["code"], &refused["data"]["code"]), (&json!(-32050), &json!("sign_in_required")), "{refused}");
    assert_eq!((&refused["data"]["kind"], &refused["data"]["reason"]), (&json!("sign_in"), &json!("password_changed")));
    assert_eq!((&refused["data"]["aadsts"], refused["data"]["correlation_id"].is_string()), (&json!(50_173), true));
    assert_eq!(refused["data"]["action"], "signet sign-in alice@contoso.example");
    let list = connection.ask("account.list", json!({}))?["result"]["accounts"][0].take();
    assert_eq!((&list["state"], &list["reason"]), (&json!("needs_sign_in"), &json!("password_changed")));
    let said = agent.signet(&["token", ALICE.login])?;
    assert_eq!((said.code, &*said.stdout), (3, ""), "{said:?}");
    assert!(said.stderr.contains("password was changed"), "{said:?}");

    assert_eq!(agent.sign_in(ALICE.login, ALICE)?.said.code, 0);
    access_token(&ask_token(&mut connection)?);
    Ok(())
}
