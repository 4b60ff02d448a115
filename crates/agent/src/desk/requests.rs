//! What programs ask for, method by method.

use std::time::Duration;

use broker::{AccountName, Ask, AskerId, Event, Refusal, ResourceKey, SignInId, SignInState, Token};
use ipc::limits;
use ipc::{
    AccountList, Accounts, Audience, Call, Done, Fault, FaultCode, PROTOCOL, Reply, Sasl, SignInStart, SignInWait,
    Status, TokenGet, TokenReject,
};
use mail::sasl::Mechanism;
use texts::Language;
use tokio::sync::oneshot;

use super::accounts::Leaves;
use super::{Desk, Waiting, Wants};
use crate::clock;
use crate::config::{self, AccountConfig};
use crate::input::{Asking, Input, Inputs, Request};
use crate::said;
use crate::view;

pub(super) type Answer = oneshot::Sender<Result<Reply, Fault>>;

impl Desk {
    pub(super) fn request(&mut self, request: Request) {
        let Request { number, call, asking, answer } = request;
        let language = language(&call).unwrap_or(self.language);
        if let Err(fault) = may(&call, asking.as_ref(), language) {
            return reply(answer, Err(fault));
        }
        if let Some(why) = self.closed.as_ref().filter(|_| wants_a_token(&call)) {
            return reply(answer, Err(Fault::new(FaultCode::Configuration, said::told(language, why))));
        }
        match call {
            Call::TokenGet(params) => self.token_get(number, params, answer, language),
            Call::SignInStart(params) => self.sign_in_start(number, params, asking, answer, language),
            Call::SignInWait(params) => self.sign_in_wait(number, params, asking, answer, language),
            Call::SignInCancel(params) => {
                let cancelled = self.own_sign_in(&params.sign_in, asking.as_ref(), language);
                reply(answer, cancelled.map(|id| self.done(Event::SignInCancelled(id))));
            }
            Call::AccountList(params) => reply(answer, Ok(self.accounts(&params).into())),
            Call::AgentStatus(_) => reply(answer, Ok(self.status().into())),
            Call::AccountAdd(params) => reply(answer, self.account_add(&params, language)),
            Call::AccountSet(params) => reply(answer, self.account_set(&params.account, language)),
            Call::AccountRemove(params) => self.erase(&params.account, Leaves::Config, answer, language),
            Call::SignOut(params) => self.erase(&params.account, Leaves::Nothing, answer, language),
            Call::AgentUnlock(params) => self.unlock(params, answer, language),
            Call::AgentStartAfresh(_) => self.start_afresh(answer, language),
            Call::CredentialGet(params) => self.credential_get(number, params, answer, language),
            Call::ProfileList(_) => self.profile_list(answer),
            Call::ProfileGet(params) => self.profile_get(&params.profile, answer, language),
            Call::ProfileSet(params) => self.profile_set(params, answer, language),
            Call::ProfileImport(params) => self.profile_import(params, answer, language),
            Call::ProfileRemove(params) => self.profile_remove(&params.profile, answer, language),
            Call::ProfileCheck(params) => self.profile_check(number, params, answer, language),
            Call::CheckWait(params) => self.check_wait(&params, answer, language),
            Call::CheckCancel(params) => reply(answer, self.check_cancel(&params.check, language)),
            Call::SettingsGet(_) => reply(answer, Ok(self.settings())),
            Call::SettingsSet(params) => reply(answer, self.settings_set(&params, language)),
            Call::TenantFind(params) => self.tenant_find(&params, answer, language),
            Call::RegistrationTest(params) => self.registration_test(&params, answer, language),
            Call::AgentStop(_) => {
                reply(answer, Ok(Done::default().into()));
                self.inputs.tell(Input::Stop);
            }
            Call::TokenReject(params) => self.token_reject(number, params, answer, language),
            Call::AccountRetry(params) => reply(answer, self.account_retry(&params.account, language)),
        }
    }

    /// The account that a program means.
    pub(super) fn found(&self, account: &str, language: Language) -> Result<AccountName, Fault> {
        self.broker.find(account).map_err(|not_found| said::no_account(language, &not_found, account))
    }

    fn token_get(&mut self, number: u64, params: TokenGet, answer: Answer, language: Language) {
        let name = match self.found(&params.account, language) {
            Ok(name) => name,
            Err(fault) => return reply(answer, Err(fault)),
        };
        let Some(account) = self.configured.get(&name).cloned() else { return };
        let key = match resource(&account, &params, language) {
            Ok(key) => key,
            Err(fault) => return reply(answer, Err(fault)),
        };
        let sasl = match mechanism(&account, key.as_ref(), params.mechanism.as_deref(), language) {
            Ok(sasl) => sasl,
            Err(fault) => return reply(answer, Err(fault)),
        };
        let asker = AskerId(number);
        let asked = key.as_ref().map_or_else(|| params.account.clone(), |key| key.resource.clone());
        self.waiting
            .insert(number, Waiting { answer, language, asked, account: Some(account), wants: Wants::Token { sasl } });
        self.drive(Event::Asked(Ask {
            asker,
            account: name,
            key,
            min_valid: params.min_valid_seconds.map(|seconds| Duration::from_secs(seconds.into())),
            force: params.force.unwrap_or_default(),
            claims: params.claims,
            wait: wait(params.wait_seconds),
        }));
    }

    fn token_reject(&mut self, number: u64, params: TokenReject, answer: Answer, language: Language) {
        let name = match self.found(&params.account, language) {
            Ok(name) => name,
            Err(fault) => return reply(answer, Err(fault)),
        };
        let account = self.configured.get(&name).cloned();
        let waiting = Waiting { answer, language, asked: params.account, account, wants: Wants::Rejection };
        self.waiting.insert(number, waiting);
        self.drive(Event::Rejected { asker: AskerId(number), account: name, access: params.access_token });
    }

    fn sign_in_start(
        &mut self,
        number: u64,
        params: SignInStart,
        asking: Option<Asking>,
        answer: Answer,
        language: Language,
    ) {
        let name = match self.found(&params.account, language) {
            Ok(name) => name,
            Err(fault) => return reply(answer, Err(fault)),
        };
        let account = self.configured.get(&name).cloned();
        let (with_address, starter) = asking.map(|asking| (asking.is_manager, asking.program)).unwrap_or_default();
        let wants = Wants::SignInStart { with_address, starter, reason: params.reason };
        self.waiting.insert(number, Waiting { answer, language, asked: params.account, account, wants });
        self.drive(Event::SignInAsked { asker: AskerId(number), account: name });
    }

    fn sign_in_wait(
        &mut self,
        number: u64,
        params: SignInWait,
        asking: Option<Asking>,
        answer: Answer,
        language: Language,
    ) {
        let id = match self.own_sign_in(&params.sign_in, asking.as_ref(), language) {
            Ok(id) => id,
            Err(fault) => return reply(answer, Err(fault)),
        };
        let account = self.sign_ins.get(&id).and_then(|open| self.configured.get(&open.account)).cloned();
        let waiting = Waiting { answer, language, asked: params.sign_in, account, wants: Wants::SignInWait };
        self.waiting.insert(number, waiting);
        self.drive(Event::SignInAwaited {
            asker: AskerId(number),
            sign_in: id,
            wait: wait(params.wait_seconds),
            seen: params.seen.unwrap_or_default(),
        });
    }

    /// A sign-in belongs to the programs that started it, and to managers.
    fn own_sign_in(&self, id: &str, asking: Option<&Asking>, language: Language) -> Result<SignInId, Fault> {
        let id = SignInId(id.to_owned());
        let Some(open) = self.sign_ins.get(&id) else {
            return Err(said::fault(language, &Refusal::UnknownSignIn, None, &id.0));
        };
        let theirs = asking.is_some_and(|asking| asking.is_manager || open.starters.contains(&asking.program));
        if theirs { Ok(id) } else { Err(said::simply(language, FaultCode::Denied, "error-not-your-sign-in", &[])) }
    }

    fn done(&mut self, event: Event) -> Reply {
        self.drive(event);
        Done::default().into()
    }

    fn accounts(&self, asked: &AccountList) -> Accounts {
        let mut rows = view::rows(&self.broker.view(), clock::now());
        if let Some(after) = &asked.after {
            rows.retain(|row| row.name > *after);
        }
        let page = asked.limit.unwrap_or(limits::PAGE).clamp(1, limits::PAGE) as usize;
        let next = (rows.len() > page).then(|| rows[page - 1].name.clone());
        rows.truncate(page);
        Accounts { accounts: rows, next }
    }

    fn status(&self) -> Status {
        let view = self.broker.view();
        Status {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            protocol: PROTOCOL,
            uptime_seconds: self.started.elapsed().as_secs(),
            accounts: u32::try_from(view.accounts.len()).unwrap_or(u32::MAX),
            needing_attention: view::needing_attention(&view),
            pid: Some(std::process::id()),
            notices: view::notices(&view).into_iter().chain(self.notices().cloned()).collect(),
        }
    }
}

/// A token as the endpoint gives it.
pub(super) fn token(token: Token, mechanism: Option<Mechanism>, language: Language) -> Result<Reply, Fault> {
    let now = clock::now();
    let sasl = mechanism.map(|mechanism| {
        let response = mechanism.initial_response(&token.login, &token.access)?;
        Ok(Sasl { mechanism: mechanism.name().to_owned(), initial_response: response.base64() })
    });
    let sasl = sasl
        .transpose()
        .map_err(|_: mail::sasl::SaslError| said::simply(language, FaultCode::Internal, "error-internal", &[]))?;
    Ok(ipc::Token {
        expires_at: clock::rfc3339(now.boot + token.expires_in, now),
        expires_in: token.expires_in.as_secs(),
        access_token: token.access,
        token_type: "Bearer".to_owned(),
        account: token.account.to_string(),
        login: token.login,
        scopes: token.scopes,
        sasl,
    }
    .into())
}

/// How a sign-in stands, as the endpoint tells it.
pub(super) fn state(language: Language, state: SignInState, account: Option<&AccountConfig>) -> ipc::SignInState {
    match state {
        SignInState::SignedIn { account, login } => ipc::SignInState::SignedIn { account: account.to_string(), login },
        SignInState::Cancelled => ipc::SignInState::Cancelled {},
        SignInState::Declined => ipc::SignInState::Declined {},
        SignInState::WrongPerson { signed_in_as, refusals } => ipc::SignInState::WrongPerson { signed_in_as, refusals },
        SignInState::Failed(trouble) => {
            let error = match account {
                Some(account) => said::trouble_fault(language, &trouble, account),
                None => said::simply(language, FaultCode::Internal, "error-internal", &[]),
            };
            ipc::SignInState::Failed { error }
        }
        SignInState::Expired => ipc::SignInState::Expired {},
    }
}

pub(super) fn reply(answer: Answer, result: Result<Reply, Fault>) {
    // Whoever asked may have gone in this very moment.
    let _ = answer.send(result);
}

fn language(call: &Call) -> Option<Language> {
    let named = match call {
        Call::TokenGet(params) => params.lang.as_deref(),
        Call::SignInStart(params) => params.lang.as_deref(),
        Call::SignInWait(params) => params.lang.as_deref(),
        Call::SignInCancel(params) => params.lang.as_deref(),
        Call::SignOut(params) => params.lang.as_deref(),
        Call::AccountAdd(params) => params.lang.as_deref(),
        Call::AccountSet(params) => params.account.lang.as_deref(),
        Call::AccountRemove(params) => params.lang.as_deref(),
        Call::AccountRetry(params) => params.lang.as_deref(),
        Call::TokenReject(params) => params.lang.as_deref(),
        Call::AgentUnlock(params) => params.lang.as_deref(),
        Call::AgentStartAfresh(params) => params.lang.as_deref(),
        Call::CredentialGet(params) => params.lang.as_deref(),
        Call::ProfileGet(params) => params.lang.as_deref(),
        Call::ProfileSet(params) => params.lang.as_deref(),
        Call::ProfileImport(params) => params.lang.as_deref(),
        Call::ProfileRemove(params) => params.lang.as_deref(),
        Call::ProfileCheck(params) => params.lang.as_deref(),
        Call::CheckWait(params) => params.lang.as_deref(),
        Call::CheckCancel(params) => params.lang.as_deref(),
        Call::SettingsSet(params) => params.lang.as_deref(),
        Call::TenantFind(params) => params.lang.as_deref(),
        Call::RegistrationTest(params) => params.lang.as_deref(),
        Call::AgentStop(_)
        | Call::AccountList(_)
        | Call::AgentStatus(_)
        | Call::ProfileList(_)
        | Call::SettingsGet(_) => None,
    };
    named?.parse().ok()
}

/// Whether this is for a token, or for a sign-in that leads to one.
fn wants_a_token(call: &Call) -> bool {
    matches!(call, Call::TokenGet(_) | Call::CredentialGet(_) | Call::SignInStart(_))
}

/// Some methods are for the programs of this installation alone.
fn may(call: &Call, asking: Option<&Asking>, language: Language) -> Result<(), Fault> {
    if call.audience() == Audience::Managers && !asking.is_some_and(|asking| asking.is_manager) {
        let args = [("method", call.name())];
        return Err(said::simply(language, FaultCode::Denied, "error-manager-only", &args));
    }
    Ok(())
}

pub(super) fn wait(seconds: Option<u32>) -> Duration {
    let seconds = seconds.unwrap_or(limits::WAIT_SECONDS_DEFAULT).min(limits::WAIT_SECONDS_MAX);
    Duration::from_secs(seconds.into())
}

/// Which token is meant; none means the account's first resource.
fn resource(account: &AccountConfig, params: &TokenGet, language: Language) -> Result<Option<ResourceKey>, Fault> {
    let named = match (&params.resource, &params.scopes) {
        (Some(name), _) => account.resources.iter().find(|resource| resource.name == *name),
        (None, None) if params.protocol.is_none() => return Ok(None),
        (None, None) => account.resources.iter().find(|resource| resource.name == config::MAIL),
        (None, Some(scopes)) => {
            account.resources.iter().find(|resource| scopes.iter().all(|scope| resource.scopes.contains(scope)))
        }
    };
    let known = || account.resources.iter().map(|resource| resource.name.as_str()).collect::<Vec<_>>().join(", ");
    let Some(resource) = named else {
        let id = if params.scopes.is_some() && params.resource.is_none() {
            "error-scopes-without-resource"
        } else {
            "error-unknown-resource"
        };
        let args = [("resource", params.resource.as_deref().unwrap_or(config::MAIL)), ("known", &*known())];
        return Err(said::simply(language, FaultCode::Configuration, id, &args));
    };
    let mut key = ResourceKey::from(resource);
    if let Some(scopes) = params.scopes.as_ref().filter(|scopes| !scopes.is_empty()) {
        key.scopes.retain(|scope| scopes.contains(scope));
        if key.scopes.len() != scopes.len() {
            return Err(said::simply(language, FaultCode::Configuration, "error-scopes-without-resource", &[]));
        }
    }
    Ok(Some(key))
}

/// How the token will be shown to a mail server; none for a token that is not for mail.
fn mechanism(
    account: &AccountConfig,
    key: Option<&ResourceKey>,
    named: Option<&str>,
    language: Language,
) -> Result<Option<Mechanism>, Fault> {
    let resource = key.map(|key| &key.resource).or_else(|| account.resources.first().map(|first| &first.name));
    if resource.is_none_or(|resource| resource != config::MAIL) {
        return Ok(None);
    }
    let Some(named) = named else { return Ok(Some(Mechanism::default())) };
    let unknown = |_| said::simply(language, FaultCode::InvalidParams, "error-unknown-mechanism", &[]);
    named.parse().map(Some).map_err(unknown)
}
