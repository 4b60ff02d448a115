//! What is inside a sealed row: JSON, version by the database's.

use std::time::Duration;

use broker::{Identity, Person, Reason, ResourceKey, Stored, StoredToken};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

#[derive(Serialize, Deserialize)]
struct Row<'a> {
    refresh: Option<Zeroizing<String>>,
    subject: String,
    home: Option<String>,
    username: String,
    tokens: Vec<Token>,
    ended: Option<&'a str>,
    refreshed: u64,
}

#[derive(Serialize, Deserialize)]
struct Token {
    resource: String,
    wanted: Vec<String>,
    access: Zeroizing<String>,
    granted: Vec<String>,
    issued: u64,
    life: u64,
}

pub(super) fn write(stored: &Stored) -> Zeroizing<Vec<u8>> {
    let exposed = |secret: &SecretString| Zeroizing::new(secret.expose_secret().to_owned());
    let row = Row {
        refresh: stored.refresh.as_ref().map(exposed),
        subject: stored.person.identity.subject.clone(),
        home: stored.person.identity.home.clone(),
        username: stored.person.username.clone(),
        tokens: stored
            .tokens
            .iter()
            .map(|token| Token {
                resource: token.key.resource.clone(),
                wanted: token.key.scopes.clone(),
                access: exposed(&token.access),
                granted: token.scopes.clone(),
                issued: token.issued.as_secs(),
                life: token.life.as_secs(),
            })
            .collect(),
        ended: stored.ended.map(Reason::code),
        refreshed: stored.refreshed.as_secs(),
    };
    Zeroizing::new(serde_json::to_vec(&row).unwrap_or_default())
}

/// None if the row is not what this version writes.
pub(super) fn read(plain: &[u8], endpoint: String) -> Option<Stored> {
    let row: Row<'_> = serde_json::from_slice(plain).ok()?;
    let secret = |text: Zeroizing<String>| SecretString::from(text.as_str());
    Some(Stored {
        refresh: row.refresh.map(secret),
        person: Person { identity: Identity { subject: row.subject, home: row.home }, username: row.username },
        endpoint,
        tokens: row
            .tokens
            .into_iter()
            .map(|token| StoredToken {
                key: ResourceKey { resource: token.resource, scopes: token.wanted },
                access: secret(token.access),
                scopes: token.granted,
                issued: Duration::from_secs(token.issued),
                life: Duration::from_secs(token.life),
            })
            .collect(),
        ended: row.ended.map(|code| Reason::from_code(code).unwrap_or(Reason::Revoked)),
        refreshed: Duration::from_secs(row.refreshed),
    })
}
