//! Desktops without a tray, with one that comes late, and with one that starts anew.

use anyhow::Result;
use signet_e2e::agent::Seat;

use crate::scene::Scene;

const READY: &str = "alice@contoso.example: ready\n";

#[test]
fn a_tray_that_comes_late_or_anew_shows_the_icon() -> Result<()> {
    let mut scene = Scene::signed_in()?;
    let mut tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    for _ in 0..3 {
        let host = scene.desktop.tray_host()?;
        let item = host.item()?;
        item.until_menu(READY, |menu| menu[0].label == READY.trim_end())?;
    }
    assert!(!tray.has_ended()?);
    Ok(())
}

#[test]
fn without_any_tray_or_notifications_the_agent_serves() -> Result<()> {
    let mut scene = Scene::signed_in()?;
    let tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    assert!(scene.agent.token("alice@contoso.example").is_ok());
    assert_eq!(tray.stop()?, Some(0));
    Ok(())
}

#[test]
fn without_a_session_bus_the_agent_serves() -> Result<()> {
    let mut scene = Scene::signed_in()?;
    scene.desktop.end_bus();
    let tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    assert!(scene.agent.token("alice@contoso.example").is_ok());
    assert_eq!(tray.stop()?, Some(0));
    Ok(())
}

#[test]
fn without_a_display_it_says_what_to_run_instead() -> Result<()> {
    let scene = Scene::set()?;
    let tray = scene.agent.start_tray(&Seat::without_display())?;
    assert_eq!(tray.await_end()?, Some(1));
    let log = scene.agent.log()?;
    assert!(log.contains("signet agent"), "{log}");
    Ok(())
}
