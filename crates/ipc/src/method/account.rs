//! `account.*`

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::snapshot::{AccountState, Cause};

/// Asks for the accounts, a page at a time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AccountList {
    /// The `next` of the page before; without it, the first page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// How many accounts at most; never more than [`crate::limits::PAGE`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// A page of the accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Accounts {
    /// In the order they are shown in: by name.
    pub accounts: Vec<AccountRow>,
    /// What to ask the next page with, where there are more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One account of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AccountRow {
    /// Its name.
    pub name: String,
    /// Its login (UPN).
    pub login: String,
    /// Where it stands.
    pub state: AccountState,
    /// Why, by the cause's stable name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// More about that.
    #[serde(flatten)]
    pub cause: Cause,
    /// When its access token ends, for mail where it has one for that: RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
}

/// Adds an account; what is left out comes from `[app]` of the config.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AccountAdd {
    /// Its name, which is its login too where `login` is left out.
    pub name: String,
    /// Its login (UPN).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// The Microsoft cloud.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cloud: Option<String>,
    /// The tenant: its id, one of its domains, or `organizations`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    /// The application (client) id registered there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Another OpenID provider's issuer, in place of cloud and tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Resources by name, each with its scopes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub resources: BTreeMap<String, Vec<String>>,
    /// How the code comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_mode: Option<ResponseMode>,
    /// Whether it is for a form that has not been saved: the `profile.set` that uses it makes it stay, and an agent that
    /// starts erases it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisional: Option<bool>,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// Changes an account: what is given replaces what was, the rest stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AccountSet {
    /// The account's name and its new settings.
    #[serde(flatten)]
    pub account: AccountAdd,
}

/// How the authorization code comes back from the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ResponseMode {
    /// In a POST body (OAuth 2.0 Form Post Response Mode).
    FormPost,
    /// In the address (RFC 6749, section 4.1.2).
    Query,
}

/// Removes an account and erases its sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AccountRemove {
    /// The account's name.
    pub account: String,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// Asks the authority again at once, whatever kept the account from its tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AccountRetry {
    /// The account's name.
    pub account: String,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// What was erased here, and where to revoke it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Erased {
    /// The page on which the person can revoke the sign-in itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoke_at: Option<String>,
    /// The profiles that worked by an account that is removed: they are without one until it is added again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<String>,
}
