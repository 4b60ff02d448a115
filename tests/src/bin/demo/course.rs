//! The demo from beginning to end.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use rustix::process::getuid;
use signet_e2e::agent::Tray;
use signet_e2e::rig::BIURO;
use signet_e2e::rig::control::Settings;
use signet_e2e::{Agent, AgentOptions, Options, Rig};

use crate::Wanted;
use crate::interrupt::{Interrupted, Interrupts};
use crate::words::Words;

/// Life of the first access token in seconds: time enough to send a mail on a slow machine, and short enough to wait
/// for its end.
pub(crate) const FIRST_LIFE: u32 = 20;
/// Life of every later one in seconds, as at Microsoft.
pub(crate) const LATER_LIFE: u32 = 3_600;

pub(crate) struct Course {
    pub(crate) wanted: Wanted,
    pub(crate) words: Words,
    /// Where to look when something went wrong.
    kept: Vec<PathBuf>,
}

/// Everything that runs.
pub(crate) struct Stage {
    // Ended in this order.
    pub(crate) window: Option<Tray>,
    pub(crate) tray: Option<Tray>,
    pub(crate) agent: Agent,
    pub(crate) rig: Rig,
    pub(crate) interrupts: Interrupts,
}

impl Course {
    pub(crate) fn new(wanted: Wanted, words: Words) -> Self {
        Self { wanted, words, kept: Vec::new() }
    }

    pub(crate) fn run(&mut self) -> Result<()> {
        let interrupts = Interrupts::listen()?;
        make_sure_of_root()?;
        self.words.line("Signet's demo: a person signs in once, and programs get mail from then on.\n");
        let mut stage = self.set_up(interrupts)?;
        let played = self.play(&mut stage);
        // What Ctrl-C did to the processes around is no failure of theirs.
        if stage.interrupts.pause(Duration::ZERO).is_err() {
            return Err(Interrupted.into());
        }
        if let Err(error) = played {
            if !error.is::<Interrupted>() {
                self.keep_files(&mut stage);
            }
            return Err(error);
        }
        self.end(stage)
    }

    fn set_up(&mut self, interrupts: Interrupts) -> Result<Stage> {
        let settings = Settings { access_ttl: Some(FIRST_LIFE), ..Settings::default() };
        let rig = Rig::start(Options { settings, ..Options::default() })
            .context("the rig starts: a provider like Microsoft's, Dovecot and Postfix")?;
        let ports = rig.ports();
        self.words.step("rig is up", &format!("a provider in Microsoft's clothes  {}", rig.origin()));
        self.words.more(&format!("Dovecot   IMAP {} (TLS)  POP3 {} (TLS)", ports.imaps, ports.pop3s));
        self.words.more(&format!("Postfix   SMTP {} (STARTTLS)  {} (TLS)", ports.smtp, ports.smtps));

        // To be played with, and to be on the person's desktop, it has to be the person's own.
        let user = (self.wanted.keep || self.wanted.person).then(|| getuid().as_raw());
        let language = Some(self.wanted.language.code().to_owned());
        let agent = Agent::start(&rig, AgentOptions { language, user, ..AgentOptions::default() })
            .context("Signet's agent starts and listens")?;
        self.words.step("agent is up", &format!("it listens at {}", agent.socket().display()));
        Ok(Stage { window: None, tray: None, agent, rig, interrupts })
    }

    fn play(&mut self, stage: &mut Stage) -> Result<()> {
        self.add_account(stage)?;
        self.sign_in(stage)?;
        let first = self.first_token(stage)?;
        self.mail(stage, &first)?;
        let second = self.renewed_token(stage, &first)?;
        self.log_in_again(stage, &second)?;
        self.restart(stage, &second)?;
        self.desktop(stage)
    }

    fn add_account(&mut self, stage: &Stage) -> Result<()> {
        let said = stage.agent.signet(&["accounts", "add", BIURO.login])?;
        if said.code != 0 {
            bail!("expected `signet accounts add {}` to end well, but it said: {}", BIURO.login, said.stderr.trim());
        }
        let first_line = said.stderr.lines().next().unwrap_or_default();
        self.words.step("account added", &format!("signet accounts add {}: {first_line}", BIURO.login));
        Ok(())
    }

    fn keep_files(&mut self, stage: &mut Stage) {
        stage.agent.keep_files();
        stage.rig.keep_files();
        self.kept = vec![stage.agent.log_file(), stage.rig.directory().join("log")];
    }

    /// What was expected, what came instead, and where to look.
    pub(crate) fn tell_failure(&mut self, error: &anyhow::Error) {
        let mut causes = error.chain().map(ToString::to_string);
        let expected = causes.next().unwrap_or_default();
        self.words.line("");
        self.words.step("FAILED", &expected);
        for cause in causes {
            self.words.more(&cause);
        }
        for place in &self.kept {
            self.words.more(&format!("the log is in {}", place.display()));
        }
    }
}

/// Dovecot and Postfix start as root, and nobody is asked for a password in the middle of it.
fn make_sure_of_root() -> Result<()> {
    if getuid().is_root() {
        return Ok(());
    }
    let mut sudo = Command::new("sudo");
    let allowed = sudo.args(["-n", "true"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if allowed.is_ok_and(|status| status.success()) {
        return Ok(());
    }
    bail!("the mail servers have to be started as root: run `sudo -v` first, or the demo as root");
}
