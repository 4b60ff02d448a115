//! The little IMAP that shows what a token opens (RFC 3501, RFC 4959).

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::wire::Wire;
use super::{Credential, Door, Mechanism, Refusal};

/// More parts than any letter of a test has.
const MOST_PARTS: usize = 9;

/// A session that is logged in.
pub struct Imap {
    wire: Wire,
    commands: u32,
}

/// What a server said to a command: its untagged lines, each with the literal that followed it.
struct Answer {
    untagged: Vec<(String, Option<Vec<u8>>)>,
}

impl Imap {
    pub fn login(door: &Door, credential: Credential<'_>) -> Result<Self> {
        Self::answer(door, credential.mechanism, &credential.response(door.port))
    }

    /// Logs in with a ready initial response in base64.
    pub fn answer(door: &Door, mechanism: Mechanism, response: &str) -> Result<Self> {
        let wire = Wire::open(door, Wire::line, |wire| {
            wire.say("s STARTTLS")?;
            accepted(&wire.line()?, "s").map(|_| ())
        })?;
        let mut imap = Self { wire, commands: 0 };
        imap.authenticate(mechanism, response)?;
        Ok(imap)
    }

    fn authenticate(&mut self, mechanism: Mechanism, response: &str) -> Result<()> {
        self.wire.say(&format!("a AUTHENTICATE {} {response}", mechanism.name()))?;
        let mut challenge = None;
        loop {
            let line = self.wire.line()?;
            if let Some(text) = line.strip_prefix("+ ") {
                challenge = Some(text.to_owned());
                self.wire.say(mechanism.surrender())?;
            } else if line.starts_with("a ") {
                return match accepted(&line, "a") {
                    Ok(_) => Ok(()),
                    Err(_) => Err(Refusal::new(line, challenge.as_deref()).into()),
                };
            }
        }
    }

    /// The names of all mailboxes.
    pub fn mailboxes(&mut self) -> Result<Vec<String>> {
        let answer = self.command("LIST \"\" *")?;
        let names = answer.untagged.iter().filter(|(line, _)| line.starts_with("* LIST"));
        Ok(names
            .filter_map(|(line, _)| line.rsplit_once("\"/\" "))
            .map(|(_, name)| name.trim_matches('"').to_owned())
            .collect())
    }

    /// Makes a mailbox of this name, as it is said to the server between quotation marks.
    pub fn create(&mut self, name: &str) -> Result<()> {
        self.command(&format!("CREATE \"{name}\"")).map(drop)
    }

    /// Removes a mailbox with all that is in it; its name as for [`Imap::create`].
    pub fn delete(&mut self, name: &str) -> Result<()> {
        self.command("UNSELECT")?; // Dovecot hangs up on whoever removes what is open
        self.command(&format!("DELETE \"{name}\"")).map(drop)
    }

    /// Puts a message into a mailbox, unread; the mailbox's name as for [`Imap::create`].
    pub fn append(&mut self, name: &str, message: &str) -> Result<()> {
        self.command(&format!("APPEND \"{name}\" {{{}+}}\r\n{message}", message.len())).map(drop)
    }

    /// The UIDVALIDITY of a mailbox (RFC 3501 section 2.3.1.1); its name as for [`Imap::create`].
    pub fn validity(&mut self, name: &str) -> Result<u32> {
        let answer = self.command(&format!("SELECT \"{name}\""))?;
        let said = answer.untagged.iter().find_map(|(line, _)| line.strip_prefix("* OK [UIDVALIDITY "));
        Ok(said.and_then(|rest| rest.split(']').next()).context("a mailbox has a UIDVALIDITY")?.parse()?)
    }

    /// The UIDs of the messages of a mailbox that nobody has read; its name as for [`Imap::create`].
    pub fn unread(&mut self, name: &str) -> Result<Vec<u32>> {
        self.command(&format!("SELECT \"{name}\""))?;
        let answer = self.command("UID SEARCH UNSEEN")?;
        let found = answer.untagged.iter().find_map(|(line, _)| line.strip_prefix("* SEARCH"));
        found.unwrap_or_default().split_whitespace().map(|uid| Ok(uid.parse()?)).collect()
    }

    /// The PDF attached to a message of this subject in the inbox, once such a message is there.
    pub fn await_pdf(&mut self, subject: &str) -> Result<Vec<u8>> {
        let message = self.await_message(subject)?;
        for part in 1..=MOST_PARTS {
            let header = self.fetch(message, &format!("{part}.MIME"))?;
            if header.is_empty() {
                break;
            }
            if String::from_utf8_lossy(&header).to_ascii_lowercase().contains("application/pdf") {
                let mut encoded = self.fetch(message, &part.to_string())?;
                encoded.retain(|byte| !byte.is_ascii_whitespace());
                return Ok(STANDARD.decode(encoded)?);
            }
        }
        bail!("the message {subject:?} has no PDF");
    }

    /// The UID of the newest message of this subject in the inbox, waited for with IDLE (RFC 2177).
    pub fn await_message(&mut self, subject: &str) -> Result<u32> {
        self.command("SELECT INBOX")?;
        loop {
            let search = format!("UID SEARCH CHARSET UTF-8 SUBJECT {{{}+}}\r\n{subject}", subject.len());
            let answer = self.command(&search)?;
            let found = answer.untagged.iter().find_map(|(line, _)| line.strip_prefix("* SEARCH "));
            if let Some(uid) = found.and_then(|uids| uids.split(' ').next_back()) {
                return Ok(uid.parse()?);
            }
            // What came while the server searched is told with the answer, and IDLE does not tell it again.
            if !answer.untagged.iter().any(|(line, _)| line.ends_with(" EXISTS")) {
                self.idle()?;
            }
        }
    }

    /// Waits until a message arrives.
    fn idle(&mut self) -> Result<()> {
        self.wire.say("i IDLE")?;
        loop {
            let line = self.wire.line()?;
            if line.ends_with(" EXISTS") {
                break;
            }
        }
        self.wire.say("DONE")?;
        while !self.wire.line()?.starts_with("i ") {}
        Ok(())
    }

    /// The header of this message.
    pub fn header(&mut self, uid: u32) -> Result<String> {
        Ok(String::from_utf8(self.fetch(uid, "HEADER")?)?)
    }

    fn fetch(&mut self, uid: u32, part: &str) -> Result<Vec<u8>> {
        let answer = self.command(&format!("UID FETCH {uid} BODY.PEEK[{part}]"))?;
        Ok(answer.untagged.into_iter().find_map(|(_, literal)| literal).unwrap_or_default())
    }

    pub fn logout(mut self) -> Result<()> {
        self.command("LOGOUT").map(|_| ())
    }

    fn command(&mut self, command: &str) -> Result<Answer> {
        self.commands += 1;
        let tag = format!("c{}", self.commands);
        self.wire.say(&format!("{tag} {command}"))?;
        let mut untagged = Vec::new();
        loop {
            let line = self.wire.line()?;
            if line.starts_with(&format!("{tag} ")) {
                accepted(&line, &tag).with_context(|| command.to_owned())?;
                return Ok(Answer { untagged });
            }
            let literal = literal_length(&line).map(|length| self.wire.exactly(length)).transpose()?;
            untagged.push((line, literal));
        }
    }
}

/// The length in `{123}` at a line's end: that many octets follow.
fn literal_length(line: &str) -> Option<usize> {
    line.strip_suffix('}')?.rsplit_once('{')?.1.parse().ok()
}

fn accepted<'a>(line: &'a str, tag: &str) -> Result<&'a str> {
    line.strip_prefix(tag).and_then(|rest| rest.strip_prefix(" OK")).with_context(|| line.to_owned())
}
