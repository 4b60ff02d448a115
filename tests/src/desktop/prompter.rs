//! The window in which GNOME asks for a keyring's password, and somebody who answers it.

use std::thread::sleep;
use std::time::Instant;

use anyhow::{Result, ensure};

use super::{Desktop, PASSWORD, PATIENCE, POLL, Screen};
use crate::rig::installed;

const SERVICE: &str = "org.gnome.keyring.SystemPrompter";
const WINDOW: &str = "gcr-prompter";

/// A display with nothing on it but the question, once it is put.
#[derive(Debug)]
pub struct Prompter {
    screen: Screen,
}

impl Desktop {
    /// From now on questions can be put to the person.
    pub fn prompter(&self) -> Result<Prompter> {
        let screen = self.screen(640, 480)?;
        let display = screen.name();
        let program = installed(&["/usr/libexec/gcr-prompter", "/usr/lib/gcr/gcr-prompter"])?;
        self.files.offer(SERVICE, &format!("/usr/bin/env DISPLAY={display} {}", program.display()))?;
        Ok(Prompter { screen })
    }
}

impl Prompter {
    /// Waits until the question is on the screen.
    pub fn await_question(&self) -> Result<()> {
        self.screen.await_window(WINDOW)
    }

    /// Types the person's password.
    pub fn answer(&self) -> Result<()> {
        self.await_question()?;
        self.screen.act(&["type", "--delay", "20", PASSWORD])?;
        self.screen.act(&["key", "Return"])
    }

    /// Closes the question without an answer.
    pub fn dismiss(&self) -> Result<()> {
        self.await_question()?;
        self.screen.act(&["key", "Escape"])?;
        // A further question must not be taken for this one.
        let start = Instant::now();
        while self.screen.has_window(WINDOW)? {
            ensure!(start.elapsed() < PATIENCE, "the question stays");
            sleep(POLL);
        }
        Ok(())
    }
}
