//! What the person's desktop starts when they log in (Desktop Application Autostart Specification).

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use super::{Agent, PATIENCE, POLL, Seat, Tray};
use crate::kept::Kept;

impl Agent {
    /// Where Signet's entry is, if there is one.
    pub fn autostart_entry(&self) -> PathBuf {
        self.home.part("home/.config/autostart/signet.desktop")
    }

    /// Waits until the entry is as wanted.
    pub fn until_autostart(&self, is_wanted: impl Fn(Option<&str>) -> bool) -> Result<()> {
        let start = Instant::now();
        loop {
            let entry = self.entered()?;
            if is_wanted(entry.as_deref()) {
                return Ok(());
            }
            ensure!(start.elapsed() < PATIENCE, "what starts at login is {entry:?}");
            sleep(POLL);
        }
    }

    /// The person logs in to a desktop, which starts what is entered. A program of `Exec` is quoted as a shell reads it too.
    pub fn log_in(&self, seat: &Seat) -> Result<Option<Tray>> {
        let Some(entry) = self.entered()? else { return Ok(None) };
        let line = entry.lines().find_map(|line| line.strip_prefix("Exec=")).context("an entry says what to start")?;
        self.lend_built("signet-tray")?;
        let mut command = self.seated(self.owner().kept_at("/bin/sh".as_ref()), seat)?;
        command.args(["-c", &format!("exec {line}")]);
        Ok(Some(Tray { process: Kept::start(&mut command)? }))
    }

    fn entered(&self) -> Result<Option<String>> {
        match fs::read_to_string(self.autostart_entry()) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}
