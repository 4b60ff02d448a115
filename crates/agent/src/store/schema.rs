//! The versions of the database: each step leads from one to the next, and stays as it is for good.

use rusqlite::Connection;

/// `SGNT`: a database of another program is not touched.
const APPLICATION_ID: i32 = 0x5347_4e54;

const STEPS: [&str; 3] = [
    // 1: the sign-ins, one row each.
    "
    CREATE TABLE meta (id TEXT NOT NULL, proof BLOB) STRICT;
    INSERT INTO meta (id) VALUES (lower(hex(randomblob(8))));
    CREATE TABLE sign_in (
        account TEXT PRIMARY KEY, authority TEXT NOT NULL, endpoint TEXT NOT NULL, sealed BLOB NOT NULL
    ) STRICT;
    ",
    // 2: where the key is kept, and what programs may do.
    "
    ALTER TABLE meta ADD COLUMN key_place TEXT;
    CREATE TABLE approval (
        program TEXT NOT NULL, account TEXT NOT NULL, resource TEXT NOT NULL, sealed BLOB NOT NULL,
        PRIMARY KEY (program, account, resource)
    ) STRICT;
    ",
    // 3: passwords of profiles.
    "
    CREATE TABLE password (
        profile TEXT PRIMARY KEY, server TEXT NOT NULL, login TEXT NOT NULL, sealed BLOB NOT NULL
    ) STRICT;
    ",
];

/// What a file turns out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Signet's, made by so many steps; none for a file that is empty.
    Ours(usize),
    /// Signet's, of a version that is not known here.
    Newer(i32),
    /// Another program's.
    Foreign,
}

impl Content {
    pub(super) fn of(connection: &Connection) -> rusqlite::Result<Self> {
        let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        let is_empty = || {
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)).map(|it| it == 0)
        };
        Ok(match (pragma("application_id")?, pragma("user_version")?) {
            (0, 0) if is_empty()? => Self::Ours(0),
            (APPLICATION_ID, version) => match usize::try_from(version) {
                Ok(steps) if (1..=STEPS.len()).contains(&steps) => Self::Ours(steps),
                _ => Self::Newer(version),
            },
            _ => Self::Foreign,
        })
    }
}

/// Takes the steps that are missing, all of them or none; says whether there were any.
pub(super) fn bring_up(connection: &Connection, taken: usize) -> rusqlite::Result<bool> {
    let missing = STEPS.get(taken..).unwrap_or_default();
    if missing.is_empty() {
        return Ok(false);
    }
    connection.execute_batch(&format!(
        "BEGIN IMMEDIATE; {} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {}; COMMIT;",
        missing.concat(),
        STEPS.len(),
    ))?;
    Ok(true)
}
