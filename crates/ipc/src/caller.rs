//! Who is asking: by what the system says, never by what the message says.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::platform::{self, Process, Stream};

/// The programs of an installation besides the agent's own.
const INSTALLED: [&str; 3] = ["signet", "signet-tray", "signet-window"];

/// The process at the other end of a connection, held so that its id cannot pass to another.
#[derive(Debug)]
pub struct Caller {
    process: Process,
    is_this_installation: OnceLock<bool>,
}

impl Caller {
    /// Reads from the kernel who connected.
    pub(crate) fn of(stream: &Stream) -> io::Result<Self> {
        Process::behind(stream).map(Self::from)
    }

    /// This process itself: for calls that come from within the agent.
    ///
    /// # Errors
    /// When the system does not tell a process about itself.
    pub fn this_process() -> io::Result<Self> {
        Process::this().map(Self::from)
    }

    /// Whether it is this user's: root is not.
    pub(crate) fn is_this_user(&self) -> bool {
        self.process.is_this_user()
    }

    /// Its process id, for records; it says nothing about rights.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.process.pid()
    }

    /// The file it runs.
    ///
    /// # Errors
    /// When the process is gone, or hides itself.
    pub fn executable(&self) -> io::Result<PathBuf> {
        self.process.executable()
    }

    /// Whether it runs a program of this very installation: the agent's own file, or `signet`,
    /// `signet-tray` or `signet-window` beside it. That makes it a manager. Asked of the system once, and only here.
    pub fn is_this_installation(&self) -> bool {
        *self.is_this_installation.get_or_init(|| {
            runs_installed_program(&self.process).unwrap_or_else(|error| {
                tracing::warn!(pid = self.pid(), %error, "cannot see which program is asking");
                false
            })
        })
    }
}

impl From<Process> for Caller {
    fn from(process: Process) -> Self {
        Self { process, is_this_installation: OnceLock::new() }
    }
}

fn runs_installed_program(process: &Process) -> io::Result<bool> {
    let program = process.program()?;
    if program == Process::this()?.program()? {
        return Ok(true);
    }
    let own_file = std::env::current_exe()?;
    let room = own_file.parent().unwrap_or(Path::new(""));
    let mut installed = INSTALLED.iter().map(|name| room.join(name).with_extension(std::env::consts::EXE_EXTENSION));
    Ok(installed.any(|file| platform::program_at(&file).is_ok_and(|installed| installed == program)))
}
