//! The file: opened or made, and set aside where it cannot be ours.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::Duration;

use broker::StoreTrouble;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use tracing::{error, info, warn};

use super::schema::{self, Content};
use crate::platform;

/// Why the store does not do what it was asked.
#[derive(Debug)]
pub(super) enum Refused {
    /// The file is damaged, or another program's.
    NotOurs,
    Trouble(StoreTrouble),
}

impl From<StoreTrouble> for Refused {
    fn from(trouble: StoreTrouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Self {
        error!(%error, "the database refuses");
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) => Self::NotOurs,
            Some(_) | None => Self::Trouble(StoreTrouble::Disk),
        }
    }
}

/// Moves a database out of the way, and says where it is kept.
pub(super) fn set_aside(path: &Path, as_what: &str) -> Option<PathBuf> {
    let aside = (1_u32..).map(|n| path.with_extension(format!("db.{as_what}-{n}"))).find(|aside| !aside.exists())?;
    for suffix in ["", "-wal", "-shm"] {
        let with = |base: &Path| PathBuf::from(format!("{}{suffix}", base.display()));
        if let Err(error) = fs::rename(with(path), with(&aside))
            && suffix.is_empty()
        {
            error!(%error, path = %path.display(), "the database cannot be set aside");
            return None;
        }
    }
    warn!(aside = %aside.display(), "the database is set aside");
    Some(aside)
}

/// Opens the database, or makes it; one of an earlier version is brought up.
pub(super) fn open(path: &Path) -> Result<Connection, Refused> {
    if let Err(error) = platform::open_private(path, OpenOptions::new().read(true).append(true).create(true)) {
        error!(%error, path = %path.display(), "the database file cannot be opened");
    }
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(2))?;
    // Before anything is set: what is not ours stays as it is, what its log holds included.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let steps = match Content::of(&connection)? {
        Content::Ours(steps) => steps,
        Content::Newer(version) => {
            error!(version, path = %path.display(), "the database is of a newer Signet; it stays untouched");
            return Err(StoreTrouble::Newer.into());
        }
        Content::Foreign => return Err(Refused::NotOurs),
    };
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -256;",
    )?;
    if schema::bring_up(&connection, steps)? {
        info!(path = %path.display(), from = steps, "the database is of this version now");
    }
    Ok(connection)
}
