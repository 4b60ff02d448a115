use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::windows::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// Without a console of its own (`DETACHED_PROCESS`), in a group of its own (`CREATE_NEW_PROCESS_GROUP`).
const DETACHED: u32 = 0x0000_0008 | 0x0000_0200;

/// Opens a file below the profile, whose inherited access list names its owner and the system only.
pub(crate) fn open_private(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    options.open(path)
}

/// Out of the terminal's reach: its Ctrl-C is not meant for the agent.
pub(crate) fn detach(command: &mut Command) -> &mut Command {
    command.creation_flags(DETACHED)
}

/// A person's session always has one; a service never runs this command.
pub(crate) fn has_desktop() -> bool {
    true
}

pub(crate) const EDITOR: &str = "notepad.exe";

/// A program by its name or path; what stands behind a blank would be part of it.
pub(crate) fn with_arguments(program: &OsStr, file: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg(file);
    command
}
