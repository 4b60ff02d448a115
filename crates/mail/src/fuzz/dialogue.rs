//! A server that says whatever it likes, in a connection of memory.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::runtime::Builder;

use crate::Protocol;
use crate::check::{Failure, Kind, Plan, Secret, Step, Then, run_on};
use crate::office365::Encryption;
use crate::settings::Settings;

/// Stands for a secret, so that it is found wherever it has got to.
const SECRET: &str = "a-secret-that-nobody-may-see";
/// What gives it away: its beginning, its middle, its end.
const TELLING: [&str; 3] = ["a-secret", "at-nobod", "-may-see"];

/// The first byte chooses token or password, the kind of connection and of errand; the rest is what the server says, all of it
/// before it hangs up.
///
/// The steps end, only the last has failed, what is told holds no order to a terminal and nothing of the secret, and the secret
/// goes out only after the server has said how it takes it.
pub(super) fn check(protocol: Protocol, said: &[u8]) {
    let Some((choice, said)) = said.split_first() else { return };
    let plan = plan(protocol, *choice);
    let heard = Heard::default();
    let server = Server { said: said.to_vec(), at: 0, heard: heard.clone() };
    let mut steps: Vec<Step> = Vec::new();
    let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
    let well = runtime.block_on(run_on(&plan, server, &no_roots(), &mut |step| steps.push(step)));
    let (last, before) = steps.split_last().expect("a step");
    assert!(before.iter().all(|step| step.outcome.is_ok()) && well == last.outcome.is_ok(), "{steps:?}");
    for step in &steps {
        let words = words(&step.outcome);
        assert!(!words.chars().any(char::is_control), "{words:?}");
        assert!(!TELLING.iter().any(|part| words.contains(part)), "{words:?}");
    }
    is_kept_until_it_is_wanted(&plan, &steps, &heard.bytes());
}

fn is_kept_until_it_is_wanted(plan: &Plan, steps: &[Step], heard: &[u8]) {
    let has_got_there = steps.iter().any(|step| step.kind == Kind::Authentication);
    let is_heard = |text: &str| heard.windows(text.len()).any(|part| part == text.as_bytes());
    let is_out = is_heard(SECRET) || is_heard("dXNlcj0") || is_heard("bixhPW");
    assert!(has_got_there || !is_out, "nothing goes out before the login: {steps:?}");
    let is_secured = steps.iter().any(|step| step.kind == Kind::Tls && step.outcome.is_ok());
    assert!(plan.settings.encryption.is_none() || is_secured || !is_out, "nothing goes out in clear: {steps:?}");
}

fn words(outcome: &Result<String, Failure>) -> &str {
    match outcome {
        Ok(words) | Err(Failure::Garbage(words) | Failure::Tls(words) | Failure::Refused { line: words, .. }) => words,
        Err(
            Failure::NoName
            | Failure::NameUnanswered
            | Failure::NoNetwork
            | Failure::NoConnection
            | Failure::Timeout
            | Failure::Closed
            | Failure::Unsayable
            | Failure::Unruly(_)
            | Failure::NotOffered(_)
            | Failure::NoAlphabet,
        ) => "",
    }
}

fn plan(protocol: Protocol, choice: u8) -> Plan {
    let login = "anna@firma.pl".to_owned();
    let encryption = (choice & 2 != 0).then_some(Encryption::StartTls);
    let settings = Settings {
        protocol,
        host: "localhost".into(),
        port: 1,
        encryption,
        mailbox: login.clone(),
        login: login.clone(),
    };
    let secret = if choice & 1 == 0 { Secret::Token(SECRET.into()) } else { Secret::Password(SECRET.into()) };
    let then = match protocol {
        Protocol::Imap | Protocol::Pop => Then::Count { folder: "INBOX".into() },
        Protocol::Smtp if choice & 4 == 0 => Then::Address { from: login.clone(), to: login },
        Protocol::Smtp => Then::Send { from: login.clone(), to: login, message: b"Subject: x\r\n\r\n.x\r\n".to_vec() },
    };
    Plan { settings, secret, then, patience: Duration::from_secs(60) }
}

fn no_roots() -> Arc<ClientConfig> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().expect("versions");
    Arc::new(config.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
}

#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<u8>>>);

impl Heard {
    fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

struct Server {
    said: Vec<u8>,
    at: usize,
    heard: Heard,
}

impl AsyncRead for Server {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        // In small pieces, so that what is said later is not there already when the connection is to be encrypted.
        let rest = &self.said[self.at..];
        let line = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
        let count = line.min(buffer.remaining());
        buffer.put_slice(&rest[..count]);
        self.at += count;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Server {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.heard.0.lock().unwrap_or_else(PoisonError::into_inner).extend(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
