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
#[derive(Clone)]
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
        let mut cellar = Cellar::new(state, keys);
        thread::Builder::new().name("store".into()).spawn(move || {
            for order in inbox {
                let done = cellar.carry_out(order);
                for input in cellar.set_aside.drain(..).map(Input::SetAside).chain(done) {
                    tell(input);
                }
            }
            // Only once the file is closed is it finished.
            drop(cellar);
            drop(finishing);
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
    /// Files that were not ours and have been moved away, until they are told of.
    set_aside: Vec<PathBuf>,
}

/// Why the store does not do what it was asked.
enum Refused {
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
        if database::is_not_ours(&error) { Self::NotOurs } else { Self::Trouble(StoreTrouble::Disk) }
    }
}

impl Cellar {
    fn new(state: &Path, keys: KeySource) -> Self {
        Self { state: state.to_owned(), keys, database: None, key: None, set_aside: Vec::new() }
    }

    fn carry_out(&mut self, order: Order) -> Option<Input> {
        Some(match order {
            Order::Load(places) => Input::Loaded(self.mending(|cellar| cellar.load(&places))),
            Order::Save(ticket, place, stored) => {
                Input::Event(Event::Saved(ticket, self.mending(|cellar| cellar.save(&place, &stored))))
            }
            Order::Erase(account) => {
                let erased = self.mending(|cellar| cellar.erase(&account));
                Input::Erased(account, erased)
            }
            Order::Unlock { passphrase, first, told } => {
                // Whoever asked may have gone in this very moment.
                let _ = told.send(self.unlock(&passphrase, first));
                return None;
            }
        })
    }

    /// A file that turns out not to be ours is set aside and kept; the work begins anew in a fresh one.
    fn mending<T>(&mut self, work: impl Fn(&mut Self) -> Result<T, Refused>) -> Result<T, StoreTrouble> {
        let refused = match work(self) {
            Ok(done) => return Ok(done),
            Err(Refused::Trouble(trouble)) => return Err(trouble),
            Err(Refused::NotOurs) => {
                (self.database, self.key) = (None, None);
                self.set_aside.extend(database::set_aside(&self.state.join(FILE)));
                work(self)
            }
        };
        refused.map_err(|refused| match refused {
            Refused::Trouble(trouble) => trouble,
            Refused::NotOurs => StoreTrouble::Disk,
        })
    }

    /// A passphrase that was chosen opens the proof; choosing one makes the proof.
    fn unlock(&mut self, passphrase: &SecretString, first: FirstTime) -> Result<(), NotUnlocked> {
        if !self.keys.is_passphrase() {
            return Err(NotUnlocked::NotByPassphrase);
        }
        let meta = self.mending(|cellar| Ok(Meta::of(opened(&mut cellar.database, &cellar.state)?)?))?;
        if meta.proof.is_none() && first == FirstTime::No {
            return Err(NotUnlocked::NoneChosen);
        }
        let key = key::of_passphrase(passphrase, &meta.id)?;
        if meta.proof.is_some() && !meta.is_opened_by(&key) {
            return Err(NotUnlocked::Wrong);
        }
        self.keys.give(key);
        self.mending(|cellar| cellar.open().map(|_| ()))?;
        Ok(())
    }

    fn load(&mut self, places: &[Place]) -> Result<Vec<(Place, Option<Stored>)>, Refused> {
        let (connection, key) = self.open()?;
        let mut rows = Vec::new();
        for at in places {
            let row = connection
                .query_row(
                    "SELECT endpoint, sealed FROM sign_in WHERE account = ?1 AND authority = ?2",
                    params![at.account.as_str(), at.authority],
                    |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)),
                )
                .optional()?;
            let stored = row.and_then(|(endpoint, sealed)| {
                let opened = seal::open(key, &bound(at, &endpoint), &sealed).ok();
                let stored = opened.and_then(|plain| row::read(plain, endpoint));
                if stored.is_none() {
                    warn!(account = %at.account, "the saved sign-in does not open; a new one is needed");
                }
                stored
            });
            rows.push((at.clone(), stored));
        }
        Ok(rows)
    }

    fn save(&mut self, at: &Place, stored: &Stored) -> Result<(), Refused> {
        let (connection, key) = self.open()?;
        let plain = row::write(stored);
        let sealed = seal::seal(key, &bound(at, &stored.endpoint), &plain).map_err(|_| StoreTrouble::Disk)?;
        connection.execute(
            "INSERT OR REPLACE INTO sign_in (account, authority, endpoint, sealed) VALUES (?1, ?2, ?3, ?4)",
            params![at.account.as_str(), at.authority, stored.endpoint, sealed],
        )?;
        Ok(())
    }

    fn erase(&mut self, account: &AccountName) -> Result<(), Refused> {
        opened(&mut self.database, &self.state)?
            .execute("DELETE FROM sign_in WHERE account = ?1", params![account.as_str()])?;
        Ok(())
    }

    /// Opens file and key; what failed is tried anew with the next order.
    fn open(&mut self) -> Result<(&Connection, &Key), Refused> {
        let database = opened(&mut self.database, &self.state)?;
        let key = match self.key.take() {
            Some(key) => key,
            None => unlock(database, &mut self.keys)?,
        };
        Ok((database, self.key.insert(key)))
    }
}

/// The file alone, for what needs no key.
fn opened<'a>(database: &'a mut Option<Connection>, state: &Path) -> Result<&'a Connection, rusqlite::Error> {
    let opened = match database.take() {
        Some(opened) => opened,
        None => database::open(&state.join(FILE))?,
    };
    Ok(database.insert(opened))
}

fn bound(at: &Place, endpoint: &str) -> Vec<u8> {
    place("sign_in", &[at.account.as_str(), &at.authority, endpoint])
}

/// The store's key. A missing one is made only while nothing is sealed: never a new key over old rows.
fn unlock(connection: &Connection, keys: &mut KeySource) -> Result<Key, Refused> {
    let meta = Meta::of(connection)?;
    let key = keys.read(&meta.id)?;
    if meta.rows > 0 {
        return Ok(key.filter(|key| meta.is_opened_by(key)).ok_or(StoreTrouble::KeyMissing)?);
    }
    let key = match key {
        Some(key) => key,
        None => keys.create(&meta.id)?,
    };
    let proof = seal::seal(&key, &meta.place(), meta.id.as_bytes()).map_err(|_| StoreTrouble::Disk)?;
    connection.execute("UPDATE meta SET proof = ?1", params![proof])?;
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
    fn of(connection: &Connection) -> rusqlite::Result<Self> {
        connection.query_row("SELECT id, proof, (SELECT count(*) FROM sign_in) FROM meta", [], |row| {
            Ok(Self { id: row.get(0)?, proof: row.get(1)?, rows: row.get(2)? })
        })
    }

    fn is_opened_by(&self, key: &Key) -> bool {
        self.proof.as_ref().is_some_and(|proof| seal::open(key, &self.place(), proof).is_ok())
    }

    fn place(&self) -> Vec<u8> {
        place("meta", &[&self.id])
    }
}

#[cfg(test)]
mod tests;
