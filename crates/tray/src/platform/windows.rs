use std::io;
use std::process::{Command, ExitCode};

/// What the window needs of the system.
pub(crate) const NO_ENGINE: &str = "tray-needs-webview2";
/// The exit code of a program whose libraries are missing (`STATUS_DLL_NOT_FOUND`).
pub(crate) const UNLOADED: i32 = 0xC000_0135_u32.cast_signed();

/// Stands in for this program, and ends as it does: Windows lets no program become another.
pub(crate) fn become_program(command: &mut Command) -> io::Result<ExitCode> {
    let code = command.status()?.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
