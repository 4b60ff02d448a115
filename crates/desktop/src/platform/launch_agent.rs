//! What macOS starts at login (launchd.plist(5)).

use std::env;
use std::fs;

/// Whether the agent of this name starts this program.
pub(crate) fn starts(name: &str, program: &str) -> bool {
    let Some(home) = env::home_dir() else { return false };
    let file = home.join("Library/LaunchAgents").join(name).with_extension("plist");
    fs::read_to_string(file).is_ok_and(|text| text.contains(&format!("<string>{program}</string>")))
}
