use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use super::{Failure, offers};
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
        let response = token_response(mechanism, settings, token).map_err(|_| Failure::Unsayable)?;
        Ok(Self { mechanism: mechanism.name(), response, surrender: mechanism.surrender() })
    }

    /// SASL PLAIN (RFC 4616).
    pub(super) fn by_password(settings: &Settings, password: &SecretString) -> Self {
        Self { mechanism: "PLAIN", response: plain_response(&settings.login, password), surrender: "*" }
    }
}

pub(super) fn token_response(
    mechanism: Mechanism,
    settings: &Settings,
    token: &SecretString,
) -> Result<SecretString, SaslError> {
    // IMAP and POP3 open the mailbox that is named, SMTP knows the login alone.
    let user = if settings.protocol == Protocol::Smtp { &settings.login } else { &settings.mailbox };
    let response = match mechanism {
        Mechanism::Xoauth2 => sasl::xoauth2(user, token),
        Mechanism::OauthBearer => sasl::oauthbearer(user, token, Some((&settings.host, settings.port))),
    };
    response.map(|response| response.base64())
}

pub(super) fn plain_response(login: &str, password: &SecretString) -> SecretString {
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
