//! `profile.check` and `check.*`: a profile's connection is tried, step by step.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::profile::Profile;
use crate::fault::FaultKind;
use crate::secret::expose_on_the_wire;

/// Begins to try a profile's connection, whether or not the profile is enabled.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProfileCheck {
    /// The profile's id.
    pub profile: String,
    /// For the mail server: send a real message to this address. Without it sender and recipient are only asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub send_to: Option<String>,
    /// Settings to try in place of those that are saved; nothing is kept of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<Box<Profile>>,
    /// The password to try in place of the one that is kept.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "expose_on_the_wire")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub password: Option<SecretString>,
    /// The language of the steps: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// It is under way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StartedCheck {
    /// Its id, for `check.wait` and `check.cancel`.
    pub check: String,
}

/// Waits for steps that have not been seen yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckWait {
    /// The check's id.
    pub check: String,
    /// How many steps have been seen: only later ones are answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<u32>,
    /// How long to wait, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_seconds: Option<u32>,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// How far a check is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckProgress {
    /// The steps after those that were seen.
    pub steps: Vec<CheckStep>,
    /// Whether there will be no more.
    pub done: bool,
    /// Whether that is because somebody gave it up.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cancelled: bool,
}

/// A step that is done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckStep {
    /// `secret`, `name`, `tcp`, `tls`, `greeting`, `capabilities`, `authentication`, `mailbox`, `sender`, `recipient`, `message`;
    /// `internal` where the check itself has failed.
    pub step: String,
    /// Whether it went well.
    pub ok: bool,
    /// How long it took.
    pub milliseconds: u64,
    /// The step in words, and what stands in its way.
    pub text: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// The server's own words, or what was found out without them: an address, the protocol of the encryption, why there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// Whose words `line` is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line_from: Option<LineFrom>,
    /// Whose turn it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<FaultKind>,
}

/// Whose words a step's line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LineFrom {
    /// The mail server's.
    Server,
    /// Signet's, of what it has found.
    Signet,
}

/// Gives a check up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckCancel {
    /// The check's id.
    pub check: String,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}
