//! What a desktop opens pages with.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::Agent;
use crate::fifo::Fifo;
use crate::programs;

/// An `xdg-open` that tells what it is given and then goes on for ever, as one may that is the browser itself.
#[derive(Debug)]
pub struct Opener {
    directory: PathBuf,
    given: Fifo,
    _never: Fifo,
}

impl Opener {
    /// Puts it beside the agent's home, where its user can run it.
    pub fn place(agent: &Agent) -> Result<Self> {
        let directory = agent.home().join("opener");
        fs::create_dir(&directory)?;
        let (given, never) = (Fifo::make(&directory.join("given"))?, Fifo::make(&directory.join("never"))?);
        let lines =
            format!("#!/bin/sh\necho \"$*\" > {}\nread -r _ < {}\n", given.path().display(), never.path().display());
        fs::set_permissions(&directory, Permissions::from_mode(0o755))?;
        programs::write(&lines, &directory.join("xdg-open"))?;
        Ok(Self { directory, given, _never: never })
    }

    /// What makes a command find it, and take this for a desktop.
    pub(super) fn environment(&self) -> [(&'static str, String); 2] {
        let path = format!("{}:/usr/local/bin:/usr/bin:/bin", self.directory.display());
        [("PATH", path), ("DISPLAY", ":no-such-display".to_owned())]
    }

    /// What it was given, once it has been.
    pub fn given(&mut self) -> Result<String> {
        self.given.line().context("the opener was given nothing")
    }
}
