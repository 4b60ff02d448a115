use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use ipc::Erased;
use serde_json::{Value, json};
use texts::{Language, text};

use crate::exit::Failed;

/// The one writer: results go to standard output, all other words to standard error.
pub(crate) struct Out {
    pub(crate) language: Language,
    /// For programs: results are JSON, and so are errors.
    pub(crate) json: bool,
    /// `--no-input`: whoever started this is not there.
    pub(crate) no_input: bool,
    results: io::Stdout,
    words: io::Stderr,
}

impl Out {
    pub(crate) fn new(language: Language) -> Self {
        Self { language, json: false, no_input: false, results: io::stdout(), words: io::stderr() }
    }

    /// A line that programs may read.
    pub(crate) fn result(&mut self, line: &str) -> Result<(), Failed> {
        writeln!(self.results, "{line}")?;
        Ok(self.results.flush()?)
    }

    /// The same as JSON.
    pub(crate) fn json(&mut self, value: &Value) -> Result<(), Failed> {
        self.result(&format!("{value:#}"))
    }

    /// That it is done: a sentence for the person, or this for a program.
    pub(crate) fn done(&mut self, value: &Value, id: &str, args: &[(&str, &str)]) -> Result<(), Failed> {
        if self.json {
            return self.json(value);
        }
        self.say(id, args);
        Ok(())
    }

    /// A sentence for the person.
    pub(crate) fn say(&mut self, id: &str, args: &[(&str, &str)]) {
        if !self.json {
            self.words(&text(self.language, id, args));
        }
    }

    /// A line for the person.
    pub(crate) fn words(&mut self, line: &str) {
        // Nobody reads on; the exit code still tells.
        let _ = writeln!(self.words, "{line}");
    }

    /// Whether somebody is there to be asked.
    pub(crate) fn may_ask(&self) -> bool {
        !self.no_input && !self.json && io::stdin().is_terminal() && self.words.is_terminal()
    }

    /// Asks; an empty answer is a yes. `None` if nobody is there.
    pub(crate) fn ask(&mut self, question: &str) -> Result<Option<bool>, Failed> {
        if !self.may_ask() {
            return Ok(None);
        }
        write!(self.words, "{} ", text(self.language, question, &[]))?;
        self.words.flush()?;
        let mut answer = String::new();
        // The end of the input is nobody's yes.
        if io::stdin().read_line(&mut answer)? == 0 {
            return Ok(None);
        }
        // In both languages "no" begins so.
        Ok(Some(!answer.trim().to_lowercase().starts_with('n')))
    }

    /// Erased here is not revoked there.
    pub(crate) fn revoke_hint(&mut self, erased: &Erased) {
        if let Some(url) = &erased.revoke_at {
            self.say("cli-revoke-hint", &[("url", url)]);
        }
    }

    pub(crate) fn failed(&mut self, failed: &Failed) -> ExitCode {
        let code = failed.exit_code();
        match failed {
            Failed::Told(_) => {}
            _ if self.json => self.words(&json!({ "error": failed.as_json(self.language) }).to_string()),
            Failed::Ended { last, .. } => self.words(last),
            Failed::Usage { shown, .. } => self.words(shown),
            Failed::Fault(_)
            | Failed::Connect(_)
            | Failed::Start(_)
            | Failed::Said { .. }
            | Failed::Io(_)
            | Failed::Other(_) => {
                let message = failed.message(self.language);
                self.words(&text(self.language, "cli-error", &[("detail", &message)]));
                if let Some(url) = failed.consent_page() {
                    self.say("cli-consent-hint", &[("url", url)]);
                }
            }
        }
        ExitCode::from(code)
    }
}
