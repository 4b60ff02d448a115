//! Snapshots for the tests.

use ipc::{AccountState, AccountView, Cause, Message, Reminder, Snapshot, Wish};

use crate::standing::Standing;

/// An account in this state, without a reason.
pub(crate) fn account(name: &str, state: AccountState) -> AccountView {
    let sign_in = (state == AccountState::SigningIn).then(|| format!("sign-in-of-{name}"));
    let (name, login) = (name.to_owned(), name.to_owned());
    AccountView {
        name,
        login,
        state,
        reason: None,
        cause: Cause::default(),
        expires_at: None,
        resources: Vec::new(),
        sign_in,
        failed_sign_in: None,
        consent_url: None,
        provisional: false,
    }
}

/// Accounts `a`, `b` and so on in these states.
pub(crate) fn snapshot(states: &[AccountState]) -> Snapshot {
    let names = ('a'..='z').map(String::from);
    Snapshot {
        accounts: names.zip(states).map(|(name, state)| account(&name, *state)).collect(),
        ..Snapshot::default()
    }
}

/// With these messages that concern no single account.
pub(crate) fn noticing(mut snapshot: Snapshot, ids: &[&str]) -> Snapshot {
    snapshot.notices = ids.iter().map(|id| Message::new(*id)).collect();
    snapshot
}

/// With a reminder of this number, of all accounts.
pub(crate) fn reminding(mut snapshot: Snapshot, number: u64) -> Snapshot {
    let accounts = snapshot.accounts.iter().map(|account| account.name.clone()).collect();
    snapshot.reminder = Some(Reminder { number, accounts });
    snapshot
}

/// With a program's wish that somebody sign in to this account.
pub(crate) fn wishing(mut snapshot: Snapshot, account: &str) -> Snapshot {
    let (sign_in, program) = (format!("wish-for-{account}"), "/usr/bin/intake".to_owned());
    snapshot.wishes.push(Wish { sign_in, account: account.to_owned(), program, reason: None });
    snapshot
}

pub(crate) fn running(snapshot: Snapshot) -> Standing {
    Standing::Running(Box::new(snapshot))
}
