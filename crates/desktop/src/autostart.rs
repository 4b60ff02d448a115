//! Whether the tray starts when the person logs in.

use std::io;
use std::path::PathBuf;

use crate::platform;

/// What a start by the system is told, so that it opens no window.
pub const AT_LOGIN: &str = "--at-login";

/// Whether it does.
///
/// # Errors
/// The system does not tell.
pub fn is_on() -> io::Result<bool> {
    platform::starts_at_login(&tray()?)
}

/// Has it start from now on, or no longer.
///
/// # Errors
/// The system does not take it.
pub fn set(on: bool) -> io::Result<()> {
    platform::set_start_at_login(&tray()?, on)
}

/// The tray of this very installation.
fn tray() -> io::Result<PathBuf> {
    Ok(std::env::current_exe()?.with_file_name("signet-tray").with_extension(std::env::consts::EXE_EXTENSION))
}
