//! Lines that programs write to a file, and that somebody waits for.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// A busy machine is slow; what is not written by then will not be.
const PATIENCE: Duration = Duration::from_secs(30);

/// A FIFO that everybody may write to, and that is read from the beginning on.
#[derive(Debug)]
pub struct Fifo {
    path: PathBuf,
    lines: Receiver<String>,
}

impl Fifo {
    /// Makes it.
    pub fn make(path: &Path) -> Result<Self> {
        let made = Command::new("mkfifo").args(["--mode", "666"]).arg(path).status()?;
        ensure!(made.success(), "no FIFO could be made at {}", path.display());
        // Open for both directions, so that it never ends: between two readers a line could get lost.
        let both_ends = File::options().read(true).write(true).open(path)?;
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            let mut lines = BufReader::new(both_ends).lines().map_while(Result::ok);
            while lines.next().is_some_and(|line| sender.send(line).is_ok()) {}
        });
        Ok(Self { path: path.to_owned(), lines })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The next line, once it is written.
    pub fn line(&self) -> Result<String> {
        self.lines.recv_timeout(PATIENCE).with_context(|| format!("nothing was written to {}", self.path.display()))
    }
}
