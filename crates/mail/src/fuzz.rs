//! What must hold of everything that reads bytes from outside, whatever comes: for the fuzzer, and for the replay of what
//! it found.

mod dialogue;

use crate::Protocol;
use crate::sasl;

/// Takes whatever comes, and panics if something does not hold of it.
pub type Check = fn(&[u8]);

/// Each parser's check, by the name of its corpus.
pub const TARGETS: [(&str, Check); 4] =
    [("imap", imap), ("pop", pop), ("sasl_challenge", sasl_challenge), ("smtp", smtp)];

/// All that a server says by IMAP; see [`dialogue`].
pub fn imap(said: &[u8]) {
    dialogue::check(Protocol::Imap, said);
}

/// All that a server says by POP3.
pub fn pop(said: &[u8]) {
    dialogue::check(Protocol::Pop, said);
}

/// All that a server says by SMTP.
pub fn smtp(said: &[u8]) {
    dialogue::check(Protocol::Smtp, said);
}

/// What a challenge says is no longer than itself, and nothing of it is an order to a terminal.
pub fn sasl_challenge(challenge: &[u8]) {
    let told = sasl::challenge(&String::from_utf8_lossy(challenge));
    assert!(told.chars().count() <= challenge.len() && !told.chars().any(char::is_control), "{told:?}");
}

#[cfg(test)]
#[path = "../../../fuzz/replay.rs"]
mod replay;
