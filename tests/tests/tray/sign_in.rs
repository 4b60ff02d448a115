//! Signing in by way of the tray.

use anyhow::Result;
use serde_json::json;
use signet_e2e::agent::Seat;
use signet_e2e::rig::{ALICE, BOB};

use crate::notifications::buttons;
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
    item.choose(entry)?;
    scene.visit(ALICE)?;
    item.until_menu("ready", |menu| menu[0].label == "alice@contoso.example: ready")?;
    let told = shown.only()?;
    assert_eq!(told.summary, "Signed in as alice@contoso.example", "told where it was started from");
    assert!(scene.agent.token(ALICE.login).is_ok());
    Ok(())
}

#[test]
fn why_a_sign_in_failed_is_told_at_once_and_found_afterwards() -> Result<()> {
    let mut scene = Scene::with_account()?;
    let correlation = "1f0e9d8c-7b6a-4948-b726-150403020100";
    scene.rig.control().bar(ALICE.login, 90_094, correlation)?;
    let host = scene.desktop.tray_host()?;
    let shown = scene.desktop.notifications()?;
    let _tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    let item = host.item()?;
    let entry = "Sign in to alice@contoso.example...";
    item.choose(entry)?;
    scene.walk(ALICE)?;
    let told = shown.only()?;
    assert_eq!(
        (&*told.summary, buttons(&told)),
        ("The sign-in to alice@contoso.example did not succeed", vec!["Open Signet"])
    );
    assert!(told.body.contains("AADSTS90094"), "{told:?}");

    shown.dismiss(&told)?;
    let row = scene.agent.await_account(ALICE.login, |row| row["failed_sign_in"].is_object())?;
    let failed = &row["failed_sign_in"];
    assert_eq!((&failed["kind"], &failed["aadsts"]), (&json!("admin"), &json!(90_094)), "{row}");
    assert_eq!((&failed["correlation_id"], &row["state"]), (&json!(correlation), &json!("signed_out")), "{row}");

    scene.rig.control().put_user(ALICE.login, &json!({ "barred": null }))?;
    item.choose(entry)?;
    scene.agent.await_account(ALICE.login, |row| row["state"] == "signing_in" && row["failed_sign_in"].is_null())?;
    scene.walk(ALICE)?;
    scene.agent.await_account(ALICE.login, |row| row["state"] == "ready" && row["failed_sign_in"].is_null())?;
    Ok(())
}

#[test]
fn a_click_on_the_icon_signs_in_to_the_account_that_waits() -> Result<()> {
    let mut scene = Scene::lapsing()?;
    scene.agent.launch()?;
    scene.add(BOB)?;
    scene.agent.stop()?;
    let host = scene.desktop.tray_host()?;
    let _tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    scene.end_sign_in(ALICE.login)?;
    let item = host.item()?;
    item.until_icon("one waits", |icon| icon.title == "Signet: 1 account needs you")?;
    item.activate()?;
    scene.visit(ALICE)?;
    item.until_menu("ready", |menu| menu[0].label == "alice@contoso.example: ready")?;
    assert!(scene.agent.token(ALICE.login).is_ok());
    Ok(())
}

#[test]
fn a_sign_in_whose_page_no_browser_opens_is_waited_for_all_the_same() -> Result<()> {
    let mut scene = Scene::with_account()?;
    let host = scene.desktop.tray_host()?;
    let shown = scene.desktop.notifications()?;
    let bare = scene.agent.home().join("no-opener");
    std::fs::create_dir(&bare)?;
    let seat = Seat::at(":no-such-display").with("PATH", &bare.display().to_string());
    let _tray = scene.agent.start_tray(&seat)?;
    scene.agent.await_listening()?;
    let item = host.item()?;
    let entry = "Sign in to alice@contoso.example...";
    item.choose(entry)?;
    let told = shown.only()?;
    assert_eq!(
        (&*told.summary, buttons(&told)),
        ("The sign-in page of alice@contoso.example could not be opened", vec!["Open Signet"])
    );
    assert!(told.body.contains("copy the address"), "{told:?}");

    let joined = scene.agent.begin_sign_in(ALICE.login)?;
    scene.agent.forms().walk(joined.address(), ALICE)?;
    let told = shown.after(1)?;
    assert_eq!(told.summary, "Signed in as alice@contoso.example", "whoever began it is told");
    assert_eq!(joined.end()?.code, 0, "it was one sign-in");
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
    let entry = "Sign in to alice@contoso.example...";
    item.choose(entry)?;
    let first = scene.opener.given()?;
    item.choose("Open the sign-in page of alice@contoso.example again")?;
    assert_ne!(scene.opener.given()?, first, "a way that is good once more");
    item.click(&["Cancel the sign-in to alice@contoso.example"])?;
    item.until_menu(entry, |menu| menu.iter().any(|line| line.label == entry))?;
    assert_eq!(shown.count(), 0, "who has called it off knows");
    Ok(())
}
