//! Checks that everything compiles for macOS. Nothing is linked and nothing runs: that takes a Mac.

use anyhow::{Result, bail};

use crate::Misused;
use crate::cross::{Cross, NO_TOOLS};
use crate::kit::{self, Kit};
use crate::say;
use crate::setup;
use crate::ui;

const TARGET: &str = "aarch64-apple-darwin";

pub(crate) fn run(kit: &mut Kit, args: &[String]) -> Result<()> {
    if !args.is_empty() {
        return Err(Misused("macos takes nothing".to_owned()).into());
    }
    if !setup::for_macos(kit)? {
        bail!("{NO_TOOLS}");
    }
    check(kit)?;
    say::line("macOS: all of it compiles");
    Ok(())
}

pub(crate) fn check(kit: &Kit) -> Result<()> {
    ui::build(kit)?;
    let mut cross = Cross::new(kit, TARGET)?;
    // There is no C compiler for macOS here, and a type check needs nothing of what one would make.
    for (variable, tool) in [("CC_aarch64_apple_darwin", "cc"), ("AR_aarch64_apple_darwin", "ar")] {
        cross.set(variable, kit.root.join("xtask/stand-in").join(tool));
    }
    kit::run(cross.cargo("check").arg("--all-targets"))
}
