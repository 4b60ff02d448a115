//! What may be seen of the agent's state.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fault::FaultKind;

/// Everything that may be seen of the agent: ids of messages with their arguments, never sentences, so
/// that each reader is told in their own language; never a secret, never a sign-in address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Snapshot {
    /// Grows with every change; of two snapshots the higher is the newer.
    pub revision: u64,
    /// The accounts, in the order they are shown in.
    #[serde(default)]
    pub accounts: Vec<AccountView>,
    /// What concerns no single account: a broken config file, a locked keyring.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Message>,
    /// What the person is to be told of, the last time there was something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder: Option<Reminder>,
    /// Sign-ins that a program has started, and whose page nobody has opened yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wishes: Vec<Wish>,
    /// The language that the person has chosen, `pl` or `en`; without it the system's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// A program's wish that somebody sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Wish {
    /// The sign-in's id; a manager's `sign_in.start` joins it.
    pub sign_in: String,
    /// The account's name.
    pub account: String,
    /// The program, by its file.
    pub program: String,
    /// What for, in the program's words: nothing that was checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Accounts that have come to need somebody: one reminder for all that did so together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Reminder {
    /// Grows with every reminder, also with one that is repeated: one that was shown already is known by it.
    pub number: u64,
    /// The accounts' names.
    pub accounts: Vec<String>,
}

/// What stands between an account and its tokens, for those who have to find out more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Cause {
    /// Whose turn it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<FaultKind>,
    /// Microsoft's error number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aadsts: Option<u32>,
    /// What an administrator finds in the authority's sign-in log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<String>,
}

/// A sign-in that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FailedSignIn {
    /// Its id: who was told of this one knows it again.
    pub sign_in: String,
    /// When it failed: RFC 3339, UTC.
    pub at: String,
    /// Why it failed.
    pub reason: Message,
    /// More about that.
    #[serde(flatten)]
    pub cause: Cause,
}

/// One account as it may be seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AccountView {
    /// Its name: the key in the config.
    pub name: String,
    /// Its login (UPN).
    pub login: String,
    /// Where it stands.
    pub state: AccountState,
    /// Why it stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Message>,
    /// More about that.
    #[serde(flatten)]
    pub cause: Cause,
    /// When its access token for the first of `resources` ends: RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// The names of what its tokens are for, as the config has them: `mail` before all others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// The sign-in under way, for a manager to wait for or cancel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_in: Option<String>,
    /// The last sign-in, where it failed: until another begins, tokens come or somebody signs out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed_sign_in: Option<FailedSignIn>,
    /// Where an administrator approves its application for everybody, while that is missing; not every provider has such
    /// a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent_url: Option<String>,
    /// Whether it stays only once a profile that uses it is saved.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub provisional: bool,
}

/// Where an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Nobody has signed in.
    SignedOut,
    /// Its person is at it.
    SigningIn,
    /// It has a sign-in that works.
    Ready,
    /// The authority cannot be reached just now.
    Unreachable,
    /// Its person must sign in again.
    NeedsSignIn,
}

/// A message by its id in the texts, with what is to be filled in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Message {
    /// The id in the locale files.
    pub id: String,
    /// Values for the message's placeables, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
    /// A further message, whose sentence is filled in as `detail`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Box<Self>>,
}

impl Message {
    /// A message without arguments.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), args: BTreeMap::new(), detail: None }
    }

    /// The same, with one more argument.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.args.insert(name.into(), value.into());
        self
    }

    /// The same, with the sentence of another message as its `detail`.
    #[must_use]
    pub fn because(mut self, detail: Self) -> Self {
        self.detail = Some(Box::new(detail));
        self
    }
}
