use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use ipc::Message;
use texts::Language;

use crate::said;

/// What is wrong in a configuration file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// What is wrong, and what would be right.
    pub said: Message,
}

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read or written.
    #[error("{}: {cause}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// The system's word.
        cause: io::Error,
    },
    /// Something in it is wrong.
    #[error("{}", in_lines(Language::English, path, mistakes))]
    Content {
        /// Which file.
        path: PathBuf,
        /// In the order of the file; never empty.
        mistakes: Vec<Mistake>,
    },
    /// The organisation's policy cannot be gone by.
    #[error("{}", said::told(Language::English, .0))]
    Policy(Message),
}

impl ConfigError {
    /// One line for each mistake, in this language.
    pub fn sentence(&self, language: Language) -> String {
        match self {
            Self::Io { path, cause } => {
                let args = [("path", &*path.display().to_string()), ("detail", &*cause.to_string())];
                texts::text(language, "config-unreadable", &args)
            }
            Self::Content { path, mistakes } => in_lines(language, path, mistakes),
            Self::Policy(said) => said::told(language, said),
        }
    }
}

impl Mistake {
    pub(super) fn at(text: &str, place: &Range<usize>, said: Message) -> Self {
        let (line, column) = position(text, place.start);
        Self { line, column, said }
    }

    /// The place and the sentence, in this language.
    pub fn sentence(&self, language: Language, path: &Path) -> String {
        let args = [
            ("path", &*path.display().to_string()),
            ("line", &*self.line.to_string()),
            ("column", &*self.column.to_string()),
            ("detail", &*said::told(language, &self.said)),
        ];
        texts::text(language, "cli-config-broken", &args)
    }
}

fn in_lines(language: Language, path: &Path, mistakes: &[Mistake]) -> String {
    mistakes.iter().map(|mistake| mistake.sentence(language, path)).collect::<Vec<_>>().join("\n")
}

fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}
