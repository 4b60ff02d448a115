//! `config.toml`: read whole, edited in place so that the person's comments survive.

mod account;
mod consent;
mod edit;
mod effective;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
mod mistake;
mod policy;
mod profiles;
mod settings;
mod shape;
mod watch;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use ipc::{Message, Profile};
use mail::office365::Cloud;
use serde::{Deserialize, Serialize};

pub(crate) use account::{AccountConfig, AuthorityConfig, Entry, MAIL, Rejected, ResponseMode, is_loopback};
pub use edit::replace as replace_config;
pub(crate) use edit::{add_account, remove_account, set_account};
pub use effective::Effective;
pub use mistake::{ConfigError, Mistake};
pub(crate) use profiles::{Profiles, remove_profile, set_profiles};
pub(crate) use settings::{NotSet, application, get as settings, set as set_settings};
pub(crate) use watch::{watch, watch_policy};

use self::policy::Policy;
use crate::said;

/// What the configuration says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Config {
    pub(crate) network: Network,
    pub(crate) store: StoreConfig,
    pub(crate) app: App,
    pub(crate) desktop: Desktop,
    pub(crate) reminders: Reminders,
    pub(crate) accounts: Vec<AccountConfig>,
    pub(crate) profiles: Profiles,
    /// Settings that the file makes otherwise than the policy has locked them.
    pub(crate) overruled: Vec<&'static str>,
}

impl Config {
    /// The one that new settings are proposed for; a sign-in service of its own proposes nothing else than the usual one.
    pub(crate) fn cloud(&self) -> Cloud {
        self.app.cloud.as_deref().and_then(|name| name.parse().ok()).unwrap_or_default()
    }
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StoreConfig {
    pub(crate) key: KeyPlace,
}

/// `[store]` as it stands in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct StoreSection {
    key: Option<KeyPlace>,
}

/// A place for the key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct App {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tenant: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cloud: Option<String>,
}

/// How the person is spoken to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Desktop {
    /// `pl` or `en`; without it the system's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) language: Option<String>,
}

/// How the person is told that somebody must sign in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Reminders {
    /// After how many minutes again; 0 for never.
    pub(crate) every_minutes: u32,
    /// A program and its arguments, which gets the reminder's words on its standard input.
    pub(crate) command: Vec<String>,
}

impl Default for Reminders {
    fn default() -> Self {
        Self { every_minutes: 240, command: Vec::new() }
    }
}

impl Reminders {
    pub(crate) fn repeat(&self) -> Option<Duration> {
        (self.every_minutes > 0).then(|| Duration::from_secs(u64::from(self.every_minutes) * 60))
    }
}

/// The file's own shape.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(rename = "version")]
    _version: u32,
    #[serde(default)]
    app: App,
    #[serde(default)]
    network: Network,
    #[serde(default)]
    store: StoreSection,
    #[serde(default)]
    desktop: Desktop,
    #[serde(default)]
    reminders: Reminders,
    #[serde(default)]
    accounts: BTreeMap<String, Entry>,
    #[serde(default)]
    mail_server: Option<Box<Profile>>,
    #[serde(default)]
    points: BTreeMap<String, Profile>,
}

/// What stands in the file; where there is none, the text that leaves everything at its default.
fn text_or_default(path: &Path) -> Result<String, ConfigError> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok("version = 1\n".to_owned()),
        read => read.map_err(|cause| ConfigError::Io { path: path.to_owned(), cause }),
    }
}

impl Config {
    /// Reads the file; where there is none, everything is at its default.
    pub(crate) fn read(path: &Path) -> Result<Self, ConfigError> {
        Self::parse_here(path, &text_or_default(path)?)
    }

    /// Reads the file, which was there before: that it is gone is a mistake, and no wish for the defaults.
    pub(crate) fn read_again(path: &Path) -> Result<Self, ConfigError> {
        match fs::read_to_string(path) {
            Ok(text) => Self::parse_here(path, &text),
            Err(cause) => Err(ConfigError::Io { path: path.to_owned(), cause }),
        }
    }

    /// Under the policy of this computer.
    pub(crate) fn parse_here(path: &Path, text: &str) -> Result<Self, ConfigError> {
        Self::parse_under(path, text, &Policy::read()?)
    }

    fn parse_under(path: &Path, text: &str, policy: &Policy) -> Result<Self, ConfigError> {
        let wrong = |mistakes| ConfigError::Content { path: path.to_owned(), mistakes };
        let places = shape::read(text).map_err(|mistake| wrong(vec![mistake]))?;
        let mistakes = shape::mistakes(text, &places);
        if !mistakes.is_empty() {
            return Err(wrong(mistakes));
        }
        let mut document: Document = toml_edit::de::from_str(text).map_err(|error| {
            let said = Message::new("config-no-toml").with("detail", error.message());
            wrong(vec![Mistake::at(text, &error.span().unwrap_or_default(), said)])
        })?;
        let overruled = policy.rule(&mut document);
        let (mut accounts, mut mistakes) = (Vec::new(), Vec::new());
        for (name, entry) in document.accounts {
            match AccountConfig::new(&name, entry, &document.app) {
                Ok(account) => accounts.push(account),
                Err(Rejected(why)) => {
                    let place = shape::place_of_account(&places, &name);
                    mistakes.push(Mistake::at(text, &place, said::as_message(why)));
                }
            }
        }
        if !mistakes.is_empty() {
            mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
            return Err(wrong(mistakes));
        }
        let store = StoreConfig { key: document.store.key.unwrap_or_default() };
        let Document { network, app, desktop, reminders, mail_server, points, .. } = document;
        let profiles = Profiles { mail_server, points }.settled();
        Ok(Self { accounts, profiles, network, store, app, desktop, reminders, overruled })
    }
}

#[cfg(any(test, fuzzing))]
impl Config {
    /// Where there is no policy.
    pub(crate) fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        Self::parse_under(path, text, &Policy::default())
    }
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
        check("version = 1\n[app]\nclient = 'x'\n", "line 3, column 1: The setting \"client\" is unknown.");
        check("version = 2\n", "line 1, column 11: Version 2 is not known");
        check("version = 1\n[store]\nkey = 'fiel'\n", "Did you mean \"file\"?");
        check("version = 1\n[quite_other]\n", "reminders, accounts");
        check("version = 1\n\n[accounts.\"biuro@firma.pl\"]\n", "line 3, column 11: No application (client) ID");
        check("version = 1\n[accounts.dms]\nclient_id = 'x'\n", "dms is not a complete login");
        check("version 1", "line 1");
        let two = "version = 1\napp.client_id = 'x'\n[accounts.dms]\n[accounts.other]\n";
        check(two, "line 3, column 11: dms is");
        check(two, "line 4, column 11: other is");
    }
}
