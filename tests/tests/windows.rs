//! `signet.exe` does under Wine what `signet` does on Linux: the same provider, mail server and person.

use anyhow::Result;
use serde_json::Value;
use signet_e2e::desktop::Desktop;
use signet_e2e::mail::{Credential, Door, Imap, Manners, Protocol, Tls};
use signet_e2e::rig::ALICE;
use signet_e2e::rig::control::Endpoint;
use signet_e2e::windows::WindowsHome;
use signet_e2e::{Browser, Options, Rig};

/// One test, since all agents of a person share one pipe.
#[test]
fn a_person_signs_in_on_windows_and_the_token_opens_the_mailbox() -> Result<()> {
    let rig = Rig::start(Options::default())?;
    let home = WindowsHome::make(&rig)?;
    let said = home.signet(&["token", ALICE.login])?;
    assert_eq!((said.code, &*said.stdout), (6, ""), "no agent runs: {said:?}");

    let started = home.signet(&["agent"])?;
    assert!(started.code == 0 && started.stderr.contains(r"\\.\pipe\signet-S-1-5-21-"), "{started:?}");
    let again = home.signet(&["agent", "--foreground"])?;
    assert!(again.code == 1 && again.stderr.contains("running already"), "one agent is enough: {again:?}");

    home.signet(&["accounts", "add", ALICE.login])?.line()?;
    let waiting = home.begin_sign_in(ALICE.login)?;
    let seen = Browser::new(&rig).visit(waiting.address(), ALICE)?;
    assert_eq!(seen.title, "Congratulations! You are signed in");
    let said = waiting.end()?;
    assert!(said.code == 0 && said.stderr.contains("Signed in as alice@contoso.example"), "{said:?}");

    let token = home.signet(&["token", ALICE.login])?.line()?;
    open_mailbox(&rig, &token)?;
    assert!(!home.state_dir().join("key").exists(), "the key is in the Credential Manager alone");

    home.signet(&["agent", "--stop"])?.line()?;
    assert_eq!(home.signet(&["status"])?.code, 6, "it has ended");
    rig.control().forget_requests()?;
    home.signet(&["agent"])?.line()?;
    assert_eq!(home.signet(&["token", ALICE.login])?.line()?, token, "the same, straight from the store");
    assert!(rig.control().requests(Endpoint::Token)?.is_empty(), "the provider was not asked");
    let list: Value = serde_json::from_str(&home.signet(&["accounts", "list", "--json"])?.line()?)?;
    assert_eq!(list["accounts"][0]["state"], "ready");

    home.signet(&["sign-out", ALICE.login])?.line()?;
    assert_eq!(home.signet(&["token", ALICE.login])?.code, 3, "somebody has to sign in");
    home.signet(&["agent", "--stop"])?.line()?;
    the_tray_has_an_icon_and_an_agent(&home)?;
    a_taskbar_that_comes_late_is_given_the_icon_as_it_is_by_then(&home)?;
    a_session_that_ends_waits_for_the_agent_s_end(&home)
}

fn the_tray_has_an_icon_and_an_agent(home: &WindowsHome) -> Result<()> {
    let desktop = Desktop::start()?;
    let screen = desktop.screen(640, 480)?;
    let tray = home.start_tray(&screen)?;
    screen.await_title("Wine System Tray")?;
    let list: Value = serde_json::from_str(&home.signet(&["accounts", "list", "--json"])?.line()?)?;
    assert_eq!(list["accounts"][0]["state"], "signed_out", "its agent answers");
    // As far as it comes without a web engine, which Wine has not.
    let said = home.window()?;
    assert_eq!(said.code, 69, "{said:?}");
    assert!(said.stderr.contains("the window cannot be opened: "), "{said:?}");
    home.signet(&["agent", "--stop"])?.line()?;
    tray.ended()?;
    assert!(home.log().contains("the tray has ended"), "it writes the agent's log: {}", home.log());
    Ok(())
}

fn a_taskbar_that_comes_late_is_given_the_icon_as_it_is_by_then(home: &WindowsHome) -> Result<()> {
    let desktop = Desktop::start()?;
    let screen = desktop.screen(640, 480)?;
    let tray = home.start_tray(&screen)?;
    screen.await_title("Wine System Tray")?;
    home.end_taskbar(&screen)?;
    home.signet(&["accounts", "remove", ALICE.login])?.line()?;
    home.await_log("the icon is not drawn yet")?;
    assert_eq!(home.late_taskbar(&screen)?, "added with a picture\ndrawn anew");
    home.signet(&["agent", "--stop"])?.line()?;
    tray.ended()
}

fn a_session_that_ends_waits_for_the_agent_s_end(home: &WindowsHome) -> Result<()> {
    let ends = |log: &str| log.lines().filter(|line| line.ends_with("agent: ended")).count();
    let desktop = Desktop::start()?;
    let screen = desktop.screen(640, 480)?;
    let tray = home.start_tray(&screen)?;
    screen.await_title("Wine System Tray")?;
    assert_eq!(home.signet(&["status"])?.code, 0, "its agent answers");
    let before = ends(&home.log());
    home.end_session(&screen, tray)?;
    assert_eq!(ends(&home.log()), before + 1, "{}", home.log());
    Ok(())
}

fn open_mailbox(rig: &Rig, token: &str) -> Result<()> {
    let door = Door::of(rig, Protocol::Imap, Tls::Implicit, Manners::Plain).expect("a port");
    Imap::login(&door, Credential::xoauth2(ALICE.login, token))?.logout()
}
