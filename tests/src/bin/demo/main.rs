//! `demo [--keep] [--no-person] [--lang pl|en] [--docs]`: Signet from the first sign-in to a renewed token, on a rig of real
//! parts, told step by step. `cargo xtask demo` builds what is needed and starts it.

mod course;
mod desktop;
mod ending;
mod gallery;
mod interrupt;
mod mailbox;
mod sign_in;
mod tokens;
mod words;

use std::env;
use std::process::ExitCode;

use course::Course;
use interrupt::Interrupted;
use words::Words;

const USAGE: &str = "\
Usage: cargo xtask demo [--keep] [--no-person] [--lang pl|en] [--docs]

  --keep         leave everything running afterwards, to be played with; Ctrl-C ends it
  --no-person    let a script fill the login pages in, even where there is a display
  --lang pl|en   the language of Signet and the browser (pl)
  --docs         take the README's pictures anew, too; nobody may sit in front";

/// How the demo was asked for.
pub(crate) struct Wanted {
    pub(crate) keep: bool,
    /// Whether somebody sits in front of a display, to sign in by hand.
    pub(crate) person: bool,
    pub(crate) language: Language,
    /// Whether the README gets new pictures.
    pub(crate) docs: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Polish,
    English,
}

impl Language {
    /// What `SIGNET_LANG` takes.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Polish => "pl",
            Self::English => "en",
        }
    }

    /// What the browser tells the pages it opens.
    pub(crate) fn of_browser(self) -> &'static str {
        match self {
            Self::Polish => "pl-PL",
            Self::English => "en-GB",
        }
    }
}

fn main() -> ExitCode {
    let mut words = Words::new();
    let wanted = match parse(env::args().skip(1)) {
        Ok(Some(wanted)) => wanted,
        Ok(None) => {
            words.line(USAGE);
            return ExitCode::SUCCESS;
        }
        Err(complaint) => {
            words.complaint(&format!("demo: {complaint}\n\n{USAGE}"));
            return ExitCode::from(2);
        }
    };
    let mut course = Course::new(wanted, words);
    let outcome = course.run();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<Interrupted>() => {
            course.words.line("\nInterrupted; everything is stopped.");
            ExitCode::from(130) // what shells make of Ctrl-C
        }
        Err(error) => {
            course.tell_failure(&error);
            ExitCode::FAILURE
        }
    }
}

/// None when help is wanted.
fn parse(arguments: impl Iterator<Item = String>) -> Result<Option<Wanted>, String> {
    let mut wanted = Wanted { keep: false, person: has_display(), language: Language::Polish, docs: false };
    let mut arguments = arguments.peekable();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--keep" => wanted.keep = true,
            "--no-person" => wanted.person = false,
            "--docs" => (wanted.docs, wanted.person) = (true, false),
            "--lang" => wanted.language = language(arguments.next().as_deref())?,
            "--help" | "-h" => return Ok(None),
            other => return Err(format!("what is {other}?")),
        }
    }
    Ok(Some(wanted))
}

fn language(code: Option<&str>) -> Result<Language, String> {
    match code {
        Some("pl") => Ok(Language::Polish),
        Some("en") => Ok(Language::English),
        _ => Err("--lang takes pl or en".to_owned()),
    }
}

fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}
