//! What a desktop opens pages with.

use std::fs::{self, File, Permissions};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use anyhow::{Context, Result, ensure};

use super::{Agent, PATIENCE};

/// An `xdg-open` that tells what it is given and then goes on for ever, as one may that is the browser itself.
#[derive(Debug)]
pub struct Opener {
    directory: PathBuf,
    given: Receiver<String>,
}

impl Opener {
    /// Puts it beside the agent's home, where its user can run it.
    pub fn place(agent: &Agent) -> Result<Self> {
        let directory = agent.home().join("opener");
        fs::create_dir(&directory)?;
        let (given, never) = (directory.join("given"), directory.join("never"));
        for fifo in [&given, &never] {
            let made = Command::new("mkfifo").args(["--mode", "666"]).arg(fifo).status()?;
            ensure!(made.success(), "no FIFO could be made at {}", fifo.display());
        }
        let script = directory.join("xdg-open");
        let lines = format!("#!/bin/sh\necho \"$*\" > {}\nread -r _ < {}\n", given.display(), never.display());
        fs::write(&script, lines)?;
        for path in [&directory, &script] {
            fs::set_permissions(path, Permissions::from_mode(0o755))?;
        }
        Ok(Self { directory, given: listen(given) })
    }

    /// What makes a command find it, and take this for a desktop.
    pub(super) fn environment(&self) -> [(&'static str, String); 2] {
        let path = format!("{}:/usr/local/bin:/usr/bin:/bin", self.directory.display());
        [("PATH", path), ("DISPLAY", ":no-such-display".to_owned())]
    }

    /// What it was given, once it has been.
    pub(super) fn given(&mut self) -> Result<String> {
        self.given.recv_timeout(PATIENCE).context("the opener was given nothing")
    }
}

/// The FIFO is open for both directions, so that it never ends: between two readers a line could get lost.
fn listen(fifo: PathBuf) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let Ok(both_ends) = File::options().read(true).write(true).open(&fifo) else { return };
        let mut lines = BufReader::new(both_ends).lines().map_while(Result::ok);
        while lines.next().is_some_and(|line| sender.send(line).is_ok()) {}
    });
    receiver
}
