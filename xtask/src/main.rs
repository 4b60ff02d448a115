//! The project's errands, one module each. `cargo xtask` alone lists them.

mod bench;
mod cross;
mod demo;
mod fuzz;
mod headless;
mod kit;
mod macos;
mod say;
mod setup;
mod tally;
mod test;
mod ui;
mod windows;

use std::process::ExitCode;

use kit::Kit;

const USAGE: &str = "\
Usage: cargo xtask ERRAND

  setup [--yes]           install what building, demo and test need, and say so; nothing when all is there
                          --yes: also when the mail server to be installed displaces another one
  demo [ARGS...]          the sign-in, the local endpoint and the mail servers, with you in front
  test [--full] [FILTER]  setup, then every check and test, stopping at the first failure
                          --full: also release builds, the long tests, macOS and fuzzing
                          FILTER: only the tests whose name contains it, and no other check
  windows                 build for Windows, and run the tests and signet.exe under Wine
  macos                   check that all compiles for macOS
  fuzz [TARGET] [--seconds N]
                          feed the parsers of what comes from outside, or one of them, a minute each
  bench [ARGS...]         measure a release build on this machine

With CI=true no question is asked.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some((errand, args)) = words.split_first() else {
        return usage("which errand?");
    };
    let run = match errand.as_str() {
        "setup" => setup::run,
        "demo" => demo::run,
        "test" => test::run,
        "windows" => windows::run,
        "macos" => macos::run,
        "fuzz" => fuzz::run,
        "bench" => bench::run,
        "help" | "--help" | "-h" => {
            say::line(USAGE);
            return ExitCode::SUCCESS;
        }
        other => return usage(&format!("there is no errand \"{other}\"")),
    };
    match Kit::new().and_then(|mut kit| run(&mut kit, args)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => match error.downcast_ref::<Misused>() {
            Some(misused) => usage(&misused.0),
            None => {
                say::error(&format!("{error:#}"));
                ExitCode::FAILURE
            }
        },
    }
}

/// The command line itself was wrong: the usage is shown, and the exit code is 2.
#[derive(Debug)]
struct Misused(String);

impl std::fmt::Display for Misused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Misused {}

fn usage(complaint: &str) -> ExitCode {
    say::error(&format!("{complaint}\n\n{USAGE}"));
    ExitCode::from(2)
}
