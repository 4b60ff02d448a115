//! The one way a secret gets onto the wire.

use secrecy::{ExposeSecret, SecretString};
use serde::Serializer;

/// Writes a secret out in clear. It is the `serialize_with` of every secret field and the only
/// place where one leaves its wrapper, so that a search for its name finds them all.
///
/// # Errors
/// Those of the serializer.
pub fn expose_on_the_wire<S: Serializer, T: Secret>(secret: &T, serializer: S) -> Result<S::Ok, S::Error> {
    match secret.as_option() {
        Some(secret) => serializer.serialize_str(secret.expose_secret()),
        None => serializer.serialize_none(),
    }
}

/// A secret field: there always, or sometimes.
pub trait Secret {
    /// The secret, if there is one.
    fn as_option(&self) -> Option<&SecretString>;
}

impl Secret for SecretString {
    fn as_option(&self) -> Option<&SecretString> {
        Some(self)
    }
}

impl Secret for Option<SecretString> {
    fn as_option(&self) -> Option<&SecretString> {
        self.as_ref()
    }
}

/// Empties a buffer that has held secrets, and what they left in it.
pub(crate) fn wipe(buffer: &mut Vec<u8>) {
    buffer.fill(0);
    // Keeps the compiler from dropping a store that nothing reads.
    std::hint::black_box(buffer.as_mut_slice());
    buffer.clear();
}
