use std::path::Path;

use ipc::Message;

use super::finding::Finding;
use crate::config::{ConfigError, Effective};

pub(super) fn examine(path: &Path) -> Finding {
    let shown = path.display().to_string();
    match Effective::read(path) {
        Ok(effective) if effective.has_accounts() => Finding::fine(said("doctor-configuration-fine", &shown)),
        Ok(_) => Finding::warning(said("doctor-configuration-no-accounts", &shown)),
        Err(ConfigError::Io { cause, .. }) => {
            Finding::wrong(said("doctor-configuration-unreadable", &shown).with("detail", cause.to_string()))
        }
        Err(ConfigError::Policy(said)) => Finding::wrong(Message::new("doctor-policy").because(said)),
        Err(ConfigError::Content { mistakes, .. }) => {
            let broken = said("doctor-configuration-broken", &shown);
            let Some(first) = mistakes.into_iter().next() else { return Finding::wrong(broken) };
            let placed = broken.with("line", first.line.to_string()).with("column", first.column.to_string());
            Finding::wrong(placed.because(first.said))
        }
    }
}

fn said(id: &str, path: &str) -> Message {
    Message::new(id).with("path", path)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::finding::check_words;
    use super::*;

    #[test]
    fn each_state_of_the_file_has_its_finding() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        let check = |text: Option<&str>, want: &str| {
            if let Some(text) = text {
                fs::write(&path, text).unwrap();
            }
            let finding = examine(&path);
            assert_eq!(finding.said.id, want, "of {text:?}");
            check_words([finding]);
        };
        check(None, "doctor-configuration-no-accounts");
        check(Some("version = 1\n"), "doctor-configuration-no-accounts");
        check(Some("version = 1\napp.client_id = 'x'\n[accounts.'a@b.pl']\n"), "doctor-configuration-fine");
        check(Some("version = 1\n[netwerk]\n"), "doctor-configuration-broken");
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        check(None, "doctor-configuration-unreadable");
    }
}
