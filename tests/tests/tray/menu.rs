//! The menu and the icon, for each state there is.

use std::collections::BTreeSet;

use anyhow::Result;
use signet_e2e::desktop::{Icon, Item};
use signet_e2e::rig::control::{Fault, Times};
use signet_e2e::rig::{ALICE, BOB, User};

use crate::scene::Scene;

/// What stands below the accounts.
const REST: &str = "Open Signet\nLanguage\n  [x] English\n  [ ] Polski\nQuit\n";

/// The menu's first lines, and what the icon says.
#[track_caller]
fn check(item: &Item<'_>, accounts: &str, title: &str) -> Result<Icon> {
    item.until_outline(&format!("{accounts}{REST}"))?;
    item.until_icon(title, |icon| icon.title == title)
}

#[test]
fn every_state_of_an_account_is_told_by_words_and_by_a_picture() -> Result<()> {
    let scene = Scene::set()?;
    scene.have_tokens_end()?;
    let host = scene.desktop.tray_host()?;
    let _tray = scene.start_tray()?;
    let item = host.item()?;
    check(&item, "There are no accounts yet: add one...\n", "Signet: nobody is signed in")?;

    scene.add(ALICE)?;
    let sign_in = "Sign in to alice@contoso.example...\n";
    let line = |state| format!("alice@contoso.example: {state}\n");
    let out = check(&item, &(line("signed out") + sign_in), "Signet: nobody is signed in")?;

    let under_way = scene.agent.begin_sign_in(ALICE.login)?;
    let again = "Open the sign-in page of alice@contoso.example again\n";
    let cancel = "Cancel the sign-in to alice@contoso.example\n";
    let working = check(&item, &(line("signing in") + again + cancel), "Signet: one moment...")?;

    scene.agent.forms().walk(under_way.address(), ALICE)?;
    let ready = check(&item, &line("ready"), "Signet: signed in")?;

    scene.end_sign_in(ALICE.login)?;
    let needs = check(&item, &(line("needs a sign-in") + sign_in), "Signet: 1 account needs you")?;

    // Nobody gets anything out of a refresh token from now on, and nobody is told why.
    let refreshing = [("grant_type".into(), "refresh_token".into())].into();
    scene.rig.control().fault(&Fault {
        matching: refreshing,
        times: Times::Always,
        status: Some(503),
        ..Fault::default()
    })?;
    scene.have_tokens_end()?;
    scene.agent.sign_in_by_forms(ALICE.login, ALICE)?;
    let unreachable = check(&item, &line("unreachable"), "Signet: one moment...")?;
    assert_eq!(unreachable.pictures, working.pictures, "it goes on by itself");

    let pictures = [&out, &working, &ready, &needs].map(|icon| icon.pictures.clone());
    assert!(pictures.iter().all(|sizes| sizes.len() >= 4), "as sharp on any panel");
    assert_eq!(BTreeSet::from(pictures.clone()).len(), pictures.len(), "told apart");
    Ok(())
}

#[test]
fn more_accounts_than_fit_are_in_a_menu_of_their_own() -> Result<()> {
    let scene = Scene::set()?;
    let host = scene.desktop.tray_host()?;
    let _tray = scene.start_tray()?;
    let item = host.item()?;
    check(&item, "There are no accounts yet: add one...\n", "Signet: nobody is signed in")?;
    let mut lines = String::new();
    for number in 1..=9 {
        let login = format!("punkt_{number}@firma.example");
        scene.agent.signet(&["accounts", "add", &login])?.line()?;
        lines += &format!("  {login}: signed out\n  Sign in to {login}...\n");
    }
    let menu = format!("Sign in... (9 accounts wait)\nAccounts (9)\n{lines}");
    check(&item, &menu, "Signet: nobody is signed in").map(|_| ())
}

#[test]
fn the_language_is_another_one_everywhere_as_soon_as_it_is_chosen() -> Result<()> {
    let scene = Scene::signed_in()?;
    let host = scene.desktop.tray_host()?;
    let tray = scene.start_tray()?;
    let item = host.item()?;
    check(&item, "alice@contoso.example: ready\n", "Signet: signed in")?;
    item.click(&["Language", "Polski"])?;
    let polish = "alice@contoso.example – gotowe\nOtwórz Signet\nJęzyk\n  [ ] English\n  [x] Polski\nZakończ\n";
    item.until_outline(polish)?;
    item.until_icon("Polish", |icon| icon.title == "Signet: zalogowano")?;
    drop(tray);
    host.none()?;

    let _again = scene.start_tray()?;
    host.item()?.until_outline(polish)
}

#[test]
fn quit_ends_icon_agent_and_process() -> Result<()> {
    let scene = Scene::signed_in()?;
    let host = scene.desktop.tray_host()?;
    let tray = scene.start_tray()?;
    let item = host.item()?;
    check(&item, "alice@contoso.example: ready\n", "Signet: signed in")?;
    item.click(&["Quit"])?;
    assert_eq!(tray.await_end()?, Some(0));
    host.none()?;
    assert_eq!(scene.agent.signet(&["status"])?.code, 6, "nobody is at the endpoint");
    Ok(())
}

#[test]
fn two_accounts_that_wait_are_told_as_two() -> Result<()> {
    let mut scene = Scene::lapsing()?;
    scene.agent.launch()?;
    scene.add(BOB)?;
    scene.agent.sign_in_by_forms(BOB.login, BOB)?;
    for User { login, .. } in [ALICE, BOB] {
        scene.end_sign_in(login)?;
    }
    let host = scene.desktop.tray_host()?;
    let _tray = scene.start_tray()?;
    host.item()?.until_icon("two", |icon| icon.title == "Signet: 2 accounts need you").map(|_| ())
}
