//! A display, what belongs on it, and pictures of it.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::rc::Rc;

use anyhow::{Context, Result, ensure};

use super::{Desktop, Files, read_line};
use crate::kept::Kept;
use crate::rig::installed;

/// A display with nothing on it at first. Dropping it ends it, and the programs that show something there.
#[derive(Debug)]
pub struct Screen {
    pub(super) files: Rc<Files>,
    name: String,
    /// Ended in this order, the display at last.
    pub(super) programs: Vec<Kept>,
    _server: Kept,
}

impl Desktop {
    /// A display of its own, so many pixels wide and high.
    pub fn screen(&self, width: u32, height: u32) -> Result<Screen> {
        let mut command = self.files.command(&installed(&["/usr/bin/Xvfb"])?)?;
        // The server takes the first number that is free, and tells it when it serves.
        command.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0"]);
        command.arg(format!("{width}x{height}x24")).stdout(Stdio::piped());
        let mut server = Kept::start(&mut command)?;
        let number = read_line(server.stdout().context("its output is piped")?)?;
        ensure!(!number.trim().is_empty(), "no display:\n{}", self.files.log()?);
        Ok(Screen {
            files: Rc::clone(&self.files),
            name: format!(":{}", number.trim()),
            programs: Vec::new(),
            _server: server,
        })
    }
}

impl Screen {
    /// What `DISPLAY` is set to.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Waits until a window of this class is there.
    pub fn await_window(&self, class: &str) -> Result<()> {
        self.act(&["search", "--sync", "--onlyvisible", "--class", class])
    }

    /// Waits until a window of this title is there.
    pub fn await_title(&self, title: &str) -> Result<()> {
        self.act(&["search", "--sync", "--onlyvisible", "--name", title])
    }

    pub(super) fn has_window(&self, class: &str) -> Result<bool> {
        Ok(self.xdotool(&["search", "--onlyvisible", "--class", class])?.success())
    }

    /// Does what these words of xdotool(1) say.
    pub fn act(&self, words: &[&str]) -> Result<()> {
        let ended = self.xdotool(words)?;
        ensure!(ended.success(), "xdotool {words:?}: {ended}\n{}", self.files.log()?);
        Ok(())
    }

    fn xdotool(&self, words: &[&str]) -> Result<ExitStatus> {
        let mut command = self.command(&["/usr/bin/xdotool"])?;
        Kept::start(command.args(words).stdout(Stdio::null()))?.wait()
    }

    /// Takes a picture (PNG) of a part of the screen, in xrandr's words (`640x480+0+0`), or of all.
    pub fn picture(&self, part: Option<&str>, file: &Path) -> Result<()> {
        let mut command = self.command(&["/usr/bin/maim"])?;
        command.arg("--hidecursor").args(part.map(|part| format!("--geometry={part}"))).stdout(Stdio::piped());
        let mut taking = Kept::start(&mut command)?;
        let mut picture = Vec::new();
        taking.stdout().context("its output is piped")?.read_to_end(&mut picture)?;
        ensure!(taking.wait()?.success(), "no picture:\n{}", self.files.log()?);
        Ok(fs::write(file, picture)?)
    }

    /// The first of these programs that is there, on this display.
    pub(super) fn command(&self, places: &[&str]) -> Result<Command> {
        let mut command = self.files.command(&installed(places)?)?;
        command.env("DISPLAY", &self.name);
        Ok(command)
    }
}
