//! The freedesktop.org Autostart Specification: an entry in the person's own autostart folder.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::autostart::AT_LOGIN;

const ENTRY: &str = "signet.desktop";

pub(crate) fn starts_at_login(tray: &Path) -> io::Result<bool> {
    is_enabled(&folder()?, tray)
}

pub(crate) fn set_start_at_login(tray: &Path, on: bool) -> io::Result<()> {
    if on { enable(&folder()?, tray) } else { disable(&folder()?) }
}

fn folder() -> io::Result<PathBuf> {
    let base = etcetera::choose_base_strategy().map_err(io::Error::other)?;
    Ok(base.config_dir().join("autostart"))
}

/// One that starts another program, perhaps one that was moved away, does not start this one.
fn is_enabled(folder: &Path, tray: &Path) -> io::Result<bool> {
    match fs::read_to_string(folder.join(ENTRY)) {
        Ok(text) => Ok(!is_switched_off(&text) && starts(&text, &quoted(shown(tray)?))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn enable(folder: &Path, tray: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join(ENTRY), written(tray)?)
}

fn disable(folder: &Path) -> io::Result<()> {
    match fs::remove_file(folder.join(ENTRY)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The two ways in which desktops switch an entry off without removing it.
fn is_switched_off(text: &str) -> bool {
    text.lines().any(|line| matches!(line.trim(), "Hidden=true" | "X-GNOME-Autostart-enabled=false"))
}

fn starts(text: &str, program: &str) -> bool {
    text.lines().filter_map(|line| line.strip_prefix("Exec=")).any(|line| line.starts_with(program))
}

fn written(tray: &Path) -> io::Result<String> {
    let program = quoted(shown(tray)?);
    Ok(format!("[Desktop Entry]\nType=Application\nName=Signet\nExec={program} {AT_LOGIN}\nTerminal=false\n"))
}

fn shown(tray: &Path) -> io::Result<&str> {
    tray.to_str().ok_or_else(|| io::Error::other("the folder of signet-tray is not valid Unicode"))
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
    fn it_is_on_from_being_set_to_being_unset_or_switched_off_by_the_desktop() {
        let home = tempfile::tempdir().unwrap();
        let (folder, tray) = (home.path().join("autostart"), Path::new("/usr/bin/signet-tray"));
        assert!(!is_enabled(&folder, tray).unwrap(), "nobody has asked for it");
        enable(&folder, tray).unwrap();
        assert!(is_enabled(&folder, tray).unwrap());
        let entry = fs::read_to_string(folder.join(ENTRY)).unwrap();
        assert!(entry.contains("\nExec=\"/usr/bin/signet-tray\" --at-login\n"), "{entry}");
        for off in ["Hidden=true", "X-GNOME-Autostart-enabled=false"] {
            fs::write(folder.join(ENTRY), format!("{entry}{off}\n")).unwrap();
            assert!(!is_enabled(&folder, tray).unwrap(), "{off}");
            enable(&folder, tray).unwrap();
            assert!(is_enabled(&folder, tray).unwrap(), "set again after {off}");
        }
        let moved = Path::new("/opt/signet-tray");
        assert!(!is_enabled(&folder, moved).unwrap(), "what is started is another program");
        enable(&folder, moved).unwrap();
        assert!(
            is_enabled(&folder, moved).unwrap() && !is_enabled(&folder, tray).unwrap(),
            "set for the one that is there"
        );
        disable(&folder).unwrap();
        assert!(!is_enabled(&folder, moved).unwrap());
        disable(&folder).unwrap();
    }
}
