//! What a mail program does with an access token: logs in by IMAP, POP3 or SMTP, reads and sends.
//!
//! A server's no is a [`Refusal`] inside the error, with the lines it was said in.

mod imap;
mod pop3;
mod smtp;
mod wire;

use std::fmt;
use std::path::PathBuf;

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub use imap::Imap;
pub use pop3::Pop3;
pub use smtp::{Letter, Smtp};

use crate::rig::Rig;

/// One port of a mail server and how to speak there.
#[derive(Clone, Debug)]
pub struct Door {
    pub port: u16,
    pub tls: Tls,
    /// The authority (PEM) its certificate hangs on.
    pub ca: PathBuf,
}

/// When encryption begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    Implicit,
    StartTls,
}

/// Who is behind the port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manners {
    /// Dovecot and Postfix as they are.
    Plain,
    /// Exchange Online's greetings, capabilities and refusals.
    Exchange,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    Imap,
    Pop3,
    Smtp,
}

/// A SASL mechanism that carries an access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mechanism {
    XOAuth2,
    OAuthBearer,
}

/// Who logs in where: a mailbox and the token that is to open it.
#[derive(Clone, Copy, Debug)]
pub struct Credential<'a> {
    pub mechanism: Mechanism,
    pub user: &'a str,
    pub token: &'a str,
}

impl Door {
    /// A port of the rig; nothing where there is none (Exchange has no SMTP with implicit TLS).
    pub fn of(rig: &Rig, protocol: Protocol, tls: Tls, manners: Manners) -> Option<Self> {
        let ports = rig.ports();
        let exchange = ports.exchange;
        let port = match (manners, protocol, tls) {
            (Manners::Plain, Protocol::Imap, Tls::StartTls) => ports.imap,
            (Manners::Plain, Protocol::Imap, Tls::Implicit) => ports.imaps,
            (Manners::Plain, Protocol::Pop3, Tls::StartTls) => ports.pop3,
            (Manners::Plain, Protocol::Pop3, Tls::Implicit) => ports.pop3s,
            (Manners::Plain, Protocol::Smtp, Tls::StartTls) => ports.smtp,
            (Manners::Plain, Protocol::Smtp, Tls::Implicit) => ports.smtps,
            (Manners::Exchange, Protocol::Imap, Tls::StartTls) => exchange.imap,
            (Manners::Exchange, Protocol::Imap, Tls::Implicit) => exchange.imaps,
            (Manners::Exchange, Protocol::Pop3, Tls::StartTls) => exchange.pop3,
            (Manners::Exchange, Protocol::Pop3, Tls::Implicit) => exchange.pop3s,
            (Manners::Exchange, Protocol::Smtp, Tls::StartTls) => exchange.smtp,
            (Manners::Exchange, Protocol::Smtp, Tls::Implicit) => return None,
        };
        Some(Self { port, tls, ca: rig.ca() })
    }

    /// Logs in and out again.
    pub fn try_login(&self, protocol: Protocol, credential: Credential<'_>) -> Result<()> {
        match protocol {
            Protocol::Imap => Imap::login(self, credential)?.logout(),
            Protocol::Pop3 => Pop3::login(self, credential)?.quit(),
            Protocol::Smtp => Smtp::login(self, credential)?.quit(),
        }
    }

    /// Logs in with a ready initial response in base64, and out again.
    pub fn try_answer(&self, protocol: Protocol, mechanism: Mechanism, response: &str) -> Result<()> {
        match protocol {
            Protocol::Imap => Imap::answer(self, mechanism, response)?.logout(),
            Protocol::Pop3 => Pop3::answer(self, mechanism, response)?.quit(),
            Protocol::Smtp => Smtp::answer(self, mechanism, response)?.quit(),
        }
    }
}

impl Mechanism {
    fn name(self) -> &'static str {
        match self {
            Self::XOAuth2 => "XOAUTH2",
            Self::OAuthBearer => "OAUTHBEARER",
        }
    }

    /// What a client says to a challenge that tells of a failure, so that the server ends the exchange.
    fn surrender(self) -> &'static str {
        match self {
            Self::XOAuth2 => "",
            Self::OAuthBearer => "AQ==", // RFC 7628 section 3.2.3: a single %x01
        }
    }
}

impl<'a> Credential<'a> {
    /// By the mechanism that every server knows.
    pub fn xoauth2(user: &'a str, token: &'a str) -> Self {
        Self { mechanism: Mechanism::XOAuth2, user, token }
    }

    /// The initial response in base64.
    fn response(&self, port: u16) -> String {
        let Self { mechanism, user, token } = self;
        STANDARD.encode(match mechanism {
            Mechanism::XOAuth2 => format!("user={user}\x01auth=Bearer {token}\x01\x01"),
            // RFC 7628 section 3.1
            Mechanism::OAuthBearer => {
                format!("n,a={user},\x01host=localhost\x01port={port}\x01auth=Bearer {token}\x01\x01")
            }
        })
    }
}

/// A server's no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The line that refuses, as it came.
    pub line: String,
    /// What the challenge before it said, decoded: JSON from servers that send one.
    pub challenge: Option<String>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line)
    }
}

impl std::error::Error for Refusal {}

impl Refusal {
    fn new(line: impl Into<String>, challenge: Option<&str>) -> Self {
        let decoded = challenge.and_then(|challenge| STANDARD.decode(challenge).ok());
        Self { line: line.into(), challenge: decoded.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()) }
    }

    /// The refusal in a result that has to be one.
    ///
    /// # Panics
    /// When the login succeeded, or failed in another way.
    pub fn of<T>(result: Result<T>) -> Self {
        match result {
            Ok(_) => panic!("the server said yes"),
            Err(err) => match err.downcast::<Self>() {
                Ok(refusal) => refusal,
                Err(err) => panic!("not refused by the server but failed: {err:#}"),
            },
        }
    }
}
