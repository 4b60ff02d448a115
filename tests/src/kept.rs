//! Processes that end with their owner: each runs under `signet-keep`, which watches its standard input.

use std::env;
use std::ffi::OsStr;
use std::io::{ErrorKind, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};
use rustix::process::Pid;

use crate::processes::descendants;

/// A running command and all that comes of it.
#[derive(Debug)]
pub(crate) struct Kept {
    keeper: Child,
    words: Option<ChildStdin>,
}

/// What a command may be told while it runs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Word {
    Term,
    Kill,
}

/// A command that will run under the keeper; its directory, environment, user and outputs may be set as usual.
pub(crate) fn kept_command(program: impl AsRef<OsStr>) -> Result<Command> {
    Ok(keeper_command(&program_beside("signet-keep")?, program))
}

/// The same with the keeper at another place, for users who cannot read the build's.
pub(crate) fn keeper_command(keeper: &Path, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(keeper);
    command.arg(program);
    command
}

impl Kept {
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let mut keeper = command
            .stdin(Stdio::piped())
            .process_group(0) // Ctrl-C in a terminal is for the owner, whose end the keeper notices
            .spawn()
            .with_context(|| format!("{} does not start", command.get_program().display()))?;
        let words = keeper.stdin.take();
        Ok(Self { keeper, words })
    }

    pub(crate) fn tell(&mut self, word: Word) -> Result<()> {
        let line = match word {
            Word::Term => "term\n",
            Word::Kill => "kill\n",
        };
        let words = self.words.as_mut().context("it is being ended")?;
        match words.write_all(line.as_bytes()) {
            // It has ended by itself, which is what is wanted.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            written => Ok(written?),
        }
    }

    /// The command's standard output, if it was asked to be piped.
    pub(crate) fn stdout(&mut self) -> Option<ChildStdout> {
        self.keeper.stdout.take()
    }

    /// Waits until the command has ended by itself.
    pub(crate) fn wait(&mut self) -> Result<ExitStatus> {
        let words = self.words.take(); // waiting would close it
        let status = self.keeper.wait();
        self.words = words;
        Ok(status?)
    }

    pub(crate) fn has_ended(&mut self) -> Result<bool> {
        Ok(self.keeper.try_wait()?.is_some())
    }

    /// The command's own process id, or nothing once it has ended.
    pub(crate) fn pid(&self) -> Option<Pid> {
        self.all_pids().get(1).copied()
    }

    /// The keeper, the command, and all that came of it.
    pub(crate) fn all_pids(&self) -> Vec<Pid> {
        let Some(keeper) = Pid::from_raw(self.keeper.id().cast_signed()) else {
            return Vec::new();
        };
        let mut all = vec![keeper];
        all.extend(descendants(keeper).unwrap_or_default());
        all
    }

    /// Asks for the end without waiting for it; dropping waits.
    pub(crate) fn release(&mut self) {
        self.words = None;
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.release();
        let _ = self.keeper.wait();
    }
}

/// A binary of this build, found beside the running test (`target/debug/deps/..`) or program (`target/debug/..`).
pub(crate) fn program_beside(name: &str) -> Result<PathBuf> {
    let running = env::current_exe()?;
    for directory in running.ancestors().skip(1).take(2) {
        let program = directory.join(name);
        if program.is_file() {
            return Ok(program);
        }
    }
    bail!("{name} is not beside {}; build it: cargo build --workspace --bins", running.display())
}
