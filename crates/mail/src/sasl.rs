//! The strings with which a mail program logs in by an access token.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret as _, SecretString};

/// A SASL mechanism that takes an OAuth 2.0 access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mechanism {
    /// Google's mechanism, the only one that Exchange Online offers: <https://developers.google.com/gmail/imap/xoauth2-protocol>
    /// and "SASL XOAUTH2" in Microsoft's "Authenticate an IMAP, POP or SMTP connection using OAuth".
    #[default]
    Xoauth2,
    /// The standard one (RFC 7628).
    OauthBearer,
}

impl Mechanism {
    /// Every mechanism.
    pub const ALL: [Self; 2] = [Self::Xoauth2, Self::OauthBearer];

    /// The name as servers announce it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Xoauth2 => "XOAUTH2",
            Self::OauthBearer => "OAUTHBEARER",
        }
    }

    /// What a client says to a challenge that tells of a failure, so that the server ends the exchange: an empty line, or
    /// a single 0x01 in base64 (RFC 7628, section 3.2.3).
    pub fn surrender(self) -> &'static str {
        match self {
            Self::Xoauth2 => "",
            Self::OauthBearer => "AQ==",
        }
    }

    /// The initial response that logs `user` in with `token`.
    ///
    /// # Errors
    ///
    /// If user or token hold a character that would break the format; see [`xoauth2`] and [`oauthbearer`].
    pub fn initial_response(self, user: &str, token: &SecretString) -> Result<InitialResponse, SaslError> {
        match self {
            Self::Xoauth2 => xoauth2(user, token),
            Self::OauthBearer => oauthbearer(user, token, None),
        }
    }
}

impl fmt::Display for Mechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Mechanism {
    type Err = UnknownMechanism;

    /// Reads a mechanism's name in any case: people type `xoauth2`, servers write `XOAUTH2`.
    fn from_str(name: &str) -> Result<Self, UnknownMechanism> {
        Self::ALL.into_iter().find(|mechanism| mechanism.name().eq_ignore_ascii_case(name)).ok_or(UnknownMechanism)
    }
}

/// A name that is neither `XOAUTH2` nor `OAUTHBEARER`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the SASL mechanism is not xoauth2 or oauthbearer")]
pub struct UnknownMechanism;

/// Why no initial response can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SaslError {
    /// The user is empty or holds a control character; 0x01 would end the field and begin another.
    #[error("the user is empty or holds a control character")]
    User,
    /// The host is empty or holds something else than visible ASCII.
    #[error("the host is empty or holds more than visible ASCII")]
    Host,
    /// The token is empty or holds something else than visible ASCII (RFC 6750, section 2.1, allows less still).
    #[error("the token is empty or holds more than visible ASCII")]
    Token,
}

/// What a client sends first: the token with the name of its user. As secret as the token.
#[derive(Debug, Clone)]
pub struct InitialResponse(SecretString);

impl InitialResponse {
    /// The bytes before base64, for libraries that encode them themselves.
    pub fn raw(&self) -> &SecretString {
        &self.0
    }

    /// The response in base64 (RFC 4648, section 4), ready to be sent by IMAP, POP and SMTP.
    pub fn base64(&self) -> SecretString {
        STANDARD.encode(self.0.expose_secret()).into()
    }
}

/// The XOAUTH2 initial response: `user=` user `^Aauth=Bearer ` token `^A^A`.
///
/// # Errors
///
/// [`SaslError::User`] or [`SaslError::Token`].
pub fn xoauth2(user: &str, token: &SecretString) -> Result<InitialResponse, SaslError> {
    let user = checked_user(user)?;
    let token = checked_token(token)?;
    Ok(joined(&["user=", user, "\x01auth=Bearer ", token]))
}

/// The OAUTHBEARER initial response (RFC 7628, section 3.1): a GS2 header that names the user, the server's host and
/// port where given (some servers check them), and the token.
///
/// # Errors
///
/// [`SaslError::User`], [`SaslError::Host`] or [`SaslError::Token`].
pub fn oauthbearer(
    user: &str,
    token: &SecretString,
    server: Option<(&str, u16)>,
) -> Result<InitialResponse, SaslError> {
    let user = saslname(checked_user(user)?);
    let token = checked_token(token)?;
    let server = match server {
        Some((host, port)) => format!("\x01host={}\x01port={port}", checked_host(host)?),
        None => String::new(),
    };
    Ok(joined(&["n,a=", &user, ",", &server, "\x01auth=Bearer ", token]))
}

/// What a challenge says that tells of a failure, mostly JSON with a status and a scope; without anything that a terminal
/// would take for an order. Empty if it cannot be read.
pub fn challenge(base64: &str) -> String {
    let decoded = STANDARD.decode(base64.trim()).unwrap_or_default();
    let plain = |sign: char| if sign.is_control() { char::REPLACEMENT_CHARACTER } else { sign };
    String::from_utf8_lossy(&decoded).chars().map(plain).collect()
}

/// Joins in one allocation of the right size, so that no copy of the token stays behind.
fn joined(parts: &[&str]) -> InitialResponse {
    InitialResponse([parts, &["\x01\x01"]].concat().concat().into())
}

/// A name as a GS2 header writes it (RFC 5801, section 4).
fn saslname(user: &str) -> Cow<'_, str> {
    if user.contains(['=', ',']) { user.replace('=', "=3D").replace(',', "=2C").into() } else { user.into() }
}

fn checked_user(user: &str) -> Result<&str, SaslError> {
    if user.is_empty() || user.contains(char::is_control) {
        return Err(SaslError::User);
    }
    Ok(user)
}

fn checked_host(host: &str) -> Result<&str, SaslError> {
    visible(host).ok_or(SaslError::Host)
}

fn checked_token(token: &SecretString) -> Result<&str, SaslError> {
    visible(token.expose_secret()).ok_or(SaslError::Token)
}

fn visible(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn googles_example_comes_out() {
        check(
            xoauth2("someuser@example.com", &"ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg".into()),
            "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0\
             Q2cBAQ==",
        );
    }

    #[test]
    fn microsofts_example_comes_out() {
        check(
            xoauth2("test@contoso.onmicrosoft.com", &"EwBAAl3BAAUFFpUAo7J3Ve0bjLBWZWCclRC3EoAA".into()),
            "dXNlcj10ZXN0QGNvbnRvc28ub25taWNyb3NvZnQuY29tAWF1dGg9QmVhcmVyIEV3QkFBbDNCQUFVRkZwVUFvN0ozVmUwYmpMQldaV0NjbFJD\
             M0VvQUEBAQ==",
        );
    }

    #[test]
    fn the_example_of_rfc_7628_comes_out() {
        check(
            oauthbearer(
                "user@example.com",
                &"vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==".into(),
                Some(("server.example.com", 143)),
            ),
            "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52\
             YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB",
        );
    }

    #[test]
    fn host_and_port_may_be_left_out() {
        let response = oauthbearer("biuro@firma.pl", &"t".into(), None);
        assert_eq!(raw(response), "n,a=biuro@firma.pl,\x01auth=Bearer t\x01\x01");
    }

    #[test]
    fn commas_and_equals_signs_are_written_as_gs2_wants() {
        let response = oauthbearer("a=b,c", &"t".into(), None);
        assert_eq!(raw(response), "n,a=a=3Db=2Cc,\x01auth=Bearer t\x01\x01");
        let response = xoauth2("a=b,c", &"t".into());
        assert_eq!(raw(response), "user=a=b,c\x01auth=Bearer t\x01\x01");
    }

    #[test]
    fn names_beyond_ascii_are_kept() {
        let response = xoauth2("księgowość@firma.pl", &"t".into());
        assert_eq!(raw(response), "user=księgowość@firma.pl\x01auth=Bearer t\x01\x01");
    }

    #[test]
    fn what_would_break_the_format_is_refused() {
        for mechanism in Mechanism::ALL {
            for user in ["", "a\x01auth=Bearer x", "a\r\nb", "a\0", "a\u{85}"] {
                let refused = mechanism.initial_response(user, &"t".into());
                assert_eq!(refused.err(), Some(SaslError::User), "{user:?}");
            }
            for token in ["", "a\x01", "a b", "a\r\n", "ż"] {
                let refused = mechanism.initial_response("a", &token.into());
                assert_eq!(refused.err(), Some(SaslError::Token), "{token:?}");
            }
        }
        for host in ["", "a\x01b", "a b"] {
            let refused = oauthbearer("a", &"t".into(), Some((host, 143)));
            assert_eq!(refused.err(), Some(SaslError::Host), "{host:?}");
        }
    }

    #[test]
    fn nothing_of_the_token_is_in_its_debug_form() {
        let response = xoauth2("biuro@firma.pl", &"c2VjcmV0".into()).expect("a fine response");
        for shown in [format!("{response:?}"), format!("{:?} {:?}", response.raw(), response.base64())] {
            assert!(!shown.contains("c2VjcmV0"), "{shown}");
            assert!(!shown.contains("biuro"), "{shown}");
        }
    }

    #[test]
    fn a_challenge_says_what_was_wrong_and_nothing_that_a_terminal_obeys() {
        let dovecot = "eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIiwic2NvcGUiOiJtYWlsIn0=";
        assert_eq!(challenge(dovecot), r#"{"status":"401","schemes":"bearer","scope":"mail"}"#);
        assert_eq!(challenge(&STANDARD.encode("\u{1b}[2J\r\n")), "\u{fffd}[2J\u{fffd}\u{fffd}");
        for unreadable in ["", "no base64", "eyJ"] {
            assert_eq!(challenge(unreadable), "", "{unreadable}");
        }
    }

    #[test]
    fn a_mechanism_is_read_in_any_case() {
        for (name, want) in [
            ("xoauth2", Ok(Mechanism::Xoauth2)),
            ("XOAUTH2", Ok(Mechanism::Xoauth2)),
            ("oauthbearer", Ok(Mechanism::OauthBearer)),
            ("OAUTHBEARER", Ok(Mechanism::OauthBearer)),
            ("plain", Err(UnknownMechanism)),
            ("", Err(UnknownMechanism)),
        ] {
            assert_eq!(name.parse(), want, "{name}");
        }
    }

    fn check(response: Result<InitialResponse, SaslError>, base64: &str) {
        let response = response.expect("the example is well formed");
        assert_eq!(response.base64().expose_secret(), base64);
    }

    fn raw(response: Result<InitialResponse, SaslError>) -> String {
        let response = response.expect("a fine response");
        response.raw().expose_secret().to_owned()
    }
}
