//! The rig with a person in front.

use anyhow::{Result, bail};

use crate::kit::{self, Kit};
use crate::setup;

pub(crate) fn run(kit: &mut Kit, args: &[String]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("the demo starts mail servers and a desktop of its own, which works on Linux only");
    }
    setup::for_rig(kit)?;
    kit::run(&mut kit.cargo(["build", "--package", "signet-cli", "--package", "signet-e2e", "--bins"]))?;
    let demo = ["run", "--quiet", "--package", "signet-e2e", "--bin", "demo", "--"];
    kit::become_program(kit.cargo(demo).args(args))
}
