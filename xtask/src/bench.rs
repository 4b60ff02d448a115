//! Measures the release build.

use anyhow::{Result, bail};

use crate::kit::{self, Kit};
use crate::setup;

pub(crate) fn run(kit: &mut Kit, args: &[String]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("the benchmark uses the rig, which works on Linux only");
    }
    setup::for_rig(kit)?;
    kit::run(&mut kit.cargo(["build", "--release", "--package", "signet-cli"]))?;
    let bench = ["run", "--release", "--package", "signet-e2e", "--bin", "bench", "--"];
    kit::become_program(kit.cargo(bench).args(args))
}
