use std::time::Duration;

use secrecy::SecretString;

use crate::account::{AccountName, AccountSpec, Person, ResourceKey};
use crate::failure::{Failure, Reason, Trouble};
use crate::sign_in::SignInState;

/// One request to the authority or the store; a landing with a ticket that is not current changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub(crate) u64);

/// One waiting program, numbered by the agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AskerId(pub u64);

/// One sign-in, from its start to its end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignInId(pub String);

/// A request for an access token.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Who waits for the answer.
    pub asker: AskerId,
    /// Of which account.
    pub account: AccountName,
    /// For what; without it the account's first resource.
    pub key: Option<ResourceKey>,
    /// How long the token must still live; without it [`DEFAULT_MIN_VALID`](crate::schedule::DEFAULT_MIN_VALID).
    pub min_valid: Option<Duration>,
    /// A new token even if a good one is at hand; at most once a minute.
    pub force: bool,
    /// A claims challenge of a resource server to be passed on (OpenID Connect Core § 5.5).
    pub claims: Option<String>,
    /// After this time the asker is told that it timed out.
    pub wait: Duration,
}

/// What the authority's token endpoint gave.
#[derive(Clone, Debug)]
pub struct NewTokens {
    /// The access token.
    pub access: SecretString,
    /// `expires_in`.
    pub life: Duration,
    /// `refresh_in`: when the authority wants it refreshed.
    pub refresh_in: Option<Duration>,
    /// The scopes granted.
    pub scopes: Vec<String>,
    /// The refresh token that replaces the one spent, where there is one.
    pub refresh: Option<SecretString>,
    /// Who the ID token speaks of, where there is one.
    pub person: Option<Person>,
    /// Origin of the token endpoint that gave them: the refresh token is sent nowhere else.
    pub endpoint: String,
}

/// What is kept of an account between two runs of the agent.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The refresh token; none once a verdict has erased it.
    pub refresh: Option<SecretString>,
    /// Whose it is.
    pub person: Person,
    /// Origin of the token endpoint it came from.
    pub endpoint: String,
    /// Access tokens that may still be good.
    pub tokens: Vec<StoredToken>,
    /// Why the sign-in has ended, if it has.
    pub ended: Option<Reason>,
    /// Wall time of the last spending of the refresh token.
    pub refreshed: Duration,
}

/// What the store has of an account.
#[derive(Clone, Debug)]
pub enum Kept {
    /// Nothing.
    Nothing,
    /// A row that does not open: authority, application or endpoint are others now, or it was tampered with.
    Elsewhere,
    /// A sign-in.
    SignIn(Stored),
}

/// One access token in the store; times by the wall clock, since the boot clock does not outlive the machine.
#[derive(Clone, Debug)]
pub struct StoredToken {
    /// What it is for.
    pub key: ResourceKey,
    /// The access token.
    pub access: SecretString,
    /// The scopes granted.
    pub scopes: Vec<String>,
    /// When it was issued.
    pub issued: Duration,
    /// How long it lives from then on.
    pub life: Duration,
}

/// Why the store cannot be read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreTrouble {
    /// There is no keyring on this desktop.
    KeyringAbsent,
    /// There is no session bus to reach a keyring by.
    KeyringOutOfReach,
    /// There is a keyring, without a place to keep anything in.
    KeyringEmpty,
    /// The keyring is locked, and the person is asked to unlock it.
    KeyringLocked,
    /// The keyring is locked and stays so: the person or the system said no.
    KeyringDenied,
    /// The keyring gives no answer.
    KeyringSilent,
    /// Sealed rows exist, but their key is missing or another one.
    KeyMissing,
    /// The key comes of a passphrase, and nobody has given it since the start.
    PassphraseWanted,
    /// The key is to come of a passphrase, and none has been chosen yet.
    PassphraseUnset,
    /// The system was to hand the key over as a credential, and has not.
    CredentialMissing,
    /// The database was made by a newer Signet.
    Newer,
    /// The database or its disk refuses.
    Disk,
}

/// What can happen.
#[derive(Debug)]
pub enum Event {
    /// The configured accounts, all of them; what is no longer among them is forgotten.
    Configured(Vec<AccountSpec>),
    /// The store was read for these accounts.
    StoreRead(Vec<(AccountName, Kept)>),
    /// The store cannot be read.
    StoreFailed(StoreTrouble),
    /// An empty store has taken the place of the one that was there.
    StoreReplaced,
    /// A program asks for an access token.
    Asked(Ask),
    /// A program no longer waits: it went away or cancelled. What it waited for goes on.
    Withdrawn(AskerId),
    /// A refresh has ended.
    Refreshed(Ticket, Result<NewTokens, Failure>),
    /// A write to the store has ended.
    Saved(Ticket, Result<(), StoreTrouble>),
    /// Somebody wants to sign in; joins a sign-in under way.
    SignInAsked {
        /// Who waits to hear that the page can be opened.
        asker: AskerId,
        /// For which account.
        account: AccountName,
    },
    /// The listener is up and the page can be opened.
    SignInReady(SignInId),
    /// The browser came back with a code, which is being redeemed now.
    SignInRedeeming(SignInId),
    /// The code was redeemed, for this person.
    SignInRedeemed(SignInId, Person, NewTokens),
    /// The person confirmed that the other login is the right one for this account.
    SignInConfirmed(SignInId),
    /// The sign-in cannot come to a good end: the person or somebody else said no, or something failed.
    SignInFailed(SignInId, Failure),
    /// The starter or a manager cancels.
    SignInCancelled(SignInId),
    /// A program waits for a sign-in's end.
    SignInAwaited {
        /// Who waits.
        asker: AskerId,
        /// For which sign-in.
        sign_in: SignInId,
        /// How long.
        wait: Duration,
        /// How many refusals of a wrong person it knows of already; it hears of the next one.
        seen: u32,
    },
    /// Sign out: forget tokens and refresh token.
    SignedOut(AccountName),
    /// A program says that a server refused this token.
    Rejected {
        /// Who waits to hear that it was taken note of.
        asker: AskerId,
        /// Of which account.
        account: AccountName,
        /// The token, of whatever resource.
        access: SecretString,
    },
    /// The person wants another try now, whatever failed.
    RetryAsked(AccountName),
    /// The network has changed or the machine woke up: what failed is worth another try.
    NetworkChanged,
    /// After how long the person is told again of accounts that still need somebody; none for never.
    RemindAgainAfter(Option<Duration>),
    /// The agent is about to end: nothing sets out any more, and what is in the air is to land.
    Ending,
    /// Time has passed; due work is done. Any other event does the same.
    Tick,
}

/// What the agent is to do.
#[derive(Debug)]
pub enum Effect {
    /// Answer a waiting program; each is answered exactly once.
    Answer(AskerId, Answer),
    /// Spend the refresh token; ends in [`Event::Refreshed`].
    Refresh {
        /// To come back with the outcome.
        ticket: Ticket,
        /// Whose.
        account: AccountName,
        /// For what.
        key: ResourceKey,
        /// The refresh token to spend.
        refresh: SecretString,
        /// The only origin it may be sent to.
        endpoint: String,
        /// Claims to pass on.
        claims: Option<String>,
    },
    /// Read these accounts' rows; ends in [`Event::StoreRead`] or [`Event::StoreFailed`].
    Load(Vec<AccountName>),
    /// Put this on disk; ends in [`Event::Saved`].
    Save(Ticket, AccountName, Stored),
    /// Remove the account's row from the store.
    Erase(AccountName),
    /// Bring up the listener and build the address of the page.
    OpenSignIn {
        /// Which sign-in.
        sign_in: SignInId,
        /// For which account.
        account: AccountName,
        /// Claims of a verdict that the sign-in has to satisfy.
        claims: Option<String>,
    },
    /// Tell the browser's page how far the sign-in is.
    Show(SignInId, Stage),
    /// The sign-in is over; its page may stay up for a moment.
    CloseSignIn(SignInId),
    /// Tell the person that these accounts need somebody: once for all of them.
    Remind(Vec<AccountName>),
    /// Something visible has changed: publish [`Broker::view`](crate::Broker::view).
    Publish,
}

/// What the page in the browser has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// All is well; the tab may be closed.
    SignedIn,
    /// Another person than the one this account is pinned to.
    WrongPerson {
        /// Who signed in.
        came: Person,
        /// Who is wanted.
        wanted: Person,
    },
    /// Another login than configured: is it the right one?
    Confirm(Person),
    /// It failed.
    Failed(Trouble),
    /// The person declined.
    Declined,
    /// Somebody cancelled it.
    Cancelled,
    /// It took too long.
    Expired,
}

/// An answer to a waiting program.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A token.
    Token(Token),
    /// The sign-in's page can be opened.
    SignInStarted(SignInId),
    /// How a sign-in ended, or that a wrong person was refused.
    SignIn(SignInState),
    /// A rejected token is being replaced, or has been already.
    Noted,
    /// No, and why.
    Refused(Refusal),
}

/// An access token, as handed out.
#[derive(Clone, Debug)]
pub struct Token {
    /// The access token.
    pub access: SecretString,
    /// How long it still lives.
    pub expires_in: Duration,
    /// The scopes granted.
    pub scopes: Vec<String>,
    /// The account's name.
    pub account: AccountName,
    /// The configured login.
    pub login: String,
}

/// Why no account was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFound {
    /// There is none of this name or login; these are known.
    Unknown(Vec<AccountName>),
    /// The login fits several accounts, these.
    Ambiguous(Vec<AccountName>),
}

/// Why a program gets nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such account.
    NoAccount(NotFound),
    /// No such resource, or scopes that are not declared for it; these resources are.
    UnknownResource(Vec<String>),
    /// No such sign-in.
    UnknownSignIn,
    /// Person, administrator or configuration must act; `Trouble::kind` says who.
    Trouble(Trouble),
    /// The authority cannot be reached; worth another try after this time.
    Unreachable(Duration, Failure),
    /// Asked too often; worth another try after this time.
    TooSoon(Duration),
    /// The rejected token came only so long ago: the server has another reason than the token.
    TooYoung(Duration),
    /// The time the program wanted to wait is over.
    TimedOut,
    /// The keyring or the store refuses.
    Store(StoreTrouble),
}
