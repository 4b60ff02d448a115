//! `sign_in.*` and `sign_out`

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::secret::expose_on_the_wire;

/// Starts a sign-in, or joins the one under way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SignInStart {
    /// The account's name or login.
    pub account: String,
    /// What for, in words for its person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// A sign-in under way.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SignInStarted {
    /// Its id, for `sign_in.wait` and `sign_in.cancel`.
    pub sign_in: String,
    /// Where it stands.
    #[serde(flatten)]
    pub state: SignInState,
    /// What a manager hands to the system's browser opener: it leads to `authorize_url` once, so that what
    /// others can read of a command line is worth nothing afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "expose_on_the_wire")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub open_url: Option<SecretString>,
    /// The address to open, for managers alone: not for logs, as it carries `state` and `nonce`.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "expose_on_the_wire")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub authorize_url: Option<SecretString>,
}

/// Waits until a sign-in ends, or somebody was refused as the wrong person once more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SignInWait {
    /// The sign-in's id.
    pub sign_in: String,
    /// How long, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_seconds: Option<u32>,
    /// The `refusals` already seen: these are not answered again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<u32>,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// Where a sign-in stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SignInState {
    /// For its person.
    Waiting {},
    /// It went well.
    SignedIn {
        /// The account's name.
        account: String,
        /// The login that signed in.
        login: String,
    },
    /// It was called off.
    Cancelled {},
    /// The person said no to the authority.
    Declined {},
    /// Somebody else signed in; the right person still can.
    WrongPerson {
        /// Whose login it was.
        signed_in_as: String,
        /// How often this has happened in this sign-in.
        #[serde(default)]
        refusals: u32,
    },
    /// It failed: on the wire `code`, `message` and `data` stand beside `state`.
    Failed {
        /// Why.
        #[serde(flatten)]
        error: Fault,
    },
    /// Nobody came in time.
    Expired {},
}

/// Calls a sign-in off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SignInCancel {
    /// The sign-in's id.
    pub sign_in: String,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// Erases an account's sign-in and keeps the account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SignOut {
    /// The account's name.
    pub account: String,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}
