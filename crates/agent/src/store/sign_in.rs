//! The rows of the sign-ins: read, written, erased.

use broker::{AccountName, Kept, Stored};
use rusqlite::{Connection, OptionalExtension, params};
use tracing::warn;

use super::database::Refused;
use super::{Place, row, sealed};
use crate::key::Key;
use crate::seal::{self, place};

/// What a row is bound to.
pub(super) fn bound(account: &str, authority: &str, endpoint: &str) -> Vec<u8> {
    place("sign_in", &[account, authority, endpoint])
}

/// What is kept for this account, as it is configured now.
pub(super) fn read(connection: &Connection, key: &Key, at: &Place) -> Result<Kept, Refused> {
    let row = connection
        .query_row("SELECT endpoint, sealed FROM sign_in WHERE account = ?1", params![at.account.as_str()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?))
        })
        .optional()?;
    let Some((endpoint, sealed)) = row else { return Ok(Kept::Nothing) };
    let opened = seal::open(key, &bound(at.account.as_str(), &at.authority, &endpoint), &sealed).ok();
    Ok(match opened.and_then(|plain| row::read(&plain, endpoint)) {
        Some(stored) => Kept::SignIn(stored),
        None => {
            warn!(account = %at.account, "the saved sign-in is not for these settings, or was tampered with");
            Kept::Elsewhere
        }
    })
}

pub(super) fn write(connection: &Connection, key: &Key, at: &Place, stored: &Stored) -> Result<(), Refused> {
    let plain = row::write(stored);
    let sealed = sealed(key, &bound(at.account.as_str(), &at.authority, &stored.endpoint), &plain)?;
    connection.execute(
        "INSERT OR REPLACE INTO sign_in (account, authority, endpoint, sealed) VALUES (?1, ?2, ?3, ?4)",
        params![at.account.as_str(), at.authority, stored.endpoint, sealed],
    )?;
    Ok(())
}

pub(super) fn erase(connection: &Connection, account: &AccountName) -> Result<(), Refused> {
    connection.execute("DELETE FROM sign_in WHERE account = ?1", params![account.as_str()])?;
    Ok(())
}
