use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// Opens a file that only its owner can read.
pub(crate) fn open_private(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    options.mode(0o600).open(path)
}

/// Out of the terminal's reach: its Ctrl-C is not meant for the agent.
pub(crate) fn detach(command: &mut Command) -> &mut Command {
    command.process_group(0)
}

/// POSIX has it (vi(1)).
pub(crate) const EDITOR: &str = "vi";

/// What `EDITOR` and its like name, on this file: a program with arguments, perhaps quoted, as a shell reads them.
pub(crate) fn with_arguments(program: &OsStr, file: &Path) -> Command {
    let mut line = program.to_owned();
    line.push(" \"$@\"");
    let mut command = Command::new("sh");
    command.arg("-c").arg(line).arg(program).arg(file);
    command
}
