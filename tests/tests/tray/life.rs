//! The tray app beside an agent of its own or another's, and its end.

use anyhow::Result;
use signet_e2e::rig::ALICE;
use signet_e2e::rig::control::Endpoint;

use crate::scene::Scene;

const READY: &str = "alice@contoso.example: ready";

#[test]
fn an_agent_that_runs_already_is_served_just_as_well() -> Result<()> {
    let mut scene = Scene::lapsing()?;
    scene.agent.launch()?;
    let host = scene.desktop.tray_host()?;
    let shown = scene.desktop.notifications()?;
    let tray = scene.start_tray()?;
    let item = host.item()?;
    item.until_menu(READY, |menu| menu[0].label == READY)?;
    scene.end_sign_in(ALICE.login)?;
    shown.press(&shown.only()?, "sign_in")?;
    scene.walk(ALICE)?;
    item.until_menu(READY, |menu| menu[0].label == READY)?;

    item.click(&["Quit"])?;
    assert_eq!(tray.await_end()?, Some(0));
    assert!(scene.agent.token(ALICE.login).is_ok(), "the agent is not the tray's to end");
    let _killed_next = scene.start_tray()?;
    host.item()?;
    _killed_next.kill()?;
    assert!(scene.agent.token(ALICE.login).is_ok());
    Ok(())
}

#[test]
fn an_agent_that_goes_and_comes_again_is_followed() -> Result<()> {
    let mut scene = Scene::signed_in()?;
    scene.agent.launch()?;
    let host = scene.desktop.tray_host()?;
    let _tray = scene.start_tray()?;
    let item = host.item()?;
    item.until_menu(READY, |menu| menu[0].label == READY)?;
    scene.agent.stop()?;
    item.until_icon("gone", |icon| icon.title == "Signet: the agent is not running")?;
    scene.agent.launch()?;
    item.until_menu(READY, |menu| menu[0].label == READY)?;
    scene.agent.stop()?;
    let start = "Start Signet's agent";
    item.until_menu(start, |menu| menu[0].label == start)?;
    item.click(&[start])?;
    item.until_menu(READY, |menu| menu[0].label == READY)?;
    assert!(scene.agent.token(ALICE.login).is_ok());
    Ok(())
}

#[test]
fn the_end_of_the_session_loses_no_sign_in() -> Result<()> {
    let mut scene = Scene::set()?;
    let host = scene.desktop.tray_host()?;
    let tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    scene.add(ALICE)?;
    scene.agent.sign_in_by_forms(ALICE.login, ALICE)?;
    let token = scene.agent.token(ALICE.login)?;
    assert_eq!(tray.stop()?, Some(0));
    host.none()?;
    scene.rig.control().forget_requests()?;
    scene.agent.launch()?;
    assert_eq!(scene.agent.token(ALICE.login)?, token, "straight from the store");
    assert!(scene.rig.control().requests(Endpoint::Token)?.is_empty());
    Ok(())
}
