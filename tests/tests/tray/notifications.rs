//! What the person is told by the desktop's own notifications.

use anyhow::Result;
use rusqlite::Connection;
use serde_json::{Value, json};
use signet_e2e::desktop::{Button, Notification};
use signet_e2e::rig::{ALICE, User};

use crate::scene::Scene;

/// Labels of what can be pressed, the notification itself left out.
pub(crate) fn buttons(notification: &Notification) -> Vec<&str> {
    let named = notification.buttons.iter().filter(|Button { key, .. }| key != "default");
    named.map(|button| &*button.label).collect()
}

#[test]
fn a_lapsed_sign_in_is_told_and_the_button_signs_in() -> Result<()> {
    let mut scene = Scene::lapsing()?;
    let shown = scene.desktop.notifications()?;
    let _tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    scene.end_sign_in(ALICE.login)?;
    let told = shown.only()?;
    assert_eq!((&*told.summary, buttons(&told)), ("Sign in again", vec!["Sign in"]));
    assert!(told.body.contains("alice@contoso.example: The password was changed"), "{told:?}");

    shown.press(&told, "sign_in")?;
    scene.visit(ALICE)?;
    let told = shown.only()?;
    assert_eq!(told.summary, "Signed in as alice@contoso.example");
    assert!(scene.agent.token(ALICE.login).is_ok());
    assert_eq!(shown.count(), 2, "nothing else was said");
    Ok(())
}

#[test]
fn a_click_on_the_notification_itself_signs_in_too() -> Result<()> {
    let mut scene = Scene::lapsing()?;
    let shown = scene.desktop.notifications()?;
    let _tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    scene.end_sign_in(ALICE.login)?;
    shown.press(&shown.only()?, "default")?;
    scene.walk(ALICE)?;
    assert_eq!(shown.only()?.summary, "Signed in as alice@contoso.example");
    Ok(())
}

#[test]
fn whoever_signs_in_elsewhere_finds_the_notification_withdrawn() -> Result<()> {
    let mut scene = Scene::lapsing()?;
    let shown = scene.desktop.notifications()?;
    let _tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    scene.end_sign_in(ALICE.login)?;
    shown.only()?;
    scene.agent.sign_in_by_forms(ALICE.login, ALICE)?;
    shown.none()?;
    assert_eq!(shown.count(), 1, "and is told by the command line alone");
    Ok(())
}

#[test]
fn what_was_put_away_stays_away_in_another_language_too() -> Result<()> {
    let mut scene = Scene::lapsing()?;
    let host = scene.desktop.tray_host()?;
    let shown = scene.desktop.notifications()?;
    let _tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    scene.end_sign_in(ALICE.login)?;
    shown.dismiss(&shown.only()?)?;
    let item = host.item()?;
    item.click(&["Language", "Polski"])?;
    item.until_icon("Polish", |icon| icon.title == "Signet: 1 konto czeka na Ciebie")?;
    assert_eq!(shown.count(), 1);
    Ok(())
}

#[test]
fn another_language_is_on_the_notification_at_once() -> Result<()> {
    let mut scene = Scene::lapsing()?;
    let host = scene.desktop.tray_host()?;
    let shown = scene.desktop.notifications()?;
    let _tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    scene.end_sign_in(ALICE.login)?;
    let english = shown.only()?;
    host.item()?.click(&["Language", "Polski"])?;
    let polish = shown.after(1)?;
    assert_eq!((polish.replaces, &*polish.summary), (Some(english.id), "Zaloguj się ponownie"));
    assert_eq!(buttons(&polish), ["Zaloguj się"]);
    Ok(())
}

#[test]
fn a_window_that_cannot_be_shown_is_told_of_in_words() -> Result<()> {
    let mut scene = Scene::signed_in()?;
    let host = scene.desktop.tray_host()?;
    let shown = scene.desktop.notifications()?;
    let tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    host.item()?.click(&["Open Signet"])?;
    let told = shown.only()?;
    assert_eq!(told.summary, "The window cannot be opened");
    assert!(told.body.contains("the display cannot be reached"), "{told:?}");
    assert_eq!(tray.stop()?, Some(0));
    Ok(())
}

#[test]
fn forty_accounts_at_once_are_one_notification() -> Result<()> {
    const ACCOUNTS: usize = 40;
    let mut scene = Scene::set()?;
    scene.have_tokens_end()?;
    scene.agent.launch()?;
    let logins: Vec<String> = (1..=ACCOUNTS).map(|number| format!("punkt-{number:02}@firma.example")).collect();
    for login in &logins {
        scene.rig.control().put_user(login, &json!({ "password": ALICE.password }))?;
        scene.agent.signet(&["accounts", "add", login])?.line()?;
        scene.agent.sign_in_by_forms(login, User { login: login.clone().leak(), password: ALICE.password })?;
    }
    scene.agent.stop()?;
    let host = scene.desktop.tray_host()?;
    let shown = scene.desktop.notifications()?;
    let _tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    for login in &logins {
        scene.end_sign_in(login)?;
    }
    let told = shown.only()?;
    assert!(told.body.starts_with("40 accounts need you"), "{told:?}");
    assert_eq!(buttons(&told), ["Open Signet"], "there is no single one to sign in to");
    host.item()?.until_icon("forty", |icon| icon.title == "Signet: 40 accounts need you")?;
    assert_eq!(shown.count(), 1);
    Ok(())
}

#[test]
fn a_service_that_comes_late_or_anew_shows_what_still_holds() -> Result<()> {
    let mut scene = Scene::lapsing()?;
    let shown = scene.desktop.notifications()?;
    let _tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    scene.end_sign_in(ALICE.login)?;
    let told = shown.only()?;
    drop(shown);
    let anew = scene.desktop.notifications()?;
    let told_anew = anew.only()?;
    assert_eq!((told_anew.replaces, &told_anew.body), (None, &told.body));
    Ok(())
}

#[test]
fn a_program_s_wish_is_put_to_the_person_who_may_grant_it() -> Result<()> {
    let mut scene = Scene::signed_in()?;
    let shown = scene.desktop.notifications()?;
    let _tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    let mut program = scene.agent.endpoint()?;
    let started = program.ask("sign_in.start", json!({ "account": ALICE.login, "reason": "to send an invoice" }))?;
    let asked = shown.only()?;
    assert_eq!(asked.summary, "Sign in to alice@contoso.example?");
    assert!(asked.body.contains("signet-line") && asked.body.contains("to send an invoice"), "{asked:?}");
    assert_eq!(buttons(&asked), ["Sign in", "Not now"]);
    shown.press(&asked, "sign_in")?;
    scene.walk(ALICE)?;
    let wait = json!({ "sign_in": started["result"]["sign_in"], "wait_seconds": 120 });
    assert_eq!(program.ask("sign_in.wait", wait)?["result"]["state"], "signed_in");
    Ok(())
}

#[test]
fn a_program_s_wish_that_is_turned_down_is_over() -> Result<()> {
    let mut scene = Scene::signed_in()?;
    let shown = scene.desktop.notifications()?;
    let _tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    let mut program = scene.agent.endpoint()?;
    let started = program.ask("sign_in.start", json!({ "account": ALICE.login }))?;
    shown.press(&shown.only()?, "not_now")?;
    let wait = json!({ "sign_in": started["result"]["sign_in"], "wait_seconds": 120 });
    assert_eq!(program.ask("sign_in.wait", wait)?["result"]["state"], "cancelled");
    Ok(())
}

#[test]
fn a_program_s_wish_that_it_calls_off_is_withdrawn() -> Result<()> {
    let mut scene = Scene::signed_in()?;
    let shown = scene.desktop.notifications()?;
    let _tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    let mut program = scene.agent.endpoint()?;
    let started = program.ask("sign_in.start", json!({ "account": ALICE.login }))?;
    shown.only()?;
    program.ask("sign_in.cancel", json!({ "sign_in": started["result"]["sign_in"] }))?;
    shown.none()
}

#[test]
fn forty_wishes_are_one_notification_and_none_comes_back_that_was_turned_down() -> Result<()> {
    const ACCOUNTS: usize = 40;
    let mut scene = Scene::set()?;
    scene.agent.launch()?;
    scene.add(ALICE)?;
    let logins: Vec<String> = (1..=ACCOUNTS).map(|number| format!("punkt-{number:02}@firma.example")).collect();
    for login in &logins {
        scene.agent.signet(&["accounts", "add", login])?.line()?;
    }
    scene.agent.stop()?;
    let shown = scene.desktop.notifications()?;
    let _tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    let mut program = scene.agent.endpoint()?;
    let mut wish = |login: &str| -> Result<Value> {
        Ok(program.ask("sign_in.start", json!({ "account": login }))?["result"]["sign_in"].take())
    };
    let wished: Vec<Value> = logins.iter().map(|login| wish(login)).collect::<Result<_>>()?;
    let of_all = |standing: &[Notification]| matches!(standing, [only] if only.body.starts_with("40 accounts"));
    let asked = shown.until("one notification of all", of_all)?.remove(0);
    let before = shown.count();
    assert!(asked.summary == "Programs ask you to sign in" && asked.body.contains("signet-line"), "{asked:?}");
    assert_eq!(buttons(&asked), ["Open Signet", "Not now"]);

    shown.press(&asked, "not_now")?;
    let mut waiting = scene.agent.endpoint()?;
    for sign_in in wished {
        let ended = waiting.ask("sign_in.wait", json!({ "sign_in": sign_in, "wait_seconds": 120 }))?;
        assert_eq!(ended["result"]["state"], "cancelled");
    }
    for login in &logins {
        wish(login)?;
    }
    wish(ALICE.login)?;
    let asked = shown.only()?;
    assert_eq!(asked.summary, "Sign in to alice@contoso.example?", "of the others nobody wants to hear now");
    assert_eq!(shown.count(), before + 1);
    Ok(())
}

#[test]
fn a_store_that_cannot_be_written_is_told_until_it_can() -> Result<()> {
    let mut scene = Scene::signed_in()?;
    let shown = scene.desktop.notifications()?;
    let _tray = scene.start_tray()?;
    scene.agent.await_listening()?;
    scene.agent.watch()?.until_account(ALICE.login, "ready")?;
    let other = Connection::open(scene.agent.state_dir().join("state.db"))?;
    other.execute_batch("BEGIN EXCLUSIVE")?;
    scene.agent.sign_in_by_forms(ALICE.login, ALICE)?;
    assert_eq!(shown.only()?.summary, "Sign-ins cannot be saved");
    other.execute_batch("ROLLBACK")?;
    drop(other);
    shown.none()
}
