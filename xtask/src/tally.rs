//! Runs tests, passes their output on and counts them.

use std::fmt;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::kit;
use crate::say;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    passed: u64,
    failed: u64,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

impl Tally {
    pub(crate) fn total(self) -> u64 {
        self.passed + self.failed
    }

    fn add(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
    }
}

pub(crate) fn run(command: &mut Command, tally: &mut Tally) -> Result<()> {
    count(command, tally, say::pass_on)
}

fn count(command: &mut Command, tally: &mut Tally, pass_on: fn(&[u8])) -> Result<()> {
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start {}", kit::shown(command)))?;
    let stdout = child.stdout.take().context("the tests have a stdout")?;
    let (counted, results) = mpsc::channel();
    thread::spawn(move || {
        let mut reader = BufReader::new(stdout);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            pass_on(&line);
            let said = String::from_utf8_lossy(&line);
            let _ = result_of(&said).or_else(|| node_result_of(&said)).map(|result| counted.send(result));
            line.clear();
        }
    });
    let status = child.wait()?;
    // The output ends when the last holder of its writing end does; a server that a test forgot would
    // hold it for ever.
    loop {
        match results.recv_timeout(Duration::from_secs(5)) {
            Ok(result) => tally.add(result),
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                bail!("the tests ended and left a program of theirs running")
            }
        }
    }
    kit::succeeded(command, status)
}

/// libtest's closing line: `test result: ok. 3 passed; 0 failed; 0 ignored; ...`.
fn result_of(line: &str) -> Option<Tally> {
    let counts = line.strip_prefix("test result: ")?.split_once(". ")?.1;
    let count = |word: &str| counts.split("; ").find_map(|part| part.strip_suffix(word)?.trim().parse().ok());
    Some(Tally { passed: count("passed")?, failed: count("failed")? })
}

/// The closing lines of Node's runner, apart from each other: `ℹ pass 3`, `ℹ fail 0`.
fn node_result_of(line: &str) -> Option<Tally> {
    let (word, count) = line.strip_prefix("ℹ ")?.trim_end().split_once(' ')?;
    let count = count.parse().ok()?;
    match word {
        "pass" => Some(Tally { passed: count, failed: 0 }),
        "fail" | "cancelled" => Some(Tally { passed: 0, failed: count }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, want: Option<(u64, u64)>) {
        let want = want.map(|(passed, failed)| Tally { passed, failed });
        assert_eq!(result_of(line), want, "{line}");
    }

    #[test]
    fn libtests_closing_line_is_counted_and_nothing_else() {
        let rest = "0 ignored; 0 measured; 7 filtered out; finished in 0.01s\n";
        check(&format!("test result: ok. 13 passed; 0 failed; {rest}"), Some((13, 0)));
        check(&format!("test result: FAILED. 3 passed; 2 failed; {rest}"), Some((3, 2)));
        check("running 13 tests", None);
        check("a program says test result: ok. 1 passed; 0 failed", None);
    }

    #[test]
    fn nodes_closing_lines_are_counted_and_nothing_else() {
        let check = |line: &str, want: Option<(u64, u64)>| {
            let want = want.map(|(passed, failed)| Tally { passed, failed });
            assert_eq!(node_result_of(line), want, "{line}");
        };
        check("ℹ pass 13\n", Some((13, 0)));
        check("ℹ fail 2\n", Some((0, 2)));
        check("ℹ cancelled 1\n", Some((0, 1)));
        check("ℹ tests 15\n", None);
        check("pass 13", None);
        check("ℹ pass by", None);
    }

    #[cfg(unix)]
    #[test]
    fn results_are_added_up_also_when_the_run_fails() {
        let script =
            "echo 'test result: ok. 2 passed; 0 failed; '; echo 'test result: FAILED. 1 passed; 1 failed; '; exit 101";
        let mut tally = Tally::default();
        let done = count(Command::new("sh").args(["-c", script]), &mut tally, |_| ());
        assert!(done.is_err(), "the exit code decides");
        assert_eq!(tally.to_string(), "3 passed, 1 failed");
    }
}
