use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use broker::Resource;
use serde::Serialize;
use url::Url;

use super::{
    App, AuthorityConfig, Config, ConfigError, Desktop, KeyPlace, Mistake, Profiles, Reminders, ResponseMode, shape,
    text_or_default,
};
use crate::authority::Wire;

/// The settings that the agent goes by, with everything filled in that the file leaves out; secrets are not among them.
/// As TOML it is a configuration that says the same.
#[derive(Debug, Serialize)]
pub struct Effective {
    version: u32,
    app: App,
    network: Network,
    store: Store,
    desktop: Desktop,
    reminders: Reminders,
    accounts: BTreeMap<String, Account>,
    #[serde(flatten)]
    profiles: Profiles,
}

#[derive(Debug, Serialize)]
struct Network {
    #[serde(skip_serializing_if = "Option::is_none")]
    proxy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra_ca: Option<PathBuf>,
}

#[derive(Debug, Serialize)]
struct Store {
    key: KeyPlace,
}

#[derive(Debug, Serialize)]
struct Account {
    login: String,
    client_id: String,
    #[serde(flatten)]
    authority: Authority,
    response_mode: ResponseMode,
    allowed_tenants: Vec<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    provisional: bool,
    resources: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Authority {
    Microsoft { cloud: String, tenant: String },
    Issuer { issuer: String },
}

impl Effective {
    /// What a configuration file of this text says.
    ///
    /// # Errors
    /// Every mistake in it, also those that only the agent's start would meet.
    pub fn of(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let config = Config::parse_here(path, text)?;
        Wire::new(&config.network, path.parent().unwrap_or(path)).map_err(|unusable| {
            let place = shape::read(text).map(|it| shape::place_of_setting(&it, "network", unusable.setting));
            let mistake = Mistake::at(text, &place.unwrap_or_default(), unusable.said);
            ConfigError::Content { path: path.to_owned(), mistakes: vec![mistake] }
        })?;
        Ok(config.into())
    }

    /// What the configuration file says; where there is none, everything is at its default.
    ///
    /// # Errors
    /// It cannot be read, or every mistake in it.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        Self::of(path, &text_or_default(path)?)
    }

    /// Whether there is an account to sign in to.
    pub(crate) fn has_accounts(&self) -> bool {
        !self.accounts.is_empty()
    }

    /// As it could stand in `config.toml`.
    ///
    /// # Errors
    /// Never, for these settings.
    pub fn to_toml(&self) -> anyhow::Result<String> {
        Ok(toml_edit::ser::to_string_pretty(self)?)
    }
}

impl From<Config> for Effective {
    fn from(config: Config) -> Self {
        let accounts = config.accounts.into_iter().map(|account| {
            let authority = match account.authority {
                AuthorityConfig::Microsoft { host, tenant } => Authority::Microsoft { cloud: host.into(), tenant },
                AuthorityConfig::Issuer(issuer) => Authority::Issuer { issuer: issuer.into() },
            };
            let resources = account.resources.into_iter().map(|Resource { name, scopes }| (name, scopes));
            let shown = Account {
                login: account.login,
                client_id: account.client_id,
                authority,
                response_mode: account.response_mode,
                allowed_tenants: account.allowed_tenants,
                provisional: account.provisional,
                resources: resources.collect(),
            };
            (account.name.to_string(), shown)
        });
        Self {
            version: 1,
            accounts: accounts.collect(),
            profiles: config.profiles,
            app: config.app,
            network: Network {
                proxy: config.network.proxy.map(|address| without_password(&address)),
                extra_ca: config.network.extra_ca,
            },
            store: Store { key: config.store.key },
            desktop: config.desktop,
            reminders: config.reminders,
        }
    }
}

/// The password of a proxy is nobody's to look at over a shoulder.
pub(super) fn without_password(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else { return address.to_owned() };
    if url.password().is_some() && url.set_password(Some("***")).is_ok() { url.into() } else { address.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "version = 1
        [app]
        client_id = 'x'
        [network]
        proxy = 'http://proxy.firma.pl:3128'
        [accounts.'biuro@firma.pl']
        tenant = 'firma.pl'
        [accounts.dms]
        login = 'a@b.pl'
        issuer = 'https://id.b.pl/tenant'
        response_mode = 'query'
        provisional = true
        resources = { mail = ['one', 'two'], other = ['three'] }
        ";

    #[test]
    fn what_is_shown_says_the_same_as_the_file() {
        let path = Path::new("config.toml");
        let shown = Effective::of(path, FILE).unwrap().to_toml().unwrap();
        assert_eq!(Config::parse(path, &shown).unwrap(), Config::parse(path, FILE).unwrap(), "{shown}");
        assert!(shown.contains("SMTP.Send") && shown.contains("key = \"keyring\""), "defaults are filled in: {shown}");
    }

    #[test]
    fn a_proxy_s_password_is_not_shown() {
        let text = "version = 1\nnetwork.proxy = 'http://me:hunter2@proxy.firma.pl:3128'\n";
        let shown = Effective::of(Path::new("config.toml"), text).unwrap().to_toml().unwrap();
        assert!(!shown.contains("hunter2") && shown.contains("proxy.firma.pl"), "{shown}");
    }

    #[test]
    fn what_the_start_would_meet_is_met_here() {
        let check = |text: &str, line, column, id: &str| {
            let path = Path::new("/nowhere/config.toml");
            let Err(ConfigError::Content { mistakes, .. }) = Effective::of(path, text) else { panic!("{text}") };
            let got: Vec<_> = mistakes.iter().map(|it| (it.line, it.column, it.said.id.as_str())).collect();
            assert_eq!(got, [(line, column, id)]);
        };
        check("version = 1\n[network]\nextra_ca = 'no.pem'\n", 3, 12, "config-extra-ca-unreadable");
        check("version = 1\nnetwork.proxy = 'http://'\n", 2, 17, "config-proxy-no-address");
    }
}
