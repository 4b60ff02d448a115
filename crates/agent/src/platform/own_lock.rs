//! Keyrings that ask their person by themselves, within a call.

use broker::StoreTrouble;

use super::KeyringLock;

#[expect(clippy::unnecessary_wraps, reason = "elsewhere the keyring may refuse")]
pub(crate) fn keyring_lock(_service: &str, _user: &str) -> Result<KeyringLock, StoreTrouble> {
    Ok(KeyringLock::Open)
}

#[expect(clippy::unnecessary_wraps, reason = "elsewhere the person may refuse")]
pub(crate) fn unlock_keyring(_service: &str, _user: &str) -> Result<(), StoreTrouble> {
    Ok(())
}

/// What stands behind a refusal.
pub(crate) fn keyring_trouble(error: &keyring_core::Error) -> StoreTrouble {
    if let keyring_core::Error::PlatformFailure(_) = error {
        StoreTrouble::KeyringAbsent
    } else {
        StoreTrouble::KeyringDenied
    }
}
