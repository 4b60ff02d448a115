//! Signing in by way of the tray.

use anyhow::Result;
use signet_e2e::rig::ALICE;

use crate::scene::Scene;

#[test]
fn an_entry_of_the_menu_signs_in() -> Result<()> {
    let mut scene = Scene::with_account()?;
    let host = scene.desktop.tray_host()?;
    let shown = scene.desktop.notifications()?;
    let _tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    let item = host.item()?;
    let entry = "Sign in to alice@contoso.example...";
    item.until_menu(entry, |menu| menu.iter().any(|line| line.label == entry))?;
    item.click(&[entry])?;
    scene.visit(ALICE)?;
    item.until_menu("ready", |menu| menu[0].label == "alice@contoso.example: ready")?;
    let told = shown.only()?;
    assert_eq!(told.summary, "Signed in as alice@contoso.example", "told where it was started from");
    assert!(scene.agent.token(ALICE.login).is_ok());
    Ok(())
}

#[test]
fn a_sign_in_under_way_has_its_page_opened_again_and_is_called_off() -> Result<()> {
    let mut scene = Scene::with_account()?;
    let host = scene.desktop.tray_host()?;
    let shown = scene.desktop.notifications()?;
    let _tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    let item = host.item()?;
    let offers = |entry: &'static str| item.until_menu(entry, move |menu| menu.iter().any(|line| line.label == entry));
    let entry = "Sign in to alice@contoso.example...";
    offers(entry)?;
    item.click(&[entry])?;
    let first = scene.opener.given()?;
    let again = "Open the sign-in page of alice@contoso.example again";
    offers(again)?;
    item.click(&[again])?;
    assert_ne!(scene.opener.given()?, first, "a way that is good once more");
    item.click(&["Cancel the sign-in to alice@contoso.example"])?;
    offers(entry)?;
    assert_eq!(shown.count(), 0, "who has called it off knows");
    Ok(())
}
