//! What the store says of itself, and the change from one key to another.

use rusqlite::{Connection, params};
use tracing::{info, warn};

use super::database::Refused;
use super::{approval, password, sealed, sign_in};
use crate::config::KeyPlace;
use crate::key::Key;
use crate::seal::{self, NotOurs, place};

/// What the store says of itself.
pub(super) struct Meta {
    pub(super) id: String,
    /// The id, sealed: opens with the right key alone.
    proof: Option<Vec<u8>>,
    /// Where the key was kept when it was last used.
    key_place: Option<KeyPlace>,
    /// How many rows are sealed.
    pub(super) rows: u32,
}

impl Meta {
    pub(super) fn of(connection: &Connection) -> rusqlite::Result<Self> {
        let rows = "(SELECT count(*) FROM sign_in) + (SELECT count(*) FROM approval) + (SELECT count(*) FROM password)";
        connection.query_row(&format!("SELECT id, proof, key_place, {rows} FROM meta"), [], |row| {
            let key_place = row.get::<_, Option<String>>(2)?.and_then(|name| KeyPlace::named(&name));
            Ok(Self { id: row.get(0)?, proof: row.get(1)?, key_place, rows: row.get(3)? })
        })
    }

    /// Where the right key is, if there is one; version 1 did not note it down, and went by the configuration.
    pub(super) fn place_of_key(&self, configured: KeyPlace) -> Option<KeyPlace> {
        self.proof.as_ref().map(|_| self.key_place.unwrap_or(configured))
    }

    pub(super) fn is_opened_by(&self, key: &Key) -> bool {
        self.proof.as_ref().is_some_and(|proof| seal::open(key, &self.place(), proof).is_ok())
    }

    /// From now on this key, kept there, is the right one.
    pub(super) fn go_by(&self, connection: &Connection, key: &Key, kept: KeyPlace) -> Result<(), Refused> {
        let proof = sealed(key, &self.place(), self.id.as_bytes())?;
        connection.execute("UPDATE meta SET proof = ?1, key_place = ?2", params![proof, kept.name()])?;
        Ok(())
    }

    /// Every row anew under another key, or none.
    pub(super) fn reseal(
        &self,
        connection: &mut Connection,
        old: &Key,
        new: &Key,
        kept: KeyPlace,
    ) -> Result<(), Refused> {
        let change = connection.transaction()?;
        let sign_ins =
            reseal_table(&change, "sign_in", ["account", "authority", "endpoint"], sign_in::bound, old, new)?;
        let approvals =
            reseal_table(&change, "approval", ["program", "account", "resource"], approval::bound, old, new)?;
        let passwords = reseal_table(&change, "password", ["profile", "server", "login"], password::bound, old, new)?;
        self.go_by(&change, new, kept)?;
        change.commit()?;
        // What the old key opens shall not lie in the log any longer than it must.
        if let Err(error) = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())) {
            warn!(%error, "the log goes on holding what the old key opens");
        }
        info!(sign_ins, approvals, passwords, "everything is sealed with another key");
        Ok(())
    }

    fn place(&self) -> Vec<u8> {
        place("meta", &[&self.id])
    }
}

/// A row that the old key does not open was not sealed by it where it stands: it stays as worthless as it is.
fn reseal_table(
    connection: &Connection,
    table: &str,
    columns: [&str; 3],
    bound: fn(&str, &str, &str) -> Vec<u8>,
    old: &Key,
    new: &Key,
) -> Result<usize, Refused> {
    let [one, two, three] = columns;
    let mut rows = connection.prepare(&format!("SELECT rowid, {one}, {two}, {three}, sealed FROM {table}"))?;
    let mut rows = rows.query([])?;
    let mut resealed = Vec::new();
    while let Some(row) = rows.next()? {
        let text = |at| row.get::<_, String>(at);
        let (id, bound) = (row.get::<_, i64>(0)?, bound(&text(1)?, &text(2)?, &text(3)?));
        match seal::open(old, &bound, &row.get::<_, Vec<u8>>(4)?) {
            Ok(plain) => resealed.push((id, sealed(new, &bound, &plain)?)),
            Err(NotOurs) => warn!(table, row = id, "a row does not open, and stays sealed as it is"),
        }
    }
    for (id, sealed) in &resealed {
        connection.execute(&format!("UPDATE {table} SET sealed = ?2 WHERE rowid = ?1"), params![id, sealed])?;
    }
    Ok(resealed.len())
}
