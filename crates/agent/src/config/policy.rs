//! The organisation's policy: defaults for everybody on this computer, and settings that nobody changes.

use std::path::Path;

use ipc::Message;
use serde::Deserialize;

use super::mistake::Mistake;
use super::{App, ConfigError, Document, Entry, Network, StoreSection};
use crate::platform::{self, NoPolicy};

/// What the policy says.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Policy {
    #[serde(rename = "version")]
    _version: Version,
    locked: Vec<Setting>,
    allowed_tenants: Vec<String>,
    app: App,
    network: Network,
    store: StoreSection,
}

/// The only version there is.
#[derive(Debug, Default, Deserialize)]
#[serde(try_from = "u32")]
struct Version;

impl TryFrom<u32> for Version {
    type Error = String;

    fn try_from(version: u32) -> Result<Self, String> {
        if version == 1 {
            Ok(Self)
        } else {
            Err(format!("version {version} is not known, this Signet knows version 1"))
        }
    }
}

/// A setting that a policy can lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum Setting {
    #[serde(rename = "app.client_id")]
    ClientId,
    #[serde(rename = "app.tenant")]
    Tenant,
    #[serde(rename = "app.cloud")]
    Cloud,
    #[serde(rename = "network.proxy")]
    Proxy,
    #[serde(rename = "network.extra_ca")]
    ExtraCa,
    #[serde(rename = "store.key")]
    Key,
    #[serde(rename = "allowed_tenants")]
    AllowedTenants,
}

impl Setting {
    fn name(self) -> &'static str {
        match self {
            Self::ClientId => "app.client_id",
            Self::Tenant => "app.tenant",
            Self::Cloud => "app.cloud",
            Self::Proxy => "network.proxy",
            Self::ExtraCa => "network.extra_ca",
            Self::Key => "store.key",
            Self::AllowedTenants => "allowed_tenants",
        }
    }
}

impl Policy {
    /// The policy of this computer; none where there is no such file.
    pub(crate) fn read() -> Result<Self, ConfigError> {
        let path = platform::policy_place();
        match platform::policy_text() {
            Ok(text) => Self::parse(&path, &text),
            Err(NoPolicy::Absent) => Ok(Self::default()),
            Err(NoPolicy::Unfit(why)) => Err(unusable(&path, why)),
        }
    }

    fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let parsed: Result<Self, _> = toml_edit::de::from_str(text);
        let mut policy = parsed.map_err(|error| {
            let said = Message::new("config-no-toml").with("detail", error.message());
            let mistake = Mistake::at(text, &error.span().unwrap_or_default(), said);
            let place = Message::new("config-policy-mistake").with("line", mistake.line.to_string());
            unusable(path, place.with("column", mistake.column.to_string()).with("detail", error.message()))
        })?;
        if let (Some(file), Some(folder)) = (&mut policy.network.extra_ca, path.parent()) {
            *file = folder.join(&*file);
        }
        Ok(policy)
    }

    /// Fills in what the configuration leaves open, and puts locked settings in the place of its own; says which.
    pub(super) fn rule(&self, document: &mut Document) -> Vec<&'static str> {
        let mut overruled = Vec::new();
        let Self { app, network, store, .. } = self;
        self.settle(Setting::ClientId, &app.client_id, &mut document.app.client_id, &mut overruled);
        self.settle(Setting::Tenant, &app.tenant, &mut document.app.tenant, &mut overruled);
        self.settle(Setting::Cloud, &app.cloud, &mut document.app.cloud, &mut overruled);
        self.settle(Setting::Proxy, &network.proxy, &mut document.network.proxy, &mut overruled);
        self.settle(Setting::ExtraCa, &network.extra_ca, &mut document.network.extra_ca, &mut overruled);
        self.settle(Setting::Key, &store.key, &mut document.store.key, &mut overruled);
        for entry in document.accounts.values_mut() {
            self.rule_account(entry, &mut overruled);
        }
        overruled.dedup();
        overruled
    }

    /// An account's own settings, and its own issuer in place of cloud and tenant, are no way around.
    fn rule_account(&self, entry: &mut Entry, overruled: &mut Vec<&'static str>) {
        for (setting, ruled, own) in [
            (Setting::ClientId, &self.app.client_id, &mut entry.client_id),
            (Setting::Tenant, &self.app.tenant, &mut entry.tenant),
            (Setting::Cloud, &self.app.cloud, &mut entry.cloud),
        ] {
            if self.is_locked(setting) && own.is_some() {
                self.settle(setting, ruled, own, overruled);
            }
        }
        for setting in [Setting::Tenant, Setting::Cloud] {
            if self.is_locked(setting) && entry.issuer.take().is_some() {
                overruled.push(setting.name());
            }
        }
        let is_allowed = |tenant: &String| self.allowed_tenants.contains(tenant);
        if entry.allowed_tenants.is_empty() {
            entry.allowed_tenants.clone_from(&self.allowed_tenants);
        } else if self.is_locked(Setting::AllowedTenants) && !entry.allowed_tenants.iter().all(is_allowed) {
            overruled.push(Setting::AllowedTenants.name());
            entry.allowed_tenants.clone_from(&self.allowed_tenants);
        }
    }

    fn settle<T: Clone + PartialEq>(
        &self,
        setting: Setting,
        ruled: &Option<T>,
        own: &mut Option<T>,
        overruled: &mut Vec<&'static str>,
    ) {
        if self.is_locked(setting) {
            if own.is_some() && own != ruled {
                overruled.push(setting.name());
            }
            own.clone_from(ruled);
        } else if own.is_none() {
            own.clone_from(ruled);
        }
    }

    /// Whether it has locked the setting of this name.
    pub(super) fn locks(&self, name: &str) -> bool {
        self.locked.iter().any(|setting| setting.name() == name)
    }

    fn is_locked(&self, setting: Setting) -> bool {
        self.locked.contains(&setting)
    }
}

fn unusable(path: &Path, why: Message) -> ConfigError {
    let said = Message::new("notice-policy-unusable").with("path", path.display().to_string());
    ConfigError::Policy(said.because(why))
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;

    const POLICY: &str = "
        version = 1
        locked = ['app.tenant', 'app.cloud', 'store.key', 'allowed_tenants']
        allowed_tenants = ['one', 'two']
        [app]
        client_id = 'ours'
        tenant = 'firma.pl'
        [network]
        proxy = 'http://proxy.firma.pl'
        extra_ca = 'firma.pem'
    ";

    fn ruled(own: &str) -> Config {
        let policy = Policy::parse(Path::new("/etc/signet/policy.toml"), POLICY).unwrap();
        Config::parse_under(Path::new("config.toml"), &format!("version = 1\n{own}"), &policy).unwrap()
    }

    #[track_caller]
    fn check(own: &str, key: &str, overruled: &[&str]) {
        let config = ruled(&format!("[accounts.'a@firma.pl']\n{own}"));
        assert_eq!(config.accounts[0].authority_key(), key, "of {own:?}");
        assert_eq!(config.overruled, overruled, "of {own:?}");
    }

    #[test]
    fn a_policy_fills_in_what_is_left_open_and_wins_where_it_is_locked() {
        let home = "https://login.microsoftonline.com/firma.pl/v2.0";
        check("", &format!("{home} ours"), &[]);
        check("client_id = 'mine'\n", &format!("{home} mine"), &[]);
        check("tenant = 'evil.example'\n", &format!("{home} ours"), &["app.tenant"]);
        check("cloud = 'china'\n", &format!("{home} ours"), &["app.cloud"]);
        check("issuer = 'https://evil.example'\n", &format!("{home} ours"), &["app.tenant"]);
        check("[app]\ntenant = 'evil.example'\n", &format!("{home} ours"), &["app.tenant"]);
        check("[app]\ntenant = 'firma.pl'\n", &format!("{home} ours"), &[]);
        check("allowed_tenants = ['two']\n", &format!("{home} ours"), &[]);
        check("allowed_tenants = ['two', 'evil']\n", &format!("{home} ours"), &["allowed_tenants"]);
        check("[store]\nkey = 'file'\n", &format!("{home} ours"), &["store.key"]);
        let config = ruled("[network]\nproxy = 'http://mine'\n[accounts.'a@firma.pl']\n");
        assert_eq!(config.network.proxy.as_deref(), Some("http://mine"), "it is not locked");
        assert_eq!(config.network.extra_ca.as_deref(), Some(Path::new("/etc/signet/firma.pem")));
        assert_eq!(config.accounts[0].allowed_tenants, ["one", "two"]);
        assert_eq!(config.store.key.name(), "keyring", "locked to what it is without a word");
    }

    #[test]
    fn a_policy_that_is_not_understood_is_none_to_go_by() {
        for (text, want) in [
            ("version = 1\n[netwerk]\n", "line 2"),
            ("version = 2\n", "version 2"),
            ("locked = ['app.tenat']\n", "app.tenat"),
            ("[app]\ntenant = 7\n", "line 2"),
        ] {
            let error = Policy::parse(Path::new("/etc/signet/policy.toml"), text).unwrap_err();
            let said = error.sentence(texts::Language::English);
            assert!(said.contains("/etc/signet/policy.toml") && said.contains(want), "{said} has no {want}");
        }
    }
}
