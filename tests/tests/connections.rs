//! Real processes at the endpoint: more than fit, some that go away, and an agent that does.

use anyhow::{Context, Result};
use ipc::limits::{CONNECTIONS, CONNECTIONS_PER_PROCESS, IN_FLIGHT, PAGE};
use serde_json::{Value, json};
use signet_e2e::rig::ALICE;
use signet_e2e::rig::control::{Drop, Endpoint, Fault, Settings, Times};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

/// Alice, whose token has lapsed, and an authority that holds its answers back.
fn a_held_authority() -> Result<(Rig, Agent)> {
    let rig = Rig::start(Options::without_mail())?;
    rig.control().set(&Settings { access_ttl: Some(1), ..Settings::default() })?;
    let agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
    rig.control().set(&Settings { access_ttl: Some(3_600), ..Settings::default() })?;
    agent.await_lapse(ALICE.login)?;
    rig.control().fault(&Fault { drop: Some(Drop::Hold), times: Times::Always, ..Fault::default() })?;
    Ok((rig, agent))
}

fn patient() -> Value {
    json!({ "account": ALICE.login, "wait_seconds": 120 })
}

fn next_message(connection: &mut signet_e2e::agent::Endpoint) -> Result<Value> {
    Ok(serde_json::from_str(&connection.line()?.context("the agent hung up without a word")?)?)
}

#[test]
fn one_connection_too_many_is_told_and_all_others_are_served() -> Result<()> {
    let (rig, agent) = a_held_authority()?;
    let halves = [CONNECTIONS_PER_PROCESS, CONNECTIONS - CONNECTIONS_PER_PROCESS];
    let crowds = halves.map(|half| agent.crowd(half, "token.get", &patient()));
    let mut late = agent.endpoint()?;
    let refused = next_message(&mut late)?;
    assert_eq!((&refused["id"], &refused["error"]["data"]["code"]), (&Value::Null, &json!("limit")), "{refused}");
    assert!(refused["error"]["message"].to_string().contains(&CONNECTIONS.to_string()), "{refused}");
    assert_eq!(late.line()?, None, "and then it hangs up");

    rig.control().cancel_faults()?;
    for crowd in crowds {
        for answer in crowd?.answers()? {
            assert!(answer["result"]["access_token"].is_string(), "{answer}");
        }
    }
    assert_eq!(agent.endpoint()?.ask("agent.status", json!({}))?["result"]["accounts"], 1, "there is room again");
    Ok(())
}

#[test]
fn no_process_takes_more_than_half_of_all_connections() -> Result<()> {
    let (_rig, agent) = a_held_authority()?;
    let answers = agent.crowd(CONNECTIONS_PER_PROCESS + 1, "agent.status", &json!({}))?.answers()?;
    let (served, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer["result"].is_object());
    assert_eq!((served.len(), refused.len()), (CONNECTIONS_PER_PROCESS, 1));
    assert_eq!(refused[0]["error"]["data"]["code"], "limit", "{}", refused[0]);
    Ok(())
}

#[test]
fn one_request_too_many_is_refused_and_the_others_wait_on() -> Result<()> {
    let (rig, agent) = a_held_authority()?;
    let mut connection = agent.endpoint()?;
    let asked = (0..IN_FLIGHT).map(|_| connection.send("token.get", patient())).collect::<Result<Vec<_>>>()?;
    let refused = connection.ask("token.get", patient())?;
    assert_eq!(refused["error"]["data"]["code"], "limit", "{refused}");
    rig.control().cancel_faults()?;
    for id in asked {
        assert!(connection.answer(id)?["result"]["access_token"].is_string());
    }
    Ok(())
}

#[test]
fn whoever_goes_away_takes_nothing_along() -> Result<()> {
    let (rig, agent) = a_held_authority()?;
    rig.control().forget_requests()?;
    let mut first = agent.endpoint()?;
    first.send("token.get", patient())?;
    rig.control().await_requests(Endpoint::Token, 1)?;
    let mut second = agent.endpoint()?;
    let asked = second.send("token.get", patient())?;
    drop(first);
    let mut third = agent.endpoint()?;
    assert!(third.ask("agent.status", json!({}))?["result"].is_object(), "the agent has seen the others by now");
    rig.control().cancel_faults()?;
    assert!(second.answer(asked)?["result"]["access_token"].is_string());
    assert_eq!(rig.control().requests(Endpoint::Token)?.len(), 1, "the flight of the one who left served the other");
    Ok(())
}

#[test]
fn clients_of_a_killed_agent_are_told_and_come_back_to_the_next() -> Result<()> {
    let (_rig, mut agent) = a_held_authority()?;
    let mut waiting = agent.endpoint()?;
    let mut subscribed = agent.endpoint()?;
    subscribed.ask("agent.subscribe", json!({}))?;
    waiting.send("token.get", patient())?;
    agent.kill()?;
    assert_eq!(waiting.line()?, None, "its end is the answer");
    while subscribed.line()?.is_some() {}
    assert!(agent.socket().exists(), "a killed agent leaves its socket");
    assert_eq!(agent.signet(&["status"])?.code, 6, "which is nobody's");
    agent.launch()?;
    assert_eq!(agent.endpoint()?.ask("agent.status", json!({}))?["result"]["accounts"], 1);
    Ok(())
}

#[test]
fn the_accounts_come_in_pages_that_make_the_whole() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let names: Vec<String> = (0..=PAGE).map(|number| format!("point-{number:03}@firma.example")).collect();
    let config = names.iter().map(|name| format!("[accounts.\"{name}\"]\n")).collect();
    let agent = Agent::start(&rig, AgentOptions { config, ..AgentOptions::default() })?;
    let mut connection = agent.endpoint()?;
    let mut pages = Vec::new();
    let mut asked = json!({ "limit": 300 });
    loop {
        let page = connection.ask("account.list", asked.clone())?["result"].take();
        let rows = page["accounts"].as_array().context("a page")?;
        pages.push(rows.iter().filter_map(|row| row["name"].as_str()).map(str::to_owned).collect::<Vec<_>>());
        let Some(next) = page["next"].as_str() else { break };
        asked["after"] = json!(next);
    }
    assert_eq!(pages, [&names[..300], &names[300..]]);
    let printed: Value = serde_json::from_str(&agent.signet(&["accounts", "list", "--json"])?.line()?)?;
    let printed = printed["accounts"].as_array().context("a list")?;
    assert_eq!(printed.len(), names.len(), "the command asks on until it has all");
    let whole = connection.ask("account.list", json!({ "limit": 0 }))?;
    assert_eq!(whole["result"]["accounts"].as_array().map(Vec::len), Some(1), "a page of none would never end");
    Ok(())
}

/// A value that fits the type which a param's schema names.
fn something(schema: &Value) -> Value {
    match schema["type"].as_str().or_else(|| schema["type"][0].as_str()) {
        Some("integer") => json!(1),
        Some("boolean") => json!(true),
        Some("array") => json!([]),
        Some("object") => json!({}),
        _ => json!("x"),
    }
}

#[test]
fn the_agent_knows_what_it_describes_and_keeps_managing_to_managers() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::start(&rig, AgentOptions::default())?;
    let mut connection = agent.endpoint()?;
    let described = connection.ask("rpc.discover", json!({}))?["result"].take();
    let methods = described["methods"].as_array().context("methods")?;
    let mut kept = 0;
    for method in methods.iter().filter(|method| method["result"].is_object()) {
        let name = method["name"].as_str().context("a name")?;
        let params = method["params"].as_array().context("params")?;
        let required = params.iter().filter(|param| param["required"] == true);
        let params: serde_json::Map<_, _> = required
            .map(|param| (param["name"].as_str().unwrap_or_default().to_owned(), something(&param["schema"])))
            .collect();
        let answer = connection.ask(name, params.into())?;
        let code = &answer["error"]["code"];
        let is_misunderstood = *code == -32602 && answer["error"]["data"]["field"].is_string();
        assert!(*code != -32601 && !is_misunderstood, "{name} is not as described: {answer}");
        let for_managers = method["x-audience"] == "managers";
        assert_eq!(answer["error"]["data"]["code"] == "denied", for_managers, "{name}: {answer}");
        kept += u32::from(for_managers);
    }
    assert!(kept > 0, "some methods are for managers");
    Ok(())
}
