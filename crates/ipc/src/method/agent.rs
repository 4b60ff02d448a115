//! `agent.*`

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::secret::expose_on_the_wire;
use crate::snapshot::Message;

/// Asks how the agent is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AgentStatus {}

/// How the agent is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Status {
    /// Its version.
    pub version: String,
    /// The version of this protocol: [`PROTOCOL`].
    pub protocol: u32,
    /// Seconds since it started.
    pub uptime_seconds: u64,
    /// How many accounts there are.
    pub accounts: u32,
    /// How many of them need somebody.
    pub needing_attention: u32,
    /// Its process id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<u32>,
    /// What concerns no single account.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Message>,
}

/// The version of the protocol in [`Status`]. It changes when an old client would misunderstand.
pub const PROTOCOL: u32 = 1;

/// Asks for the snapshot, and for every later one as an `agent.changed` notification.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AgentSubscribe {}

/// Asks for the endpoint's description: an OpenRPC document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RpcDiscover {}

/// Has the store's lock tried anew, by the passphrase that its key comes of or by asking the keyring once more.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AgentUnlock {
    /// The passphrase, where the key comes of one.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "expose_on_the_wire")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub passphrase: Option<SecretString>,
    /// Another one that is to take its place.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "expose_on_the_wire")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub change_to: Option<SecretString>,
    /// Whether it is chosen now; without this it must be the one that was chosen before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choose: Option<bool>,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// Puts saved sign-ins that cannot be opened aside, and begins anew without any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AgentStartAfresh {
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// They were put aside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StartedAfresh {
    /// The file that keeps them.
    pub kept: String,
}

/// Ends the agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AgentStop {}
