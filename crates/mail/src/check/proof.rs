use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use super::{Failure, Plan, Secret, offers};
use crate::Protocol;
use crate::sasl::{self, Mechanism, SaslError};
use crate::settings::Settings;

/// What is said in one exchange by SASL.
pub(super) struct Proof {
    pub(super) mechanism: &'static str,
    /// In base64.
    pub(super) response: SecretString,
    /// What ends the exchange where the server asks on.
    pub(super) surrender: &'static str,
}

impl Proof {
    /// By the mechanism that the server offers under this word of its capabilities.
    pub(super) fn by_token(
        settings: &Settings,
        token: &SecretString,
        capabilities: &[String],
        list: &str,
    ) -> Result<Self, Failure> {
        let offered = Mechanism::ALL.into_iter().find(|mechanism| offers(capabilities, list, mechanism.name()));
        let mechanism = offered.ok_or(Failure::NotOffered(Mechanism::default().name()))?;
        let response = token_response(mechanism, settings, token).map_err(|it| Failure::Garbage(it.to_string()))?;
        Ok(Self { mechanism: mechanism.name(), response, surrender: mechanism.surrender() })
    }

    /// SASL PLAIN (RFC 4616).
    pub(super) fn by_password(settings: &Settings, password: &SecretString) -> Self {
        Self { mechanism: "PLAIN", response: plain_response(&settings.login, password), surrender: "*" }
    }
}

fn token_response(mechanism: Mechanism, settings: &Settings, token: &SecretString) -> Result<SecretString, SaslError> {
    // IMAP and POP3 open the mailbox that is named, SMTP knows the login alone.
    let user = if settings.protocol == Protocol::Smtp { &settings.login } else { &settings.mailbox };
    let response = match mechanism {
        Mechanism::Xoauth2 => sasl::xoauth2(user, token),
        Mechanism::OauthBearer => sasl::oauthbearer(user, token, Some((&settings.host, settings.port))),
    };
    response.map(|response| response.base64())
}

fn plain_response(login: &str, password: &SecretString) -> SecretString {
    let plain = Zeroizing::new(format!("\0{login}\0{}", password.expose_secret()));
    STANDARD.encode(plain.as_bytes()).into()
}

/// Adds what the server has said in its challenge to the line that it then refuses with.
pub(super) fn with_challenge(outcome: Result<String, Failure>, challenge: &str) -> Result<String, Failure> {
    match outcome {
        Err(Failure::Refused { meaning, line }) if !challenge.is_empty() => {
            Err(Failure::Refused { meaning, line: format!("{line} {challenge}") })
        }
        outcome => outcome,
    }
}

/// Everything that was said of the secret: a server that repeats what it did not understand is not quoted with it.
pub(super) struct Mask(Vec<SecretString>);

impl Mask {
    /// So many signs of a secret give it away; fewer are anybody's.
    const SIGNS: usize = 8;

    pub(super) fn of(plan: &Plan) -> Self {
        let Plan { settings, secret, .. } = plan;
        let (Secret::Token(bare) | Secret::Password(bare)) = secret;
        let in_base64: SecretString = STANDARD.encode(bare.expose_secret()).into();
        let mut said = match secret {
            Secret::Token(token) => {
                Mechanism::ALL.iter().filter_map(|mechanism| token_response(*mechanism, settings, token).ok()).collect()
            }
            Secret::Password(password) => vec![plain_response(&settings.login, password)],
        };
        said.extend([in_base64, bare.clone()]);
        Self(said)
    }

    pub(super) fn over(&self, outcome: Result<String, Failure>) -> Result<String, Failure> {
        match outcome {
            Ok(words) => Ok(self.hide(words)),
            Err(Failure::Garbage(words)) => Err(Failure::Garbage(self.hide(words))),
            Err(Failure::Refused { meaning, line }) => Err(Failure::Refused { meaning, line: self.hide(line) }),
            Err(other) => Err(other),
        }
    }

    fn hide(&self, words: String) -> String {
        self.0.iter().fold(words, |words, secret| hidden(&words, secret.expose_secret()))
    }
}

/// The words without any beginning of the secret: a server may have cut what it repeats.
fn hidden(words: &str, secret: &str) -> String {
    let beginning: String = secret.chars().take(Mask::SIGNS).collect();
    if beginning.is_empty() {
        return words.to_owned();
    }
    let (mut shown, mut rest) = (String::new(), words);
    while let Some(at) = rest.find(&beginning) {
        let (before, from) = rest.split_at(at);
        let same = from.chars().zip(secret.chars()).take_while(|(said, sign)| said == sign);
        let length: usize = same.map(|(sign, _)| sign.len_utf8()).sum();
        shown.push_str(before);
        shown.push_str("***");
        rest = &from[length..];
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_is_repeated_is_hidden_also_where_it_was_cut() {
        for (words, want) in [
            ("500 no: hunter2-hunter2", "500 no: ***"),
            ("500 no: hunter2-hun and hunter2-", "500 no: *** and ***"),
            ("500 hunter2", "500 hunter2"),
            ("500 żółw", "500 żółw"),
        ] {
            assert_eq!(hidden(words, "hunter2-hunter2"), want, "{words}");
        }
        assert_eq!(hidden("no żółw here", "żółw"), "no *** here");
        assert_eq!(hidden("no", ""), "no");
    }
}
