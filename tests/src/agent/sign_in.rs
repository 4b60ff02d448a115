//! Sign-ins as the command line and the browser do them together.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek};
use std::process::{ChildStdout, Command, Stdio};

use anyhow::{Context, Result, ensure};
use rustix::process::{Signal, kill_process};

use super::{Agent, AgentOptions, Opener, Said};
use crate::browser::{Seen, Visit};
use crate::forms::Forms;
use crate::kept::Kept;
use crate::rig::{Rig, User};

/// A sign-in from both sides.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// What the person saw in the browser.
    pub seen: Seen,
    /// What `signet sign-in` said in the end; the address is not part of it.
    pub said: Said,
}

/// A `signet sign-in` that waits for its person.
#[derive(Debug)]
pub struct SigningIn {
    process: Kept,
    stdout: BufReader<ChildStdout>,
    stderr: File,
    address: String,
}

impl Agent {
    /// Starts an agent with one account of this person, who has signed in to it.
    pub fn signed_in(rig: &Rig, person: User, options: AgentOptions) -> Result<Self> {
        let agent = Self::start(rig, options)?;
        agent.add_and_sign_in(person)?;
        Ok(agent)
    }

    /// Adds an account of this person, who signs in to it.
    pub fn add_and_sign_in(&self, person: User) -> Result<()> {
        self.signet(&["accounts", "add", person.login])?.line()?;
        let SignIn { seen, said } = self.sign_in(person.login, person)?;
        ensure!(said.code == 0, "{said:?} {seen:?}");
        Ok(())
    }

    /// Starts an agent with one account of this person, who has signed in to it without a browser.
    pub fn signed_in_by_forms(rig: &Rig, person: User, options: AgentOptions) -> Result<Self> {
        let agent = Self::start(rig, options)?;
        agent.signet(&["accounts", "add", person.login])?.line()?;
        agent.sign_in_by_forms(person.login, person)?;
        Ok(agent)
    }

    /// Signs a person in to an account without a browser.
    pub fn sign_in_by_forms(&self, account: &str, person: User) -> Result<()> {
        let waiting = self.begin_sign_in(account)?;
        let title = self.forms.walk(waiting.address(), person)?;
        let said = waiting.end()?;
        ensure!(said.code == 0, "{title}: {said:?}");
        Ok(())
    }

    /// What fills forms in without a browser.
    pub fn forms(&self) -> &Forms {
        &self.forms
    }

    /// Signs a person in to an account, as the command line and the browser do it together.
    pub fn sign_in(&self, account: &str, visit: impl Into<Visit>) -> Result<SignIn> {
        let waiting = self.begin_sign_in(account)?;
        let seen = self.browser.visit(waiting.address(), visit)?;
        Ok(SignIn { seen, said: waiting.end()? })
    }

    /// The command line's side alone, up to the address of the page.
    pub fn begin_sign_in(&self, account: &str) -> Result<SigningIn> {
        let mut command = self.owner().kept_command();
        SigningIn::by_hand(command.args(["sign-in", account, "--no-browser"]))
    }

    /// The same on a desktop, up to the address that the browser's opener is given.
    pub fn begin_sign_in_by(&self, opener: &mut Opener, account: &str) -> Result<SigningIn> {
        let mut command = self.owner().kept_command();
        command.args(["sign-in", account]).envs(opener.environment());
        let mut waiting = SigningIn::start(&mut command)?;
        let given = opener.given();
        waiting.address = given.with_context(|| whole(&mut waiting.stderr).unwrap_or_default())?;
        Ok(waiting)
    }
}

impl SigningIn {
    /// Starts a command that prints the address of the page, and waits until it has.
    pub(crate) fn by_hand(command: &mut Command) -> Result<Self> {
        let mut waiting = Self::start(command)?;
        waiting.stdout.read_line(&mut waiting.address)?;
        waiting.address.truncate(waiting.address.trim_end().len());
        let is_one = waiting.address.starts_with("http");
        ensure!(is_one, "no address to open: {:?} {}", waiting.address, whole(&mut waiting.stderr)?);
        Ok(waiting)
    }

    fn start(command: &mut Command) -> Result<Self> {
        let stderr = tempfile::tempfile()?;
        command.stdout(Stdio::piped()).stderr(stderr.try_clone()?);
        let mut process = Kept::start(command)?;
        let stdout = BufReader::new(process.stdout().context("its output is piped")?);
        Ok(Self { process, stdout, stderr, address: String::new() })
    }

    /// The address of the page to sign in at, or of the way there.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Does what Ctrl-C in its terminal does.
    pub fn interrupt(&self) -> Result<()> {
        let pid = self.process.pid().context("it has ended")?;
        Ok(kill_process(pid, Signal::INT)?)
    }

    /// Whether the command has ended by itself.
    pub fn has_ended(&mut self) -> Result<bool> {
        self.process.has_ended()
    }

    /// Waits for its end.
    pub fn end(mut self) -> Result<Said> {
        let mut stdout = String::new();
        self.stdout.read_to_string(&mut stdout)?;
        let code = self.process.wait()?.code().unwrap_or(-1);
        Ok(Said { code, stdout, stderr: whole(&mut self.stderr)? })
    }
}

/// All that was written to a file whose place in it is shared with the writer.
pub(crate) fn whole(file: &mut File) -> Result<String> {
    let mut text = String::new();
    file.rewind()?;
    file.read_to_string(&mut text)?;
    Ok(text)
}
