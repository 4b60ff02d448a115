//! No server is quoted with the secret, in whatever shape and however little of it the server repeats.

use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use super::proof::{plain_response, token_response};
use super::{Failure, Plan, Secret};
use crate::sasl::Mechanism;

/// So many signs of a secret give it away; fewer are anybody's. Of a shorter one, all.
const SIGNS: usize = 8;

/// Whoever reads on has read enough.
const LONGEST: usize = 2_000;

/// Every stretch of [`SIGNS`] signs of what is said of the secret, by its hash: there is no copy of it to be wiped.
pub(super) struct Mask {
    hasher: RandomState,
    stretches: BTreeMap<usize, HashSet<u64>>,
}

impl Mask {
    pub(super) fn of(plan: &Plan) -> Self {
        let Plan { settings, secret, .. } = plan;
        let (Secret::Token(bare) | Secret::Password(bare)) = secret;
        let mut mask = Self { hasher: RandomState::new(), stretches: BTreeMap::new() };
        mask.learn(bare);
        match secret {
            Secret::Token(token) => {
                let responses = Mechanism::ALL.map(|mechanism| token_response(mechanism, settings, token));
                responses.iter().flatten().for_each(|response| mask.learn(response));
            }
            Secret::Password(password) => mask.learn(&plain_response(&settings.login, password)),
        }
        // In base64 a text looks different by where it begins.
        for before in 0..3 {
            mask.learn(&in_base64(bare, before));
        }
        mask
    }

    fn learn(&mut self, secret: &SecretString) {
        let signs: Zeroizing<Vec<char>> =
            Zeroizing::new(heard(secret.expose_secret()).map(|(.., sign)| sign).collect());
        let length = signs.len().min(SIGNS);
        if length > 0 {
            let hashes = signs.windows(length).map(|stretch| self.hasher.hash_one(stretch));
            self.stretches.entry(length).or_default().extend(hashes);
        }
    }

    pub(super) fn over(&self, outcome: Result<String, Failure>) -> Result<String, Failure> {
        match outcome {
            Ok(words) => Ok(self.hide(&words)),
            Err(Failure::Garbage(words)) => Err(Failure::Garbage(self.hide(&words))),
            Err(Failure::Tls(words)) => Err(Failure::Tls(self.hide(&words))),
            Err(Failure::Refused { meaning, line }) => Err(Failure::Refused { meaning, line: self.hide(&line) }),
            Err(other) => Err(other),
        }
    }

    /// What may be shown of the words. They are cut only now: what a cut leaves of a secret is too little to be found.
    fn hide(&self, words: &str) -> String {
        let heard: Vec<_> = heard(words).collect();
        let signs: Vec<char> = heard.iter().map(|(.., sign)| *sign).collect();
        let mut is_secret = vec![false; signs.len()];
        for (length, hashes) in &self.stretches {
            for (at, stretch) in signs.windows(*length).enumerate() {
                if hashes.contains(&self.hasher.hash_one(stretch)) {
                    is_secret[at..at + length].fill(true);
                }
            }
        }
        let (mut shown, mut rest) = (String::new(), 0);
        let stretches = is_secret.chunk_by(|one, other| one == other);
        let mut at = 0;
        for stretch in stretches {
            let (from, to) = (heard[at].0, heard[at + stretch.len() - 1].1);
            if stretch[0] {
                shown.push_str(&words[rest..from]);
                shown.push_str("***");
                rest = to;
            }
            at += stretch.len();
        }
        shown.push_str(&words[rest..]);
        match shown.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &shown[..end]),
            None => shown,
        }
    }
}

/// The signs that a text is told by, and where in it they stand: a server may break lines in it, put backslashes before some of
/// them, and say it all in capitals.
fn heard(text: &str) -> impl Iterator<Item = (usize, usize, char)> {
    let is_told = |(_, sign): &(usize, char)| !sign.is_whitespace() && *sign != '\\';
    text.char_indices().filter(is_told).map(|(at, sign)| {
        let small = sign.to_lowercase().next().unwrap_or(sign);
        (at, at + sign.len_utf8(), small)
    })
}

/// As it looks where so many bytes stand before it, without the signs that these have a part in.
fn in_base64(secret: &SecretString, before: usize) -> SecretString {
    let bytes = Zeroizing::new([&b"\0\0"[..before], secret.expose_secret().as_bytes()].concat());
    let encoded = Zeroizing::new(STANDARD.encode(&*bytes));
    let whole = bytes.len() * 8 / 6;
    let mixed = (before * 8).div_ceil(6);
    encoded.get(mixed.min(whole)..whole).unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::Then;
    use super::*;
    use crate::Protocol;
    use crate::settings::Settings;

    fn mask(secret: Secret) -> Mask {
        let login = "anna@firma.pl".to_owned();
        let (host, mailbox) = ("localhost".to_owned(), login.clone());
        let settings = Settings { protocol: Protocol::Smtp, host, port: 1, encryption: None, login, mailbox };
        let then = Then::Count { folder: String::new() };
        Mask::of(&Plan { settings, secret, then, patience: Duration::ZERO })
    }

    #[track_caller]
    fn check(password: &str, words: &str, want: &str) {
        assert_eq!(mask(Secret::Password(password.into())).hide(words), want, "{words}");
    }

    #[test]
    fn a_secret_that_is_repeated_is_hidden_also_where_it_was_cut() {
        let password = "hunter2-hunter2";
        for (words, want) in [
            ("500 no: hunter2-hunter2", "500 no: ***"),
            ("500 no: hunter2-hun and hunter2-", "500 no: *** and ***"),
            ("500 …er2-hunter2", "500 …***"),
            ("500 HUNTER2-HUNTER2?", "500 ***?"),
            ("500 hunter2", "500 hunter2"),
            ("500 żółw", "500 żółw"),
        ] {
            check(password, words, want);
        }
        check("żółw", "no żółw here", "no *** here");
        check("", "no", "no");
        check(" \\", "no \\ here", "no \\ here");
    }

    #[test]
    fn a_secret_is_hidden_however_it_is_quoted_and_broken_into_lines() {
        let password = r#"a"b\c"d e"#;
        check(password, r#"BAD "c LOGIN anna "a\"b\\c\"d e"""#, r#"BAD "c LOGIN anna "***"""#);
        check(password, r#"BAD a"b\c"d e"#, "BAD ***");
        check("correct horse battery", "535 what is corre ct horse batt ery to me", "535 what is *** to me");
        let spoken = ["YW5uYUBmaXJtYS5wbA==", &STANDARD.encode("\0anna@firma.pl\0hunter2-hunter2")];
        check("hunter2-hunter2", &format!("500 {} {}", spoken[0], spoken[1]), "500 YW5uYUBmaXJtYS5wbA== ***");
    }

    #[test]
    fn a_secret_is_hidden_in_base64_wherever_it_begins() {
        for before in ["", "x", "xy", "xyz"] {
            let mask = mask(Secret::Password("hunter2-hunter2".into()));
            let shown = mask.hide(&STANDARD.encode(format!("{before}hunter2-hunter2")));
            assert!(shown.contains("***") && shown.len() < 12, "{before}: {shown}");
        }
        let token = mask(Secret::Token("eyJ0eXAiOiJKV1QiLCJub25jZSI6Ik".into()));
        for (words, want) in [
            ("what is eyJ0eXAiOiJKV1QiLCJub25jZSI6Ik", "what is ***"),
            ("what is …XAiOiJKV1QiLCJub25", "what is …***"),
            ("what is dXNlcj1hbm5hQGZpcm1hLnBsAWF1dGg9QmVhcmVyIGV5SjB", "what is ***"),
        ] {
            assert_eq!(token.hide(words), want);
        }
    }

    #[test]
    fn what_is_too_long_is_cut_once_nothing_secret_is_in_it() {
        let mask = mask(Secret::Password("hunter2-hunter2".into()));
        let around = |length| format!("{}hunter2-hunter2 and on", "x".repeat(length));
        let shown = mask.hide(&around(LONGEST - 3));
        assert_eq!(shown, format!("{}***…", "x".repeat(LONGEST - 3)));
        assert_eq!(mask.hide(&around(0)), "*** and on");
    }
}
