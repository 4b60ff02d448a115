//! The real window, on a real display, driven as its person drives it.

mod elsewhere;

use std::fs;

use anyhow::{Context, Result};
use signet_e2e::agent::{KeyPlace, Opener, Seat};
use signet_e2e::desktop::{Screen, Window};
use signet_e2e::mail::{Credential, Door, Imap, Manners, Protocol, Tls};
use signet_e2e::mounts::{self, Policy};
use signet_e2e::rig::{ALICE, BOB, CLIENT_ID, TENANT};
use signet_e2e::webdriver::{Driven, Element};
use signet_e2e::{Agent, AgentOptions, Desktop, Options, Rig};

/// The class of the window on the display.
const WINDOW: &str = "signet-window";

/// An agent that runs, and a display for its window.
struct Stage {
    // Ended in this order.
    agent: Agent,
    opener: Opener,
    screen: Screen,
    desktop: Desktop,
    rig: Rig,
}

impl Stage {
    fn set() -> Result<Self> {
        Self::set_with(Options::without_mail(), |_rig, options| options)
    }

    fn set_with(rig: Options, change: impl FnOnce(&Rig, AgentOptions) -> AgentOptions) -> Result<Self> {
        let rig = Rig::start(rig)?;
        let desktop = Desktop::start()?;
        let options = change(&rig, AgentOptions { key: KeyPlace::File, ..desktop.agent_options() });
        let agent = Agent::start(&rig, options)?;
        let opener = Opener::place(&agent)?;
        let screen = desktop.screen(1280, 800)?;
        Ok(Self { agent, opener, screen, desktop, rig })
    }

    /// Windows are managed, and in this one something is typed that is not saved.
    fn unsaved() -> Result<(Self, Driven, Window)> {
        let mut stage = Self::set()?;
        stage.screen.manage_windows()?;
        let page = stage.open("mail-server")?;
        field(&page, "Description")?.fill_in("not saved")?;
        let window = stage.screen.await_window(WINDOW)?;
        Ok((stage, page, window))
    }

    /// As its person closes it; it may have something to ask first, and its next keys are for that.
    fn close(&self, window: Window) -> Result<()> {
        self.screen.activate(window)?;
        self.screen.close(window)
    }

    fn open(&self, page: &str) -> Result<Driven> {
        let window = self.agent.drive_window(&self.seat(), &["--page", page]);
        window.with_context(|| self.agent.log().unwrap_or_default())
    }

    fn seat(&self) -> Seat {
        Seat::at(self.screen.name()).opening_by(&self.opener)
    }

    fn walk(&mut self) -> Result<()> {
        let address = self.opener.given()?;
        self.agent.forms().walk(&address, ALICE).map(|_| ())
    }
}

/// A button by its words, which can be seen.
fn button<'w>(window: &'w Driven, words: &str) -> Result<Element<'w>> {
    window.find(&format!("//button[normalize-space(.)=\"{words}\"][not(ancestor::details[not(@open)])]"))
}

/// A field by its label.
fn field<'w>(window: &'w Driven, label: &str) -> Result<Element<'w>> {
    window.find(&format!("//input[@id=//label[normalize-space(.)=\"{label}\"]/@for]"))
}

/// A choice of a field, by the field's label and its own words.
fn choose(window: &Driven, label: &str, words: &str) -> Result<()> {
    let choice = format!(
        "//select[@id=//label[normalize-space(.)=\"{label}\"]/@for]/option[normalize-space(.)=\"{words}\"] | \
         //fieldset[normalize-space(legend)=\"{label}\"]//label[normalize-space(.)=\"{words}\"]/input"
    );
    window.find(&choice)?.click()
}

/// Waits until the page says this.
fn says(window: &Driven, words: &str) -> Result<()> {
    window.find(&format!("//*[contains(normalize-space(text()), \"{words}\")]")).map(|_| ())
}

#[test]
fn an_account_is_added_and_signed_in_to_in_the_window() -> Result<()> {
    let mut stage = Stage::set()?;
    let window = stage.open("accounts")?;
    says(&window, "There is no account yet")?;
    let address = field(&window, "Mailbox address")?;
    address.fill_in("alice at contoso")?;
    button(&window, "Add")?.click()?;
    says(&window, "This is no address.")?;
    assert_eq!(address.typed()?, "alice at contoso", "what was typed is kept");
    address.fill_in(ALICE.login)?;
    button(&window, "Add")?.click()?;
    says(&window, "Added: alice@contoso.example")?;

    button(&window, "Sign in")?.click()?;
    says(&window, "The sign-in page is open in your browser.")?;
    stage.walk()?;
    says(&window, "Signed in as alice@contoso.example")?;
    assert!(stage.agent.token(ALICE.login).is_ok());
    Ok(())
}

/// An agent without an application, whose person goes through the first run to its end.
fn registered() -> Result<(Stage, Driven)> {
    let stage = Stage::set_with(Options::without_mail(), |rig, options| AgentOptions {
        without_app: true,
        config: format!("[app]\ncloud = \"{}\"\n", rig.origin()),
        ..options
    })?;
    let window = stage.agent.drive_window(&stage.seat(), &[])?;
    let domain = field(&window, "Your organisation's domain").context("it comes by itself")?;
    domain.fill_in("contoso")?;
    button(&window, "Find the organisation")?.click()?;
    says(&window, "This is no domain.")?;
    assert_eq!(domain.typed()?, "contoso", "what was typed is kept");
    domain.fill_in("contoso.example")?;
    button(&window, "Find the organisation")?.click()?;
    says(&window, &format!("Found. Tenant ID: {TENANT}"))?;
    button(&window, "Next")?.click()?;

    let id = field(&window, "Application (client) ID")?;
    id.fill_in(TENANT)?;
    button(&window, "Next")?.click()?;
    says(&window, "This is your organisation's own ID")?;
    id.fill_in(CLIENT_ID)?;
    button(&window, "Next")?.click()?;
    button(&window, "Test the registration")?.click()?;
    says(&window, "Nothing speaks against this registration.")?;
    button(&window, "Save")?.click()?;
    says(&window, "Saved. Now add your accounts.")?;
    Ok((stage, window))
}

#[test]
fn the_first_run_leads_from_the_domain_to_a_registration_that_is_saved() -> Result<()> {
    let (stage, _window) = registered()?;
    stage.agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    stage.agent.sign_in_by_forms(ALICE.login, ALICE)?;
    assert_eq!(stage.rig.control().owner(&stage.agent.token(ALICE.login)?)?.as_deref(), Some(ALICE.login));
    Ok(())
}

#[test]
fn the_policy_that_the_first_run_gives_is_all_that_colleagues_need() -> Result<()> {
    mounts::of_its_own("the_policy_that_the_first_run_gives_is_all_that_colleagues_need", || {
        let policy = Policy::put()?;
        let (stage, window) = registered()?;
        window.find("//summary[.='For your colleagues']")?.click()?;
        policy.write(&window.find("//pre[contains(., 'locked')]")?.text()?)?;
        let options = AgentOptions { key: KeyPlace::File, without_app: true, ..AgentOptions::default() };
        let colleague = Agent::start(&stage.rig, options)?;
        colleague.signet(&["accounts", "add", BOB.login])?.line()?;
        colleague.sign_in_by_forms(BOB.login, BOB)?;
        assert_eq!(stage.rig.control().owner(&colleague.token(BOB.login)?)?.as_deref(), Some(BOB.login));
        let mut watch = colleague.watch()?;
        colleague.edit_config(|text| format!("{text}[app]\nclient_id = \"another\"\n"))?;
        watch.until_notices(&["notice-policy-overrules", "notice-key-file"])?;
        assert!(colleague.token(BOB.login).is_ok(), "nobody can change it");
        Ok(())
    })
}

#[test]
fn under_wayland_without_an_x_server_tray_and_window_work() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let desktop = Desktop::start()?;
    let compositor = desktop.wayland()?;
    let host = desktop.tray_host()?;
    let options = AgentOptions { key: KeyPlace::File, ..desktop.agent_options() };
    let mut agent = Agent::signed_in_by_forms(&rig, ALICE, options)?;
    agent.stop()?;
    let seat = Seat::at_wayland(&compositor);
    let tray = agent.start_tray(&seat)?;
    agent.await_listening()?;
    host.item()?.until_menu("ready", |menu| menu[0].label == "alice@contoso.example: ready")?;
    let window = agent.drive_window(&seat, &[]).with_context(|| agent.log().unwrap_or_default())?;
    says(&window, "Signed in")?;
    field(&window, "Mailbox address")?.fill_in("sales@contoso.example")?;
    button(&window, "Add")?.click()?;
    says(&window, "Added: sales@contoso.example")?;
    drop(window);
    assert_eq!(tray.stop()?, Some(0));
    Ok(())
}

#[test]
fn a_window_that_is_killed_takes_no_sign_in_with_it() -> Result<()> {
    let mut stage = Stage::set()?;
    stage.agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    let window = stage.open("accounts")?;
    button(&window, "Sign in")?.click()?;
    says(&window, "The sign-in page is open in your browser.")?;
    drop(window);
    stage.walk()?;
    stage.agent.await_account(ALICE.login, |row| row["state"] == "ready")?;
    assert!(stage.agent.token(ALICE.login).is_ok());
    says(&stage.open("accounts")?, "Signed in")
}

#[test]
fn a_second_start_brings_the_first_window_to_the_page_that_is_wanted() -> Result<()> {
    let stage = Stage::set()?;
    let window = stage.open("accounts")?;
    says(&window, "There is no account yet")?;
    let second = stage.agent.start_window(&stage.seat(), &["--page", "settings"])?;
    assert_eq!(second.await_end()?, Some(0), "{}", stage.agent.log()?);
    says(&window, "Remind again after this many minutes")
}

#[test]
fn a_language_that_is_chosen_in_the_window_holds_there_at_once_and_everywhere() -> Result<()> {
    let stage = Stage::set()?;
    let window = stage.open("settings")?;
    window.find("//option[@value='pl']")?.click()?;
    says(&window, "Ustawienia")?;
    window.await_none("//*[normalize-space(text())='Settings']")?;
    stage.agent.watch()?.until(|snapshot| snapshot["language"] == "pl").map(|_| ())
}

#[test]
fn whoever_wants_it_has_signet_started_at_login_also_after_it_was_moved() -> Result<()> {
    const BOX: &str = "//label[contains(., 'Start Signet when I log in')]/input[not(@disabled)]";
    let mut stage = Stage::set()?;
    let host = stage.desktop.tray_host()?;
    let started = format!("Exec=\"{}\" --at-login", stage.agent.program().with_file_name("signet-tray").display());
    let is_entered = |entry: Option<&str>| entry.is_some_and(|entry| entry.lines().any(|line| line == started));
    let window = stage.open("settings")?;
    assert!(!window.find(BOX)?.is_ticked()?, "nobody has asked for it");
    assert!(stage.agent.log_in(&stage.seat())?.is_none());
    window.find(BOX)?.click()?;
    stage.agent.until_autostart(is_entered)?;
    drop(window);
    stage.agent.stop()?;

    let tray = stage.agent.log_in(&stage.seat())?.context("something is started")?;
    assert_eq!(host.item()?.icon()?.status, "Active");
    stage.agent.await_listening()?;
    assert!(stage.open("settings")?.find(BOX)?.is_ticked()?);

    let entry = stage.agent.autostart_entry();
    fs::write(&entry, fs::read_to_string(&entry)?.replace(&started, "Exec=\"/opt/before/signet-tray\" --at-login"))?;
    let window = stage.open("settings")?;
    assert!(!window.find(BOX)?.is_ticked()?, "what is started is not this one");
    window.find(BOX)?.click()?;
    stage.agent.until_autostart(is_entered)?;
    window.find(BOX)?.click()?;
    stage.agent.until_autostart(|entry| entry.is_none())?;
    drop(window);
    assert_eq!(tray.stop()?, Some(0));
    assert!(stage.agent.log_in(&stage.seat())?.is_none());
    Ok(())
}

#[test]
fn an_agent_that_ends_is_told_and_its_return_needs_nobody() -> Result<()> {
    let mut stage = Stage::set()?;
    let window = stage.open("accounts")?;
    says(&window, "There is no account yet")?;
    stage.agent.stop()?;
    says(&window, "Signet's agent is not running.")?;
    stage.agent.launch()?;
    stage.agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    says(&window, ALICE.login)?;
    window.await_none("//*[contains(text(), \"agent is not running\")]")
}

#[test]
fn the_tray_opens_the_window_a_second_start_raises_it_and_its_person_closes_it() -> Result<()> {
    let mut stage = Stage::set()?;
    stage.screen.manage_windows()?;
    let host = stage.desktop.tray_host()?;
    let _tray = stage.agent.start_tray(&stage.seat())?;
    let window = stage.screen.await_window(WINDOW).context("who has no account yet is shown where to begin")?;
    let by_hand = stage.agent.start_tray(&stage.seat())?;
    assert_eq!(by_hand.await_end()?, Some(0), "it has the first one's window raised");
    stage.screen.await_only(WINDOW, window).context("it opens none of its own")?;
    stage.close(window)?;
    stage.screen.await_no_window(WINDOW)?;
    assert_eq!(host.item()?.icon()?.status, "Active", "the icon stays");
    host.item()?.click(&["Open Signet"])?;
    stage.screen.await_window(WINDOW).map(|_| ())
}

#[test]
fn a_window_with_unsaved_changes_asks_before_it_is_closed() -> Result<()> {
    let (stage, page, window) = Stage::unsaved()?;
    stage.close(window)?;
    says(&page, "Leave without saving?")?;
    button(&page, "Cancel")?.click()?;
    page.await_none("//dialog")?;
    assert_eq!(field(&page, "Description")?.typed()?, "not saved");
    stage.close(window)?;
    says(&page, "Leave without saving?")?;
    // From Cancel on; the driver could not tell of a click that ends its window.
    stage.screen.act(&["key", "Tab", "key", "Return"])?;
    stage.screen.await_no_window(WINDOW)
}

#[test]
fn a_window_whose_page_is_dead_can_be_closed_whatever_was_on_it() -> Result<()> {
    let (stage, page, window) = Stage::unsaved()?;
    page.kill_page()?;
    for _ in 0..2 {
        stage.close(window)?;
    }
    stage.screen.await_no_window(WINDOW)
}

#[test]
fn the_mail_server_is_set_up_authorized_saved_and_its_test_message_arrives() -> Result<()> {
    let mut stage = Stage::set_with(Options::default(), |_rig, options| options)?;
    let door = |protocol| Door::of(&stage.rig, protocol, Tls::StartTls, Manners::Exchange).context("a port");
    let (submission, inbox) = (door(Protocol::Smtp)?, door(Protocol::Imap)?);
    let window = stage.open("mail-server")?;
    choose(&window, "Authentication", "OAuth2")?;
    assert_eq!(field(&window, "Server name")?.typed()?, "smtp.office365.com", "as Office 365 proposes");
    button(&window, "Authorize")?.click()?;
    says(&window, "First fill in or correct the fields that are marked.")?;
    for (label, text) in [
        ("Account name", "Powiadomienia"),
        ("Email (outgoing)", ALICE.login),
        ("Display name", "Sekretariat Żółw"),
        ("Server name", "localhost"),
        ("Port", &submission.port.to_string()),
        ("Login", ALICE.login),
    ] {
        field(&window, label)?.fill_in(text)?;
    }
    choose(&window, "Encryption", "STARTTLS")?;
    button(&window, "Authorize")?.click()?;
    says(&window, "The sign-in page is open in your browser.")?;
    stage.walk()?;
    says(&window, "Signed in as alice@contoso.example")?;
    let is_provisional = |row: &serde_json::Value| row["provisional"] == true;
    stage.agent.watch()?.until_row(ALICE.login, is_provisional)?;

    choose(&window, "Switch sending mail on", "Yes")?;
    button(&window, "Save")?.click()?;
    says(&window, "Saved")?;
    stage.agent.watch()?.until_row(ALICE.login, |row| !is_provisional(row))?;
    button(&window, "Send a test message")?.click()?;
    says(&window, "The message was sent to alice@contoso.example.")?;
    let token = stage.agent.token(ALICE.login)?;
    let mut inbox = Imap::login(&inbox, Credential::xoauth2(ALICE.login, &token))?;
    let arrived = inbox.await_message("Signet: test message")?;
    assert!(inbox.header(arrived)?.contains("=?utf-8?b?U2VrcmV0YXJpYXQ"), "the sender's name, with its Polish letters");

    let component = stage.agent.endpoint()?.ask("credential.get", serde_json::json!({ "profile": "mail_server" }))?;
    assert!(component["result"]["access_token"] == *token, "a component sends by it from now on");
    Ok(())
}
