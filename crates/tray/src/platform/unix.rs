use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

/// What the window needs of the system.
pub(crate) const NO_ENGINE: &str = "tray-needs-webkit";
/// The exit code of a program whose libraries are missing (`ld.so(8)`).
pub(crate) const UNLOADED: i32 = 127;

/// Becomes this program: who waits for this process, or ends it, means that one.
pub(crate) fn become_program(command: &mut Command) -> io::Result<ExitCode> {
    Err(command.exec())
}
