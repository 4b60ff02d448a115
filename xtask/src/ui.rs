//! The window's pages: checked, built for the tray app, and tested in a browser.

use std::process::Command;

use anyhow::Result;

use crate::kit::{self, Kit};
use crate::tally::{self, Tally};

/// Checks the types, also those in the pages.
pub(crate) fn check(kit: &Kit) -> Result<()> {
    kit::run_quietly(&mut script(kit, "check"))
}

/// Builds the pages: without them, the tray app does not compile.
pub(crate) fn build(kit: &Kit) -> Result<()> {
    kit::run_quietly(&mut script(kit, "build"))
}

/// Tests the pages in a browser, with a stand-in for the agent behind them.
pub(crate) fn test(kit: &Kit, filter: Option<&str>, tally: &mut Tally) -> Result<()> {
    kit::run_quietly(&mut script(kit, "build:fake"))?;
    let mut test = inside(kit, "node");
    test.args(["--test", "--test-reporter=spec"]);
    // A name here is a sentence where Rust has a word with underscores.
    test.args(filter.map(|filter| format!("--test-name-pattern={}", filter.replace('_', "."))));
    tally::run(&mut test, tally)
}

fn script(kit: &Kit, name: &str) -> Command {
    let mut npm = inside(kit, "npm");
    npm.args(["run", "--silent", name]);
    npm
}

fn inside(kit: &Kit, program: &str) -> Command {
    let mut command = kit.command(program);
    command.current_dir(kit.root.join("ui"));
    command
}
