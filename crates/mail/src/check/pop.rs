//! POP3 as a client speaks it: RFC 1939, RFC 2449, RFC 2595, RFC 5034.

use secrecy::SecretString;

use super::{Failure, Secret, Wire, offers, token_response};
use crate::Protocol;
use crate::refusal::{Refusal, Stage};
use crate::settings::Settings;

/// No server has more to say in one list.
const LINES: usize = 100;

pub(super) async fn greeting(wire: &mut Wire) -> Result<((), String), Failure> {
    Ok(((), answer(wire, Stage::Greeting).await?))
}

pub(super) async fn capabilities(wire: &mut Wire) -> Result<Vec<String>, Failure> {
    ask(wire, "CAPA", Stage::Greeting).await?;
    let mut capabilities = Vec::new();
    for _ in 0..LINES {
        match wire.line().await?.as_str() {
            "." => return Ok(capabilities),
            line => capabilities.push(line.to_ascii_uppercase()),
        }
    }
    Err(Failure::Garbage("a list that does not end".to_owned()))
}

pub(super) async fn start_tls(wire: &mut Wire, command: &str) -> Result<(), Failure> {
    ask(wire, command, Stage::Greeting).await.map(drop)
}

pub(super) async fn log_in(
    wire: &mut Wire,
    capabilities: &[String],
    settings: &Settings,
    secret: &Secret,
) -> Result<String, Failure> {
    match secret {
        Secret::Token(token) => log_in_by_token(wire, capabilities, settings, token).await,
        Secret::Password(password) => {
            ask(wire, &format!("USER {}", settings.login), Stage::Authentication).await?;
            wire.say_secret("PASS ", password).await?;
            answer(wire, Stage::Authentication).await
        }
    }
}

/// In two lines: a command line has 255 octets at most, and a token has more.
async fn log_in_by_token(
    wire: &mut Wire,
    capabilities: &[String],
    settings: &Settings,
    token: &SecretString,
) -> Result<String, Failure> {
    if !offers(capabilities, "SASL", "XOAUTH2") {
        return Err(Failure::NotOffered("XOAUTH2"));
    }
    wire.say("AUTH XOAUTH2").await?;
    let line = wire.line().await?;
    if !line.starts_with('+') || line.starts_with("+OK") {
        return Err(no(Stage::Authentication, line));
    }
    wire.say_secret("", &token_response(&settings.mailbox, token)?).await?;
    let line = wire.line().await?;
    if line.starts_with("+OK") {
        return Ok(line);
    }
    if line.starts_with('+') {
        // The error challenge of XOAUTH2: its no comes after an empty line.
        wire.say("").await?;
        return answer(wire, Stage::Authentication).await;
    }
    Err(no(Stage::Authentication, line))
}

pub(super) async fn count(wire: &mut Wire) -> Result<((), String), Failure> {
    Ok(((), ask(wire, "STAT", Stage::Mailbox).await?))
}

async fn ask(wire: &mut Wire, command: &str, stage: Stage) -> Result<String, Failure> {
    wire.say(command).await?;
    answer(wire, stage).await
}

async fn answer(wire: &mut Wire, stage: Stage) -> Result<String, Failure> {
    let line = wire.line().await?;
    if line.starts_with("+OK") { Ok(line) } else { Err(no(stage, line)) }
}

fn no(stage: Stage, line: String) -> Failure {
    if line.starts_with("-ERR") {
        Failure::Refused { meaning: Refusal::of(Protocol::Pop, stage, &line), line }
    } else {
        Failure::Garbage(line)
    }
}
