//! `config.toml`: read whole, edited in place so that the person's comments survive.

mod account;
mod edit;
mod watch;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Deserialize;

pub(crate) use account::{AccountConfig, AuthorityConfig, Entry, MAIL, Rejected, ResponseMode, is_loopback};
pub(crate) use edit::{add_account, remove_account, set_account};
pub(crate) use watch::watch;

/// What the configuration says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Config {
    pub(crate) network: Network,
    pub(crate) store: StoreConfig,
    pub(crate) app: App,
    pub(crate) accounts: Vec<AccountConfig>,
}

/// How to get out: for HTTPS and mail alike.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Network {
    /// Address of a proxy; without it, the system's.
    pub(crate) proxy: Option<String>,
    /// PEM file with further root certificates to trust, relative to the configuration directory.
    pub(crate) extra_ca: Option<PathBuf>,
}

/// Where the key that seals the store is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct StoreConfig {
    pub(crate) key: KeyPlace,
}

/// A place for the key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum KeyPlace {
    /// The desktop's keyring.
    #[default]
    Keyring,
    /// A passphrase that somebody gives after each start (`signet unlock`).
    Passphrase,
    /// A credential that systemd hands over (`LoadCredentialEncrypted=`).
    Systemd,
    /// A file that only the owner can read, by explicit choice.
    File,
}

impl KeyPlace {
    const ALL: [Self; 4] = [Self::Keyring, Self::Passphrase, Self::Systemd, Self::File];

    /// Its word in the configuration.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Keyring => "keyring",
            Self::Passphrase => "passphrase",
            Self::Systemd => "systemd",
            Self::File => "file",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.name() == name)
    }
}

/// The application registered at the authority, for accounts that name no other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct App {
    pub(crate) client_id: Option<String>,
    pub(crate) tenant: Option<String>,
    pub(crate) cloud: Option<String>,
}

/// The file's own shape.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(rename = "version")]
    _version: Version,
    #[serde(default)]
    app: App,
    #[serde(default)]
    network: Network,
    #[serde(default)]
    store: StoreConfig,
    #[serde(default)]
    accounts: BTreeMap<String, Entry>,
}

/// The only version there is.
#[derive(Debug, Deserialize)]
#[serde(try_from = "u32")]
struct Version;

impl TryFrom<u32> for Version {
    type Error = String;

    fn try_from(version: u32) -> Result<Self, String> {
        match version {
            1 => Ok(Self),
            newer => Err(format!("version {newer} is not known here; this Signet reads version 1")),
        }
    }
}

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read or written.
    #[error("{}: {cause}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// The system's word.
        cause: io::Error,
    },
    /// Something in it is wrong.
    #[error("{}, line {line}, column {column}: {detail}", path.display())]
    Content {
        /// Which file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// What is wrong, and what would be right.
        detail: String,
    },
}

impl Config {
    /// Reads the file; where there is none, everything is at its default.
    pub(crate) fn read(path: &Path) -> Result<Self, ConfigError> {
        match Self::read_again(path) {
            Err(ConfigError::Io { cause, .. }) if cause.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            read => read,
        }
    }

    /// Reads the file, which was there before: that it is gone is a mistake, and no wish for the defaults.
    pub(crate) fn read_again(path: &Path) -> Result<Self, ConfigError> {
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(path, &text),
            Err(cause) => Err(ConfigError::Io { path: path.to_owned(), cause }),
        }
    }

    pub(crate) fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let document: Document = toml_edit::de::from_str(text).map_err(|error| {
            let (line, column) = position(text, error.span().map_or(0, |span| span.start));
            ConfigError::Content { path: path.to_owned(), line, column, detail: with_nearest(error.message()) }
        })?;
        let accounts = document.accounts.into_iter().map(|(name, entry)| {
            AccountConfig::new(&name, entry, &document.app).map_err(|rejected| {
                let at = text.find(&format!("[accounts.{name:?}]")).or_else(|| text.find(&name)).unwrap_or(0);
                let (line, column) = position(text, at);
                ConfigError::Content { path: path.to_owned(), line, column, detail: rejected.in_english() }
            })
        });
        Ok(Self {
            accounts: accounts.collect::<Result<_, _>>()?,
            network: document.network,
            store: document.store,
            app: document.app,
        })
    }
}

/// A name that is not known, and the known one that looks most like it: serde lists the known ones in backticks.
fn with_nearest(message: &str) -> String {
    /// Of 0 for nothing in common to 1 for the same: a letter or two wrong in a short word.
    const ALIKE: f64 = 0.6;
    let mut names = message.split('`').skip(1).step_by(2);
    let Some(wrong) = names.next().filter(|_| message.starts_with("unknown")) else { return message.to_owned() };
    let alike = names.map(|name| (strsim::normalized_damerau_levenshtein(wrong, name), name));
    match alike.max_by(|(one, _), (other, _)| one.total_cmp(other)) {
        Some((likeness, nearest)) if likeness >= ALIKE => format!("{message}; did you mean `{nearest}`?"),
        Some(_) | None => message.to_owned(),
    }
}

fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &str) {
        let got = match Config::parse(Path::new("config.toml"), text) {
            Ok(config) => {
                format!("{:?}", config.accounts.iter().map(|a| (&*a.login, a.authority_key())).collect::<Vec<_>>())
            }
            Err(error) => error.to_string(),
        };
        assert!(got.contains(want), "{got} has no {want}, of {text}");
    }

    #[test]
    fn accounts_take_what_they_do_not_say_from_the_app() {
        check(
            "version = 1\n[app]\nclient_id = 'abc'\ntenant = 'firma.pl'\n[accounts.'biuro@firma.pl']\n",
            r#"("biuro@firma.pl", "https://login.microsoftonline.com/firma.pl/v2.0 abc")"#,
        );
        check(
            "version = 1\n[accounts.dms]\nlogin = 'a@b.example'\nissuer = 'https://id.example'\nclient_id = 'x'\n",
            r#"("a@b.example", "https://id.example x")"#,
        );
    }

    #[test]
    fn an_error_names_line_and_column_and_what_would_be_right() {
        check(
            "version = 1\n[app]\nclient = 'x'\n",
            "line 3, column 1: unknown field `client`, expected one of `client_id`",
        );
        check("version = 2\n", "line 1, column 11: version 2 is not known");
        check("version = 1\n[store]\nkey = 'fiel'\n", "line 3");
        check("version = 1\n[store]\nkey = 'fiel'\n", "did you mean `file`?");
        check("version = 1\n[netwerk]\n", "did you mean `network`?");
        check("version = 1\n[quite_other]\n", "`store`, `accounts`");
        check("version = 1\n\n[accounts.\"biuro@firma.pl\"]\n", "line 3, column 1: No application (client) ID");
        check("version = 1\n[accounts.dms]\nclient_id = 'x'\n", "dms is not a complete login");
        check("version 1", "line 1");
    }
}
