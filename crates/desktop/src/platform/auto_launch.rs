//! Windows' `Run` key of this user, and on macOS a launch agent.

use std::io;
use std::path::Path;

use auto_launch::{AutoLaunch, AutoLaunchBuilder, MacOSLaunchMode, WindowsEnableMode};

use super::entered;
use crate::autostart::AT_LOGIN;

/// What the entry is called.
const NAME: &str = "Signet";

pub(crate) fn starts_at_login(tray: &Path) -> io::Result<bool> {
    is_enabled(NAME, tray)
}

pub(crate) fn set_start_at_login(tray: &Path, on: bool) -> io::Result<()> {
    let entry = entry(NAME, tray)?;
    let set = if on { entry.enable() } else { entry.disable() };
    set.map_err(io::Error::other)
}

/// One that starts another program, perhaps one that was moved away, does not start this one.
fn is_enabled(name: &str, tray: &Path) -> io::Result<bool> {
    let is_on = entry(name, tray)?.is_enabled().map_err(io::Error::other)?;
    Ok(is_on && entered::starts(name, shown(tray)?))
}

fn entry(name: &str, tray: &Path) -> io::Result<AutoLaunch> {
    let tray = shown(tray)?;
    // Windows takes the text as a command line, where a blank in the path would end it.
    let program = if cfg!(windows) { format!("\"{tray}\"") } else { tray.to_owned() };
    let mut entry = AutoLaunchBuilder::new();
    entry.set_app_name(name).set_app_path(&program).set_args(&[AT_LOGIN]);
    entry.set_windows_enable_mode(WindowsEnableMode::CurrentUser).set_macos_launch_mode(MacOSLaunchMode::LaunchAgent);
    entry.build().map_err(io::Error::other)
}

fn shown(tray: &Path) -> io::Result<&str> {
    tray.to_str().ok_or_else(|| io::Error::other("the folder of signet-tray is not valid Unicode"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_for_a_program_that_was_moved_does_not_count() {
        let name = format!("Signet's tests {}", std::process::id());
        // On macOS it must be there to be entered.
        let tray = std::env::current_exe().unwrap();
        let moved = tray.with_file_name("moved away");
        let is_on = |tray: &Path| is_enabled(&name, tray).unwrap();
        assert!(!is_on(&tray), "nobody has asked for it");
        entry(&name, &tray).unwrap().enable().unwrap();
        let seen = (is_on(&tray), is_on(&moved));
        entry(&name, &tray).unwrap().disable().unwrap();
        assert_eq!((seen, is_on(&tray)), ((true, false), false));
    }
}
