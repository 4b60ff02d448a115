//! The file: opened or made, and set aside where it cannot be ours.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use tracing::{error, info, warn};

use crate::platform;

/// `SGNT`: a database of another program is not touched.
const APPLICATION_ID: i32 = 0x5347_4e54;
const VERSION: i32 = 1;
const SCHEMA: &str = "
    CREATE TABLE meta (id TEXT NOT NULL, proof BLOB) STRICT;
    INSERT INTO meta (id) VALUES (lower(hex(randomblob(8))));
    CREATE TABLE sign_in (
        account TEXT PRIMARY KEY, authority TEXT NOT NULL, endpoint TEXT NOT NULL, sealed BLOB NOT NULL
    ) STRICT;
";

/// Whether the file is damaged or another program's, rather than out of reach.
pub(super) fn is_not_ours(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error_code();
    matches!(code, Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt))
}

/// Moves a file that cannot be ours out of the way, and says where it is kept.
pub(super) fn set_aside(path: &Path) -> Option<PathBuf> {
    let aside = (1_u32..).map(|n| path.with_extension(format!("db.broken-{n}"))).find(|aside| !aside.exists())?;
    for suffix in ["", "-wal", "-shm"] {
        let with = |base: &Path| PathBuf::from(format!("{}{suffix}", base.display()));
        if let Err(error) = fs::rename(with(path), with(&aside))
            && suffix.is_empty()
        {
            error!(%error, path = %path.display(), "the broken database cannot be set aside");
        }
    }
    warn!(aside = %aside.display(), "the database is not Signet's or is damaged: set aside");
    Some(aside)
}

/// Opens the database, or makes it.
pub(super) fn open(path: &Path) -> rusqlite::Result<Connection> {
    if let Err(error) = platform::open_private(path, OpenOptions::new().read(true).append(true).create(true)) {
        error!(%error, path = %path.display(), "the database file cannot be opened");
    }
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(2))?;
    // Before anything is set: what is not ours stays as it is.
    let content = content(&connection)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -256;",
    )?;
    if let Content::Nothing = content {
        connection.execute_batch(&format!(
            "BEGIN; {SCHEMA} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;"
        ))?;
        info!(path = %path.display(), "a new database");
    }
    Ok(connection)
}

enum Content {
    Nothing,
    Ours,
}

fn content(connection: &Connection) -> rusqlite::Result<Content> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    match (pragma("application_id")?, pragma("user_version")?) {
        (0, 0) if connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))? == 0 => {
            Ok(Content::Nothing)
        }
        (APPLICATION_ID, VERSION) => Ok(Content::Ours),
        (APPLICATION_ID, newer) => {
            error!(version = newer, "the database is of a newer Signet; it stays untouched");
            Err(rusqlite::Error::SqliteFailure(
                rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_MISMATCH),
                Some(format!("made by a newer Signet (version {newer})")),
            ))
        }
        _ => Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_NOTADB), None)),
    }
}
