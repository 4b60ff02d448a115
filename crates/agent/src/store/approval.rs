//! What a program may do: one sealed row for each program, account and resource.
#![cfg_attr(not(test), expect(dead_code, reason = "rows have their place and their seal; nobody is asked yet"))]

use std::time::Duration;

use broker::AccountName;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::database::Refused;
use super::sealed;
use crate::key::Key;
use crate::seal::{self, place};

/// A program, and what it wants to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Use {
    /// Names the program: opaque here.
    pub(super) program: String,
    pub(super) account: AccountName,
    pub(super) resource: String,
}

/// Somebody's word on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Approval {
    pub(super) decision: Decision,
    /// When it was given, by the wall clock.
    pub(super) at: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Decision {
    Allowed,
    Denied,
}

/// What the row is bound to: a yes does not open for another program, account or resource.
pub(super) fn bound(program: &str, account: &str, resource: &str) -> Vec<u8> {
    place("approval", &[program, account, resource])
}

impl Use {
    pub(super) fn decide(&self, connection: &Connection, key: &Key, approval: Approval) -> Result<(), Refused> {
        let plain = serde_json::to_vec(&approval).unwrap_or_default();
        let sealed = sealed(key, &self.bound(), &plain)?;
        connection.execute(
            "INSERT OR REPLACE INTO approval (program, account, resource, sealed) VALUES (?1, ?2, ?3, ?4)",
            params![self.program, self.account.as_str(), self.resource, sealed],
        )?;
        Ok(())
    }

    /// None if nobody has decided, or if the row does not open here.
    pub(super) fn decided(&self, connection: &Connection, key: &Key) -> Result<Option<Approval>, Refused> {
        let row = connection
            .query_row(
                "SELECT sealed FROM approval WHERE program = ?1 AND account = ?2 AND resource = ?3",
                params![self.program, self.account.as_str(), self.resource],
                |row| row.get::<_, Vec<u8>>(0),
            )
            .optional()?;
        let opened = row.and_then(|sealed| seal::open(key, &self.bound(), &sealed).ok());
        Ok(opened.and_then(|plain| serde_json::from_slice(&plain).ok()))
    }

    fn bound(&self) -> Vec<u8> {
        bound(&self.program, self.account.as_str(), &self.resource)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::database;

    const ALLOWED: Approval = Approval { decision: Decision::Allowed, at: Duration::from_secs(1_000) };

    fn fetching(account: &str) -> Use {
        Use { program: "/opt/dms/fetch".into(), account: account.into(), resource: "mail".into() }
    }

    fn opened(home: &tempfile::TempDir) -> Connection {
        database::open(&home.path().join("state.db")).unwrap()
    }

    #[test]
    fn a_word_is_kept_and_the_last_one_counts() {
        let home = tempfile::tempdir().unwrap();
        let key = Key::new([1; 32]);
        let denied = Approval { decision: Decision::Denied, at: Duration::from_secs(2_000) };
        fetching("biuro").decide(&opened(&home), &key, ALLOWED).unwrap();
        assert_eq!(fetching("biuro").decided(&opened(&home), &key).unwrap(), Some(ALLOWED));
        assert_eq!(fetching("kadry").decided(&opened(&home), &key).unwrap(), None, "nobody was asked");
        fetching("biuro").decide(&opened(&home), &key, denied).unwrap();
        assert_eq!(fetching("biuro").decided(&opened(&home), &key).unwrap(), Some(denied));
    }

    #[test]
    fn a_yes_moved_to_another_program_account_or_resource_is_none() {
        let key = Key::new([1; 32]);
        for (column, other) in [
            ("program", Use { program: "/tmp/evil".into(), ..fetching("biuro") }),
            ("account", fetching("kadry")),
            ("resource", Use { resource: "graph".into(), ..fetching("biuro") }),
        ] {
            let home = tempfile::tempdir().unwrap();
            let connection = opened(&home);
            fetching("biuro").decide(&connection, &key, ALLOWED).unwrap();
            let value: &str = match column {
                "program" => &other.program,
                "account" => other.account.as_str(),
                _ => &other.resource,
            };
            connection.execute(&format!("UPDATE approval SET {column} = ?1"), params![value]).unwrap();
            assert_eq!(other.decided(&connection, &key).unwrap(), None, "another {column}");
        }
    }
}
