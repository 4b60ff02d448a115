//! Sealing of rows: XChaCha20-Poly1305 with a fresh nonce each time, bound to where the row belongs.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::key::Key;

const NONCE_LENGTH: usize = 24;

/// The row cannot be opened: another key, another place, or damage.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotOurs;

/// What a row is bound to: moved to another account, issuer, application or endpoint, it does not open.
pub(crate) fn place(table: &str, parts: &[&str]) -> Vec<u8> {
    let mut place = b"signet/1".to_vec();
    for part in [table].iter().chain(parts) {
        place.extend((part.len() as u64).to_be_bytes());
        place.extend(part.as_bytes());
    }
    place
}

pub(crate) fn seal(key: &Key, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, NotOurs> {
    let mut nonce = [0; NONCE_LENGTH];
    getrandom::fill(&mut nonce).map_err(|_| NotOurs)?;
    let payload = Payload { msg: plain, aad: place };
    let sealed = cipher(key).encrypt(&XNonce::from(nonce), payload).map_err(|_| NotOurs)?;
    Ok([&nonce, sealed.as_slice()].concat())
}

pub(crate) fn open(key: &Key, place: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, NotOurs> {
    let (nonce, body) = sealed.split_first_chunk::<NONCE_LENGTH>().ok_or(NotOurs)?;
    let opened = cipher(key).decrypt(&XNonce::from(*nonce), Payload { msg: body, aad: place });
    opened.map(Zeroizing::new).map_err(|_| NotOurs)
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    let key: &[u8; 32] = key;
    XChaCha20Poly1305::new(key.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_opens_only_with_its_key_in_its_place_and_undamaged() {
        let (key, other) = (Key::new([1; 32]), Key::new([2; 32]));
        let here = place("sign_in", &["biuro", "https://a"]);
        let sealed = seal(&key, &here, b"secret").unwrap();
        assert_eq!(**open(&key, &here, &sealed).unwrap(), *b"secret");
        assert_eq!(open(&other, &here, &sealed), Err(NotOurs), "another key");
        assert_eq!(open(&key, &place("sign_in", &["biuro", "https://b"]), &sealed), Err(NotOurs), "another place");
        assert_eq!(open(&key, &place("sign_in", &["biuroh", "ttps://a"]), &sealed), Err(NotOurs), "shifted parts");
        let mut damaged = sealed.clone();
        *damaged.last_mut().unwrap() ^= 1;
        assert_eq!(open(&key, &here, &damaged), Err(NotOurs), "damage");
        assert_eq!(open(&key, &here, &sealed[..10]), Err(NotOurs), "a stump");
        assert!(!sealed.windows(6).any(|part| part == b"secret"), "the row holds it in clear");
        assert_ne!(sealed, seal(&key, &here, b"secret").unwrap(), "a nonce was used twice");
    }
}
