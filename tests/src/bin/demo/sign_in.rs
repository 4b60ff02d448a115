//! The person in front of the browser, or the script in their place.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use signet_e2e::agent::{Said, SigningIn};
use signet_e2e::rig::{BIURO, User};
use signet_e2e::{Browser, Person, Visit};

use crate::course::{Course, Stage};
use crate::desktop::folder;

/// How often the window and the command are looked at while the person takes their time.
const LOOK: Duration = Duration::from_millis(100);

impl Course {
    pub(crate) fn sign_in(&mut self, stage: &mut Stage) -> Result<()> {
        let pending = stage.agent.begin_sign_in(BIURO.login).context("`signet sign-in` gives a page to open")?;
        self.words.step("sign-in begins", &format!("signet sign-in {}", BIURO.login));
        let mut browser = stage.agent.browser().clone();
        self.wanted.language.of_browser().clone_into(&mut browser.language);
        browser.visible = self.wanted.person;
        let said = if self.wanted.person {
            self.by_hand(stage, &browser, pending)?
        } else {
            self.by_script(browser, pending)?
        };
        let told = said.stderr.lines().last().unwrap_or_default();
        ensure!(
            said.code == 0 && told.contains(BIURO.login),
            "expected `signet sign-in` to end with the person signed in, but it said: {}",
            said.stderr.trim()
        );
        self.words.step("signed in", told);
        Ok(())
    }

    fn by_hand(&mut self, stage: &Stage, browser: &Browser, mut pending: SigningIn) -> Result<Said> {
        let User { login, password } = BIURO;
        self.words.step("your turn", &format!("sign in as {login} with the password {password}"));
        self.words.more("in the Chromium window that opens: a window of the demo's own, since");
        self.words.more("your usual browser rightly mistrusts the rig's certificate");
        let mut window = browser.open(pending.address(), Visit::from(BIURO))?;
        while !pending.has_ended()? {
            if window.is_closed()? {
                let seen = window.wait().context("a Chromium window opens")?;
                bail!("expected you to sign in, but the window was closed {}", seen.failure.unwrap_or_default());
            }
            stage.interrupts.pause(LOOK)?;
        }
        pending.end()
    }

    fn by_script(&mut self, mut browser: Browser, pending: SigningIn) -> Result<Said> {
        let pictures = pictures()?;
        browser.screenshots = Some(pictures.clone());
        let seen = browser.visit(pending.address(), Person::from(BIURO)).context("Chromium opens the login page")?;
        let said = pending.end()?;
        let pages = seen.pages.join(", ");
        self.words.step("pages filled in", &format!("by headless Chromium: {pages}"));
        self.words.more(&format!("the browser ends with: {}", one_line(&seen.text)));
        self.words.more(&format!("pictures of every page: {}", pictures.display()));
        Ok(said)
    }
}

/// The folder for pictures, without those of an earlier run.
fn pictures() -> Result<PathBuf> {
    let pictures = folder();
    if pictures.exists() {
        fs::remove_dir_all(&pictures).with_context(|| pictures.display().to_string())?;
    }
    Ok(pictures)
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" / ")
}
