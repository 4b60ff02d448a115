use std::fmt;
use std::sync::Arc;

/// The name of an account: its key in the configuration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountName(Arc<str>);

impl AccountName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for AccountName {
    fn from(name: &str) -> Self {
        Self(name.into())
    }
}

impl fmt::Display for AccountName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the configuration says of an account, as far as the broker needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountSpec {
    /// Its name.
    pub name: AccountName,
    /// The login (UPN) its person signs in with.
    pub login: String,
    /// Names authority and application; a change of it makes the old sign-in worthless.
    pub authority: String,
    /// What tokens may be had for. The first one is redeemed at sign-in, the others follow by refresh.
    pub resources: Vec<Resource>,
}

/// Something an access token is for, with all scopes that are asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Its name in the configuration, such as `mail`.
    pub name: String,
    /// The OAuth scopes (RFC 6749 § 3.3).
    pub scopes: Vec<String>,
}

/// Which access token: tokens are kept per resource and scopes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceKey {
    /// The resource's name.
    pub resource: String,
    /// The scopes wanted, in the order of the configuration.
    pub scopes: Vec<String>,
}

impl From<&Resource> for ResourceKey {
    fn from(resource: &Resource) -> Self {
        Self { resource: resource.name.clone(), scopes: resource.scopes.clone() }
    }
}

/// Who somebody is at the authority, in the form that never changes. Opaque here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// `oid.tid` at Microsoft, issuer and subject elsewhere.
    pub subject: String,
    /// `uid.utid` at Microsoft: the same person in their home tenant, where the authority says it.
    pub home: Option<String>,
}

impl Identity {
    /// Whether both are the same person, as far as both say.
    pub fn is_same(&self, other: &Self) -> bool {
        let homes_differ = matches!((&self.home, &other.home), (Some(one), Some(another)) if one != another);
        self.subject == other.subject && !homes_differ
    }
}

/// The person an ID token speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The identity that an account is pinned to.
    pub identity: Identity,
    /// `preferred_username`: for showing and for the first comparison with the login, never for trust later.
    pub username: String,
}
