//! What the store's thread owns, and how it carries its orders out.

use std::path::{Path, PathBuf};

use broker::{Event, Kept, StoreTrouble};
use rusqlite::Connection;

use super::database::{self, Refused};
use super::{FILE, Order, Place, password, sign_in};
use crate::config::KeyPlace;
use crate::input::Input;
use crate::key::{Key, KeySource, Wake};

/// What the thread owns.
pub(super) struct Cellar {
    pub(super) state: PathBuf,
    pub(super) keys: Keys,
    pub(super) database: Option<Connection>,
    pub(super) key: Option<Key>,
    /// Files that were not ours and have been moved away, until they are told of.
    pub(super) set_aside: Vec<PathBuf>,
}

/// Where the key is to be kept, and where it was when that was another place.
pub(super) struct Keys {
    pub(super) chosen: KeySource,
    pub(super) former: Option<KeySource>,
    wake: Wake,
}

impl Keys {
    /// The source at this place, which is not the chosen one.
    pub(super) fn former(&mut self, place: KeyPlace, state: &Path) -> &mut KeySource {
        let kept = self.former.take().filter(|former| former.place() == place);
        self.former.insert(kept.unwrap_or_else(|| KeySource::at(place, state, &self.wake)))
    }
}

impl Cellar {
    pub(super) fn new(state: &Path, place: KeyPlace, wake: Wake) -> Self {
        let keys = Keys { chosen: KeySource::at(place, state, &wake), former: None, wake };
        Self { state: state.to_owned(), keys, database: None, key: None, set_aside: Vec::new() }
    }

    pub(super) fn carry_out(&mut self, order: Order) -> Option<Input> {
        Some(match order {
            Order::Load(places) => Input::Loaded(self.mending(|cellar| cellar.load(&places))),
            Order::Save(ticket, place, stored) => {
                let saved = self.mending(|cellar| {
                    let (connection, key) = cellar.open()?;
                    sign_in::write(connection, key, &place, &stored)
                });
                Input::Event(Event::Saved(ticket, saved))
            }
            Order::Erase(account) => {
                let erased = self.mending(|cellar| sign_in::erase(cellar.opened()?, &account));
                Input::Erased(account, erased)
            }
            Order::Unlock(wish, told) => {
                // Whoever asked may have gone in this very moment.
                let _ = told.send(self.unlock(&wish));
                return None;
            }
            Order::Keep(place) => {
                self.keys.chosen = KeySource::at(place, &self.state, &self.keys.wake);
                self.key = None;
                return None;
            }
            Order::KeepPassword(place, password, told) => {
                let kept = self.mending(|cellar| {
                    let (connection, key) = cellar.open()?;
                    place.write(connection, key, &password)
                });
                let _ = told.send(kept);
                return None;
            }
            Order::PutPasswordBack(former, told) => {
                let _ = told.send(self.mending(|cellar| former.put_back(cellar.opened()?)));
                return None;
            }
            Order::ErasePassword(profile, told) => {
                let _ = told.send(self.mending(|cellar| password::erase(cellar.opened()?, &profile)));
                return None;
            }
            Order::Password(place, told) => {
                let read = self.mending(|cellar| {
                    let (connection, key) = cellar.open()?;
                    place.read(connection, key)
                });
                let _ = told.send(read);
                return None;
            }
            Order::Passwords(told) => {
                let kept = self.mending(|cellar| password::kept(cellar.opened()?));
                let _ = told.send(kept.unwrap_or_default());
                return None;
            }
            Order::StartAfresh(told) => {
                let _ = told.send(self.start_afresh());
                return None;
            }
        })
    }

    /// A file that turns out not to be ours is set aside and kept; the work begins anew in a fresh one.
    pub(super) fn mending<T>(&mut self, work: impl Fn(&mut Self) -> Result<T, Refused>) -> Result<T, StoreTrouble> {
        let refused = match work(self) {
            Ok(done) => return Ok(done),
            Err(Refused::Trouble(trouble)) => return Err(trouble),
            Err(Refused::NotOurs) => {
                (self.database, self.key) = (None, None);
                self.set_aside.extend(database::set_aside(&self.state.join(FILE), "broken"));
                work(self)
            }
        };
        refused.map_err(|refused| match refused {
            Refused::Trouble(trouble) => trouble,
            Refused::NotOurs => StoreTrouble::Disk,
        })
    }

    pub(super) fn load(&mut self, places: &[Place]) -> Result<Vec<(Place, Kept)>, Refused> {
        let (connection, key) = self.open()?;
        places.iter().map(|at| Ok((at.clone(), sign_in::read(connection, key, at)?))).collect()
    }

    /// The file alone, for what needs no key.
    pub(super) fn opened(&mut self) -> Result<&mut Connection, Refused> {
        let opened = match self.database.take() {
            Some(opened) => opened,
            None => database::open(&self.state.join(FILE))?,
        };
        Ok(self.database.insert(opened))
    }
}
