//! Signet's sentences, in English and Polish.
//!
//! Nothing else in Signet holds words for people: it names a message and gives its arguments, and each reader is
//! told in their own language. The messages are Project Fluent files in `locales/`, embedded here; a file is parsed
//! when one of its messages is first asked for. Message ids begin with a word that says which file holds them.

#![warn(missing_docs)]

mod catalogue;
mod language;

use std::time::Duration;

use catalogue::File;
pub use language::{Language, UnknownLanguage};

/// What an error number of Microsoft's sign-in service (`AADSTSnnnnn`) means, in two sentences for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AadstsText {
    /// What happened.
    pub meaning: String,
    /// What to do about it, and who must do it.
    pub action: String,
}

/// The message `id` in `language`, with `args` put in by name.
///
/// An argument that is a whole number chooses the plural form. An unknown id comes back in quotes, so that a missing
/// message is seen and never stops anything; tests of the crates that use ids check them with [`exists`].
pub fn text(language: Language, id: &str, args: &[(&str, &str)]) -> String {
    File::of(id).and_then(|file| catalogue::value(file, language, id, args)).unwrap_or_else(|| format!("{id:?}"))
}

/// Whether there is a message `id`; the languages have the same ids.
pub fn exists(id: &str) -> bool {
    File::of(id).is_some_and(|file| catalogue::has(file, id))
}

/// The texts for the error `AADSTS{code}`, for the codes that Signet knows.
pub fn aadsts(language: Language, code: u32) -> Option<AadstsText> {
    let id = format!("aadsts-{code}");
    Some(AadstsText {
        meaning: catalogue::value(File::Aadsts, language, &id, &[])?,
        action: catalogue::attribute(File::Aadsts, language, &id, "action")?,
    })
}

/// Why an account stands as it stands: what Microsoft's error number means and what to do, where Signet knows the
/// number, else the sentence of the reason; then the numbers to look it up by.
///
/// `reason` is the reason's stable name, such as `password_changed`.
pub fn why(language: Language, reason: &str, code: Option<u32>, correlation_id: Option<&str>) -> String {
    let said = code.and_then(|code| aadsts(language, code));
    let sentence = said.map_or_else(|| self::reason(language, reason), |said| [said.meaning, said.action].join(" "));
    with_numbers(language, sentence, code, correlation_id)
}

/// The sentence of a reason by its stable name.
pub fn reason(language: Language, reason: &str) -> String {
    text(language, &format!("reason-{}", reason.replace('_', "-")), &[])
}

/// A sentence and, in parentheses, what an administrator looks for in the sign-in log.
pub fn with_numbers(language: Language, sentence: String, code: Option<u32>, correlation_id: Option<&str>) -> String {
    let code = code.map(|code| code.to_string());
    let numbers = match (&code, correlation_id) {
        (Some(code), Some(id)) => text(language, "error-numbers", &[("code", code), ("id", id)]),
        (Some(code), None) => text(language, "error-numbers-code", &[("code", code)]),
        (None, Some(id)) => text(language, "error-numbers-id", &[("id", id)]),
        (None, None) => return sentence,
    };
    format!("{sentence} {numbers}")
}

/// A length of time in words, in its largest whole unit: "3 hours". The Polish words are in the accusative, as they
/// follow "od", "za" and "przez".
pub fn duration(language: Language, duration: Duration) -> String {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    let seconds = duration.as_secs();
    let (id, unit) = match seconds {
        DAY.. => ("duration-days", DAY),
        HOUR.. => ("duration-hours", HOUR),
        MINUTE.. => ("duration-minutes", MINUTE),
        _ => ("duration-seconds", 1),
    };
    text(language, id, &[("count", &(seconds / unit).to_string())])
}
