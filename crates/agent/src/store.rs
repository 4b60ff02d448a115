//! `state.db`: sealed rows, in a thread of its own, since disks and keyrings may be slow.

mod approval;
mod cellar;
mod database;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
mod meta;
mod password;
mod peek;
mod row;
mod schema;
mod sign_in;
#[cfg(test)]
mod tests;
mod unlocking;

use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use broker::{AccountName, StoreTrouble, Stored, Ticket};
use secrecy::SecretString;
use tokio::sync::oneshot;
use tracing::{error, warn};

use self::cellar::Cellar;
pub(crate) use self::password::{Former, PasswordPlace};
pub(crate) use self::peek::{Peek, peek};
pub(crate) use self::unlocking::{NotAfresh, NotUnlocked, Unlock};
use crate::config::KeyPlace;
use crate::input::Input;
use crate::key::Key;
use crate::seal;

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
    Unlock(Unlock, oneshot::Sender<Result<(), NotUnlocked>>),
    Keep(KeyPlace),
    KeepPassword(PasswordPlace, SecretString, Told<Former>),
    PutPasswordBack(Former, Told<()>),
    ErasePassword(String, Told<()>),
    Password(PasswordPlace, Told<Option<SecretString>>),
    Passwords(oneshot::Sender<Vec<PasswordPlace>>),
    StartAfresh(oneshot::Sender<Result<PathBuf, NotAfresh>>),
}

type Told<T> = oneshot::Sender<Result<T, StoreTrouble>>;

/// The door to the store's thread; what comes of an order goes into the loop.
pub(crate) struct Store {
    orders: mpsc::Sender<Order>,
    finished: mpsc::Receiver<()>,
}

impl Store {
    /// Starts the thread; the file is opened with the first order.
    pub(crate) fn start(
        state: &Path,
        key: KeyPlace,
        tell: impl Fn(Input) + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        let (orders, inbox) = mpsc::channel();
        let (finishing, finished) = mpsc::channel();
        let tell = Arc::new(tell);
        let wake = Arc::clone(&tell);
        let mut cellar = Cellar::new(state, key, Arc::new(move || wake(Input::RetryStore)));
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

    pub(crate) fn unlock(&self, wish: Unlock, told: oneshot::Sender<Result<(), NotUnlocked>>) {
        self.order(Order::Unlock(wish, told));
    }

    /// Keeps the key there, though another place was named when the thread was started.
    pub(crate) fn keep_key_in(&self, place: KeyPlace) {
        self.order(Order::Keep(place));
    }

    /// Tells what was kept before, for [`Self::put_password_back`].
    pub(crate) fn keep_password(&self, place: PasswordPlace, password: SecretString, told: Told<Former>) {
        self.order(Order::KeepPassword(place, password, told));
    }

    pub(crate) fn put_password_back(&self, former: Former, told: Told<()>) {
        self.order(Order::PutPasswordBack(former, told));
    }

    pub(crate) fn erase_password(&self, profile: String, told: Told<()>) {
        self.order(Order::ErasePassword(profile, told));
    }

    pub(crate) fn password(&self, place: PasswordPlace, told: Told<Option<SecretString>>) {
        self.order(Order::Password(place, told));
    }

    /// Where the passwords that are kept belong.
    pub(crate) fn passwords(&self, told: oneshot::Sender<Vec<PasswordPlace>>) {
        self.order(Order::Passwords(told));
    }

    pub(crate) fn start_afresh(&self, told: oneshot::Sender<Result<PathBuf, NotAfresh>>) {
        self.order(Order::StartAfresh(told));
    }

    fn order(&self, order: Order) {
        if self.orders.send(order).is_err() {
            error!("the store's thread is gone");
        }
    }
}

/// Only the system's random numbers can be in the way.
fn sealed(key: &Key, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, StoreTrouble> {
    seal::seal(key, place, plain).map_err(|_| StoreTrouble::Disk)
}
