//! Windows' `Run` key of this user, and on macOS a launch agent.

use std::io;
use std::path::Path;

use auto_launch::{AutoLaunch, AutoLaunchBuilder, MacOSLaunchMode, WindowsEnableMode};

use crate::autostart::AT_LOGIN;

pub(crate) fn starts_at_login(tray: &Path) -> io::Result<bool> {
    entry(tray)?.is_enabled().map_err(io::Error::other)
}

pub(crate) fn set_start_at_login(tray: &Path, on: bool) -> io::Result<()> {
    let entry = entry(tray)?;
    let set = if on { entry.enable() } else { entry.disable() };
    set.map_err(io::Error::other)
}

fn entry(tray: &Path) -> io::Result<AutoLaunch> {
    let tray = tray.to_str().ok_or_else(|| io::Error::other("the folder of signet-tray is not valid Unicode"))?;
    // Windows takes the text as a command line, where a blank in the path would end it.
    let program = if cfg!(windows) { format!("\"{tray}\"") } else { tray.to_owned() };
    let mut entry = AutoLaunchBuilder::new();
    entry.set_app_name("Signet").set_app_path(&program).set_args(&[AT_LOGIN]);
    entry.set_windows_enable_mode(WindowsEnableMode::CurrentUser).set_macos_launch_mode(MacOSLaunchMode::LaunchAgent);
    entry.build().map_err(io::Error::other)
}
