//! `profile.*` and `credential.get`: the mail settings of the document management system's components.

use secrecy::SecretString;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::token::Sasl;
use crate::secret::expose_on_the_wire;

/// One component's mail settings: the mail server, or a mailbox point. What is left out is at its initial value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Profile {
    /// What it is for.
    pub kind: ProfileKind,
    /// Whether components get it.
    pub enabled: bool,
    /// The account's name, or the point's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What somebody wants to say of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What sends the mail; for the mail server alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub send_with: Option<SendWith>,
    /// The profile on the SQL server, where that sends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sql_profile: Option<String>,
    /// The sender's address; for the mail server alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The sender's name as readers see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Where answers are to go (`Reply-To`, RFC 5322 § 3.6.2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// What the server speaks: `smtp` for the mail server, `imap` or `pop` for a point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// The server's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    /// Its port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u32>,
    /// How the connection is protected.
    pub encryption: ProfileEncryption,
    /// How the login proves who it is.
    pub authentication: Authentication,
    /// The login.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// The account whose tokens are used; without it the one of that login.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The mailbox, where it is not the login's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mailbox: Option<String>,
    /// The folder that is read; without it the inbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
}

impl Profile {
    /// Whether the SQL server sends, by a profile of its own, and nothing connects from here.
    pub fn is_by_sql(&self) -> bool {
        self.send_with == Some(SendWith::SqlProfile)
    }

    /// Whether a password is kept for it.
    pub fn takes_password(&self) -> bool {
        self.authentication == Authentication::Password && !self.is_by_sql()
    }
}

/// What a profile is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProfileKind {
    /// Outgoing mail.
    #[default]
    MailServer,
    /// Incoming mail, of which documents are made.
    Documents,
    /// Incoming mail, of which attachments are taken.
    Attachments,
}

/// What sends the mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SendWith {
    /// The mail component on the IIS server.
    #[default]
    MailComponent,
    /// A profile on the SQL server, which knows no OAuth 2.0.
    SqlProfile,
}

/// How a connection is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ProfileEncryption {
    /// The best for the port; never a secret in clear.
    #[default]
    Automatic,
    /// Not at all.
    None,
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// A connection in clear that turns to TLS before anything secret is said (RFC 3207, RFC 2595).
    StartTls,
}

/// How a login proves who it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Authentication {
    /// By a password.
    #[default]
    Password,
    /// By an access token.
    OAuth2,
}

/// Asks for the profiles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProfileList {}

/// The profiles: the mail server first, then the points by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Profiles {
    /// Each with its id.
    pub profiles: Vec<NamedProfile>,
}

/// A profile and its id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NamedProfile {
    /// `mail_server`, or the point's own.
    pub id: String,
    /// Its settings.
    #[serde(flatten)]
    pub profile: Profile,
    /// Whether a password is kept for it.
    #[serde(default)]
    pub has_password: bool,
}

/// Asks for one profile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProfileGet {
    /// Its id.
    pub profile: String,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// Writes a profile whole, a new one or in the place of the old.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProfileSet {
    /// Its id: `mail_server`, or a point's.
    pub id: String,
    /// Its settings.
    #[serde(flatten)]
    pub profile: Box<Profile>,
    /// The password, sealed and never in the configuration; left out, the one that is kept stays.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "expose_on_the_wire")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub password: Option<SecretString>,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// It was saved, with what somebody should know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SavedProfile {
    /// Sentences in the caller's language: a port that is usual for another protocol, a sender who is not the login, an account that
    /// is not there yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// Writes many profiles at once, new ones or in the place of the old: all of them, or none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProfileImport {
    /// Mailbox points, each with its id, and complete whether or not it is enabled.
    #[cfg_attr(test, schemars(with = "Vec<NamedProfile>"))]
    pub profiles: Vec<ListedProfile>,
    /// Only say what there is to say of them, and save nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dry_run: Option<bool>,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// One of many profiles.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListedProfile {
    /// Its id and its settings.
    #[serde(flatten)]
    pub named: NamedProfile,
    /// Whether there was one, which is refused and not even looked at: `profile.set` takes it.
    #[serde(default, skip_serializing)]
    pub password: Option<IgnoredAny>,
}

impl From<NamedProfile> for ListedProfile {
    fn from(named: NamedProfile) -> Self {
        Self { named, password: None }
    }
}

/// What became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportedProfiles {
    /// Whether they were saved: not if one of them is wrong.
    pub saved: bool,
    /// What there is to say of them, in their order; the first 2,000 of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<ProfileVerdict>,
    /// The ids of those that need a password and have none yet; empty where one is wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without_password: Vec<String>,
}

/// What is wrong with one of many profiles, or should be known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProfileVerdict {
    /// Its place among those given, from 0.
    pub index: u32,
    /// Whether it stands in the way.
    pub wrong: bool,
    /// The setting, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// A sentence in the caller's language.
    pub text: String,
}

/// Removes a profile and its password; the account stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProfileRemove {
    /// Its id.
    pub profile: String,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// Asks for all that a component needs to send or to fetch mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CredentialGet {
    /// The profile's id.
    pub profile: String,
    /// For how long the token must be good, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_valid_seconds: Option<u32>,
    /// How long to wait for it, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_seconds: Option<u32>,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// Where to connect, how, as whom, and with what.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Credential {
    /// The profile's id.
    pub profile: String,
    /// What it is for.
    pub kind: ProfileKind,
    /// `imap`, `pop` or `smtp`.
    pub protocol: String,
    /// The server, in ASCII.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How to connect: `tls`, `starttls` or `none`, never `automatic`.
    pub encryption: ProfileEncryption,
    /// The login.
    pub login: String,
    /// The mailbox to open, or to send as.
    pub mailbox: String,
    /// The folder to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// The sender, for outgoing mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<Sender>,
    /// How the login proves who it is.
    pub authentication: Authentication,
    /// The access token.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "expose_on_the_wire")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub access_token: Option<SecretString>,
    /// Its SASL string for this login and mailbox, ready to be sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sasl: Option<Sasl>,
    /// For how many seconds the token is good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in: Option<u64>,
    /// The password.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "expose_on_the_wire")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub password: Option<SecretString>,
}

/// Who sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Sender {
    /// The address.
    pub email: String,
    /// The name that readers see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Where answers go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
}
