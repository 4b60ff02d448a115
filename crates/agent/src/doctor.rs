//! Looks at each thing on this machine that can keep Signet from working, and says how to mend it.
//!
//! One file per subject: what is found out becomes an outcome, and a table without side effects makes a finding of it.

mod authority;
mod browser;
mod certificate;
mod configuration;
mod finding;
mod keeping;
mod loopback;
mod proxy;
mod registration;
mod running;
mod state;

use std::collections::BTreeMap;
use std::path::Path;

use ipc::Endpoint;

pub use self::browser::Desktop;
pub(crate) use self::certificate::named;
pub use self::finding::{Finding, Level, Subject};
use crate::Paths;
use crate::config::{AccountConfig, Config, Network};

/// What is looked at.
pub struct Examination<'a> {
    /// Where configuration and state are kept.
    pub paths: &'a Paths,
    /// Where the agent is to listen.
    pub endpoint: &'a Endpoint,
    /// Whether there is a desktop on which a browser can be opened.
    pub desktop: Desktop,
    /// The account by which to look at the authority; all of them without one.
    pub account: Option<&'a str>,
}

/// There is no such account.
#[derive(Debug, thiserror::Error)]
#[error("there is no such account")]
pub struct NoSuchAccount {
    /// Those that there are.
    pub known: Vec<String>,
}

/// What an authority says of an application, asked within seconds and without progress.
pub(crate) fn look_at_authority(network: &Network, folder: &Path, account: &AccountConfig) -> Vec<Finding> {
    authority::examine(network, folder, account, &mut |_| {})
}

impl Examination<'_> {
    /// Looks at everything, telling each subject before it; each takes seconds at the most.
    ///
    /// # Errors
    /// The account that was named is not in the configuration.
    pub fn run(&self, begin: &mut dyn FnMut(Subject)) -> Result<Vec<Finding>, NoSuchAccount> {
        let config = Config::read(&self.paths.config_file());
        let accounts = config.as_ref().map_or(Ok(Vec::new()), |config| self.accounts(config))?;
        let mut found = Vec::new();
        let mut look = |subject: Subject, examine: &mut dyn FnMut() -> Vec<Finding>| {
            begin(subject);
            found.extend(examine().into_iter().map(|finding| finding.about(subject)));
        };
        look(Subject::Configuration, &mut || vec![configuration::examine(&self.paths.config_file())]);
        look(Subject::State, &mut || vec![state::examine(&self.paths.state)]);
        look(Subject::Agent, &mut || vec![running::examine(self.paths, self.endpoint)]);
        look(Subject::Browser, &mut || vec![browser::examine(self.desktop)]);
        look(Subject::Loopback, &mut loopback::examine);
        // Where to go and with which key is in the configuration.
        let Ok(config) = config else { return Ok(found) };
        look(Subject::Key, &mut || vec![keeping::examine(config.store.key, &self.paths.state)]);
        look(Subject::Proxy, &mut || vec![proxy::examine(&config.network)]);
        for account in accounts {
            begin(Subject::Authority);
            found.extend(authority::examine(&config.network, &self.paths.config, &account, begin));
        }
        Ok(found)
    }

    /// One account for each application at an authority.
    fn accounts(&self, config: &Config) -> Result<Vec<AccountConfig>, NoSuchAccount> {
        let known = || config.accounts.iter().map(|account| account.name.to_string()).collect();
        let is_meant = |account: &&AccountConfig| self.account.is_none_or(|name| account.name.as_str() == name);
        let meant = config.accounts.iter().filter(is_meant).map(|account| (account.authority_key(), account.clone()));
        let meant: BTreeMap<_, _> = meant.collect();
        if self.account.is_some() && meant.is_empty() {
            return Err(NoSuchAccount { known: known() });
        }
        Ok(meant.into_values().collect())
    }
}
