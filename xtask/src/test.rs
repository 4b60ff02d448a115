//! Every check and test in order, stopping after the first step in which something fails.

use std::time::Instant;

use anyhow::{Result, bail};

use crate::Misused;
use crate::cross::NO_TOOLS;
use crate::fuzz;
use crate::headless;
use crate::kit::{self, Kit};
use crate::macos;
use crate::say;
use crate::setup;
use crate::tally::{self, Tally};
use crate::ui;
use crate::windows;

/// For each parser: what an hour finds is for `cargo xtask fuzz`.
const FUZZ_SECONDS: u32 = 30;

struct Wanted {
    full: bool,
    filter: Option<String>,
}

pub(crate) fn run(kit: &mut Kit, args: &[String]) -> Result<()> {
    let wanted = parse(args)?;
    let started = Instant::now();
    let mut course = Course { kit, wanted, tally: Tally::default() };
    let done = course.run();
    if done.is_ok() {
        say::line(&format!("all steps passed in {:.0} s", started.elapsed().as_secs_f64()));
    }
    // Alone on the last line of stdout, for those who count. What failed follows on stderr.
    say::line(&course.tally.to_string());
    done
}

fn parse(args: &[String]) -> Result<Wanted> {
    let mut wanted = Wanted { full: false, filter: None };
    for arg in args {
        match arg.as_str() {
            "--full" => wanted.full = true,
            option if option.starts_with('-') => {
                return Err(Misused(format!("test has no option {option}")).into());
            }
            filter if wanted.filter.is_none() => wanted.filter = Some(filter.to_owned()),
            _ => return Err(Misused("test takes one filter".to_owned()).into()),
        }
    }
    Ok(wanted)
}

struct Course<'k> {
    kit: &'k mut Kit,
    wanted: Wanted,
    tally: Tally,
}

impl Course<'_> {
    fn run(&mut self) -> Result<()> {
        self.step("setup", |course| setup::for_test(course.kit))?;
        if self.wanted.filter.is_some() {
            self.step("the window's pages", |course| ui::build(course.kit))?;
            self.tests()?;
            if self.tally.total() == 0 {
                bail!("no test has that in its name");
            }
            return Ok(());
        }
        self.cargo_step("format", &["fmt", "--check"])?;
        self.step("JavaScript of the rig and the components", |course| course.javascript())?;
        self.step("types of the window's pages", |course| ui::check(course.kit))?;
        self.step("the window's pages", |course| ui::build(course.kit))?;
        self.cargo_step("clippy", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
        self.step("signet without GTK and WebKit", |course| {
            headless::prove(course.kit)?;
            kit::run(&mut course.kit.cargo(["build", "--package", "signet-cli"]))
        })?;
        self.tests()?;
        self.step("documentation", |course| {
            let mut doc = course.kit.cargo(["doc", "--workspace", "--no-deps"]);
            kit::run(doc.env("RUSTDOCFLAGS", "-D warnings"))
        })?;
        self.cargo_step(
            "licences, bans and sources",
            &["deny", "--log-level", "error", "check", "bans", "licenses", "sources"],
        )?;
        if self.wanted.full {
            self.windows()?;
            self.macos()?;
            self.cargo_step("release build", &["build", "--release", "--workspace", "--bins"])?;
            self.fuzz()?;
        }
        Ok(())
    }

    fn tests(&mut self) -> Result<()> {
        self.test_step("tidiness", &["--package", "xtask"], &[])?;
        self.test_step("tests", &["--workspace", "--exclude", "xtask", "--exclude", "signet-e2e"], &[])?;
        if !cfg!(target_os = "linux") {
            say::line("end to end: left out, the rig works on Linux only");
            return Ok(());
        }
        self.step("the window in a browser", |course| {
            ui::test(course.kit, course.wanted.filter.as_deref(), &mut course.tally)
        })?;
        self.cargo_step("binaries", &["build", "--workspace", "--bins"])?;
        // Each of these starts servers of its own; more than two at once only wait for each other.
        self.test_step("end to end", &["--package", "signet-e2e"], &["--test-threads=2"])
    }

    fn windows(&mut self) -> Result<()> {
        if setup::for_windows(self.kit)? {
            return self.step("Windows", |course| windows::prove(course.kit, &mut course.tally));
        }
        say::line(&format!("Windows: left out, {NO_TOOLS}, and Wine"));
        Ok(())
    }

    fn macos(&mut self) -> Result<()> {
        if setup::for_macos(self.kit)? {
            return self.step("macOS", |course| macos::check(course.kit));
        }
        say::line(&format!("macOS: left out, {NO_TOOLS}"));
        Ok(())
    }

    fn fuzz(&mut self) -> Result<()> {
        if setup::for_fuzz(self.kit)? {
            return self.step("fuzzing", |course| fuzz::every(course.kit, FUZZ_SECONDS));
        }
        say::line("fuzzing: left out, there is no C++ compiler");
        Ok(())
    }

    fn javascript(&mut self) -> Result<()> {
        let list = [
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "--",
            "tests/rig/*.mjs",
            "docs/components/*.mjs",
        ];
        let files = kit::stdout(self.kit.command("git").args(list))?;
        for file in files.lines() {
            kit::run(self.kit.command("node").args(["--check", file]))?;
        }
        Ok(())
    }

    fn cargo_step(&mut self, name: &str, args: &[&str]) -> Result<()> {
        self.step(name, |course| kit::run(&mut course.kit.cargo(args)))
    }

    fn test_step(&mut self, name: &str, which: &[&str], how: &[&str]) -> Result<()> {
        self.step(name, |course| {
            let mut test = course.kit.cargo(["test", "--no-fail-fast"]);
            test.args(which).args(&course.wanted.filter).arg("--").args(how);
            if course.wanted.full {
                test.env("SIGNET_TEST_FULL", "1");
            }
            tally::run(&mut test, &mut course.tally)
        })
    }

    fn step(&mut self, name: &str, work: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        say::timed(name, || work(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_option_or_a_second_filter_is_misuse() {
        for args in [&["--fast"][..], &["one", "two"]] {
            let args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
            assert!(parse(&args).is_err_and(|error| error.is::<Misused>()), "{args:?}");
        }
    }

    #[test]
    fn the_filter_and_full_come_in_any_order() {
        for args in [["--full", "refresh"], ["refresh", "--full"]] {
            let wanted = parse(&args.map(str::to_owned)).unwrap();
            assert!(wanted.full && wanted.filter.as_deref() == Some("refresh"), "{args:?}");
        }
    }
}
