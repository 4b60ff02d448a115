//! A keyring that is locked, as the tray's person meets it.

use anyhow::Result;
use signet_e2e::agent::{KeyPlace, Tray};
use signet_e2e::desktop::{Item, Prompter};
use signet_e2e::rig::ALICE;

use crate::scene::Scene;

const UNLOCK: &str = "Unlock the keyring...";
const LOCKED: &str = "Signet: the saved sign-ins are locked";

/// Alice's sign-in is saved under a key in her keyring, and neither keyring nor agent runs.
fn scene() -> Result<(Scene, Prompter)> {
    let mut scene = Scene::set_with(|options| signet_e2e::AgentOptions { key: KeyPlace::Keyring, ..options })?;
    let keyring = scene.desktop.unlock("own")?;
    scene.sign_in_before()?;
    drop(keyring);
    let prompter = scene.desktop.prompter()?;
    Ok((scene, prompter))
}

fn check_locked(item: &Item<'_>) -> Result<()> {
    item.until_icon(LOCKED, |icon| icon.title == LOCKED)?;
    item.until_menu(UNLOCK, |menu| menu[0].label == UNLOCK).map(|_| ())
}

fn check_unlocked(scene: &Scene, item: &Item<'_>, tray: Tray) -> Result<()> {
    item.until_menu("ready", |menu| menu[0].label == "alice@contoso.example: ready")?;
    assert!(scene.agent.token(ALICE.login).is_ok());
    assert_eq!(tray.stop()?, Some(0));
    Ok(())
}

#[test]
fn a_locked_keyring_is_told_until_its_own_question_is_answered() -> Result<()> {
    let (scene, prompter) = scene()?;
    let (host, shown) = (scene.desktop.tray_host()?, scene.desktop.notifications()?);
    let _keyring = scene.desktop.start_locked("own")?;
    let tray = scene.start_tray()?;
    let item = host.item()?;
    let told = shown.only()?;
    assert_eq!(told.summary, "The saved sign-ins are locked");
    check_locked(&item)?;
    prompter.answer()?;
    shown.none()?;
    check_unlocked(&scene, &item, tray)
}

#[test]
fn a_dismissed_question_is_put_again_by_the_notification_and_by_the_menu() -> Result<()> {
    let (scene, prompter) = scene()?;
    let (host, shown) = (scene.desktop.tray_host()?, scene.desktop.notifications()?);
    let _keyring = scene.desktop.start_locked("own")?;
    let tray = scene.start_tray()?;
    let item = host.item()?;
    let dismissed = "was dismissed";
    prompter.dismiss()?;
    let told = shown.until(dismissed, |all| all.len() == 1 && all[0].body.contains(dismissed))?;
    shown.press(&told[0], "unlock")?;
    // Dismissed sooner than the tray hears that it was put, it would be the same news once more.
    shown.until("the new question", |all| all.len() == 1 && !all[0].body.contains(dismissed))?;
    prompter.dismiss()?;
    shown.until(dismissed, |all| all.len() == 1 && all[0].body.contains(dismissed))?;
    check_locked(&item)?;
    item.click(&[UNLOCK])?;
    prompter.answer()?;
    shown.none()?;
    check_unlocked(&scene, &item, tray)
}

#[test]
fn a_question_that_nobody_answers_holds_up_nothing() -> Result<()> {
    let (scene, prompter) = scene()?;
    let host = scene.desktop.tray_host()?;
    let _keyring = scene.desktop.start_locked("own")?;
    let tray = scene.start_tray()?;
    let item = host.item()?;
    prompter.await_question()?;
    check_locked(&item)?;
    item.click(&["Language", "Polski"])?;
    item.until_icon("Polish", |icon| icon.title == "Signet: zapisane logowania są zablokowane")?;
    assert_eq!(tray.stop()?, Some(0), "it ends when it is asked to");
    Ok(())
}
