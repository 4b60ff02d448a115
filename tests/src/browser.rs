//! A person in front of a browser: Chromium, whose hands are a script.

use std::io::Read;
use std::path::PathBuf;
use std::process::Stdio;
use std::{fs, io};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tempfile::TempDir;

use crate::kept::{Kept, kept_command};
use crate::rig::{MFA_CODE, Rig, User, installed, node, source};

/// A browser that trusts one rig. Each visit is a window of its own, opened and closed again.
#[derive(Clone, Debug)]
pub struct Browser {
    origin: String,
    certificate: PathBuf,
    /// What the browser says its person reads (`Accept-Language`), such as `pl-PL`.
    pub language: String,
    /// A directory that keeps what the browser remembers from one visit to the next; without it, nothing.
    pub profile: Option<PathBuf>,
    /// A directory for a picture of every page, `NUMBER-NAME.png`: as filled in, just before it is sent.
    pub screenshots: Option<PathBuf>,
    /// Whether a window is shown and left to whoever sits there: the visit lasts until it is closed.
    pub visible: bool,
    /// Whether pages are told that their person likes them dark (`prefers-color-scheme`).
    pub dark: bool,
}

/// What a person fills in and clicks on the provider's pages.
#[derive(Clone, Debug, Serialize)]
pub struct Person {
    pub user: String,
    pub password: String,
    /// Second factor.
    pub code: String,
    pub consent: Consent,
    /// Which of the accounts offered is chosen, `other` for none of them; the person's own when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pick: Option<String>,
    /// Whether to stay signed in.
    pub keep: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Consent {
    Accept,
    Cancel,
}

/// One visit from an address to the last page.
#[derive(Clone, Debug, Serialize)]
pub struct Visit {
    turns: Vec<Turn>,
    #[serde(rename = "leaveAt", skip_serializing_if = "Option::is_none")]
    leave_at: Option<usize>,
}

#[derive(Clone, Debug, Serialize)]
struct Turn {
    #[serde(skip_serializing_if = "Option::is_none")]
    click: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<Person>,
}

/// What the person saw.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Seen {
    /// Address of the last page.
    pub url: String,
    pub title: String,
    pub text: String,
    /// The page's own `lang`.
    pub language: String,
    /// What was met and done, in order: `email`, `password`, `code`, `keep`, `pick`, `consent`, `click SELECTOR`,
    /// `refusal: TEXT`.
    pub pages: Vec<String>,
    /// Whether the browser was closed on the way.
    pub left: bool,
    /// Why the last page did not load, in Chromium's words.
    pub failure: Option<String>,
}

impl From<User> for Person {
    fn from(user: User) -> Self {
        Self {
            user: user.login.to_owned(),
            password: user.password.to_owned(),
            code: MFA_CODE.to_owned(),
            consent: Consent::Accept,
            pick: None,
            keep: false,
        }
    }
}

impl Person {
    #[must_use]
    pub fn declining(self) -> Self {
        Self { consent: Consent::Cancel, ..self }
    }

    #[must_use]
    pub fn staying_signed_in(self) -> Self {
        Self { keep: true, ..self }
    }
}

impl From<Person> for Visit {
    fn from(person: Person) -> Self {
        Self { turns: vec![Turn { click: None, person: Some(person) }], leave_at: None }
    }
}

impl From<User> for Visit {
    fn from(user: User) -> Self {
        Person::from(user).into()
    }
}

impl Visit {
    /// Then clicks what a CSS selector names on the program's own page, such as `#confirm-login`.
    #[must_use]
    pub fn then_click(mut self, selector: &str) -> Self {
        self.turns.push(Turn { click: Some(selector.to_owned()), person: None });
        self
    }

    /// Then clicks the program's *Use another account* and goes on as another person.
    #[must_use]
    pub fn then_as(mut self, person: impl Into<Person>) -> Self {
        let person = Person { pick: Some("other".to_owned()), ..person.into() };
        self.turns.push(Turn { click: Some("#other-account".to_owned()), person: Some(person) });
        self
    }

    /// Closes the browser instead of going on after so many pages.
    #[must_use]
    pub fn leaving_after(mut self, pages: usize) -> Self {
        self.leave_at = Some(pages);
        self
    }
}

impl Browser {
    pub fn new(rig: &Rig) -> Self {
        Self {
            origin: rig.origin(),
            certificate: rig.certificate(),
            language: "en-GB".to_owned(),
            profile: None,
            screenshots: None,
            visible: false,
            dark: false,
        }
    }

    /// Opens an address, goes through the pages, and tells what was there in the end.
    pub fn visit(&self, url: &str, visit: impl Into<Visit>) -> Result<Seen> {
        self.open(url, visit)?.wait()
    }

    /// Opens an address in a window, without waiting for what becomes of it.
    pub fn open(&self, url: &str, visit: impl Into<Visit>) -> Result<Window> {
        let mut order = serde_json::to_value(visit.into())?;
        let more = json!({
            "url": url,
            "origin": self.origin,
            "certificate": self.certificate,
            "executable": installed(&["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"])?,
            "language": self.language,
            "profile": self.profile,
            "screenshots": self.screenshots,
            "visible": self.visible,
            "dark": self.dark,
        });
        if let (Some(order), Some(more)) = (order.as_object_mut(), more.as_object()) {
            order.extend(more.clone());
        }
        let directory = tempfile::tempdir()?;
        let file = directory.path().join("order.json");
        let log = directory.path().join("browser.log");
        fs::write(&file, order.to_string())?;

        let mut command = kept_command(node()?)?;
        command.arg(source("browser/visit.mjs")).arg(&file);
        command.env("TMPDIR", directory.path()).stdout(Stdio::piped()).stderr(fs::File::create(&log)?);
        Ok(Window { process: Kept::start(&mut command)?, log, _directory: directory })
    }
}

/// A visit under way. Dropping it closes the browser.
#[derive(Debug)]
pub struct Window {
    process: Kept,
    log: PathBuf,
    _directory: TempDir,
}

impl Window {
    pub fn is_closed(&mut self) -> Result<bool> {
        self.process.has_ended()
    }

    /// Waits for the end of the visit, and tells what was there.
    pub fn wait(mut self) -> Result<Seen> {
        let mut said = String::new();
        self.process.stdout().context("the script's output is piped")?.read_to_string(&mut said)?;
        let status = self.process.wait()?;
        ensure!(status.success(), "the browser failed: {}", io::read_to_string(fs::File::open(&self.log)?)?);
        Ok(serde_json::from_str(&said)?)
    }
}
