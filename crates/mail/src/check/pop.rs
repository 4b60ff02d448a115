//! POP3 as a client speaks it: RFC 1939, RFC 2449, RFC 2595, RFC 5034.

use secrecy::SecretString;

use super::proof::{Proof, with_challenge};
use super::{Failure, Secret, Wire};
use crate::Protocol;
use crate::refusal::{Refusal, Stage};
use crate::sasl;
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
    Err(Failure::Unruly("a list that does not end"))
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
    let proof = Proof::by_token(settings, token, capabilities, "SASL")?;
    wire.say(&format!("AUTH {}", proof.mechanism)).await?;
    let line = wire.line().await?;
    if !line.starts_with('+') || line.starts_with("+OK") {
        return Err(no(Stage::Authentication, line));
    }
    wire.say_secret("", &proof.response).await?;
    let line = wire.line().await?;
    if line.starts_with("+OK") {
        return Ok(line);
    }
    if let Some(asked) = line.strip_prefix('+') {
        // The server says what is wrong, and waits for a word before its no.
        let challenge = sasl::challenge(asked);
        wire.say(proof.surrender).await?;
        return with_challenge(answer(wire, Stage::Authentication).await, &challenge);
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
