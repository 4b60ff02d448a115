//! What clap has to say, in the reader's language.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use texts::{Language, text};

/// What is wrong with it.
pub(crate) fn what(language: Language, error: &Error) -> String {
    Told { language, error }.what()
}

/// The same, and how it should have been typed.
pub(crate) fn sentence(language: Language, error: &Error) -> String {
    let told = Told { language, error };
    let mut said = text(language, "cli-error", &[("detail", &told.what())]);
    if let Some(hint) = told.hint() {
        said.push('\n');
        said.push_str(&hint);
    }
    if let Some(usage) = told.usage() {
        said.push_str("\n\n");
        said.push_str(&usage);
    }
    said.push_str("\n\n");
    said.push_str(&text(language, "usage-more", &[]));
    said
}

/// A help page, where clap has words of its own.
pub(crate) fn page(language: Language, page: &str) -> String {
    page.replace("[OPTIONS]", &text(language, "help-value-options", &[]))
}

struct Told<'e> {
    language: Language,
    error: &'e Error,
}

impl Told<'_> {
    fn what(&self) -> String {
        let argument = self.one(ContextKind::InvalidArg);
        let value = self.one(ContextKind::InvalidValue);
        let about = |id: &str| text(self.language, id, &[("argument", &argument), ("value", &value)]);
        match self.error.kind() {
            ErrorKind::InvalidValue if value.is_empty() => about("usage-value-missing"),
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => about("usage-value-wrong"),
            ErrorKind::UnknownArgument => about("usage-unknown-argument"),
            ErrorKind::InvalidSubcommand => {
                let command = self.one(ContextKind::InvalidSubcommand);
                text(self.language, "usage-unknown-command", &[("command", &command)])
            }
            ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                about("usage-command-missing")
            }
            ErrorKind::MissingRequiredArgument => about("usage-argument-missing"),
            ErrorKind::ArgumentConflict => self.conflict(&argument),
            ErrorKind::InvalidUtf8 => about("usage-no-unicode"),
            ErrorKind::NoEquals
            | ErrorKind::TooManyValues
            | ErrorKind::TooFewValues
            | ErrorKind::WrongNumberOfValues
            | ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::Io
            | ErrorKind::Format
            | _ => about("usage-otherwise"),
        }
    }

    fn conflict(&self, argument: &str) -> String {
        let other = self.one(ContextKind::PriorArg);
        if other == argument {
            return text(self.language, "usage-twice", &[("argument", argument)]);
        }
        text(self.language, "usage-conflict", &[("argument", argument), ("other", &other)])
    }

    /// What was probably meant, or what can be.
    fn hint(&self) -> Option<String> {
        let meant = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
        if let Some(meant) = meant.into_iter().map(|kind| self.one(kind)).find(|meant| !meant.is_empty()) {
            return Some(text(self.language, "usage-meant", &[("meant", &meant)]));
        }
        let known = self.one(ContextKind::ValidValue);
        (!known.is_empty()).then(|| text(self.language, "usage-known", &[("known", &known)]))
    }

    fn usage(&self) -> Option<String> {
        let Some(ContextValue::StyledStr(usage)) = self.error.get(ContextKind::Usage) else { return None };
        let usage = usage.to_string();
        let shape = usage.strip_prefix("Usage: ").unwrap_or(&usage);
        Some(page(self.language, &format!("{} {shape}", text(self.language, "help-heading-usage", &[]))))
    }

    fn one(&self, kind: ContextKind) -> String {
        let said = match self.error.get(kind) {
            Some(ContextValue::String(one)) => one.clone(),
            Some(ContextValue::Strings(several)) => several.join(", "),
            Some(_) | None => String::new(),
        };
        // What was typed may hold what a terminal obeys.
        said.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::command;

    #[track_caller]
    fn check(line: &str, english: &str, polish: &str) {
        for (language, want) in [(Language::English, english), (Language::Polish, polish)] {
            let error = command(language).try_get_matches_from(line.split(' ')).unwrap_err();
            let said = sentence(language, &error);
            assert!(said.contains(want), "{want:?} is not in {said}");
            assert!(!said.contains("usage-"), "a text is missing: {said}");
            let english = ["error:", "Usage:", "[OPTIONS]", "For more"];
            let is_polish = language == Language::English || !english.iter().any(|word| said.contains(word));
            assert!(is_polish, "English in {said}");
        }
    }

    #[test]
    fn wrong_usage_is_told_in_the_reader_s_language() {
        check("signet token", "<NAME> is missing", "Brakuje: <NAME>");
        check("signet token a b", "\"b\" is not expected", "„b” jest tu nieoczekiwane");
        check("signet tokne a", "no command \"tokne\"", "Nie ma polecenia „tokne”");
        check("signet tokne a", "Did you mean \"token\"", "Czy chodziło o „token”");
        check("signet token a --jsn", "Did you mean \"--json\"", "Czy chodziło o „--json”");
        check("signet token a --for nntp", "\"nntp\" cannot be given", "„nntp” nie może");
        check("signet token a --for nntp", "imap, pop, smtp", "Możliwe wartości: imap, pop, smtp");
        check("signet token a --for", "needs a value", "wymaga podania wartości");
        check("signet token a --min-valid soon", "\"soon\" cannot be given", "„soon” nie może");
        check("signet token a --json --sasl xoauth2", "together with", "razem z");
        check("signet token a --for imap --for pop", "only once", "tylko raz");
        check("signet token", "Usage: signet token", "Użycie: signet token");
    }

    #[test]
    fn what_a_terminal_would_obey_is_not_repeated() {
        let error = command(Language::English).try_get_matches_from(["signet", "\u{1b}[2J"]).unwrap_err();
        assert!(!sentence(Language::English, &error).contains('\u{1b}'));
    }
}
