//! Accounts come, change and go, by request or because somebody has edited the configuration.

use std::sync::Arc;

use broker::{AccountName, Event, NotFound, Refusal, StoreTrouble};
use ipc::{AccountAdd, Done, Erased, Fault, FaultCode, Message, Reply};
use texts::Language;
use tracing::{error, info, warn};

use super::requests::{Answer, reply};
use super::{Desk, Erasing};
use crate::authority::{Authorities, Wire};
use crate::config::{self, AccountConfig, AuthorityConfig, Config, ConfigError};
use crate::input::{Input, Inputs};
use crate::key;
use crate::said;

/// Where a person ends sign-ins at Microsoft: <https://learn.microsoft.com/entra/identity/users/users-revoke-access>.
const MICROSOFT_ACCOUNT_PAGE: &str = "https://myaccount.microsoft.com";

/// What an account leaves besides its sign-in.
#[derive(Clone, Copy)]
pub(super) enum Leaves {
    /// Its place in the configuration.
    Config,
    /// Nothing: it stays.
    Nothing,
}

impl Desk {
    /// Beside the loop: home directories lie on slow networks too.
    pub(super) fn read_config_again(&self) {
        let (inputs, path, edition) = (self.inputs.clone(), self.config_file.clone(), self.edition);
        // A file that never was there has not gone.
        let reading = if self.configured.is_empty() { Config::read } else { Config::read_again };
        tokio::task::spawn_blocking(move || inputs.tell(Input::ConfigRead(edition, reading(&path))));
    }

    /// What is left of forms that nobody has saved goes, sign-ins and all, before anybody can ask for it.
    pub(super) fn without_provisional(&self, mut config: Config) -> Config {
        let Config { accounts, profiles, .. } = &mut config;
        let left = |account: &mut AccountConfig| {
            account.provisional && !profiles.use_account(account.name.as_str(), &account.login)
        };
        for account in accounts.extract_if(.., left) {
            let name = account.name;
            match config::remove_account(&self.config_file, name.as_str()) {
                Ok(()) => info!(account = %name, "the account of a form that was not saved is removed"),
                Err(error) => warn!(account = %name, %error, "the account of a form that was not saved stays"),
            }
            self.store.erase(name);
        }
        config
    }

    /// Somebody has changed the configuration: all of it holds from now on, or nothing of it.
    pub(super) fn config_read(&mut self, edition: u64, read: Result<Config, ConfigError>) {
        // An edit of our own came in between; it touches the file too, which is then read once more.
        if edition != self.edition {
            return;
        }
        let was_closed = self.closed.is_some();
        self.closed = closed_by(&read);
        if let Ok(config) = &read
            && was_closed
            && self.configured.is_empty()
        {
            // Under the policy it started with, the agent could not know where.
            self.store.keep_key_in(config.store.key);
            self.standing = key::notice(config.store.key, &self.state).into_iter().collect();
            self.key_place = config.store.key;
        }
        let trouble = match read {
            Ok(config) if config == self.config => self.waits_for_restart(),
            Ok(config) => self.take_up(config).unwrap_or_else(Some),
            Err(error) => Some(notice(&error)),
        };
        if self.config_trouble == trouble {
            return;
        }
        if let Some(trouble) = &trouble {
            warn!(trouble = trouble.id, args = ?trouble.args, "the configuration was changed");
        }
        self.config_trouble = trouble;
        self.publish();
    }

    /// Goes by a configuration that is right; what it is that a restart alone brings, or why not.
    fn take_up(&mut self, config: Config) -> Result<Option<Message>, Message> {
        let another_way_out = config.network != self.config.network;
        if another_way_out {
            let folder = self.config_file.parent().unwrap_or(&self.config_file);
            let wire = Wire::new(&config.network, folder)
                .map_err(|unusable| Message::new("notice-config-unusable").because(unusable.said))?;
            self.authorities = Arc::new(Authorities::new(wire));
        }
        info!(accounts = config.accounts.len(), "the configuration was changed");
        self.configure(config);
        if another_way_out {
            self.drive(Event::NetworkChanged);
        }
        Ok(self.waits_for_restart())
    }

    fn waits_for_restart(&self) -> Option<Message> {
        (self.config.store.key != self.key_place).then(|| Message::new("notice-config-restart"))
    }

    /// What failed for an account is tried again at once.
    pub(super) fn account_retry(&mut self, account: &str, language: Language) -> Result<Reply, Fault> {
        let name = self.found(account, language)?;
        self.drive(Event::RetryAsked(name));
        Ok(Done::default().into())
    }

    pub(super) fn account_add(&mut self, params: &AccountAdd, language: Language) -> Result<Reply, Fault> {
        self.go_by_file(language)?;
        let current = &self.config;
        let there = current.accounts.iter().find(|account| account.name.as_str() == params.name);
        let is_provisional = params.provisional.unwrap_or_default();
        if there.is_some_and(|account| account.provisional) && !is_provisional {
            let kept = AccountAdd { provisional: Some(false), ..params.clone() };
            return self.account_set(&kept, language);
        }
        if there.is_some() {
            let args = [("account", params.name.as_str())];
            return Err(said::simply(language, FaultCode::Configuration, "error-account-exists", &args));
        }
        AccountConfig::new(&params.name, params.into(), &current.app)
            .map_err(|rejected| said::rejected(language, &rejected))?;
        // A profile that is saved already has waited for this account.
        let login = params.login.as_deref().unwrap_or(&params.name);
        let is_provisional = is_provisional && !current.profiles.use_account(&params.name, login);
        let added = AccountAdd { provisional: Some(is_provisional), ..params.clone() };
        config::add_account(&self.config_file, &added).map_err(|error| config_fault(language, &error))?;
        info!(account = params.name, "account added");
        self.go_by_file(language)?;
        Ok(Done::default().into())
    }

    /// A change of authority or application makes a new sign-in necessary: the old one does not open for it.
    pub(super) fn account_set(&mut self, params: &AccountAdd, language: Language) -> Result<Reply, Fault> {
        self.go_by_file(language)?;
        if !self.configured.contains_key(&params.name.as_str().into()) {
            let known = NotFound::Unknown(self.configured.keys().cloned().collect());
            return Err(said::no_account(language, &known, &params.name));
        }
        config::set_account(&self.config_file, params).map_err(|error| config_fault(language, &error))?;
        info!(account = params.name, "account changed");
        self.go_by_file(language)?;
        Ok(Done::default().into())
    }

    /// Signs out, and answers when the disk has forgotten it too.
    pub(super) fn erase(&mut self, account: &str, leaves: Leaves, answer: Answer, language: Language) {
        let gone_by = match leaves {
            Leaves::Config => self.go_by_file(language),
            Leaves::Nothing => Ok(()),
        };
        let name = match gone_by.and_then(|()| self.found(account, language)) {
            Ok(name) => name,
            Err(fault) => return reply(answer, Err(fault)),
        };
        let profiles = match leaves {
            Leaves::Config => self.profiles_by(&name),
            Leaves::Nothing => Vec::new(),
        };
        if let Leaves::Config = leaves
            && let Err(error) = config::remove_account(&self.config_file, name.as_str())
        {
            return reply(answer, Err(config_fault(language, &error)));
        }
        let is_microsoft =
            |account: &Arc<AccountConfig>| matches!(account.authority, AuthorityConfig::Microsoft { .. });
        let revoke_at = self.configured.get(&name).is_some_and(is_microsoft).then(|| MICROSOFT_ACCOUNT_PAGE.to_owned());
        let erased = Erased { revoke_at, profiles };
        self.erasing.push(Erasing { account: name.clone(), answer, language, erased });
        info!(%account, "signed out");
        self.drive(Event::SignedOut(name));
        if let Leaves::Config = leaves
            && let Err(fault) = self.go_by_file(language)
        {
            warn!(%account, fault = fault.message, "removed from the configuration, which cannot be gone by");
        }
    }

    pub(super) fn erased(&mut self, account: &AccountName, outcome: Result<(), StoreTrouble>) {
        if let Err(trouble) = outcome {
            error!(%account, ?trouble, "the saved sign-in could not be erased");
        }
        for waiting in self.erasing.extract_if(.., |waiting| waiting.account == *account) {
            let told = match outcome {
                Ok(()) => Ok(waiting.erased.into()),
                Err(trouble) => Err(said::fault(waiting.language, &Refusal::Store(trouble), None, account.as_str())),
            };
            reply(waiting.answer, told);
        }
    }

    /// What stands in the file holds from now on, whoever wrote it. An edit of our own is made between two of these: into a
    /// configuration that cannot be gone by nothing is written.
    pub(super) fn go_by_file(&mut self, language: Language) -> Result<(), Fault> {
        let config = self.read_config(language)?;
        self.config_read(self.edition, Ok(config.clone()));
        match &self.config_trouble {
            Some(trouble) if self.config != config => {
                Err(Fault::new(FaultCode::Configuration, said::told(language, trouble)))
            }
            Some(_) | None => Ok(()),
        }
    }

    fn read_config(&self, language: Language) -> Result<Config, Fault> {
        Config::read(&self.config_file).map_err(|error| config_fault(language, &error))
    }
}

/// A policy that cannot be gone by lets nobody have a token: it may be there to forbid just that.
pub(super) fn closed_by(read: &Result<Config, ConfigError>) -> Option<Message> {
    match read {
        Err(ConfigError::Policy(said)) => Some(said.clone()),
        Ok(_) | Err(ConfigError::Io { .. } | ConfigError::Content { .. }) => None,
    }
}

/// What is wrong with the configuration, for the snapshot.
fn notice(error: &ConfigError) -> Message {
    match error {
        ConfigError::Io { path, cause } => Message::new("notice-config-unreadable")
            .with("path", path.display().to_string())
            .with("detail", cause.to_string()),
        ConfigError::Policy(said) => said.clone(),
        ConfigError::Content { path, mistakes } => {
            let notice = Message::new("notice-config-broken").with("path", path.display().to_string());
            let Some(first) = mistakes.first() else { return notice };
            let placed = notice.with("line", first.line.to_string()).with("column", first.column.to_string());
            placed.because(first.said.clone())
        }
    }
}

pub(super) fn config_fault(language: Language, error: &ConfigError) -> Fault {
    Fault::new(FaultCode::Configuration, error.sentence(language))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use ipc::Snapshot;
    use tokio::sync::{mpsc, watch};

    use super::*;
    use crate::config::{KeyPlace, Network};
    use crate::paths::Paths;

    fn config(accounts: &[&str]) -> Config {
        let text = accounts.iter().map(|name| format!("[accounts.{name:?}]\nclient_id = 'x'\n")).collect::<String>();
        Config::parse(Path::new("config.toml"), &format!("version = 1\n{text}")).unwrap()
    }

    fn names(desk: &Desk) -> Vec<String> {
        let mut names: Vec<_> = desk.configured.keys().map(AccountName::to_string).collect();
        names.sort();
        names
    }

    #[test]
    fn a_reading_that_an_edit_has_overtaken_is_dropped() {
        let home = tempfile::tempdir().unwrap();
        let paths = Paths { config: home.path().to_owned(), state: home.path().to_owned() };
        let (inputs, _inbox) = mpsc::unbounded_channel();
        let (snapshots, _watched) = watch::channel(Arc::new(Snapshot::default()));
        let wire = Wire::new(&Network::default(), home.path()).unwrap();
        let mut desk = Desk::new(&paths, KeyPlace::File, wire, inputs, snapshots).unwrap();
        desk.configure(config(&["a@firma.pl"]));
        let begun = desk.edition;
        desk.configure(config(&["a@firma.pl", "b@firma.pl"]));
        desk.config_read(begun, Ok(config(&["a@firma.pl"])));
        assert_eq!(names(&desk), ["a@firma.pl", "b@firma.pl"], "what was added meanwhile stays");
        desk.config_read(desk.edition, Ok(config(&["c@firma.pl"])));
        assert_eq!(names(&desk), ["c@firma.pl"]);
    }
}
