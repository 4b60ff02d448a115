//! The broker's view as the endpoint shows it. Nothing else turns one into the other.

use std::collections::HashMap;
use std::sync::Arc;

use broker::{AccountName, Kind, Moment, Reason, Trouble, View, ViewState};
use ipc::{AccountRow, AccountState, AccountView, Cause, FailedSignIn, Message, Snapshot};

use crate::clock;
use crate::config::AccountConfig;
use crate::said;

/// The accounts' configurations by name.
pub(crate) type Configured = HashMap<AccountName, Arc<AccountConfig>>;

pub(crate) fn snapshot(view: &View, configured: &Configured, revision: u64, now: Moment) -> Snapshot {
    let accounts = view.accounts.iter().map(|account| AccountView {
        name: account.name.to_string(),
        login: account.login.clone(),
        state: state(account.state),
        reason: account.trouble.as_ref().and_then(|trouble| reason(account, trouble, configured)),
        cause: account.trouble.as_ref().map(cause).unwrap_or_default(),
        expires_at: expires_at(account, now),
        resources: resources(configured.get(&account.name)),
        sign_in: account.sign_in.as_ref().map(|id| id.0.clone()),
        failed_sign_in: account.failed.as_ref().and_then(|failed| failed_sign_in(account, failed, configured, now)),
        consent_url: consent_url(account, configured),
        provisional: configured.get(&account.name).is_some_and(|config| config.provisional),
    });
    Snapshot { revision, accounts: accounts.collect(), notices: notices(view), ..Snapshot::default() }
}

pub(crate) fn rows(view: &View, now: Moment) -> Vec<AccountRow> {
    let row = |account: &broker::AccountView| AccountRow {
        name: account.name.to_string(),
        login: account.login.clone(),
        state: state(account.state),
        reason: account.trouble.as_ref().map(|trouble| trouble.reason.code().to_owned()),
        cause: account.trouble.as_ref().map(cause).unwrap_or_default(),
        expires_at: expires_at(account, now),
    };
    view.accounts.iter().map(row).collect()
}

/// What concerns no single account, and sign-ins that live in memory only.
pub(crate) fn notices(view: &View) -> Vec<Message> {
    let unsaved = view.accounts.iter().filter(|account| account.unsaved);
    let unsaved = unsaved.map(|account| Message::new("notice-unsaved").with("account", account.name.as_str()));
    view.store.map(said::store_message).into_iter().chain(unsaved).collect()
}

/// How many accounts wait for somebody.
pub(crate) fn needing_attention(view: &View) -> u32 {
    let needs = |account: &&broker::AccountView| matches!(account.state, ViewState::NeedsSignIn | ViewState::SignedOut);
    u32::try_from(view.accounts.iter().filter(needs).count()).unwrap_or(u32::MAX)
}

fn failed_sign_in(
    account: &broker::AccountView,
    failed: &broker::FailedSignIn,
    configured: &Configured,
    now: Moment,
) -> Option<FailedSignIn> {
    Some(FailedSignIn {
        sign_in: failed.sign_in.0.clone(),
        at: clock::rfc3339(failed.at, now),
        reason: reason(account, &failed.trouble, configured)?,
        cause: cause(&failed.trouble),
    })
}

/// Only where consent is what is missing: it helps against no other no of an administrator's, and is long enough to count where
/// there are thousands of accounts.
fn consent_url(account: &broker::AccountView, configured: &Configured) -> Option<String> {
    let failed = account.failed.as_ref().map(|failed| &failed.trouble);
    let by_consent = |trouble: &Trouble| {
        trouble.kind == Kind::Admin && matches!(trouble.reason, Reason::AdminConsentRequired | Reason::ConsentRequired)
    };
    let is_missing = account.trouble.iter().chain(failed).any(by_consent);
    let config = configured.get(&account.name).filter(|_| is_missing)?;
    config.consent_address().map(String::from)
}

fn reason(account: &broker::AccountView, trouble: &Trouble, configured: &Configured) -> Option<Message> {
    configured.get(&account.name).map(|config| said::message(trouble, config))
}

fn cause(trouble: &Trouble) -> Cause {
    Cause {
        kind: Some(said::kind(trouble.kind)),
        aadsts: trouble.aadsts,
        correlation_id: trouble.correlation_id.clone(),
    }
}

fn resources(config: Option<&Arc<AccountConfig>>) -> Vec<String> {
    let all = config.map_or(&[][..], |config| &config.resources);
    all.iter().map(|resource| resource.name.clone()).collect()
}

fn expires_at(account: &broker::AccountView, now: Moment) -> Option<String> {
    account.expires.filter(|expires| *expires > now.boot).map(|expires| clock::rfc3339(expires, now))
}

fn state(state: ViewState) -> AccountState {
    match state {
        ViewState::SignedOut => AccountState::SignedOut,
        ViewState::SigningIn => AccountState::SigningIn,
        ViewState::Ready => AccountState::Ready,
        ViewState::Unreachable => AccountState::Unreachable,
        ViewState::NeedsSignIn => AccountState::NeedsSignIn,
    }
}
