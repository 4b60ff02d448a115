//! `signet-tray`: the agent with an icon, or an icon of the agent that runs already.

use std::fs::File;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use rustix::process::Pid;

use super::{Agent, Seat};
use crate::kept::{Kept, Word, program_beside};
use crate::rig::installed;
use crate::webdriver::Driven;

/// A running tray app, or its window. Dropping it ends it and what it started.
#[derive(Debug)]
pub struct Tray {
    pub(super) process: Kept,
}

impl Agent {
    /// Starts the tray app at this agent's home; whether it is up is told by what comes of it.
    pub fn start_tray(&self, seat: &Seat) -> Result<Tray> {
        // What it opens the window with lies beside it.
        self.lend_built("signet-window")?;
        let command = self.owner().kept_at(&self.lend_built("signet-tray")?);
        Ok(Tray { process: Kept::start(&mut self.seated(command, seat)?)? })
    }

    /// Starts the window's program as the tray does.
    pub fn start_window(&self, seat: &Seat, arguments: &[&str]) -> Result<Tray> {
        let command = self.owner().kept_at(&self.lend_built("signet-window")?);
        Ok(Tray { process: Kept::start(self.seated(command, seat)?.args(arguments))? })
    }

    /// Opens the window as the tray does, and drives it.
    pub fn drive_window(&self, seat: &Seat, arguments: &[&str]) -> Result<Driven> {
        let driver = self.owner().kept_at(&installed(&["/usr/bin/WebKitWebDriver"])?);
        let mut driver = self.seated(driver, seat)?;
        driver.env("TAURI_WEBVIEW_AUTOMATION", "true");
        Driven::start(driver, &self.lend_built("signet-window")?, arguments)
    }

    pub(super) fn lend_built(&self, name: &str) -> Result<PathBuf> {
        self.lend(&program_beside(name)?)
    }

    pub(super) fn seated(&self, mut command: Command, seat: &Seat) -> Result<Command> {
        let log = File::options().append(true).create(true).open(self.home.log())?;
        seat.seat(command.stdout(log.try_clone()?).stderr(log));
        Ok(command)
    }
}

impl Tray {
    /// Asks it to end (SIGTERM), waits until it has, and gives its exit code.
    pub fn stop(mut self) -> Result<Option<i32>> {
        self.process.tell(Word::Term)?;
        Ok(self.process.wait()?.code())
    }

    /// Ends it as a crash would (SIGKILL).
    pub fn kill(mut self) -> Result<()> {
        self.process.tell(Word::Kill)?;
        self.process.wait().map(|_| ())
    }

    /// Waits until it ends by itself, and gives its exit code.
    pub fn await_end(mut self) -> Result<Option<i32>> {
        Ok(self.process.wait()?.code())
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> Result<bool> {
        self.process.has_ended()
    }

    /// The program itself, and all that came of it.
    pub fn pids(&self) -> Vec<Pid> {
        self.process.all_pids().into_iter().skip(1).collect()
    }

    pub fn pid(&self) -> Option<Pid> {
        self.process.pid()
    }
}
