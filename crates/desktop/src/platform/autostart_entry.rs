//! The freedesktop.org Autostart Specification: an entry in the person's own autostart folder.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::autostart::AT_LOGIN;

const ENTRY: &str = "signet.desktop";

pub(crate) fn starts_at_login(_tray: &Path) -> io::Result<bool> {
    match fs::read_to_string(entry()?) {
        Ok(text) => Ok(is_enabled(&text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

pub(crate) fn set_start_at_login(tray: &Path, on: bool) -> io::Result<()> {
    let entry = entry()?;
    if on {
        fs::create_dir_all(entry.parent().unwrap_or(Path::new("")))?;
        return fs::write(entry, written(tray)?);
    }
    match fs::remove_file(entry) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn entry() -> io::Result<PathBuf> {
    let base = etcetera::choose_base_strategy().map_err(io::Error::other)?;
    Ok(base.config_dir().join("autostart").join(ENTRY))
}

/// The two ways in which desktops switch an entry off without removing it.
fn is_enabled(text: &str) -> bool {
    !text.lines().any(|line| matches!(line.trim(), "Hidden=true" | "X-GNOME-Autostart-enabled=false"))
}

fn written(tray: &Path) -> io::Result<String> {
    let tray = tray.to_str().ok_or_else(|| io::Error::other("the folder of signet-tray is not valid Unicode"))?;
    Ok(format!("[Desktop Entry]\nType=Application\nName=Signet\nExec={} {AT_LOGIN}\nTerminal=false\n", quoted(tray)))
}

/// An argument of `Exec` (Desktop Entry Specification, "The Exec key"): quoted, and then escaped once more as any string is.
fn quoted(argument: &str) -> String {
    let mut quoted = String::from("\"");
    for character in argument.chars() {
        match character {
            '\\' => quoted.push_str("\\\\\\\\"),
            '"' | '`' | '$' => quoted.extend(["\\\\", character.encode_utf8(&mut [0; 4])]),
            '%' => quoted.push_str("%%"),
            plain => quoted.push(plain),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_survives_the_two_rounds_of_unquoting() {
        for (path, want) in [
            ("/usr/bin/signet-tray", r#""/usr/bin/signet-tray""#),
            ("/opt/my tools/signet-tray", r#""/opt/my tools/signet-tray""#),
            ("/opt/100%/$x`y\"z", r#""/opt/100%%/\\$x\\`y\\"z""#),
            (r"/opt/a\b", r#""/opt/a\\\\b""#),
        ] {
            assert_eq!(quoted(path), want);
        }
    }

    #[test]
    fn an_entry_that_the_desktop_has_switched_off_is_off() {
        let ours = written(Path::new("/usr/bin/signet-tray")).unwrap();
        assert!(is_enabled(&ours), "{ours}");
        assert!(!is_enabled(&format!("{ours}Hidden=true\n")));
        assert!(!is_enabled(&format!("{ours}X-GNOME-Autostart-enabled=false\n")));
    }
}
