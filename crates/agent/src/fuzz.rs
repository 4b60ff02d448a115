//! What must hold of everything that reads bytes from outside, whatever comes: for the fuzzer, and for the replay of what
//! it found.

/// Takes whatever comes, and panics if something does not hold of it.
pub type Check = fn(&[u8]);

/// Each parser's check, by the name of its corpus.
pub const TARGETS: [(&str, Check); 7] = [
    ("account", account),
    ("config", config),
    ("discovery", discovery),
    ("id_token", id_token),
    ("redirect", redirect),
    ("store_row", store_row),
    ("token_reply", token_reply),
];

/// The parameters of `account.add`: an account that is taken stands in `config.toml` as it was given, and nothing else has
/// changed there.
pub fn account(params: &[u8]) {
    crate::config::fuzz::account(params);
}

/// `config.toml`: a mistake has a place in the text; an edit keeps everything else, comments included.
pub fn config(text: &[u8]) {
    crate::config::fuzz::config(text);
}

/// A discovery document: one that is accepted is the asked issuer's, and leads nowhere in clear.
pub fn discovery(document: &[u8]) {
    crate::authority::fuzz::discovery(document);
}

/// An ID token's claims, and on the next line `client_info`: who is accepted has signed in here, for this application.
pub fn id_token(claims: &[u8]) {
    crate::authority::fuzz::id_token(claims);
}

/// What a browser or a stranger sends to the listener: the answer repeats nothing of it.
pub fn redirect(request: &[u8]) {
    crate::redirect::fuzz::redirect(request);
}

/// A row of the store: read and written again it is the same; one that was not sealed here does not open.
pub fn store_row(row: &[u8]) {
    crate::store::fuzz::store_row(row);
}

/// An answer of the token endpoint, status and content type on its first line: tokens are whole, a verdict is one, and
/// the broker can go by both.
pub fn token_reply(answer: &[u8]) {
    crate::authority::fuzz::token_reply(answer);
}

#[cfg(test)]
#[path = "../../../fuzz/replay.rs"]
mod replay;
