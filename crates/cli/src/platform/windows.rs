use std::ffi::OsStr;
use std::io;
use std::os::windows::io::AsRawHandle;
use std::os::windows::process::CommandExt;
use std::path::Path;
use std::process::Command;

use windows_sys::Win32::Foundation::{HANDLE_FLAG_INHERIT, SetHandleInformation};

/// Without a console of its own (`DETACHED_PROCESS`), in a group of its own (`CREATE_NEW_PROCESS_GROUP`).
const DETACHED: u32 = 0x0000_0008 | 0x0000_0200;

/// Out of the terminal's reach: its Ctrl-C is not meant for the agent. A child is given all that can be inherited: whoever
/// reads what this command prints would wait for the agent's end.
pub(crate) fn detach(command: &mut Command) -> &mut Command {
    keep(&io::stdin());
    keep(&io::stdout());
    keep(&io::stderr());
    command.creation_flags(DETACHED)
}

#[expect(unsafe_code, reason = "Windows call")]
fn keep(stream: &impl AsRawHandle) {
    // SAFETY: the handle is this process's own. One that is not there has nothing to be kept.
    unsafe { SetHandleInformation(stream.as_raw_handle(), HANDLE_FLAG_INHERIT, 0) };
}

pub(crate) const EDITOR: &str = "notepad.exe";

/// A program by its name or path; what stands behind a blank would be part of it.
pub(crate) fn with_arguments(program: &OsStr, file: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg(file);
    command
}
