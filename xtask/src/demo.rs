//! The rig with a person in front.

use anyhow::{Result, bail};

use crate::kit::{self, Kit};
use crate::setup;
use crate::ui;

pub(crate) fn run(kit: &mut Kit, args: &[String]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("the demo starts mail servers and a desktop of its own, which works on Linux only");
    }
    setup::for_rig(kit)?;
    ui::build(kit)?;
    let packages = ["signet-cli", "signet-tray", "signet-window", "signet-e2e"];
    let mut build = kit.cargo(["build", "--bins"]);
    kit::run(build.args(packages.iter().flat_map(|package| ["--package", package])))?;
    let demo = ["run", "--quiet", "--package", "signet-e2e", "--bin", "demo", "--"];
    kit::become_program(kit.cargo(demo).args(args))
}
