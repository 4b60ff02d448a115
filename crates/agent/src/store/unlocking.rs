//! How the store's key is had, chosen, changed, moved to another place, and given up.

use std::path::{Path, PathBuf};

use broker::StoreTrouble;
use rusqlite::Connection;
use secrecy::SecretString;
use tracing::{info, warn};

use super::FILE;
use super::cellar::{Cellar, Keys};
use super::database::{self, Refused};
use super::meta::Meta;
use crate::config::KeyPlace;
use crate::key::{self, Key, KeySource};

/// What somebody wants of the lock.
pub(crate) enum Unlock {
    /// That it is tried anew, whatever it takes.
    Try,
    /// To open it with the passphrase that was chosen before.
    With(SecretString),
    /// To choose a passphrase, where none has been chosen yet.
    Choose(SecretString),
    /// To choose another one.
    Change { from: SecretString, to: SecretString },
}

/// Why the store is not unlocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotUnlocked {
    /// The key does not come of a passphrase.
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

/// Why the store is not begun anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotAfresh {
    /// It opens as it should.
    NothingWrong,
    /// This would be the same with a fresh one.
    Trouble(StoreTrouble),
}

impl Cellar {
    /// Opens file and key; what failed is tried anew with the next order.
    pub(super) fn open(&mut self) -> Result<(&mut Connection, &Key), Refused> {
        self.opened()?;
        let Self { database: Some(connection), keys, state, .. } = self else {
            return Err(StoreTrouble::Disk.into());
        };
        let key = match self.key.take() {
            Some(key) => key,
            None => keys.unlock(connection, state)?,
        };
        Ok((connection, self.key.insert(key)))
    }

    pub(super) fn unlock(&mut self, wish: &Unlock) -> Result<(), NotUnlocked> {
        let meta = self.mending(|cellar| Ok(Meta::of(cellar.opened()?)?))?;
        let chosen = self.keys.chosen.place();
        let chosen_before = meta.place_of_key(chosen) == Some(KeyPlace::Passphrase);
        match wish {
            Unlock::Try => {
                self.keys.chosen.ask_again();
                self.keys.former.iter_mut().for_each(KeySource::ask_again);
            }
            Unlock::With(passphrase) | Unlock::Choose(passphrase) if chosen_before => {
                let key = opening(&meta, passphrase)?;
                if chosen == KeyPlace::Passphrase {
                    self.keys.chosen.give(key);
                } else {
                    self.keys.former(KeyPlace::Passphrase, &self.state).give(key);
                }
            }
            Unlock::Change { from, to } if chosen_before && chosen == KeyPlace::Passphrase => {
                let (old, new) = (opening(&meta, from)?, key::of_passphrase(to, &meta.id)?);
                self.mending(|cellar| meta.reseal(cellar.opened()?, &old, &new, KeyPlace::Passphrase))?;
                self.keys.chosen.give(new.clone());
                self.key = Some(new);
            }
            Unlock::Choose(passphrase) if chosen == KeyPlace::Passphrase => {
                self.keys.chosen.give(key::of_passphrase(passphrase, &meta.id)?);
            }
            Unlock::With(_) | Unlock::Change { .. } if chosen == KeyPlace::Passphrase => {
                return Err(NotUnlocked::NoneChosen);
            }
            Unlock::With(_) | Unlock::Choose(_) | Unlock::Change { .. } => return Err(NotUnlocked::NotByPassphrase),
        }
        self.mending(|cellar| cellar.open().map(|_| ()))?;
        match (wish, chosen) {
            (Unlock::Try, KeyPlace::File | KeyPlace::Systemd) => Err(NotUnlocked::NotByPassphrase),
            _ => Ok(()),
        }
    }

    /// Keeps what cannot be opened where it is out of the way, and says where; the next order finds an empty store.
    pub(super) fn start_afresh(&mut self) -> Result<PathBuf, NotAfresh> {
        match self.mending(|cellar| cellar.open().map(|_| ())) {
            Ok(()) => return Err(NotAfresh::NothingWrong),
            Err(StoreTrouble::KeyMissing | StoreTrouble::PassphraseWanted | StoreTrouble::Newer) => {}
            Err(_) if self.is_moving() => {}
            // A new key could be had no more than the old one.
            Err(trouble) => return Err(NotAfresh::Trouble(trouble)),
        }
        (self.database, self.key, self.keys.former) = (None, None, None);
        let kept = database::set_aside(&self.state.join(FILE), "old").ok_or(NotAfresh::Trouble(StoreTrouble::Disk))?;
        self.keys.chosen.start_afresh(&kept);
        Ok(kept)
    }

    /// Whether the key lies in another place than it is to be kept in.
    fn is_moving(&mut self) -> bool {
        let chosen = self.keys.chosen.place();
        let meta = self.opened().ok().and_then(|connection| Meta::of(connection).ok());
        meta.and_then(|meta| meta.place_of_key(chosen)).is_some_and(|place| place != chosen)
    }
}

/// The key that this passphrase stands for, if it is the right one.
fn opening(meta: &Meta, passphrase: &SecretString) -> Result<Key, NotUnlocked> {
    let key = key::of_passphrase(passphrase, &meta.id)?;
    if meta.is_opened_by(&key) { Ok(key) } else { Err(NotUnlocked::Wrong) }
}

impl Keys {
    /// The store's key. A missing one is made only while nothing is sealed: never a new key over old rows.
    fn unlock(&mut self, connection: &mut Connection, state: &Path) -> Result<Key, Refused> {
        let meta = Meta::of(connection)?;
        let chosen = self.chosen.place();
        if meta.rows == 0 {
            let key = self.have(&meta)?;
            meta.go_by(connection, &key, chosen)?;
            return Ok(key);
        }
        let right = |key: Option<Key>| key.filter(|key| meta.is_opened_by(key)).ok_or(StoreTrouble::KeyMissing);
        match meta.place_of_key(chosen) {
            Some(place) if place != chosen => {
                let old = right(self.former(place, state).read(&meta.id)?)?;
                let new = self.have(&meta)?;
                meta.reseal(connection, &old, &new, chosen)?;
                info!(from = place.name(), to = chosen.name(), "the key is kept in another place from now on");
                if let Err(trouble) = self.former(place, state).forget(&meta.id) {
                    warn!(?trouble, place = place.name(), "the old key, which opens nothing any more, is still there");
                }
                self.former = None;
                Ok(new)
            }
            Some(_) | None => {
                let key = right(self.chosen.read(&meta.id)?)?;
                meta.go_by(connection, &key, chosen)?;
                Ok(key)
            }
        }
    }

    /// The key that is there, or else a new one.
    fn have(&mut self, meta: &Meta) -> Result<Key, StoreTrouble> {
        match self.chosen.read(&meta.id) {
            Ok(Some(key)) => Ok(key),
            Ok(None) => self.chosen.create(&meta.id),
            Err(StoreTrouble::PassphraseWanted)
                if meta.place_of_key(KeyPlace::Passphrase) != Some(KeyPlace::Passphrase) =>
            {
                Err(StoreTrouble::PassphraseUnset)
            }
            Err(trouble) => Err(trouble),
        }
    }
}
