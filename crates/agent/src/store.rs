//! `state.db`: one sealed row per account, in a thread of its own, since disks and keyrings may be slow.

mod row;

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use broker::{AccountName, Event, StoreTrouble, Stored, Ticket};
use rusqlite::{Connection, OptionalExtension, params};
use tracing::{error, info, warn};

use crate::input::Input;
use crate::key::{Key, KeySource};
use crate::platform;
use crate::seal::{self, place};

const FILE: &str = "state.db";
const CLOSE_PATIENCE: Duration = Duration::from_secs(3);
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

/// An account's row as it is asked for: the name, and what it must belong to.
pub(crate) struct Place {
    pub(crate) account: AccountName,
    pub(crate) authority: String,
}

enum Order {
    Load(Vec<Place>),
    Save(Ticket, Place, Box<Stored>),
    Erase(AccountName),
}

/// The door to the store's thread; what comes of an order goes into the loop.
pub(crate) struct Store {
    orders: mpsc::Sender<Order>,
    finished: mpsc::Receiver<()>,
}

impl Store {
    /// Starts the thread; the file is opened with the first order.
    pub(crate) fn start(state: &Path, keys: KeySource, tell: impl Fn(Input) + Send + 'static) -> std::io::Result<Self> {
        let (orders, inbox) = mpsc::channel();
        let (finishing, finished) = mpsc::channel();
        let mut cellar = Cellar { state: state.to_owned(), keys, database: None, key: None };
        thread::Builder::new().name("store".into()).spawn(move || {
            let _finishing = finishing;
            for order in inbox {
                tell(cellar.carry_out(order));
            }
        })?;
        Ok(Self { orders, finished })
    }

    /// Lets the thread carry out what it has, unless a keyring holds it up.
    pub(crate) fn close(self) {
        drop(self.orders);
        if let Err(mpsc::RecvTimeoutError::Timeout) = self.finished.recv_timeout(CLOSE_PATIENCE) {
            warn!("the store did not finish in time");
        }
    }

    pub(crate) fn load(&self, places: Vec<Place>) {
        self.order(Order::Load(places));
    }

    pub(crate) fn save(&self, ticket: Ticket, place: Place, stored: Stored) {
        self.order(Order::Save(ticket, place, Box::new(stored)));
    }

    pub(crate) fn erase(&self, account: AccountName) {
        self.order(Order::Erase(account));
    }

    fn order(&self, order: Order) {
        if self.orders.send(order).is_err() {
            error!("the store's thread is gone");
        }
    }
}

/// What the thread owns.
struct Cellar {
    state: PathBuf,
    keys: KeySource,
    database: Option<Connection>,
    key: Option<Key>,
}

impl Cellar {
    fn carry_out(&mut self, order: Order) -> Input {
        match order {
            Order::Load(places) => Input::Loaded(self.load(places)),
            Order::Save(ticket, place, stored) => Input::Event(Event::Saved(ticket, self.save(&place, *stored))),
            Order::Erase(account) => {
                let erased = self.erase(&account);
                Input::Erased(account, erased)
            }
        }
    }

    fn load(&mut self, places: Vec<Place>) -> Result<Vec<(Place, Option<Stored>)>, StoreTrouble> {
        let (connection, key) = self.open()?;
        let mut rows = Vec::new();
        for at in places {
            let row = connection
                .query_row(
                    "SELECT endpoint, sealed FROM sign_in WHERE account = ?1 AND authority = ?2",
                    params![at.account.as_str(), at.authority],
                    |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)),
                )
                .optional()
                .map_err(|error| disk(&error))?;
            let stored = row.and_then(|(endpoint, sealed)| {
                let opened = seal::open(key, &bound(&at, &endpoint), &sealed).ok();
                let stored = opened.and_then(|plain| row::read(plain, endpoint));
                if stored.is_none() {
                    warn!(account = %at.account, "the saved sign-in does not open; a new one is needed");
                }
                stored
            });
            rows.push((at, stored));
        }
        Ok(rows)
    }

    fn save(&mut self, at: &Place, stored: Stored) -> Result<(), StoreTrouble> {
        let (connection, key) = self.open()?;
        let endpoint = stored.endpoint.clone();
        let plain = row::write(stored);
        let sealed = seal::seal(key, &bound(at, &endpoint), &plain).map_err(|_| StoreTrouble::Disk)?;
        connection
            .execute(
                "INSERT OR REPLACE INTO sign_in (account, authority, endpoint, sealed) VALUES (?1, ?2, ?3, ?4)",
                params![at.account.as_str(), at.authority, endpoint, sealed],
            )
            .map_err(|error| disk(&error))?;
        Ok(())
    }

    fn erase(&mut self, account: &AccountName) -> Result<(), StoreTrouble> {
        opened(&mut self.database, &self.state)?
            .execute("DELETE FROM sign_in WHERE account = ?1", params![account.as_str()])
            .map_err(|error| disk(&error))?;
        Ok(())
    }

    /// Opens file and key; what failed is tried anew with the next order.
    fn open(&mut self) -> Result<(&Connection, &Key), StoreTrouble> {
        let database = opened(&mut self.database, &self.state)?;
        let key = match self.key.take() {
            Some(key) => key,
            None => unlock(database, &mut self.keys)?,
        };
        Ok((database, self.key.insert(key)))
    }
}

/// The file alone, for what needs no key.
fn opened<'a>(database: &'a mut Option<Connection>, state: &Path) -> Result<&'a Connection, StoreTrouble> {
    let opened = match database.take() {
        Some(opened) => opened,
        None => open_database(&state.join(FILE)).map_err(|error| disk(&error))?,
    };
    Ok(database.insert(opened))
}

fn bound(at: &Place, endpoint: &str) -> Vec<u8> {
    place("sign_in", &[at.account.as_str(), &at.authority, endpoint])
}

fn disk(error: &rusqlite::Error) -> StoreTrouble {
    error!(%error, "the database refuses");
    StoreTrouble::Disk
}

/// Opens the database, setting aside (and keeping) one that is damaged or another program's.
fn open_database(path: &Path) -> rusqlite::Result<Connection> {
    match try_open(path) {
        Err(rusqlite::Error::SqliteFailure(failure, _))
            if matches!(failure.code, rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) =>
        {
            set_aside(path);
            try_open(path)
        }
        opened => opened,
    }
}

fn set_aside(path: &Path) {
    let free = (1_u32..).map(|n| path.with_extension(format!("db.broken-{n}"))).find(|aside| !aside.exists());
    let Some(aside) = free else { return };
    for suffix in ["", "-wal", "-shm"] {
        let with = |base: &Path| PathBuf::from(format!("{}{suffix}", base.display()));
        if let Err(error) = fs::rename(with(path), with(&aside))
            && suffix.is_empty()
        {
            error!(%error, path = %path.display(), "the broken database cannot be set aside");
        }
    }
    warn!(aside = %aside.display(), "the database is not Signet's or is damaged: set aside, sign-ins are needed");
}

fn try_open(path: &Path) -> rusqlite::Result<Connection> {
    if let Err(error) = platform::open_private(path, OpenOptions::new().read(true).append(true).create(true)) {
        error!(%error, path = %path.display(), "the database file cannot be opened");
    }
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(2))?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -256;",
    )?;
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    match (pragma("application_id")?, pragma("user_version")?) {
        (0, 0) if connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))? == 0 => {
            connection.execute_batch(&format!(
                "BEGIN; {SCHEMA} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;"
            ))?;
            info!(path = %path.display(), "a new database");
            Ok(connection)
        }
        (APPLICATION_ID, VERSION) => Ok(connection),
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

/// The store's key. A missing one is made only while nothing is sealed: never a new key over old rows.
fn unlock(connection: &Connection, keys: &mut KeySource) -> Result<Key, StoreTrouble> {
    let (id, proof, rows): (String, Option<Vec<u8>>, u32) = connection
        .query_row("SELECT id, proof, (SELECT count(*) FROM sign_in) FROM meta", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .map_err(|error| disk(&error))?;
    let at = place("meta", &[&id]);
    let key = keys.read(&id)?;
    if rows > 0 {
        let opens = |key: &Key| proof.is_some_and(|proof| seal::open(key, &at, &proof).is_ok());
        return key.filter(opens).ok_or(StoreTrouble::KeyMissing);
    }
    let key = match key {
        Some(key) => key,
        None => keys.create(&id)?,
    };
    let proof = seal::seal(&key, &at, id.as_bytes()).map_err(|_| StoreTrouble::Disk)?;
    connection.execute("UPDATE meta SET proof = ?1", params![proof]).map_err(|error| disk(&error))?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use broker::{Identity, Person, ResourceKey, StoredToken};
    use secrecy::ExposeSecret;

    use super::*;

    fn cellar(state: &Path) -> Cellar {
        Cellar { state: state.to_owned(), keys: KeySource::file(state), database: None, key: None }
    }

    fn at(account: &str, authority: &str) -> Place {
        Place { account: account.into(), authority: authority.to_owned() }
    }

    fn stored() -> Stored {
        let key = ResourceKey { resource: "mail".into(), scopes: vec!["imap".into()] };
        let token = StoredToken {
            key,
            access: "the-access-token".into(),
            scopes: vec!["imap".into()],
            issued: Duration::from_secs(1_000),
            life: Duration::from_secs(3_600),
        };
        Stored {
            refresh: Some("the-refresh-token".into()),
            person: Person {
                identity: Identity { subject: "oid.tid".into(), home: Some("uid.utid".into()) },
                username: "biuro@firma.pl".into(),
            },
            endpoint: "https://id.example".into(),
            tokens: vec![token],
            ended: None,
            refreshed: Duration::from_secs(2_000),
        }
    }

    fn saved(state: &Path) {
        cellar(state).save(&at("biuro", "A"), stored()).expect("the disk takes it");
    }

    fn refresh_token(state: &Path, place: Place) -> Result<Option<String>, StoreTrouble> {
        let rows = cellar(state).load(vec![place])?;
        let stored = rows.into_iter().next().and_then(|(_, stored)| stored);
        Ok(stored.and_then(|stored| stored.refresh).map(|refresh| refresh.expose_secret().to_owned()))
    }

    #[test]
    fn what_was_saved_is_read_by_the_next_agent_and_stands_nowhere_in_clear() {
        let home = tempfile::tempdir().unwrap();
        saved(home.path());
        assert_eq!(refresh_token(home.path(), at("biuro", "A")), Ok(Some("the-refresh-token".into())));
        for file in fs::read_dir(home.path()).unwrap() {
            let content = fs::read(file.unwrap().path()).unwrap();
            for secret in ["the-refresh-token", "the-access-token"] {
                assert!(!content.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret} is in clear");
            }
        }
    }

    #[test]
    fn a_row_moved_to_another_account_authority_or_endpoint_does_not_open() {
        for change in ["account = 'other'", "authority = 'B'", "endpoint = 'https://evil.example'"] {
            let home = tempfile::tempdir().unwrap();
            saved(home.path());
            let database = Connection::open(home.path().join(FILE)).unwrap();
            database.execute(&format!("UPDATE sign_in SET {change}"), []).unwrap();
            for place in [at("biuro", "A"), at("other", "A"), at("biuro", "B")] {
                assert_eq!(refresh_token(home.path(), place), Ok(None), "after {change}");
            }
        }
    }

    #[test]
    fn a_lost_or_wrong_key_never_becomes_a_new_one_over_old_rows() {
        let home = tempfile::tempdir().unwrap();
        saved(home.path());
        let key = home.path().join("key");
        let right = fs::read(&key).unwrap();
        fs::remove_file(&key).unwrap();
        assert_eq!(refresh_token(home.path(), at("biuro", "A")), Err(StoreTrouble::KeyMissing));
        assert!(!key.exists(), "no new key was made");
        fs::write(&key, [7; 32]).unwrap();
        assert_eq!(refresh_token(home.path(), at("biuro", "A")), Err(StoreTrouble::KeyMissing), "another key");
        fs::write(&key, right).unwrap();
        assert_eq!(refresh_token(home.path(), at("biuro", "A")), Ok(Some("the-refresh-token".into())));
    }

    #[test]
    fn a_database_that_is_damaged_or_another_program_s_is_set_aside_and_kept() {
        for content in [b"this is no database, and never was one".to_vec(), vec![0x5a; 8192]] {
            let home = tempfile::tempdir().unwrap();
            fs::write(home.path().join(FILE), &content).unwrap();
            saved(home.path());
            assert_eq!(fs::read(home.path().join("state.db.broken-1")).unwrap(), content);
        }
        let home = tempfile::tempdir().unwrap();
        Connection::open(home.path().join(FILE)).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
        saved(home.path());
        assert!(home.path().join("state.db.broken-1").exists(), "another program's tables");
    }

    #[test]
    fn a_newer_signet_s_database_is_left_untouched() {
        let home = tempfile::tempdir().unwrap();
        saved(home.path());
        let newer = |sql: &str| Connection::open(home.path().join(FILE)).unwrap().execute_batch(sql).unwrap();
        newer("PRAGMA user_version = 2");
        assert_eq!(refresh_token(home.path(), at("biuro", "A")), Err(StoreTrouble::Disk));
        newer("PRAGMA user_version = 1");
        assert_eq!(refresh_token(home.path(), at("biuro", "A")), Ok(Some("the-refresh-token".into())));
    }

    #[test]
    fn a_lost_key_is_made_anew_while_nothing_is_sealed() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(refresh_token(home.path(), at("biuro", "A")), Ok(None));
        fs::remove_file(home.path().join("key")).unwrap();
        assert_eq!(refresh_token(home.path(), at("biuro", "A")), Ok(None));
        assert!(home.path().join("key").exists());
    }

    #[test]
    fn a_row_is_erased_even_while_its_key_is_away() {
        let home = tempfile::tempdir().unwrap();
        saved(home.path());
        fs::rename(home.path().join("key"), home.path().join("away")).unwrap();
        cellar(home.path()).erase(&"biuro".into()).unwrap();
        fs::rename(home.path().join("away"), home.path().join("key")).unwrap();
        assert_eq!(refresh_token(home.path(), at("biuro", "A")), Ok(None));
    }
}
