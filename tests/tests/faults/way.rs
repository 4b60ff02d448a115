//! Trouble on the way: nobody listens, nobody to be trusted, nobody of that name.

use std::fs;

use anyhow::Result;
use serde_json::json;
use signet_e2e::rig::control::{Endpoint, Fault, Gate, Times};
use signet_e2e::rig::{ALICE, TENANT, UNRESOLVED};
use signet_e2e::{Agent, AgentOptions, Options, Proxy, Rig};

use super::scene::{Scene, Told};

const TLS: Told = Told { message: "error-unreachable-detail-tls", status: None };
const CONNECT: Told = Told { message: "error-unreachable-detail-connect", status: None };
const DNS: Told = Told { message: "error-unreachable-detail-dns", status: None };

#[test]
fn a_provider_that_is_gone_or_not_to_be_trusted_is_found_again_when_it_is_back() -> Result<()> {
    let scene = Scene::start()?;
    for (gate, told) in [(Gate::Closed, CONNECT), (Gate::Foreign, TLS), (Gate::Misnamed, TLS)] {
        scene.sign_in(ALICE)?;
        scene.rig.control().gate(gate)?;
        let failing = scene.fails_to_refresh(ALICE, told)?;
        scene.rig.control().gate(Gate::Open)?;
        scene.heals(&failing)?;

        scene.fails_to_redeem(ALICE, told, || scene.rig.control().gate(gate))?;
        scene.rig.control().gate(Gate::Open)?;
        scene.sign_in(ALICE)?;
    }
    Ok(())
}

#[test]
fn a_server_without_the_right_certificate_is_asked_for_nothing() -> Result<()> {
    let scene = Scene::start()?;
    scene.sign_in(ALICE)?;
    scene.rig.control().forget_requests()?;
    for gate in [Gate::Foreign, Gate::Misnamed] {
        scene.rig.control().gate(gate)?;
        scene.forced(ALICE)?;
        let row = scene.agent.await_account(ALICE.login, |row| row["state"] != "ready")?;
        assert_eq!(row["state"], "unreachable", "{gate:?}");
    }
    assert!(scene.rig.control().requests(Endpoint::Token)?.is_empty(), "no refresh token went there");
    Ok(())
}

#[test]
fn further_authorities_are_trusted_where_the_configuration_names_them() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = Agent::start(&rig, AgentOptions::default())?;
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    let setting = format!("extra_ca = \"{}\"\n", rig.ca().display());

    agent.stop()?;
    agent.edit_config(|text| text.replace(&setting, ""))?;
    agent.launch()?;
    let said = agent.signet(&["sign-in", ALICE.login, "--no-browser"])?;
    assert_eq!((said.code, &*said.stdout), (5, ""), "nobody vouches for the rig: {said:?}");
    assert!(said.stderr.contains("set extra_ca in config.toml"), "the way out is told: {said:?}");

    let bundle = agent.config_dir().join("authorities.pem");
    fs::write(&bundle, [fs::read(rig.foreign_ca())?, fs::read(rig.ca())?].concat())?;
    agent.stop()?;
    agent.edit_config(|text| text.replace("[network]\n", "[network]\nextra_ca = \"authorities.pem\"\n"))?;
    agent.launch()?;
    for gate in [Gate::Open, Gate::Foreign] {
        rig.control().gate(gate)?;
        let before = agent.signet(&["token", ALICE.login])?.stdout;
        let waiting = agent.begin_sign_in(ALICE.login)?;
        rig.control().gate(Gate::Open)?;
        let answer = agent.forms().walk_to_answer(waiting.address(), ALICE)?;
        rig.control().gate(gate)?;
        answer.deliver()?;
        assert_eq!(waiting.end()?.code, 0, "both of a file with two are trusted: {gate:?}");
        assert_ne!(agent.signet(&["token", ALICE.login])?.stdout, before);
    }
    Ok(())
}

/// Lets the authority name a token endpoint whose host can be reached through a proxy alone.
fn hide_token_endpoint(rig: &Rig) -> Result<()> {
    let endpoint = |host: &str, what| format!("https://{host}:{}/{TENANT}/oauth2/v2.0/{what}", rig.ports().https);
    let document = json!({
        "issuer": rig.issuer(),
        "authorization_endpoint": endpoint("localhost", "authorize"),
        "token_endpoint": endpoint(UNRESOLVED, "token"),
        "cloud_instance_name": "microsoftonline.com",
    });
    let (status, body) = (Some(200), Some(document.to_string()));
    rig.control().fault(&Fault { on: Endpoint::Discovery, status, body, times: Times::Always, ..Fault::default() })
}

#[test]
fn a_name_that_does_not_resolve_ends_no_sign_in() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    hide_token_endpoint(&rig)?;
    let proxy = Proxy::start()?;
    let through_proxy = format!("[network]\nproxy = \"{}\"\n", proxy.url());
    let mut agent = Agent::start(&rig, AgentOptions::knowing_no_name(&rig)?)?;
    let by = |agent: &mut Agent, proxy: bool| {
        let (from, to) = if proxy { ("[network]\n", &*through_proxy) } else { (&*through_proxy, "[network]\n") };
        agent.stop()?;
        agent.edit_config(|text| text.replace(from, to))?;
        agent.launch()
    };
    by(&mut agent, true)?;
    let mut scene = Scene::on(rig, agent)?;
    scene.sign_in(ALICE)?;
    let name = format!("{UNRESOLVED}:{}", scene.rig.ports().https);
    assert!(proxy.take_asked().contains(&name), "the proxy resolves what the agent cannot");

    by(&mut scene.agent, false)?;
    scene.fails_to_redeem(ALICE, DNS, || Ok(()))?;
    let failing = scene.fails_to_refresh(ALICE, DNS)?;
    by(&mut scene.agent, true)?;
    scene.forced(ALICE)?;
    scene.heals(&failing)
}
