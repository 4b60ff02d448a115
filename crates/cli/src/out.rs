use std::io::{self, Write};
use std::process::ExitCode;

use ipc::Erased;
use serde_json::Value;
use texts::{Language, text};

use crate::exit::{self, Failed};

/// The one writer: results go to standard output, all other words to standard error.
pub(crate) struct Out {
    pub(crate) language: Language,
    results: io::Stdout,
    words: io::Stderr,
}

impl Out {
    pub(crate) fn new(language: Language) -> Self {
        Self { language, results: io::stdout(), words: io::stderr() }
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

    /// A sentence for the person.
    pub(crate) fn say(&mut self, id: &str, args: &[(&str, &str)]) {
        self.words(&text(self.language, id, args));
    }

    /// A line for the person.
    pub(crate) fn words(&mut self, line: &str) {
        // Nobody reads on; the exit code still tells.
        let _ = writeln!(self.words, "{line}");
    }

    /// Erased here is not revoked there.
    pub(crate) fn revoke_hint(&mut self, erased: &Erased) {
        if let Some(url) = &erased.revoke_at {
            self.say("cli-revoke-hint", &[("url", url)]);
        }
    }

    pub(crate) fn failed(&mut self, failed: &Failed) -> ExitCode {
        let message = failed.message(self.language);
        if let Failed::Ended { .. } = failed {
            self.words(&message);
        } else {
            self.say("cli-error", &[("detail", &message)]);
        }
        failed.code()
    }

    /// What clap has to say: help, version, or how it should have been typed.
    pub(crate) fn usage(&mut self, error: &clap::Error) -> ExitCode {
        if error.print().is_err() {
            return ExitCode::from(exit::FAILED);
        }
        u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
    }
}
