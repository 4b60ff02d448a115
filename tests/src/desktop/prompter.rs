//! The window in which GNOME asks for a keyring's password, and somebody who answers it.

use anyhow::Result;

use super::{Desktop, PASSWORD, Screen};
use crate::rig::installed;

const SERVICE: &str = "org.gnome.keyring.SystemPrompter";
/// The class of its window.
pub const QUESTION: &str = "gcr-prompter";

/// A display with nothing on it but the question, once it is put.
#[derive(Debug)]
pub struct Prompter {
    screen: Screen,
}

impl Desktop {
    /// From now on questions can be put to the person, on a screen of their own.
    pub fn prompter(&self) -> Result<Prompter> {
        let screen = self.screen(640, 480)?;
        self.put_questions(&screen)?;
        Ok(Prompter { screen })
    }

    /// From now on questions are put to the person on this screen.
    pub fn put_questions(&self, screen: &Screen) -> Result<()> {
        let display = screen.name();
        let program = installed(&["/usr/libexec/gcr-prompter", "/usr/lib/gcr/gcr-prompter"])?;
        self.files.offer(SERVICE, &format!("/usr/bin/env DISPLAY={display} {}", program.display()))
    }
}

impl Prompter {
    /// Waits until the question is on the screen.
    pub fn await_question(&self) -> Result<()> {
        self.screen.await_window(QUESTION).map(|_| ())
    }

    /// Types the person's password.
    pub fn answer(&self) -> Result<()> {
        self.attend()?;
        self.screen.act(&["type", "--delay", "20", PASSWORD])?;
        self.screen.act(&["key", "Return"])
    }

    /// Closes the question without an answer.
    pub fn dismiss(&self) -> Result<()> {
        self.attend()?;
        self.screen.act(&["key", "Escape"])?;
        // A further question must not be taken for this one.
        self.screen.await_no_window(QUESTION)
    }

    /// Waits until the question hears what is typed: it may be seen before.
    fn attend(&self) -> Result<()> {
        self.screen.focus(self.screen.await_window(QUESTION)?)
    }
}
