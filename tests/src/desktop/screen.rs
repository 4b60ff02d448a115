//! A display, what belongs on it, and pictures of it.

use std::fs;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::rc::Rc;

use anyhow::{Context, Result, ensure};

use super::{Desktop, Files, read_line};
use crate::kept::Kept;
use crate::rig::installed;

/// A display with nothing on it at first. Dropping it ends it, and the programs that show something there.
#[derive(Debug)]
pub struct Screen {
    files: Rc<Files>,
    name: String,
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
        Ok(Screen { files: Rc::clone(&self.files), name: format!(":{}", number.trim()), _server: server })
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
        let mut command = self.files.command(&installed(&["/usr/bin/xdotool"])?)?;
        command.args(words).env("DISPLAY", &self.name).stdout(Stdio::null());
        Kept::start(&mut command)?.wait()
    }

    /// Takes a picture (PNG) of a part of the screen, in xrandr's words (`640x480+0+0`), or of all.
    pub fn picture(&self, part: Option<&str>, file: &Path) -> Result<()> {
        let mut command = self.files.command(&installed(&["/usr/bin/maim"])?)?;
        command.arg("--hidecursor").env("DISPLAY", &self.name).stdout(Stdio::piped());
        command.args(part.map(|part| format!("--geometry={part}")));
        let mut taking = Kept::start(&mut command)?;
        let mut picture = Vec::new();
        std::io::Read::read_to_end(&mut taking.stdout().context("its output is piped")?, &mut picture)?;
        ensure!(taking.wait()?.success(), "no picture:\n{}", self.files.log()?);
        Ok(fs::write(file, picture)?)
    }
}
