//! Builds everything for Windows, and runs it under Wine: the tests of the packages, and the programs on the rig. What Wine cannot show says SKIP; on a real Windows the same tests fail where they would skip.

mod wine;

use anyhow::{Result, bail};

use self::wine::Wine;
use crate::Misused;
use crate::cross::{Cross, NO_TOOLS};
use crate::kit::{self, Kit};
use crate::say;
use crate::setup;
use crate::tally::{self, Tally};
use crate::ui;

const TARGET: &str = "x86_64-pc-windows-gnu";
const RUNNER: &str = "CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER";

pub(crate) fn run(kit: &mut Kit, args: &[String]) -> Result<()> {
    if !args.is_empty() {
        return Err(Misused("windows takes nothing".to_owned()).into());
    }
    setup::for_rig(kit)?;
    if !setup::for_windows(kit)? {
        bail!("{NO_TOOLS}, and Wine");
    }
    let mut tally = Tally::default();
    let done = prove(kit, &mut tally);
    say::line(&tally.to_string());
    done
}

pub(crate) fn prove(kit: &Kit, tally: &mut Tally) -> Result<()> {
    let mut cross = Cross::new(kit, TARGET)?;
    // All of it before Wine starts, which then is up only while it is needed.
    say::timed("built for Windows", || {
        ui::build(kit)?;
        kit::run(cross.cargo("test").arg("--no-run"))?;
        kit::run(cross.cargo("build").args(["--bin", "signet", "--bin", "signet-tray", "--bin", "signet-window"]))
    })?;
    let wine = say::timed("Wine", || Wine::start(kit, &Cross::folder(kit)))?;
    cross.set(RUNNER, wine.runner());
    // Where the loader of the window's web engine lies, as Wine writes it.
    cross.set("WINEPATH", format!("Z:{}", cross.built("").display()).replace('/', "\\"));
    say::timed("tests under Wine", || tally::run(wine.dress(&mut cross.cargo("test")), tally))?;
    say::timed("signet.exe on the rig", || {
        // All of them, or the end-to-end tests before this would have been built with other features.
        kit::run(&mut kit.cargo(["build", "--workspace", "--bins"]))?;
        let mut test = kit.cargo(["test", "--package", "signet-e2e", "--test", "windows"]);
        test.env("SIGNET_EXE", cross.built("signet.exe"));
        tally::run(wine.dress(&mut test), tally)
    })
}
