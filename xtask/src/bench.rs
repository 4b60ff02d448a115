//! Measures the release build.

use anyhow::{Result, bail};

use crate::kit::{self, Kit};
use crate::setup;
use crate::ui;

/// What the benchmark is made of; the other programs of its package need not be optimized.
const BINS: [&str; 5] = ["bench", "signet-crowd", "signet-keep", "signet-line", "signet-nothing"];

pub(crate) fn run(kit: &mut Kit, args: &[String]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("the benchmark uses the rig, which works on Linux only");
    }
    setup::for_rig(kit)?;
    let mut programs = kit.cargo(["build", "--release", "--package", "signet-cli"]);
    // The web engine's crates take minutes to build.
    if args.is_empty() || args.iter().any(|row| row == "desk") {
        ui::build(kit)?;
        programs.args(["--package", "signet-tray", "--package", "signet-window"]);
    }
    kit::run(&mut programs)?;
    let mut build = kit.cargo(["build", "--release", "--package", "signet-e2e"]);
    kit::run(build.args(BINS.iter().flat_map(|bin| ["--bin", bin])))?;
    let bench = ["run", "--release", "--quiet", "--package", "signet-e2e", "--bin", "bench", "--"];
    kit::become_program(kit.cargo(bench).args(args))
}
