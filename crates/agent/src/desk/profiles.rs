//! The mail settings of components, and what they connect with.

use std::time::Duration;

use broker::{AccountName, Ask, AskerId, Event, NotFound, StoreTrouble, Token};
use ipc::{
    Authentication, Credential, CredentialGet, Done, Fault, FaultCode, Message, NamedProfile, Profile, ProfileSet,
    Profiles, Reply, Sasl, SavedProfile,
};
use mail::office365::Cloud;
use mail::sasl::Mechanism;
use mail::settings::{self, Wrong};
use secrecy::{ExposeSecret, SecretString};
use texts::Language;
use tokio::sync::oneshot;
use tracing::info;

use super::accounts::config_fault;
use super::requests::{Answer, reply, wait};
use super::{Desk, Waiting, Wants};
use crate::check::Trial;
use crate::config;
use crate::input::{Input, Inputs};
use crate::profiles::{self, By, Connection, MAIL_SERVER, Mistake};
use crate::said;
use crate::store::{Former, PasswordPlace};

/// Everything of a credential but the secret.
pub(super) struct Prepared {
    profile: String,
    kind: ipc::ProfileKind,
    connection: Connection,
}

impl Desk {
    pub(super) fn profile_list(&self, answer: Answer) {
        let profiles: Vec<_> = self.config.profiles.named().collect();
        self.with_passwords(profiles, |profiles| reply(answer, Ok(Profiles { profiles }.into())));
    }

    pub(super) fn profile_get(&self, id: &str, answer: Answer, language: Language) {
        let Some(profile) = self.config.profiles.named().find(|named| named.id == id) else {
            return reply(answer, Err(self.unknown_profile(language, id)));
        };
        self.with_passwords(vec![profile], |mut profiles| {
            reply(answer, Ok(profiles.swap_remove(0).into()));
        });
    }

    /// A profile that components may get has to be complete; any other may be saved as far as it has come.
    pub(super) fn profile_set(&mut self, params: ProfileSet, answer: Answer, language: Language) {
        if !is_id(&params.id) {
            let said = said::simply(language, FaultCode::Configuration, "error-profile-id", &[]);
            return reply(answer, Err(said.with_field("id")));
        }
        if !is_of_its_kind(&params.id, &params.profile) {
            return reply(answer, Err(wrong(&params.id, "kind", Wrong::Kind, language)));
        }
        let is_by_password = params.profile.takes_password();
        if let Err(fault) = judged(params.password.as_ref(), is_by_password, &params.id, language) {
            return reply(answer, Err(fault));
        }
        let complete = profiles::complete(&params.profile, self.config.cloud());
        let connection = match complete.map_err(|mistakes| first(&params.id, &mistakes, language)) {
            Ok(connection) => connection,
            Err(fault) if params.profile.enabled || params.password.is_some() => return reply(answer, Err(fault)),
            // The file would not be read again.
            Err(fault) if profiles::misplaced(&params.profile).next().is_some() => return reply(answer, Err(fault)),
            Err(_) => None,
        };
        let doubts = connection.as_ref().map(Connection::doubts).unwrap_or_default();
        let doubts = doubts.into_iter().chain(connection.as_ref().and_then(|connection| self.no_account(connection)));
        let saved = SavedProfile { warnings: doubts.map(|doubt| said::told(language, &doubt)).collect() };
        let (Some(connection), Some(password)) = (&connection, &params.password) else {
            return self.write_profile(&params, saved, None, answer, language);
        };
        let (told, telling) = oneshot::channel();
        self.store.keep_password(place(&params.id, connection), password.clone(), told);
        let inputs = self.inputs.clone();
        tokio::spawn(async move {
            match telling.await.unwrap_or(Err(StoreTrouble::Disk)) {
                Ok(former) => inputs.tell(Input::PasswordKept(Box::new(params), saved, former, answer, language)),
                Err(trouble) => reply(answer, Err(said::store_fault(language, trouble))),
            }
        });
    }

    /// Its password, if one was given, is kept in the place of a former one: now it is written itself. Only once it is, a token's
    /// profile lets go of the password that was kept before; if it cannot be, the former one is put back.
    pub(super) fn write_profile(
        &mut self,
        params: &ProfileSet,
        saved: SavedProfile,
        former: Option<Former>,
        answer: Answer,
        language: Language,
    ) {
        if let Err(fault) = self.written(params, language) {
            let (told, telling) = oneshot::channel();
            match former {
                Some(former) => self.store.put_password_back(former, told),
                None => drop(told),
            }
            tokio::spawn(async move {
                // The store's own trouble is the lesser one.
                drop(telling.await);
                reply(answer, Err(fault));
            });
            return;
        }
        info!(profile = params.id, "profile saved");
        if params.profile.authentication == Authentication::Password {
            return reply(answer, Ok(saved.into()));
        }
        self.erase_password(&params.id, saved.into(), answer, language);
    }

    fn written(&mut self, params: &ProfileSet, language: Language) -> Result<(), Fault> {
        self.go_by_file(language)?;
        let uses: Vec<_> = self.used_account(&params.profile).into_iter().collect();
        config::set_profiles(&self.config_file, [(&*params.id, &*params.profile)], &uses)
            .map_err(|error| config_fault(language, &error))?;
        self.go_by_file(language)
    }

    /// Answers once the disk has forgotten it.
    fn erase_password(&self, id: &str, done: Reply, answer: Answer, language: Language) {
        let (told, telling) = oneshot::channel();
        self.store.erase_password(id.to_owned(), told);
        tokio::spawn(async move {
            let erased = telling.await.unwrap_or(Err(StoreTrouble::Disk));
            reply(answer, erased.map(|()| done).map_err(|trouble| said::store_fault(language, trouble)));
        });
    }

    /// What there is to say where a connection's account is not there yet.
    pub(super) fn no_account(&self, connection: &Connection) -> Option<Message> {
        let By::Token(account) = &connection.by else { return None };
        let is_unknown = matches!(self.broker.find(account.as_str()), Err(NotFound::Unknown(_)));
        is_unknown.then(|| Message::new("error-profile-no-account").with("login", account.as_str()))
    }

    /// The account that a profile works by, where it is there already.
    pub(super) fn used_account(&self, profile: &Profile) -> Option<AccountName> {
        self.broker.find(profiles::account(profile)?).ok()
    }

    /// The profiles that work by this account, by their ids.
    pub(super) fn profiles_by(&self, account: &AccountName) -> Vec<String> {
        let named = self.config.profiles.named();
        named
            .filter(|named| self.used_account(&named.profile).as_ref() == Some(account))
            .map(|named| named.id)
            .collect()
    }

    pub(super) fn profile_remove(&mut self, id: &str, answer: Answer, language: Language) {
        if let Err(fault) = self.unwritten(id, language) {
            return reply(answer, Err(fault));
        }
        info!(profile = id, "profile removed");
        self.erase_password(id, Done::default().into(), answer, language);
    }

    fn unwritten(&mut self, id: &str, language: Language) -> Result<(), Fault> {
        self.go_by_file(language)?;
        if self.config.profiles.get(id).is_none() {
            return Err(self.unknown_profile(language, id));
        }
        config::remove_profile(&self.config_file, id).map_err(|error| config_fault(language, &error))?;
        self.go_by_file(language)
    }

    pub(super) fn credential_get(&mut self, number: u64, params: CredentialGet, answer: Answer, language: Language) {
        let answer =
            self.refused.watching(&params.profile, self.config.profiles.get(&params.profile).is_some(), answer);
        match self.prepared(&params.profile, language) {
            Ok(prepared) => {
                let min_valid = params.min_valid_seconds.map(|seconds| Duration::from_secs(seconds.into()));
                self.credential(number, prepared, min_valid, wait(params.wait_seconds), answer, language);
            }
            Err(fault) => reply(answer, Err(fault)),
        }
    }

    pub(super) fn credential(
        &mut self,
        number: u64,
        prepared: Prepared,
        min_valid: Option<Duration>,
        wait: Duration,
        answer: Answer,
        language: Language,
    ) {
        let By::Token(account) = &prepared.connection.by else {
            return self.credential_by_password(prepared, wait, answer, language);
        };
        let Ok(name) = self.broker.find(account.as_str()) else {
            let args = [("login", account.as_str())];
            let fault = said::simply(language, FaultCode::UnknownAccount, "error-profile-no-account", &args);
            return reply(answer, Err(fault));
        };
        let account = self.configured.get(&name).cloned();
        let asked = prepared.profile.clone();
        let waiting = Waiting { answer, language, asked, account, wants: Wants::Credential(Box::new(prepared)) };
        self.waiting.insert(number, waiting);
        self.drive(Event::Asked(Ask {
            asker: AskerId(number),
            account: name,
            key: None,
            min_valid,
            force: false,
            claims: None,
            wait,
        }));
    }

    /// The store may be locked, or hang: the component is told in time all the same.
    fn credential_by_password(&self, prepared: Prepared, wait: Duration, answer: Answer, language: Language) {
        let (told, telling) = oneshot::channel();
        self.store.password(place(&prepared.profile, &prepared.connection), told);
        tokio::spawn(async move {
            let kept = match tokio::time::timeout(wait, telling).await {
                Ok(kept) => kept.unwrap_or(Err(StoreTrouble::Disk)),
                Err(_) => {
                    return reply(answer, Err(said::simply(language, FaultCode::TimedOut, "error-timed-out", &[])));
                }
            };
            let password = kept.map_err(|trouble| said::store_fault(language, trouble)).and_then(|kept| {
                let missing = wrong(&prepared.profile, "password", Wrong::Missing, language);
                kept.ok_or(missing)
            });
            reply(answer, password.map(|password| prepared.with_password(password).into()));
        });
    }

    fn prepared(&self, id: &str, language: Language) -> Result<Prepared, Fault> {
        if self.config.profiles.get(id).is_some_and(|profile| !profile.enabled) {
            return Err(said::simply(language, FaultCode::Disabled, "error-disabled", &[]));
        }
        self.tried(id, language)
    }

    /// The same, whether or not components may have it: a profile is tried before it is switched on.
    pub(super) fn tried(&self, id: &str, language: Language) -> Result<Prepared, Fault> {
        let Some(profile) = self.config.profiles.get(id) else { return Err(self.unknown_profile(language, id)) };
        prepared(id, profile, self.config.cloud(), language)
    }

    /// Says of each whether a password is kept for it as it is now.
    pub(super) fn with_passwords(
        &self,
        mut profiles: Vec<NamedProfile>,
        then: impl FnOnce(Vec<NamedProfile>) + Send + 'static,
    ) {
        let (told, telling) = oneshot::channel();
        self.store.passwords(told);
        let cloud = self.config.cloud();
        tokio::spawn(async move {
            let kept = telling.await.unwrap_or_default();
            for named in &mut profiles {
                let at =
                    profiles::connection(&named.profile, cloud).ok().map(|connection| place(&named.id, &connection));
                named.has_password = at.is_some_and(|at| kept.contains(&at));
            }
            then(profiles);
        });
    }

    fn unknown_profile(&self, language: Language, id: &str) -> Fault {
        let known: Vec<_> = self.config.profiles.named().map(|named| named.id).collect();
        let id_of_text = if known.is_empty() { "error-no-profiles-yet" } else { "error-unknown-profile" };
        let args = [("profile", id), ("known", &*known.join(", "))];
        said::simply(language, FaultCode::Configuration, id_of_text, &args).with_field("profile")
    }
}

impl Prepared {
    pub(super) fn trial(&self, send_to: Option<String>, language: Language) -> Result<Trial, Fault> {
        let trial = Trial::new(self.connection.clone(), send_to, language);
        trial.ok_or_else(|| wrong(&self.profile, "send_to", Wrong::NoAddress, language))
    }

    fn bare(self) -> (Credential, Connection) {
        let Self { profile, kind, connection } = self;
        let settings = &connection.settings;
        let credential = Credential {
            profile,
            kind,
            protocol: settings.protocol.name().to_owned(),
            host: settings.host.clone(),
            port: settings.port,
            encryption: profiles::wire_encryption(settings.encryption),
            login: settings.login.clone(),
            mailbox: settings.mailbox.clone(),
            folder: connection.folder.clone(),
            sender: connection.sender.clone(),
            authentication: Authentication::Password,
            access_token: None,
            sasl: None,
            expires_in: None,
            password: None,
        };
        (credential, connection)
    }

    pub(super) fn is_by_password(&self) -> bool {
        self.connection.by == By::Password
    }

    pub(super) fn with_password(self, password: SecretString) -> Credential {
        Credential { password: Some(password), ..self.bare().0 }
    }

    pub(super) fn with_token(self, token: Token, language: Language) -> Result<Reply, Fault> {
        let (credential, connection) = self.bare();
        let mechanism = Mechanism::default();
        let response = mechanism
            .initial_response(profiles::user(&connection.settings), &token.access)
            .map_err(|_| said::simply(language, FaultCode::Internal, "error-internal", &[]))?;
        let sasl = Sasl { mechanism: mechanism.name().to_owned(), initial_response: response.base64() };
        let token = Credential {
            authentication: Authentication::OAuth2,
            access_token: Some(token.access),
            sasl: Some(sasl),
            expires_in: Some(token.expires_in.as_secs()),
            ..credential
        };
        Ok(token.into())
    }
}

fn place(id: &str, connection: &Connection) -> PasswordPlace {
    let encryption = profiles::wire_encryption(connection.settings.encryption);
    PasswordPlace::new(id, &connection.settings, encryption)
}

/// A password that is given is one that is used, and fit to be.
pub(super) fn judged(
    password: Option<&SecretString>,
    is_by_password: bool,
    id: &str,
    language: Language,
) -> Result<(), Fault> {
    let Some(password) = password else { return Ok(()) };
    let fit = if is_by_password { settings::password(password.expose_secret()) } else { Err(Wrong::NoPassword) };
    fit.map_err(|mistake| wrong(id, "password", mistake, language))
}

/// Settings that a connection can be made by.
pub(super) fn prepared(id: &str, profile: &Profile, cloud: Cloud, language: Language) -> Result<Prepared, Fault> {
    if profile.is_by_sql() {
        return Err(said::simply(language, FaultCode::Disabled, "error-by-sql", &[]));
    }
    let connection = profiles::connection(profile, cloud).map_err(|mistakes| first(id, &mistakes, language))?;
    Ok(Prepared { profile: id.to_owned(), kind: profile.kind, connection })
}

fn first(id: &str, mistakes: &[Mistake], language: Language) -> Fault {
    let first = mistakes.first().map(|mistake| (mistake.field, mistake.wrong));
    let (field, what) = first.unwrap_or(("profile", Wrong::Missing));
    wrong(id, field, what, language)
}

pub(super) fn wrong(id: &str, field: &'static str, wrong: Wrong, language: Language) -> Fault {
    let detail = said::told(language, &Mistake { field, wrong }.said());
    let args = [("profile", id), ("field", field), ("detail", &detail)];
    said::simply(language, FaultCode::Configuration, "error-profile-wrong", &args).with_field(field)
}

/// The one mail server has the one name for it, and a point any other.
pub(super) fn is_of_its_kind(id: &str, profile: &Profile) -> bool {
    (id == MAIL_SERVER) == (profile.kind == ipc::ProfileKind::MailServer)
}

/// It is a key of the configuration, a word of the command line, and shown in lists.
pub(super) fn is_id(id: &str) -> bool {
    const LONGEST: usize = 64;
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
    (1..=LONGEST).contains(&id.len()) && id.chars().all(is_plain)
}
