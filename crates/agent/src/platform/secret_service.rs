//! The keyring of Linux desktops: the Secret Service, <https://specifications.freedesktop.org/secret-service/latest/>.

use std::collections::HashMap;
use std::sync::Arc;

use broker::StoreTrouble;
use keyring_core::CredentialStore;
use secret_service::EncryptionType;
use secret_service::blocking::{Collection, Item, SecretService};
use tracing::warn;

use super::KeyringLock;

pub(crate) fn keyring() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

/// Looks whether the entry can be had without a question to the person. KeePassXC and KWallet do not tell of the entries of
/// a locked collection, so one that is not found may lie in it.
pub(crate) fn keyring_lock(service: &str, user: &str) -> Result<KeyringLock, StoreTrouble> {
    let secrets = connect()?;
    let found = entries(&secrets, service, user)?;
    let is_locked = if !found.unlocked.is_empty() {
        false
    } else if !found.locked.is_empty() {
        true
    } else {
        match default_collection(&secrets)? {
            Some(collection) => collection.is_locked().map_err(|error| trouble(&error))?,
            None => false,
        }
    };
    Ok(if is_locked { KeyringLock::Locked } else { KeyringLock::Open })
}

/// Has the person asked for the keyring's password, and waits for the answer, which may never come.
pub(crate) fn unlock_keyring(service: &str, user: &str) -> Result<(), StoreTrouble> {
    let secrets = connect()?;
    let found = entries(&secrets, service, user)?;
    let unlocked = if found.locked.is_empty() {
        default_collection(&secrets)?.map_or(Ok(()), |collection| collection.unlock())
    } else {
        secrets.unlock_all(&found.locked.iter().collect::<Vec<_>>())
    };
    unlocked.map_err(|error| trouble(&error))
}

/// What stands behind a refusal.
pub(crate) fn keyring_trouble(error: &keyring_core::Error) -> StoreTrouble {
    let (keyring_core::Error::NoStorageAccess(cause) | keyring_core::Error::PlatformFailure(cause)) = error else {
        return StoreTrouble::KeyringDenied;
    };
    cause.downcast_ref().map_or(StoreTrouble::KeyringAbsent, trouble)
}

fn connect() -> Result<SecretService<'static>, StoreTrouble> {
    let bus = zbus::blocking::Connection::session().map_err(|error| {
        warn!(%error, "there is no session bus");
        StoreTrouble::KeyringOutOfReach
    })?;
    SecretService::connect_with_existing(EncryptionType::Plain, bus).map_err(|error| trouble(&error))
}

type Entries<'a> = secret_service::SearchItemsResult<Item<'a>>;

fn entries<'a>(secrets: &'a SecretService<'_>, service: &str, user: &str) -> Result<Entries<'a>, StoreTrouble> {
    let attributes = HashMap::from([("service", service), ("username", user)]);
    secrets.search_items(attributes).map_err(|error| trouble(&error))
}

fn default_collection<'a>(secrets: &'a SecretService<'_>) -> Result<Option<Collection<'a>>, StoreTrouble> {
    match secrets.get_default_collection() {
        Ok(collection) => Ok(Some(collection)),
        Err(secret_service::Error::NoResult) => Ok(None),
        Err(error) => Err(trouble(&error)),
    }
}

fn trouble(error: &secret_service::Error) -> StoreTrouble {
    use secret_service::Error;
    if matches!(error, Error::NoResult) {
        StoreTrouble::KeyringEmpty
    } else if matches!(error, Error::Locked | Error::Prompt | Error::PromptDisconnected) {
        StoreTrouble::KeyringDenied
    } else {
        warn!(%error, "the keyring cannot be asked");
        StoreTrouble::KeyringAbsent
    }
}
