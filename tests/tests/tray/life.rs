//! The tray app beside an agent of its own or another's, and its end.

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;

use anyhow::Result;
use signet_e2e::rig::ALICE;
use signet_e2e::rig::control::Endpoint;

use crate::scene::Scene;

const READY: &str = "alice@contoso.example: ready";
const START: &str = "Start Signet's agent";

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
    item.until_menu(START, |menu| menu[0].label == START)?;
    item.click(&[START])?;
    item.until_menu(READY, |menu| menu[0].label == READY)?;
    assert!(scene.agent.token(ALICE.login).is_ok());
    Ok(())
}

#[test]
fn an_agent_that_was_started_twice_is_the_tray_s_own_and_ends_well() -> Result<()> {
    let mut scene = Scene::signed_in()?;
    scene.agent.launch()?;
    let host = scene.desktop.tray_host()?;
    let tray = scene.start_tray()?;
    let item = host.item()?;
    item.until_menu(READY, |menu| menu[0].label == READY)?;
    scene.agent.stop()?;
    item.until_menu(START, |menu| menu[0].label == START)?;
    item.click_twice(&[START])?;
    item.until_menu(READY, |menu| menu[0].label == READY)?;
    item.click(&["Quit"])?;
    assert_eq!(tray.await_end()?, Some(0));
    assert!(!scene.agent.socket().exists(), "the agent has put its things away");
    let log = fs::read_to_string(scene.agent.state_dir().join("agent.log"))?;
    assert!(log.contains("agent: ended"), "{log}");
    Ok(())
}

#[test]
fn an_agent_of_another_process_that_does_not_answer_is_told_of() -> Result<()> {
    let scene = Scene::signed_in()?;
    let lock = File::options().read(true).write(true).open(scene.agent.state_dir().join("agent.lock"))?;
    lock.lock()?;
    let host = scene.desktop.tray_host()?;
    let shown = scene.desktop.notifications()?;
    let tray = scene.start_tray()?;
    let item = host.item()?;
    for _ in ["when it is chosen", "and chosen again"] {
        item.until_menu(START, |menu| menu[0].label == START)?;
        item.click(&[START])?;
        let told = shown.only()?;
        assert_eq!(told.summary, "Signet's agent does not start");
        assert!(told.body.contains("does not answer"), "{told:?}");
        shown.dismiss(&told)?;
    }
    drop(lock);
    item.until_menu(START, |menu| menu[0].label == START)?;
    item.click(&[START])?;
    item.until_menu(READY, |menu| menu[0].label == READY)?;
    item.click(&["Quit"])?;
    assert_eq!(tray.await_end()?, Some(0));
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

#[test]
fn the_tray_and_the_agent_in_it_leave_a_log_where_an_agent_leaves_one() -> Result<()> {
    let mut scene = Scene::signed_in()?;
    let host = scene.desktop.tray_host()?;
    let tray = scene.start_tray()?;
    host.item()?;
    scene.agent.await_listening()?;
    assert_eq!(tray.stop()?, Some(0));
    let file = scene.agent.state_dir().join("agent.log");
    let log = fs::read_to_string(&file)?;
    for said in [" ready version=", "agent: ended", "the tray has ended"] {
        assert!(log.contains(said), "{said}: {log}");
    }
    assert_eq!(fs::metadata(&file)?.mode() & 0o777, 0o600);
    Ok(())
}

#[test]
fn why_a_tray_does_not_start_is_in_the_log() -> Result<()> {
    let scene = Scene::set()?;
    let lock = scene.agent.state_dir().join("tray.lock");
    fs::create_dir(&lock)?;
    assert_eq!(scene.start_tray()?.await_end()?, Some(1));
    let log = fs::read_to_string(scene.agent.state_dir().join("agent.log"))?;
    assert!(log.contains("the tray does not start") && log.contains(&lock.display().to_string()), "{log}");
    Ok(())
}
