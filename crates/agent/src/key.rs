//! The 32-byte key that seals the store, and where it comes from.

mod keyring;

use std::env;
use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use argon2::Argon2;
use broker::StoreTrouble;
use ipc::Message;
use secrecy::{ExposeSecret, SecretString};
use tracing::warn;
use zeroize::Zeroizing;

use self::keyring::Keyring;
use crate::config::KeyPlace;
use crate::platform;

/// A key, wiped when dropped.
pub(crate) type Key = Zeroizing<[u8; 32]>;

/// Says that the store is worth another try.
pub(crate) type Wake = Arc<dyn Fn() + Send + Sync>;

/// `LoadCredentialEncrypted=signet-key`.
const CREDENTIAL: &str = "signet-key";

/// Where the key is kept.
pub(crate) enum KeySource {
    /// The desktop's keyring.
    Keyring(Keyring),
    /// A passphrase, given by [`KeySource::unlock`].
    Passphrase { given: Option<Key> },
    /// A file that systemd hands over; none if the agent was not started by a unit that has it.
    Credential(Option<PathBuf>),
    /// A file that only the owner can read.
    File(PathBuf),
}

impl KeySource {
    pub(crate) fn at(place: KeyPlace, state: &Path, wake: &Wake) -> Self {
        match place {
            KeyPlace::Keyring => Self::Keyring(Keyring::new(wake.clone())),
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
            Self::Keyring(_) => KeyPlace::Keyring,
            Self::Passphrase { .. } => KeyPlace::Passphrase,
            Self::Credential(_) => KeyPlace::Systemd,
            Self::File(_) => KeyPlace::File,
        }
    }

    /// The key of the store with this id; none if there is none yet.
    pub(crate) fn read(&mut self, store_id: &str) -> Result<Option<Key>, StoreTrouble> {
        match self {
            Self::File(path) => read_file(path),
            Self::Passphrase { given } => given.clone().map(Some).ok_or(StoreTrouble::PassphraseWanted),
            Self::Credential(path) => read_credential(path.as_deref()).map(Some),
            Self::Keyring(keyring) => keyring.read(store_id),
        }
    }

    /// The same without a question to anybody, waiting no longer than this for a keyring.
    pub(crate) fn peek(&mut self, store_id: &str, patience: Duration) -> Result<Option<Key>, StoreTrouble> {
        match self {
            Self::Keyring(keyring) => keyring.peek(store_id, patience),
            Self::Passphrase { .. } | Self::Credential(_) | Self::File(_) => self.read(store_id),
        }
    }

    /// The person is there to answer questions.
    pub(crate) fn ask_again(&mut self) {
        if let Self::Keyring(keyring) = self {
            keyring.ask_again();
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
            Self::Keyring(keyring) => keyring.write(store_id, &key)?,
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
            Self::Keyring(keyring) => keyring.forget(store_id),
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
            Self::Keyring(_) | Self::Credential(_) => {}
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
