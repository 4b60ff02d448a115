//! The settings that are not an account's, one by one, as a person changes them in a window.

use std::path::Path;

use ipc::{Message, Settings, SettingsSet};
use toml_edit::{DocumentMut, Item, Table, Value};
use uuid::Uuid;

use super::effective::without_password;
use super::policy::Policy;
use super::{AccountConfig, App, Config, ConfigError, Entry, Rejected, edit, text_or_default};
use crate::authority::Wire;
use crate::said;

/// Why settings were not saved.
#[derive(Debug)]
pub(crate) enum NotSet {
    /// This one is wrong.
    Wrong { field: &'static str, said: Message },
    /// The file could not be changed, or was wrong before.
    Config(ConfigError),
}

impl From<ConfigError> for NotSet {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

/// Where a setting of the endpoint stands in the file.
struct Place {
    field: &'static str,
    section: &'static str,
    key: &'static str,
}

const fn place(field: &'static str, section: &'static str, key: &'static str) -> Place {
    Place { field, section, key }
}

const PLACES: [Place; 8] = [
    place("language", "desktop", "language"),
    place("remind_minutes", "reminders", "every_minutes"),
    place("client_id", "app", "client_id"),
    place("tenant", "app", "tenant"),
    place("cloud", "app", "cloud"),
    place("proxy", "network", "proxy"),
    place("extra_ca", "network", "extra_ca"),
    place("key", "store", "key"),
];

impl Place {
    fn is_locked(&self, policy: &Policy) -> bool {
        policy.locks(&format!("{}.{}", self.section, self.key))
    }

    /// What it is to be, if that is given; an empty text is none.
    fn wanted(&self, wanted: &SettingsSet) -> Option<Option<Value>> {
        let text = match self.field {
            "language" => &wanted.language,
            "client_id" => &wanted.client_id,
            "tenant" => &wanted.tenant,
            "cloud" => &wanted.cloud,
            "proxy" => &wanted.proxy,
            "extra_ca" => &wanted.extra_ca,
            "key" => &wanted.key,
            _ => return wanted.remind_minutes.map(|minutes| Some(i64::from(minutes).into())),
        };
        text.as_deref().map(str::trim).map(|text| (!text.is_empty()).then(|| text.into()))
    }

    fn write(&self, document: &mut DocumentMut, value: Option<Value>) {
        let section = document.entry(self.section).or_insert_with(|| Item::Table(Table::new()));
        let Some(section) = section.as_table_like_mut() else { return };
        match value {
            Some(value) => edit::write_value(section, self.key, Item::Value(value)),
            None => drop(section.remove(self.key)),
        }
    }
}

/// The settings in force.
pub(crate) fn get(path: &Path, state: &Path, config: &Config) -> Settings {
    let policy = Policy::read().unwrap_or_default();
    let locked = PLACES.iter().filter(|place| place.is_locked(&policy)).map(|place| place.field.to_owned());
    Settings {
        language: config.desktop.language.clone(),
        remind_minutes: config.reminders.every_minutes,
        client_id: config.app.client_id.clone(),
        tenant: config.app.tenant.clone(),
        cloud: config.app.cloud.clone(),
        proxy: config.network.proxy.as_deref().map(without_password),
        extra_ca: config.network.extra_ca.as_ref().map(|file| file.display().to_string()),
        key: config.store.key.name().to_owned(),
        config_file: path.display().to_string(),
        state_folder: state.display().to_string(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        locked: locked.collect(),
    }
}

/// Writes all that is given, or nothing.
pub(crate) fn set(path: &Path, wanted: &SettingsSet) -> Result<(), NotSet> {
    let policy = Policy::read()?;
    let mut text = text_or_default(path)?;
    Config::parse_here(path, &text)?;
    for place in &PLACES {
        let Some(value) = place.wanted(wanted) else { continue };
        let wrong = |said| NotSet::Wrong { field: place.field, said };
        if place.is_locked(&policy) {
            return Err(wrong(Message::new("error-setting-locked")));
        }
        // One after the other, so that it is known which of them is wrong.
        text = edit::changed(path, &text, |document| place.write(document, value)).map_err(|error| match &error {
            ConfigError::Content { mistakes, .. } if !mistakes.is_empty() => wrong(mistakes[0].said.clone()),
            ConfigError::Content { .. } | ConfigError::Io { .. } | ConfigError::Policy(_) => NotSet::Config(error),
        })?;
    }
    let config = Config::parse_here(path, &text)?;
    check(&config, path, wanted)?;
    edit::replace(path, text.as_bytes())
        .map_err(|cause| NotSet::Config(ConfigError::Io { path: path.to_owned(), cause }))
}

/// What is only met when the settings are used.
fn check(config: &Config, path: &Path, wanted: &SettingsSet) -> Result<(), NotSet> {
    if wanted.proxy.is_some() || wanted.extra_ca.is_some() {
        Wire::new(&config.network, path.parent().unwrap_or(path))
            .map_err(|unusable| NotSet::Wrong { field: unusable.setting, said: unusable.said })?;
    }
    // An unknown cloud is met with or without an application to be had there.
    let app = App { client_id: Some("any".to_owned()), ..config.app.clone() };
    if wanted.cloud.is_some()
        && let Err(Rejected(why)) = application(&app)
    {
        return Err(NotSet::Wrong { field: "cloud", said: said::as_message(why) });
    }
    match wanted.client_id.as_deref().map(str::trim) {
        Some(id) if !id.is_empty() && is_microsoft(&config.app) && Uuid::try_parse(id).is_err() => {
            Err(NotSet::Wrong { field: "client_id", said: Message::new("error-client-id-no-uuid") })
        }
        Some(_) | None => Ok(()),
    }
}

/// Ids at other providers look as they like.
fn is_microsoft(app: &App) -> bool {
    !app.cloud.as_ref().is_some_and(|cloud| cloud.contains("://"))
}

/// An account that takes everything from these settings, and is nobody's.
pub(crate) fn application(app: &App) -> Result<AccountConfig, Rejected> {
    AccountConfig::new("nobody@invalid", Entry::default(), app)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const FILE: &str = "version = 1\n[app]\nclient_id = '6f0d4b5e-3f4f-4a6b-9a52-0c1d2e3f4a5b' # ours\ntenant = 'firma.pl' # Warsaw\n[accounts.'a@firma.pl']\n";

    fn check(wanted: &SettingsSet, want: Result<&str, (&str, &str)>) {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        fs::write(&path, FILE).unwrap();
        let set = set(&path, wanted);
        let text = fs::read_to_string(&path).unwrap();
        match (set, want) {
            (Ok(()), Ok(part)) => assert!(text.contains(part), "{text} has no {part}"),
            (Err(NotSet::Wrong { field, said }), Err(want)) => {
                assert_eq!((field, said.id.as_str()), want, "of {wanted:?}");
                assert!(texts::exists(&said.id));
                assert_eq!(text, FILE, "nothing is saved half");
            }
            (set, _) => panic!("{set:?} of {wanted:?}: {text}"),
        }
    }

    fn text(value: &str) -> Option<String> {
        Some(value.to_owned())
    }

    #[test]
    fn what_is_given_is_saved_and_the_rest_stays_as_it_was_written() {
        check(&SettingsSet { language: text("pl"), ..Default::default() }, Ok("[desktop]\nlanguage = \"pl\"\n"));
        check(&SettingsSet { remind_minutes: Some(30), ..Default::default() }, Ok("every_minutes = 30\n"));
        check(&SettingsSet { tenant: text(" b.pl "), ..Default::default() }, Ok("tenant = \"b.pl\" # Warsaw\n"));
        check(&SettingsSet { tenant: text(""), ..Default::default() }, Ok("# ours\n[accounts"));
        check(&SettingsSet { key: text("file"), ..Default::default() }, Ok("[store]\nkey = \"file\"\n"));
    }

    #[test]
    fn a_wrong_setting_is_named_and_none_of_those_that_came_with_it_is_saved() {
        let with = |wanted: SettingsSet| SettingsSet { remind_minutes: Some(5), ..wanted };
        let wrong = |wanted, field, id| check(&with(wanted), Err((field, id)));
        wrong(SettingsSet { language: text("de"), ..Default::default() }, "language", "config-unknown-value");
        wrong(SettingsSet { cloud: text("mars"), ..Default::default() }, "cloud", "error-unknown-cloud");
        wrong(SettingsSet { client_id: text("Signet"), ..Default::default() }, "client_id", "error-client-id-no-uuid");
        wrong(SettingsSet { client_id: text(""), ..Default::default() }, "client_id", "error-no-client-id");
        wrong(SettingsSet { proxy: text("http://"), ..Default::default() }, "proxy", "config-proxy-no-address");
        wrong(SettingsSet { extra_ca: text("no.pem"), ..Default::default() }, "extra_ca", "config-extra-ca-unreadable");
        wrong(SettingsSet { key: text("moon"), ..Default::default() }, "key", "config-unknown-value");
        let far = SettingsSet { remind_minutes: Some(10_081), ..Default::default() };
        check(&far, Err(("remind_minutes", "config-wants-count")));
    }

    #[test]
    fn every_setting_that_can_be_changed_has_its_place() {
        let all = SettingsSet {
            language: text("pl"),
            remind_minutes: Some(1),
            client_id: text("x"),
            tenant: text("x"),
            cloud: text("x"),
            proxy: text("x"),
            extra_ca: text("x"),
            key: text("x"),
            lang: None,
        };
        let named = serde_json::to_value(&all).unwrap();
        let mut named: Vec<_> = named.as_object().unwrap().keys().map(String::as_str).collect();
        let mut placed: Vec<_> = PLACES.iter().map(|place| place.field).collect();
        named.sort_unstable();
        placed.sort_unstable();
        assert_eq!(placed, named);
        assert!(PLACES.iter().all(|place| place.wanted(&all).is_some_and(|value| value.is_some())));
    }
}
