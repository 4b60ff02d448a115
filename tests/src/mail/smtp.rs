//! The little SMTP that shows what a token opens (RFC 5321, RFC 4954).

use anyhow::{Context, Result};
use lettre::Message;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, MultiPart, SinglePart};

use super::wire::Wire;
use super::{Credential, Door, Mechanism, Refusal};

/// A session that is logged in.
pub struct Smtp {
    wire: Wire,
}

/// A letter with a PDF.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    pub from: &'a str,
    pub to: &'a str,
    pub subject: &'a str,
    pub pdf: &'a [u8],
}

impl Smtp {
    pub fn login(door: &Door, credential: Credential<'_>) -> Result<Self> {
        Self::answer(door, credential.mechanism, &credential.response(door.port))
    }

    /// Logs in with a ready initial response in base64.
    pub fn answer(door: &Door, mechanism: Mechanism, response: &str) -> Result<Self> {
        let wire = Wire::open(door, reply, |wire| {
            command(wire, "EHLO localhost")?;
            command(wire, "STARTTLS").map(|_| ())
        })?;
        let mut smtp = Self { wire };
        command(&mut smtp.wire, "EHLO localhost")?;
        smtp.authenticate(mechanism, response)?;
        Ok(smtp)
    }

    fn authenticate(&mut self, mechanism: Mechanism, response: &str) -> Result<()> {
        self.wire.say(&format!("AUTH {} {response}", mechanism.name()))?;
        let mut challenge = None;
        loop {
            let line = reply(&mut self.wire)?;
            if line.starts_with("235") {
                return Ok(());
            }
            let Some(text) = line.strip_prefix("334 ") else {
                return Err(Refusal::new(line, challenge.as_deref()).into());
            };
            challenge = Some(text.to_owned());
            self.wire.say(mechanism.surrender())?;
        }
    }

    /// Sends a letter, or says how the server refused it.
    pub fn send(&mut self, letter: &Letter<'_>) -> Result<()> {
        let message = letter.message()?;
        for line in [format!("MAIL FROM:<{}>", letter.from), format!("RCPT TO:<{}>", letter.to), "DATA".to_owned()] {
            command(&mut self.wire, &line)?;
        }
        self.wire.write(&message)?;
        command(&mut self.wire, "\r\n.").map(|_| ())
    }

    pub fn quit(mut self) -> Result<()> {
        command(&mut self.wire, "QUIT").map(|_| ())
    }
}

impl Letter<'_> {
    /// The message as it goes over the wire. Base64 and quoted-printable begin no line with a dot.
    fn message(&self) -> Result<Vec<u8>> {
        let pdf =
            Attachment::new("figures.pdf".to_owned()).body(self.pdf.to_vec(), ContentType::parse("application/pdf")?);
        let parts = MultiPart::mixed().singlepart(SinglePart::plain("See the PDF.".to_owned())).singlepart(pdf);
        let message = Message::builder().from(self.from.parse()?).to(self.to.parse()?).subject(self.subject);
        Ok(message.multipart(parts)?.formatted())
    }
}

fn command(wire: &mut Wire, line: &str) -> Result<String> {
    wire.say(line)?;
    let reply = reply(wire)?;
    if reply.starts_with(['2', '3']) { Ok(reply) } else { Err(Refusal::new(reply, None).into()) }
}

/// The last line of a reply, which is the one with a space behind its code.
fn reply(wire: &mut Wire) -> Result<String> {
    loop {
        let line = wire.line()?;
        if line.as_bytes().get(3).context("an SMTP reply has a code")? != &b'-' {
            return Ok(line);
        }
    }
}
