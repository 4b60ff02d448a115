//! All that the demo prints.

use std::io::{self, Write};
use std::time::Instant;

/// Wide enough for the longest heading of a step.
const HEADING: usize = 16;
/// What stands before a step's text: its time and its heading.
const INDENT: usize = 11 + HEADING + 1;

pub(crate) struct Words {
    start: Instant,
}

impl Words {
    pub(crate) fn new() -> Self {
        Self { start: Instant::now() }
    }

    /// A step that has just happened, with its time since the start.
    pub(crate) fn step(&mut self, heading: &str, text: &str) {
        let seconds = self.seconds();
        self.line(&format!("{seconds:8.2} s {heading:HEADING$} {text}"));
    }

    /// More about the last step.
    pub(crate) fn more(&mut self, text: &str) {
        self.line(&format!("{:INDENT$}{text}", ""));
    }

    /// A line that belongs to no step. A reader that has gone away is no reason to stop.
    pub(crate) fn line(&mut self, text: &str) {
        let mut out = io::stdout().lock();
        let _ = writeln!(out, "{text}").and_then(|()| out.flush());
    }

    pub(crate) fn complaint(&mut self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    pub(crate) fn seconds(&self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }
}

/// A token that may be shown: enough to tell two apart, too little to use one. Headers of all are the same, and
/// signatures are not, so it is the end that is shown.
pub(crate) fn redacted(token: &str) -> String {
    let length = token.chars().count();
    let head: String = token.chars().take(5).collect();
    let tail: String = token.chars().skip(length.saturating_sub(5)).collect();
    format!("{head}...{tail} ({length} characters)")
}
