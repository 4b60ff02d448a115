use std::env;
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

/// Without a display `xdg-open` would take over the terminal with a text browser; macOS needs no variable.
pub(crate) fn has_desktop() -> bool {
    let set = |variable| env::var_os(variable).is_some_and(|value| !value.is_empty());
    cfg!(target_os = "macos") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
