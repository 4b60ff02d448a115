use ipc::{AccountState, AccountView, Message, Snapshot, Wish};

/// How the agent stands, as far as is known.
#[derive(Clone, Debug)]
pub(crate) enum Standing {
    /// It has not been heard of yet.
    Starting,
    /// Nobody answers at the endpoint.
    NotRunning,
    /// It runs, and this is the newest of it.
    Running(Box<Snapshot>),
}

/// What a message that concerns no single account is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Concern {
    /// The keyring is locked, or does not answer: it can be asked once more.
    Keyring,
    /// The key comes of a passphrase that nobody has given yet.
    Passphrase,
    /// What is saved cannot be read or written.
    Store,
    /// The settings, or the organisation's policy.
    Settings,
}

impl Concern {
    /// `None` where the person has nothing to do.
    pub(crate) fn of(message: &Message) -> Option<Self> {
        match &*message.id {
            "error-locked-keyring" | "error-keyring-denied" | "error-keyring-timeout" => Some(Self::Keyring),
            "error-passphrase-wanted" | "error-no-passphrase-yet" => Some(Self::Passphrase),
            "notice-key-file" | "notice-config-restart" | "notice-policy-overrules" => None,
            settings if settings.starts_with("notice-config-") || settings.starts_with("notice-policy-") => {
                Some(Self::Settings)
            }
            _ => Some(Self::Store),
        }
    }

    pub(crate) fn is_lock(self) -> bool {
        matches!(self, Self::Keyring | Self::Passphrase)
    }
}

/// What concerns no single account and wants the person, the first of each kind.
pub(crate) fn concerns(snapshot: &Snapshot) -> Vec<(Concern, &Message)> {
    let mut concerns: Vec<(Concern, &Message)> = Vec::new();
    for message in &snapshot.notices {
        let Some(concern) = Concern::of(message) else { continue };
        if !concerns.iter().any(|(known, _)| *known == concern) {
            concerns.push((concern, message));
        }
    }
    concerns
}

/// The accounts whose person must sign in again, or is asked to by a program.
pub(crate) fn waiting(snapshot: &Snapshot) -> Vec<&AccountView> {
    let waits =
        |account: &&AccountView| account.state == AccountState::NeedsSignIn || wish(snapshot, account).is_some();
    snapshot.accounts.iter().filter(waits).collect()
}

/// What a program has asked for this account's person.
pub(crate) fn wish<'s>(snapshot: &'s Snapshot, account: &AccountView) -> Option<&'s Wish> {
    snapshot.wishes.iter().find(|wish| wish.account == account.name)
}

/// The accounts that a sign-in would bring on: those that wait, or where nobody waits, those to which nobody is signed in.
pub(crate) fn idle(snapshot: &Snapshot) -> Vec<&AccountView> {
    let waiting = waiting(snapshot);
    if !waiting.is_empty() {
        return waiting;
    }
    snapshot.accounts.iter().filter(|account| account.state == AccountState::SignedOut).collect()
}
