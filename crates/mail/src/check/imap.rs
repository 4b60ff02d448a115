//! IMAP as a client speaks it: RFC 9051, RFC 4959.

use secrecy::{ExposeSecret, SecretString};

use super::proof::{Proof, with_challenge};
use super::{Failure, Secret, Wire, folder, offers};
use crate::Protocol;
use crate::refusal::{Refusal, Stage};
use crate::sasl;
use crate::settings::Settings;

/// No server has more to say before it answers.
const LINES: usize = 1_000;

pub(super) async fn greeting(wire: &mut Wire) -> Result<((), String), Failure> {
    let line = wire.line().await?;
    if line.starts_with("* OK") {
        return Ok(((), line));
    }
    Err(if line.starts_with("* BYE") { refused(Stage::Greeting, line) } else { Failure::Garbage(line) })
}

pub(super) async fn capabilities(wire: &mut Wire) -> Result<Vec<String>, Failure> {
    let answer = ask(wire, "a", "CAPABILITY", Stage::Greeting).await?;
    let listed = answer.untagged.iter().filter_map(|line| line.strip_prefix("* CAPABILITY "));
    Ok(listed.flat_map(|list| list.split(' ')).map(str::to_ascii_uppercase).collect())
}

pub(super) async fn start_tls(wire: &mut Wire, command: &str) -> Result<(), Failure> {
    ask(wire, "b", command, Stage::Greeting).await.map(drop)
}

pub(super) async fn log_in(
    wire: &mut Wire,
    capabilities: &[String],
    settings: &Settings,
    secret: &Secret,
) -> Result<String, Failure> {
    let proof = match secret {
        Secret::Token(token) => Proof::by_token(settings, token, capabilities, "AUTH")?,
        Secret::Password(password) if !offers(capabilities, "AUTH", "PLAIN") => {
            return log_in_by_login(wire, capabilities, settings, password).await;
        }
        Secret::Password(password) => Proof::by_password(settings, password),
    };
    wire.say(&format!("c AUTHENTICATE {}", proof.mechanism)).await?;
    let mut line = next(wire, "c").await?;
    if line.starts_with('+') {
        wire.say_secret("", &proof.response).await?;
        line = next(wire, "c").await?;
    }
    let mut challenge = String::new();
    if let Some(asked) = line.strip_prefix('+') {
        // The server says what is wrong, and waits for a word before its no.
        challenge = sasl::challenge(asked);
        wire.say(proof.surrender).await?;
        line = next(wire, "c").await?;
    }
    with_challenge(finished("c", line, Stage::Authentication), &challenge)
}

async fn log_in_by_login(
    wire: &mut Wire,
    capabilities: &[String],
    settings: &Settings,
    password: &SecretString,
) -> Result<String, Failure> {
    if capabilities.iter().any(|capability| capability == "LOGINDISABLED") {
        return Err(Failure::NotOffered("LOGIN"));
    }
    let quoted = quoted(password.expose_secret()).into();
    wire.say_secret(&format!("c LOGIN {} ", self::quoted(&settings.login)), &quoted).await?;
    let line = next(wire, "c").await?;
    finished("c", line, Stage::Authentication)
}

/// Opens the folder without changing anything in it.
pub(super) async fn count(wire: &mut Wire, folder: &str) -> Result<((), String), Failure> {
    let folder = quoted(&folder::encoded(folder));
    let answer = ask(wire, "d", &format!("EXAMINE {folder}"), Stage::Mailbox).await?;
    let exists = answer.untagged.iter().find(|line| line.ends_with(" EXISTS"));
    Ok(((), exists.map_or(answer.said, |line| line.trim_start_matches("* ").to_owned())))
}

/// A quoted string (RFC 9051 § 4.3).
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

struct Answer {
    untagged: Vec<String>,
    said: String,
}

async fn ask(wire: &mut Wire, tag: &str, command: &str, stage: Stage) -> Result<Answer, Failure> {
    wire.say(&format!("{tag} {command}")).await?;
    let mut untagged = Vec::new();
    let mut last_words = None;
    for _ in 0..LINES {
        let line = heard(wire, &mut last_words, stage).await?;
        if line.starts_with("* ") {
            untagged.push(line);
        } else {
            return Ok(Answer { untagged, said: finished(tag, line, stage)? });
        }
    }
    Err(Failure::Unruly("an answer that does not end"))
}

/// The next line. A server that hangs up has said before why, if it has manners (RFC 9051 § 7.1.5).
async fn heard(wire: &mut Wire, last_words: &mut Option<String>, stage: Stage) -> Result<String, Failure> {
    let line = wire.line().await.map_err(|failure| match last_words.take() {
        Some(said) if failure == Failure::Closed => refused(stage, said),
        _ => failure,
    })?;
    if line.starts_with("* BYE") {
        *last_words = Some(line.clone());
    }
    Ok(line)
}

/// The next line that is meant for the login.
async fn next(wire: &mut Wire, tag: &str) -> Result<String, Failure> {
    let mut last_words = None;
    for _ in 0..LINES {
        let line = heard(wire, &mut last_words, Stage::Authentication).await?;
        if line.starts_with('+') || line.starts_with(&format!("{tag} ")) {
            return Ok(line);
        }
        if !line.starts_with("* ") {
            return Err(Failure::Garbage(line));
        }
    }
    Err(Failure::Unruly("an answer that does not end"))
}

fn finished(tag: &str, line: String, stage: Stage) -> Result<String, Failure> {
    let said = line.strip_prefix(tag).map(str::trim_start);
    match said {
        Some(said) if said.starts_with("OK") => Ok(said.to_owned()),
        Some(said) if said.starts_with("NO") || said.starts_with("BAD") => Err(refused(stage, said.to_owned())),
        Some(_) | None => Err(Failure::Garbage(line)),
    }
}

fn refused(stage: Stage, line: String) -> Failure {
    let is_farewell = line.starts_with("* BYE");
    // Who hangs up has not judged the login, nor the folder: unless it says otherwise, it cannot just now.
    let stage = if is_farewell { Stage::Greeting } else { stage };
    let said = Refusal::of(Protocol::Imap, stage, &line);
    let meaning = if is_farewell && said == Refusal::Other { Refusal::Unavailable } else { said };
    Failure::Refused { meaning, line }
}
