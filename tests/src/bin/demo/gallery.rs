//! Pictures of what a person sees of Signet: taken on a desktop of its own, where nobody sits.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;
use signet_e2e::agent::Seat;
use signet_e2e::desktop::{QUESTION, Screen, Window};
use signet_e2e::rig::control::{Revocation, Settings};
use signet_e2e::rig::{ALICE, BIURO, KSIEGOWOSC, User};
use signet_e2e::{Agent, Browser, Desktop, Keyring, Options, Rig};

use crate::Language;

const WHOLE: Window = Window { id: 0, x: 0, y: 0, width: 1280, height: 800 };
/// The class of the desktop's notifications.
const NOTIFICATION: &str = "xfce4-notifyd";
const KEYRING: &str = "own";
/// Each page, and what is there once it can be looked at.
const PAGES: [(&str, &str); 5] = [
    ("accounts", "//main//h1"),
    ("mail-server", "//main//form"),
    ("points", "//main//li"),
    ("first-run", "//main//h1"),
    ("settings", "//main//h1"),
];
/// The desktop's theme, by its name in the pictures' names.
const SCHEMES: [(&str, &str); 2] = [("light", "Adwaita"), (DARK, "Adwaita:dark")];
const DARK: &str = "dark";
/// How the name of the browser's picture of Signet's own page ends.
const OWN_PAGE: &str = "-signet.png";

/// A desktop with a panel and notifications, and an agent whose accounts stand in different ways.
pub(crate) struct Gallery {
    // Ended in this order.
    agent: Agent,
    screen: Screen,
    keyring: Option<Keyring>,
    desktop: Desktop,
    rig: Rig,
    folder: PathBuf,
}

impl Gallery {
    pub(crate) fn set_up(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        let rig = Rig::start(Options::without_mail())?;
        let desktop = Desktop::start()?;
        let mut screen = desktop.screen(WHOLE.width, WHOLE.height)?;
        screen.manage_windows()?;
        screen.panel()?;
        screen.notification_daemon()?;
        desktop.put_questions(&screen)?;
        let keyring = Some(desktop.unlock(KEYRING)?);
        let mut agent = Agent::at_rest(&rig, desktop.agent_options())?;
        prepare(&rig, &mut agent)?;
        Ok(Self { agent, screen, keyring, desktop, rig, folder: folder.to_owned() })
    }

    /// Takes all of them in one language, and gives how many there are.
    pub(crate) fn take(&mut self, language: Language) -> Result<usize> {
        let code = language.code();
        let seat = Seat::at(self.screen.name()).with("SIGNET_LANG", code);
        self.locked(&seat, &format!("locked-{code}"))?;
        let tray = self.agent.start_tray(&seat)?;
        let notification = self.screen.await_window(NOTIFICATION)?;
        self.screen.picture(notification, &self.file(&format!("notification-{code}")))?;
        let menu = self.screen.open_tray_menu()?;
        self.screen.picture(menu, &self.file(&format!("menu-{code}")))?;
        self.screen.close_tray_menu(menu)?;
        for (scheme, theme) in SCHEMES {
            let window = self.agent.drive_window(&seat.clone().with("GTK_THEME", theme), &[])?;
            for (page, shown) in PAGES {
                window.find(&format!("//a[@href='#/{page}']"))?.click()?;
                window.find(shown)?;
                window.picture(&self.file(&format!("{page}-{scheme}-{code}")))?;
            }
            self.signed_in(scheme, language)?;
        }
        tray.stop()?;
        Ok(3 + SCHEMES.len() * (PAGES.len() + 1))
    }

    /// The page that a sign-in ends with in the browser. The provider's before it are of one language, and always light.
    fn signed_in(&self, scheme: &str, language: Language) -> Result<()> {
        let pages = tempfile::tempdir()?;
        let mut browser = Browser::new(&self.rig);
        language.of_browser().clone_into(&mut browser.language);
        browser.dark = scheme == DARK;
        browser.screenshots = Some(pages.path().to_owned());
        let waiting = self.agent.begin_sign_in(BIURO.login)?;
        browser.visit(waiting.address(), BIURO)?;
        waiting.end()?;
        let taken: Vec<PathBuf> = fs::read_dir(pages.path())?.map(|page| Ok(page?.path())).collect::<Result<_>>()?;
        let own = taken.iter().find(|page| page.to_string_lossy().ends_with(OWN_PAGE));
        let own = own.with_context(|| format!("the browser came to no page of Signet: {taken:?}"))?;
        fs::copy(own, self.file(&format!("signed-in-{scheme}-{}", language.code())))?;
        Ok(())
    }

    /// The keyring as a login leaves it that has not opened it: the icon, the notification, and the keyring's own question.
    fn locked(&mut self, seat: &Seat, name: &str) -> Result<()> {
        self.keyring = None;
        let locked = self.desktop.start_locked(KEYRING)?;
        let tray = self.agent.start_tray(seat)?;
        self.screen.await_window(NOTIFICATION)?;
        self.screen.await_window(QUESTION)?;
        self.screen.picture(WHOLE, &self.file(name))?;
        tray.stop()?;
        drop(locked);
        self.keyring = Some(self.desktop.unlock(KEYRING)?);
        Ok(())
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.png"))
    }
}

/// One is signed in, one has to sign in again, and one never has.
fn prepare(rig: &Rig, agent: &mut Agent) -> Result<()> {
    agent.launch()?;
    for User { login, .. } in [BIURO, KSIEGOWOSC, ALICE] {
        agent.signet(&["accounts", "add", login])?.line()?;
    }
    agent.sign_in_by_forms(BIURO.login, BIURO)?;
    rig.control().set(&Settings { access_ttl: Some(1), ..Settings::default() })?;
    agent.sign_in_by_forms(KSIEGOWOSC.login, KSIEGOWOSC)?;
    rig.control().revoke(KSIEGOWOSC.login, Revocation::Password)?;
    let mut connection = agent.endpoint()?;
    let asked = json!({ "account": KSIEGOWOSC.login });
    while connection.ask("token.get", asked.clone())?["error"]["data"]["code"] != "sign_in_required" {}
    agent.stop()?;
    agent.edit_config(|text| text.to_owned() + &profiles())
}

/// The mail server, and three points of which two share a login.
fn profiles() -> String {
    let (office, books) = (BIURO.login, KSIEGOWOSC.login);
    let by_token = "enabled = true\nauthentication = 'oauth2'";
    format!(
        "\n[mail_server]\n{by_token}\nname = 'DMS'\nlogin = '{office}'\nemail = '{office}'\n\
         display_name = 'Contoso DMS'\nreply_to = '{books}'\n\
         [points.biuro]\n{by_token}\nkind = 'documents'\nname = 'Biuro'\nlogin = '{office}'\n\
         [points.faktury]\n{by_token}\nkind = 'documents'\nname = 'Faktury'\nlogin = '{books}'\n\
         [points.zalaczniki]\n{by_token}\nkind = 'attachments'\nname = 'Załączniki'\nlogin = '{office}'\n\
         mailbox = 'sales@contoso.example'\n"
    )
}
