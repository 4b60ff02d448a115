//! The window in which GNOME asks for a keyring's password, and somebody who answers it.

use std::fs;
use std::process::{ExitStatus, Stdio};
use std::rc::Rc;
use std::thread::sleep;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use super::{Desktop, Files, PASSWORD, PATIENCE, POLL, read_line};
use crate::kept::Kept;
use crate::rig::installed;

const SERVICE: &str = "org.gnome.keyring.SystemPrompter";
const WINDOW: &str = "gcr-prompter";

/// A display with nothing on it but the question, once it is put.
#[derive(Debug)]
pub struct Prompter {
    files: Rc<Files>,
    display: String,
    _server: Kept,
}

impl Desktop {
    /// From now on questions can be put to the person.
    pub fn prompter(&self) -> Result<Prompter> {
        let mut command = self.files.command(&installed(&["/usr/bin/Xvfb"])?)?;
        command.args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "640x480x24"]).stdout(Stdio::piped());
        let mut server = Kept::start(&mut command)?;
        let number = read_line(server.stdout().context("its output is piped")?)?;
        ensure!(!number.trim().is_empty(), "no display:\n{}", self.files.log()?);
        let display = format!(":{}", number.trim());
        let program = installed(&["/usr/libexec/gcr-prompter", "/usr/lib/gcr/gcr-prompter"])?;
        let service =
            format!("[D-BUS Service]\nName={SERVICE}\nExec=/usr/bin/env DISPLAY={display} {}\n", program.display());
        fs::write(self.files.part("services").join(format!("{SERVICE}.service")), service)?;
        self.call_bus("ReloadConfig", &[])?;
        Ok(Prompter { files: Rc::clone(&self.files), display, _server: server })
    }
}

impl Prompter {
    /// Waits until the question is on the screen.
    pub fn await_question(&self) -> Result<()> {
        self.act(&["search", "--sync", "--onlyvisible", "--class", WINDOW])
    }

    /// Types the person's password.
    pub fn answer(&self) -> Result<()> {
        self.await_question()?;
        self.act(&["type", "--delay", "20", PASSWORD])?;
        self.act(&["key", "Return"])
    }

    /// Closes the question without an answer.
    pub fn dismiss(&self) -> Result<()> {
        self.await_question()?;
        self.act(&["key", "Escape"])?;
        // A further question must not be taken for this one.
        let start = Instant::now();
        while self.xdotool(&["search", "--onlyvisible", "--class", WINDOW])?.success() {
            ensure!(start.elapsed() < PATIENCE, "the question stays:\n{}", self.files.log()?);
            sleep(POLL);
        }
        Ok(())
    }

    fn act(&self, words: &[&str]) -> Result<()> {
        let ended = self.xdotool(words)?;
        ensure!(ended.success(), "xdotool {words:?}: {ended}\n{}", self.files.log()?);
        Ok(())
    }

    fn xdotool(&self, words: &[&str]) -> Result<ExitStatus> {
        let mut command = self.files.command(&installed(&["/usr/bin/xdotool"])?)?;
        command.args(words).env("DISPLAY", &self.display).stdout(Stdio::null());
        Kept::start(&mut command)?.wait()
    }
}
