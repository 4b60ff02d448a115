//! The 32-byte key that seals the store, and where it comes from.

use std::env;
use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use argon2::Argon2;
use broker::StoreTrouble;
use ipc::Message;
use secrecy::{ExposeSecret, SecretString};
use tracing::warn;
use zeroize::{Zeroize, Zeroizing};

use crate::config::KeyPlace;
use crate::platform;

/// A key, wiped when dropped.
pub(crate) type Key = Zeroizing<[u8; 32]>;

/// A prompt may stay open for ever; the store does not wait longer.
const KEYRING_PATIENCE: Duration = Duration::from_secs(20);
const SERVICE: &str = "Signet";
/// `LoadCredentialEncrypted=signet-key`.
const CREDENTIAL: &str = "signet-key";

/// Where the key is kept.
pub(crate) enum KeySource {
    /// The desktop's keyring. One call at a time: one that never answers is not followed by a second.
    Keyring { pending: Option<Receiver<Result<Option<Key>, StoreTrouble>>> },
    /// A passphrase, given by [`KeySource::unlock`].
    Passphrase { given: Option<Key> },
    /// A file that systemd hands over; none if the agent was not started by a unit that has it.
    Credential(Option<PathBuf>),
    /// A file that only the owner can read.
    File(PathBuf),
}

impl KeySource {
    pub(crate) fn at(place: KeyPlace, state: &Path) -> Self {
        match place {
            KeyPlace::Keyring => Self::Keyring { pending: None },
            KeyPlace::Passphrase => Self::Passphrase { given: None },
            // systemd.exec(5), "Credentials"
            KeyPlace::Systemd => {
                let folder = env::var_os("CREDENTIALS_DIRECTORY");
                Self::Credential(folder.map(|folder| PathBuf::from(folder).join(CREDENTIAL)))
            }
            KeyPlace::File => Self::File(file(state)),
        }
    }

    pub(crate) fn place(&self) -> KeyPlace {
        match self {
            Self::Keyring { .. } => KeyPlace::Keyring,
            Self::Passphrase { .. } => KeyPlace::Passphrase,
            Self::Credential(_) => KeyPlace::Systemd,
            Self::File(_) => KeyPlace::File,
        }
    }

    /// The key of the store with this id; none if there is none yet.
    pub(crate) fn read(&mut self, store_id: &str) -> Result<Option<Key>, StoreTrouble> {
        self.read_within(store_id, KEYRING_PATIENCE)
    }

    /// The same, waiting no longer than this for a keyring.
    pub(crate) fn read_within(&mut self, store_id: &str, patience: Duration) -> Result<Option<Key>, StoreTrouble> {
        match self {
            Self::File(path) => read_file(path),
            Self::Passphrase { given } => given.clone().map(Some).ok_or(StoreTrouble::PassphraseWanted),
            Self::Credential(path) => read_credential(path.as_deref()).map(Some),
            Self::Keyring { pending } => {
                let id = store_id.to_owned();
                let answer = pending.take().unwrap_or_else(|| in_a_thread(move || read_keyring(&id)));
                match answer.recv_timeout(patience) {
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

    /// Takes the key that a passphrase has turned out to be.
    pub(crate) fn give(&mut self, key: Key) {
        if let Self::Passphrase { given } = self {
            *given = Some(key);
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
            // These are there, or nowhere.
            Self::Passphrase { .. } => return Err(StoreTrouble::PassphraseWanted),
            Self::Credential(_) => return Err(StoreTrouble::CredentialMissing),
            Self::Keyring { .. } => {
                let (id, copy) = (store_id.to_owned(), key.clone());
                let answer = in_a_thread(move || write_keyring(&id, &copy));
                answer.recv_timeout(KEYRING_PATIENCE).map_err(|_| StoreTrouble::KeyringSilent)??;
            }
        }
        Ok(key)
    }

    /// Lets go of a key that opens nothing any more.
    pub(crate) fn forget(&mut self, store_id: &str) -> Result<(), StoreTrouble> {
        match self {
            Self::File(path) => fs::remove_file(path).map_err(|_| StoreTrouble::Disk),
            Self::Passphrase { given } => {
                *given = None;
                Ok(())
            }
            // The unit's own.
            Self::Credential(_) => Ok(()),
            Self::Keyring { .. } => {
                let id = store_id.to_owned();
                let answer = in_a_thread(move || forget_in_keyring(&id));
                answer.recv_timeout(KEYRING_PATIENCE).map_err(|_| StoreTrouble::KeyringSilent)?
            }
        }
    }

    /// A store is begun anew: what is here does not become its key, and goes on belonging to the old one, kept there.
    pub(crate) fn start_afresh(&mut self, old_store: &Path) {
        match self {
            Self::File(path) => {
                let kept = old_store.with_added_extension("key");
                if let Err(error) = fs::rename(&*path, &kept)
                    && error.kind() != io::ErrorKind::NotFound
                {
                    warn!(%error, path = %path.display(), "the old key file cannot be set aside");
                }
            }
            Self::Passphrase { given } => *given = None,
            // Another store asks for another entry.
            Self::Keyring { .. } | Self::Credential(_) => {}
        }
    }
}

/// A key in a file is shown as such, for as long as it is used.
pub(crate) fn notice(place: KeyPlace, state: &Path) -> Option<Message> {
    match place {
        KeyPlace::Keyring | KeyPlace::Passphrase | KeyPlace::Systemd => None,
        KeyPlace::File => Some(Message::new("notice-key-file").with("path", file(state).display().to_string())),
    }
}

fn file(state: &Path) -> PathBuf {
    state.join("key")
}

/// The key that a passphrase stands for: Argon2id (RFC 9106) with the crate's parameters, which are OWASP's first choice:
/// 19 MiB, two passes.
pub(crate) fn of_passphrase(passphrase: &SecretString, store_id: &str) -> Result<Key, StoreTrouble> {
    let mut key = Key::default();
    let derived = Argon2::default().hash_password_into(
        passphrase.expose_secret().as_bytes(),
        store_id.as_bytes(),
        key.as_mut_slice(),
    );
    derived.map(|()| key).map_err(|error| {
        warn!(%error, "no key can be made of the passphrase");
        StoreTrouble::PassphraseWanted
    })
}

fn read_credential(path: Option<&Path>) -> Result<Key, StoreTrouble> {
    let path = path.ok_or(StoreTrouble::CredentialMissing)?;
    let bytes = fs::read(path).map(Zeroizing::new).map_err(|error| {
        warn!(%error, path = %path.display(), "the credential cannot be read");
        StoreTrouble::CredentialMissing
    })?;
    <[u8; 32]>::try_from(bytes.as_slice()).map(Key::new).map_err(|_| {
        warn!(path = %path.display(), bytes = bytes.len(), "the credential must be 32 bytes");
        StoreTrouble::CredentialMissing
    })
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

fn forget_in_keyring(store_id: &str) -> Result<(), StoreTrouble> {
    entry(store_id)?.delete_credential().map_err(|error| trouble(&error))
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
