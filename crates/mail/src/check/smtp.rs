//! SMTP as a client speaks it: RFC 5321, RFC 4954, RFC 3207.

use secrecy::ExposeSecret;

use super::proof::{Proof, with_challenge};
use super::{Failure, Secret, Wire, offers};
use crate::Protocol;
use crate::refusal::{self, Refusal, Stage};
use crate::sasl;
use crate::settings::Settings;

/// No server has more to say in one reply.
const LINES: usize = 100;

pub(super) async fn greeting(wire: &mut Wire) -> Result<((), String), Failure> {
    let reply = reply(wire).await?;
    Ok(((), wanted(reply, b'2', Stage::Greeting)?.text()))
}

pub(super) async fn capabilities(wire: &mut Wire) -> Result<Vec<String>, Failure> {
    wire.say("EHLO localhost").await?;
    let reply = wanted(reply(wire).await?, b'2', Stage::Greeting)?;
    Ok(reply.lines.iter().skip(1).map(|line| line.to_ascii_uppercase()).collect())
}

pub(super) async fn start_tls(wire: &mut Wire, command: &str) -> Result<(), Failure> {
    ask(wire, command, b'2', Stage::Greeting).await.map(drop)
}

pub(super) async fn log_in(
    wire: &mut Wire,
    capabilities: &[String],
    settings: &Settings,
    secret: &Secret,
) -> Result<String, Failure> {
    let proof = match secret {
        Secret::Token(token) => Proof::by_token(settings, token, capabilities, "AUTH")?,
        Secret::Password(password) if offers(capabilities, "AUTH", "PLAIN") => Proof::by_password(settings, password),
        Secret::Password(_) if !offers(capabilities, "AUTH", "LOGIN") => return Err(Failure::NotOffered("PLAIN")),
        Secret::Password(_) => return log_in_by_login(wire, settings, secret).await,
    };
    ask(wire, &format!("AUTH {}", proof.mechanism), b'3', Stage::Authentication).await?;
    wire.say_secret("", &proof.response).await?;
    let mut answer = reply(wire).await?;
    let mut challenge = String::new();
    if answer.code.starts_with('3') {
        // The server says what is wrong, and waits for a word before its no.
        challenge = sasl::challenge(&answer.lines.concat());
        wire.say(proof.surrender).await?;
        answer = reply(wire).await?;
    }
    with_challenge(wanted(answer, b'2', Stage::Authentication).map(|reply| reply.text()), &challenge)
}

/// `AUTH LOGIN`, which no RFC describes and old servers offer alone.
async fn log_in_by_login(wire: &mut Wire, settings: &Settings, secret: &Secret) -> Result<String, Failure> {
    use base64::Engine as _;
    let encode = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    let (Secret::Token(text) | Secret::Password(text)) = secret;
    ask(wire, "AUTH LOGIN", b'3', Stage::Authentication).await?;
    ask(wire, &encode(&settings.login), b'3', Stage::Authentication).await?;
    wire.say_secret("", &encode(text.expose_secret()).into()).await?;
    Ok(wanted(reply(wire).await?, b'2', Stage::Authentication)?.text())
}

/// Addresses in any alphabet take a server that knows them (RFC 6531 § 3.4).
pub(super) async fn sender(
    wire: &mut Wire,
    capabilities: &[String],
    [from, to]: [&str; 2],
) -> Result<((), String), Failure> {
    let parameters = match from.is_ascii() && to.is_ascii() {
        true => "",
        false if capabilities.iter().any(|it| it == "SMTPUTF8") => " BODY=8BITMIME SMTPUTF8",
        false => return Err(Failure::NoAlphabet),
    };
    let reply = ask(wire, &format!("MAIL FROM:<{from}>{parameters}"), b'2', Stage::Sender).await?;
    Ok(((), reply.text()))
}

pub(super) async fn recipient(wire: &mut Wire, to: &str) -> Result<((), String), Failure> {
    let reply = ask(wire, &format!("RCPT TO:<{to}>"), b'2', Stage::Recipient).await?;
    Ok(((), reply.text()))
}

pub(super) async fn message(wire: &mut Wire, message: &[u8]) -> Result<((), String), Failure> {
    ask(wire, "DATA", b'3', Stage::Message).await?;
    wire.write(&stuffed(message)).await?;
    let reply = wanted(reply(wire).await?, b'2', Stage::Message)?;
    Ok(((), reply.text()))
}

/// RFC 5321 § 4.5.2, and the end of the message.
fn stuffed(message: &[u8]) -> Vec<u8> {
    let mut stuffed = Vec::with_capacity(message.len() + 64);
    for line in message.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b".") {
            stuffed.push(b'.');
        }
        stuffed.extend(line);
    }
    if !stuffed.ends_with(b"\r\n") {
        stuffed.extend(b"\r\n");
    }
    stuffed.extend(b".\r\n");
    stuffed
}

struct Reply {
    code: String,
    /// Without their codes.
    lines: Vec<String>,
}

impl Reply {
    /// In one line; the enhanced status code (RFC 3463) that each may begin with once.
    fn text(&self) -> String {
        let first = self.lines.first().and_then(|line| line.split(' ').next());
        let status = first.filter(|word| refusal::is_status(word));
        let mut text = self.code.clone();
        for (at, line) in self.lines.iter().enumerate() {
            let said = status.filter(|_| at > 0).and_then(|status| line.strip_prefix(status)).map(str::trim_start);
            text.push(' ');
            text.push_str(said.unwrap_or(line));
        }
        text
    }
}

async fn ask(wire: &mut Wire, line: &str, class: u8, stage: Stage) -> Result<Reply, Failure> {
    wire.say(line).await?;
    wanted(reply(wire).await?, class, stage)
}

fn wanted(reply: Reply, class: u8, stage: Stage) -> Result<Reply, Failure> {
    if reply.code.as_bytes().first() == Some(&class) {
        return Ok(reply);
    }
    let line = reply.text();
    Err(Failure::Refused { meaning: Refusal::of(Protocol::Smtp, stage, &line), line })
}

async fn reply(wire: &mut Wire) -> Result<Reply, Failure> {
    let mut lines = Vec::new();
    for _ in 0..LINES {
        let line = wire.line().await?;
        let is_code = line.len() >= 3 && line.as_bytes()[..3].iter().all(u8::is_ascii_digit);
        let (code, rest) = if is_code { line.split_at(3) } else { return Err(Failure::Garbage(line)) };
        lines.push(rest.get(1..).unwrap_or_default().to_owned());
        if !rest.starts_with('-') {
            return Ok(Reply { code: code.to_owned(), lines });
        }
    }
    Err(Failure::Unruly("a reply that does not end"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_of_several_lines_says_its_status_once() {
        let text = |code: &str, lines: &[&str]| {
            Reply { code: code.into(), lines: lines.iter().map(|line| (*line).to_owned()).collect() }.text()
        };
        assert_eq!(text("535", &["5.7.8 what is", "5.7.8 hunter2?", "Ask."]), "535 5.7.8 what is hunter2? Ask.");
        assert_eq!(text("550", &["no", "no"]), "550 no no");
        assert_eq!(text("250", &[]), "250");
    }

    #[test]
    fn a_dot_at_the_beginning_of_a_line_is_doubled() {
        assert_eq!(stuffed(b"a\r\n.b\r\n..\r\n"), b"a\r\n..b\r\n...\r\n.\r\n");
        assert_eq!(stuffed(b"a"), b"a\r\n.\r\n");
    }
}
