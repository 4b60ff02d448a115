//! The little POP3 that shows what a token opens (RFC 1939, RFC 5034).

use anyhow::{Context, Result};

use super::wire::Wire;
use super::{Credential, Door, Mechanism, Refusal};

/// A session that is logged in.
pub struct Pop3 {
    wire: Wire,
}

impl Pop3 {
    pub fn login(door: &Door, credential: Credential<'_>) -> Result<Self> {
        Self::answer(door, credential.mechanism, &credential.response(door.port))
    }

    /// Logs in with a ready initial response in base64.
    pub fn answer(door: &Door, mechanism: Mechanism, response: &str) -> Result<Self> {
        let wire = Wire::open(door, Wire::line, |wire| {
            wire.say("STLS")?;
            accepted(wire.line()?).map(|_| ())
        })?;
        let mut pop3 = Self { wire };
        pop3.authenticate(mechanism, response)?;
        Ok(pop3)
    }

    /// In two lines: a command has at most 255 octets (RFC 2449 section 4), and Exchange hangs up on more.
    fn authenticate(&mut self, mechanism: Mechanism, response: &str) -> Result<()> {
        self.wire.say(&format!("AUTH {}", mechanism.name()))?;
        let go_on = self.wire.line()?;
        if !go_on.starts_with('+') {
            return Err(Refusal::new(go_on, None).into());
        }
        self.wire.say(response)?;
        let mut challenge = None;
        loop {
            let line = self.wire.line()?;
            if line.starts_with("+OK") {
                return Ok(());
            }
            let Some(text) = line.strip_prefix("+ ") else {
                return Err(Refusal::new(line, challenge.as_deref()).into());
            };
            challenge = Some(text.to_owned());
            self.wire.say(mechanism.surrender())?;
        }
    }

    /// How many messages there are, and their octets in all.
    pub fn stat(&mut self) -> Result<(usize, usize)> {
        self.wire.say("STAT")?;
        let line = accepted(self.wire.line()?)?;
        let mut numbers = line.split(' ').skip(1).map(str::parse);
        let (Some(Ok(count)), Some(Ok(octets))) = (numbers.next(), numbers.next()) else {
            return Err(anyhow::anyhow!(line));
        };
        Ok((count, octets))
    }

    pub fn quit(mut self) -> Result<()> {
        self.wire.say("QUIT")?;
        accepted(self.wire.line()?).map(|_| ())
    }
}

fn accepted(line: String) -> Result<String> {
    line.starts_with("+OK").then_some(()).with_context(|| line.clone())?;
    Ok(line)
}
