use std::ffi::OsStr;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

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
