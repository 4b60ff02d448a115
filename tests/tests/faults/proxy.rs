//! HTTP proxies: those that say no, and those that are used.

use anyhow::Result;
use signet_e2e::rig::ALICE;
use signet_e2e::{Agent, AgentOptions, Options, Proxy, Rig};

use super::scene::{Scene, Told};

const SAYS_NO: Told = Told { message: "error-unreachable-detail-proxy", status: None };

/// An agent that is told of a proxy by its configuration.
fn configured(rig: &Rig, proxy: &Proxy) -> Result<Agent> {
    let mut agent = Agent::start(rig, AgentOptions::default())?;
    agent.stop()?;
    agent.edit_config(|text| text.replace("[network]\n", &format!("[network]\nproxy = \"{}\"\n", proxy.url())))?;
    agent.launch()?;
    Ok(agent)
}

/// One that is told by its environment.
fn in_environment(rig: &Rig, proxy: &Proxy) -> Result<Agent> {
    let environment = vec![("HTTPS_PROXY".to_owned(), proxy.url())];
    Agent::start(rig, AgentOptions { environment, ..AgentOptions::default() })
}

fn check_that_a_proxy_is_used_and_may_say_no(set_up: fn(&Rig, &Proxy) -> Result<Agent>) -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let proxy = Proxy::start()?;
    let agent = set_up(&rig, &proxy)?;
    let scene = Scene::on(rig, agent)?;
    let provider = format!("localhost:{}", scene.rig.ports().https);
    assert!(proxy.take_asked().iter().all(|asked| *asked == provider), "it is asked for the provider alone");
    for status in [407, 502] {
        scene.sign_in(ALICE)?;
        proxy.refuse(status);
        proxy.take_asked();
        let failing = scene.fails_to_refresh(ALICE, SAYS_NO)?;
        assert!(proxy.take_asked().contains(&provider), "there is no way around it");
        proxy.let_through();
        scene.heals(&failing)?;
        assert!(proxy.take_asked().contains(&provider), "nor when it lets through again");

        scene.fails_to_redeem(ALICE, SAYS_NO, || {
            proxy.refuse(status);
            Ok(())
        })?;
        proxy.let_through();
    }
    scene.sign_in(ALICE)
}

#[test]
fn a_proxy_of_the_configuration_is_used_and_its_refusal_is_no_verdict() -> Result<()> {
    check_that_a_proxy_is_used_and_may_say_no(configured)
}

#[test]
fn a_proxy_of_the_environment_is_used_and_its_refusal_is_no_verdict() -> Result<()> {
    check_that_a_proxy_is_used_and_may_say_no(in_environment)
}
