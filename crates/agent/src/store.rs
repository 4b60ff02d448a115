//! `state.db`: one sealed row per account, in a thread of its own, since disks and keyrings may be slow.

mod database;
mod row;

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use broker::{AccountName, Event, StoreTrouble, Stored, Ticket};
use rusqlite::{Connection, OptionalExtension, params};
use secrecy::SecretString;
use tokio::sync::oneshot;
use tracing::{error, warn};

use crate::input::Input;
use crate::key::{self, Key, KeySource};
use crate::seal::{self, place};

const FILE: &str = "state.db";
const CLOSE_PATIENCE: Duration = Duration::from_secs(3);
/// An account's row as it is asked for: the name, and what it must belong to.
pub(crate) struct Place {
    pub(crate) account: AccountName,
    pub(crate) authority: String,
}

enum Order {
    Load(Vec<Place>),
    Save(Ticket, Place, Box<Stored>),
    Erase(AccountName),
    Unlock { passphrase: SecretString, first: FirstTime, told: oneshot::Sender<Result<(), NotUnlocked>> },
}

/// Whether a passphrase is chosen now, or has been before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FirstTime {
    Yes,
    No,
}

/// Why a passphrase does not unlock the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotUnlocked {
    /// The key is kept elsewhere.
    NotByPassphrase,
    /// None has been chosen yet.
    NoneChosen,
    /// It is another one.
    Wrong,
    /// The store itself is in trouble.
    Trouble(StoreTrouble),
}

impl From<StoreTrouble> for NotUnlocked {
    fn from(trouble: StoreTrouble) -> Self {
        Self::Trouble(trouble)
    }
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
                if let Some(done) = cellar.carry_out(order) {
                    tell(done);
                }
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

    pub(crate) fn unlock(
        &self,
        passphrase: SecretString,
        first: FirstTime,
        told: oneshot::Sender<Result<(), NotUnlocked>>,
    ) {
        self.order(Order::Unlock { passphrase, first, told });
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
    fn carry_out(&mut self, order: Order) -> Option<Input> {
        Some(match order {
            Order::Load(places) => Input::Loaded(self.load(places)),
            Order::Save(ticket, place, stored) => Input::Event(Event::Saved(ticket, self.save(&place, *stored))),
            Order::Erase(account) => {
                let erased = self.erase(&account);
                Input::Erased(account, erased)
            }
            Order::Unlock { passphrase, first, told } => {
                // Whoever asked may have gone in this very moment.
                let _ = told.send(self.unlock(&passphrase, first));
                return None;
            }
        })
    }

    /// A passphrase that was chosen opens the proof; choosing one makes the proof.
    fn unlock(&mut self, passphrase: &SecretString, first: FirstTime) -> Result<(), NotUnlocked> {
        if !self.keys.is_passphrase() {
            return Err(NotUnlocked::NotByPassphrase);
        }
        let meta = Meta::of(opened(&mut self.database, &self.state)?)?;
        if meta.proof.is_none() && first == FirstTime::No {
            return Err(NotUnlocked::NoneChosen);
        }
        let key = key::of_passphrase(passphrase, &meta.id)?;
        if meta.proof.is_some() && !meta.is_opened_by(&key) {
            return Err(NotUnlocked::Wrong);
        }
        self.keys.give(key);
        self.open()?;
        Ok(())
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
        None => database::open(&state.join(FILE)).map_err(|error| disk(&error))?,
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

/// The store's key. A missing one is made only while nothing is sealed: never a new key over old rows.
fn unlock(connection: &Connection, keys: &mut KeySource) -> Result<Key, StoreTrouble> {
    let meta = Meta::of(connection)?;
    let key = keys.read(&meta.id)?;
    if meta.rows > 0 {
        return key.filter(|key| meta.is_opened_by(key)).ok_or(StoreTrouble::KeyMissing);
    }
    let key = match key {
        Some(key) => key,
        None => keys.create(&meta.id)?,
    };
    let proof = seal::seal(&key, &meta.place(), meta.id.as_bytes()).map_err(|_| StoreTrouble::Disk)?;
    connection.execute("UPDATE meta SET proof = ?1", params![proof]).map_err(|error| disk(&error))?;
    Ok(key)
}

/// What the store says of itself.
struct Meta {
    id: String,
    /// The id, sealed: opens with the right key alone.
    proof: Option<Vec<u8>>,
    rows: u32,
}

impl Meta {
    fn of(connection: &Connection) -> Result<Self, StoreTrouble> {
        let read = connection.query_row("SELECT id, proof, (SELECT count(*) FROM sign_in) FROM meta", [], |row| {
            Ok(Self { id: row.get(0)?, proof: row.get(1)?, rows: row.get(2)? })
        });
        read.map_err(|error| disk(&error))
    }

    fn is_opened_by(&self, key: &Key) -> bool {
        self.proof.as_ref().is_some_and(|proof| seal::open(key, &self.place(), proof).is_ok())
    }

    fn place(&self) -> Vec<u8> {
        place("meta", &[&self.id])
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

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
