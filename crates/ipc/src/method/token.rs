//! `token.*`

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::secret::expose_on_the_wire;

/// Asks for an access token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TokenGet {
    /// The account's name, or its login where that is unambiguous.
    pub account: String,
    /// What the token is for; without it, and without `resource` and `scopes`, mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<MailProtocol>,
    /// A resource declared in the config.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Scopes, where the resource has several sets of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// How long the token has to be good for, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_valid_seconds: Option<u32>,
    /// Asks the authority even when a token is at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<bool>,
    /// A claims challenge of the resource (OpenID Connect Core, section 5.5), as JSON text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claims: Option<String>,
    /// The SASL mechanism of the ready answer: `XOAUTH2` (without it, this one) or `OAUTHBEARER`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mechanism: Option<String>,
    /// How long to wait where something has to be done first, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_seconds: Option<u32>,
    /// What the program wants it for, in words for its person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// A mail protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum MailProtocol {
    /// IMAP4.
    Imap,
    /// POP3.
    Pop,
    /// SMTP.
    Smtp,
}

/// An access token and how to use it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Token {
    /// The token itself.
    #[serde(serialize_with = "expose_on_the_wire")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub access_token: SecretString,
    /// `Bearer` (RFC 6750).
    pub token_type: String,
    /// When it ends: RFC 3339, UTC.
    pub expires_at: String,
    /// Seconds until it ends.
    pub expires_in: u64,
    /// The account's name.
    pub account: String,
    /// The account's login (UPN).
    pub login: String,
    /// What it gives access to.
    pub scopes: Vec<String>,
    /// Ready for a mail server; absent where the token is not for mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sasl: Option<Sasl>,
}

/// A SASL exchange of one message.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Sasl {
    /// `XOAUTH2` or `OAUTHBEARER` (RFC 7628).
    pub mechanism: String,
    /// The initial response in base64; it contains the token.
    #[serde(serialize_with = "expose_on_the_wire")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub initial_response: SecretString,
}

/// Says that a server refused a token.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TokenReject {
    /// The account's name or login.
    pub account: String,
    /// The token that was refused.
    #[serde(serialize_with = "expose_on_the_wire")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub access_token: SecretString,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}
