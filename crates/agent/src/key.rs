//! The 32-byte key that seals the store, and where it comes from.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use broker::StoreTrouble;
use ipc::Message;
use tracing::warn;
use zeroize::{Zeroize, Zeroizing};

use crate::platform;

/// A key, wiped when dropped.
pub(crate) type Key = Zeroizing<[u8; 32]>;

/// A prompt may stay open for ever; the store does not wait longer.
const KEYRING_PATIENCE: Duration = Duration::from_secs(20);
const SERVICE: &str = "Signet";

/// Where the key is kept.
pub(crate) enum KeySource {
    /// The desktop's keyring. One call at a time: one that never answers is not followed by a second.
    Keyring { pending: Option<Receiver<Result<Option<Key>, StoreTrouble>>> },
    /// A file that only the owner can read.
    File(PathBuf),
}

impl KeySource {
    pub(crate) fn keyring() -> Self {
        Self::Keyring { pending: None }
    }

    pub(crate) fn file(state: &Path) -> Self {
        Self::File(state.join("key"))
    }

    /// A key in a file is shown as such, for as long as it is used.
    pub(crate) fn notice(&self) -> Option<Message> {
        match self {
            Self::Keyring { .. } => None,
            Self::File(path) => Some(Message::new("notice-key-file").with("path", path.display().to_string())),
        }
    }

    /// The key of the store with this id; none if there is none yet.
    pub(crate) fn read(&mut self, store_id: &str) -> Result<Option<Key>, StoreTrouble> {
        match self {
            Self::File(path) => read_file(path),
            Self::Keyring { pending } => {
                let id = store_id.to_owned();
                let answer = pending.take().unwrap_or_else(|| in_a_thread(move || read_keyring(&id)));
                match answer.recv_timeout(KEYRING_PATIENCE) {
                    Ok(key) => key,
                    Err(RecvTimeoutError::Disconnected) => Err(StoreTrouble::KeyringAbsent),
                    Err(RecvTimeoutError::Timeout) => {
                        *pending = Some(answer);
                        Err(StoreTrouble::KeyringSilent)
                    }
                }
            }
        }
    }

    /// Makes a key and keeps it there. Only for a store without sealed rows.
    pub(crate) fn create(&mut self, store_id: &str) -> Result<Key, StoreTrouble> {
        let mut key = Key::default();
        getrandom::fill(key.as_mut_slice()).map_err(|_| StoreTrouble::Disk)?;
        match self {
            Self::File(path) => write_file(path, &key).map_err(|error| {
                warn!(%error, path = %path.display(), "the key file cannot be written");
                StoreTrouble::Disk
            })?,
            Self::Keyring { .. } => {
                let (id, copy) = (store_id.to_owned(), key.clone());
                let answer = in_a_thread(move || write_keyring(&id, &copy));
                answer.recv_timeout(KEYRING_PATIENCE).map_err(|_| StoreTrouble::KeyringSilent)??;
            }
        }
        Ok(key)
    }
}

fn in_a_thread<T: Send + 'static>(call: impl FnOnce() -> T + Send + 'static) -> Receiver<T> {
    let (answer, answers) = mpsc::channel();
    let spawned = thread::Builder::new().name("keyring".into()).spawn(move || answer.send(call()));
    if let Err(error) = spawned {
        warn!(%error, "no thread for the keyring");
    }
    answers
}

/// A store made anew for each try: a keyring that appears after login is found then.
fn entry(store_id: &str) -> Result<keyring_core::Entry, StoreTrouble> {
    let store = platform::keyring().map_err(|error| trouble(&error))?;
    store.build(SERVICE, store_id, None).map_err(|error| trouble(&error))
}

fn read_keyring(store_id: &str) -> Result<Option<Key>, StoreTrouble> {
    match entry(store_id)?.get_secret() {
        Ok(mut secret) => {
            let key = <[u8; 32]>::try_from(secret.as_slice()).map(Key::new).map_err(|_| StoreTrouble::KeyMissing);
            secret.zeroize();
            key.map(Some)
        }
        Err(keyring_core::Error::NoEntry) => Ok(None),
        Err(error) => Err(trouble(&error)),
    }
}

fn write_keyring(store_id: &str, key: &Key) -> Result<(), StoreTrouble> {
    entry(store_id)?.set_secret(key.as_slice()).map_err(|error| trouble(&error))
}

fn trouble(error: &keyring_core::Error) -> StoreTrouble {
    let trouble = if let keyring_core::Error::NoStorageAccess(_) = error {
        StoreTrouble::KeyringLocked
    } else if let keyring_core::Error::PlatformFailure(_) = error {
        StoreTrouble::KeyringAbsent
    } else {
        StoreTrouble::KeyringDenied
    };
    warn!(?trouble, %error, "the keyring refuses");
    trouble
}

fn read_file(path: &Path) -> Result<Option<Key>, StoreTrouble> {
    let mut key = Key::default();
    let read = fs::File::open(path).and_then(|mut file| file.read_exact(key.as_mut_slice()));
    match read {
        Ok(()) => Ok(Some(key)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(StoreTrouble::KeyMissing),
        Err(error) => {
            warn!(%error, path = %path.display(), "the key file cannot be read");
            Err(StoreTrouble::Disk)
        }
    }
}

fn write_file(path: &Path, key: &Key) -> io::Result<()> {
    let mut file = platform::open_private(path, OpenOptions::new().write(true).create_new(true))?;
    file.write_all(key.as_slice())?;
    file.sync_all()
}
