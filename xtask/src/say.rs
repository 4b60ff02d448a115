//! All that xtask itself prints.

use std::io::{self, BufRead, IsTerminal, Write};
use std::time::Instant;

use anyhow::{Context, Result};

/// One line of news on stdout. A reader that has gone away is no reason to stop.
pub(crate) fn line(text: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// Does something, and says how long it took if it went well.
pub(crate) fn timed<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let started = Instant::now();
    let done = work().with_context(|| name.to_owned())?;
    line(&format!("{name}: ok, {:.1} s", started.elapsed().as_secs_f64()));
    Ok(done)
}

/// Bytes of a program's own output, passed on as they came.
pub(crate) fn pass_on(bytes: &[u8]) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(bytes).and_then(|()| out.flush());
}

pub(crate) fn error(text: &str) {
    let _ = writeln!(io::stderr().lock(), "xtask: {text}");
}

/// Asks the person at the terminal; `None` when nobody is there.
pub(crate) fn ask(question: &str) -> Option<bool> {
    if !somebody_there() {
        return None;
    }
    let _ = write!(io::stderr().lock(), "{question} [y/N] ");
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).ok()?;
    Some(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// Whether a person can read a question and answer it.
pub(crate) fn somebody_there() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}
