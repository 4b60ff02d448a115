//! Installs what building, the rig and the checks need, and says so; quick and silent when all is there.

mod apt;
mod node;
mod tool;

use std::env;
use std::fs::{self, File};

use anyhow::{Context, Result};

use crate::Misused;
use crate::kit::Kit;
use crate::say;

/// Whether another mail server may be removed to make room for ours.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Displacing {
    Ask,
    Allowed,
}

pub(crate) fn run(kit: &mut Kit, args: &[String]) -> Result<()> {
    let displacing = match args {
        [] => from_environment(),
        [yes] if yes == "--yes" => Displacing::Allowed,
        _ => return Err(Misused(format!("setup does not take \"{}\"", args.join(" "))).into()),
    };
    everything(kit, displacing)?;
    say::line("setup: all there");
    Ok(())
}

/// For an errand that ends with the checks.
pub(crate) fn for_test(kit: &mut Kit) -> Result<()> {
    everything(kit, from_environment())
}

/// For an errand that needs the rig alone, and whose person waits.
pub(crate) fn for_rig(kit: &mut Kit) -> Result<()> {
    one_at_a_time(kit, |kit| {
        apt::ensure(kit, from_environment())?;
        node::ensure(kit)
    })
}

/// For the errands that build for other systems; says whether this system has what they take.
pub(crate) fn for_macos(kit: &mut Kit) -> Result<bool> {
    one_at_a_time(kit, |kit| {
        let built = apt::ensure_where_known(kit, apt::OTHER_SYSTEMS, from_environment())?;
        if built {
            // The window does not compile without its pages.
            node::ensure(kit)?;
        }
        Ok(built)
    })
}

/// The same for Windows, where what was built is run too.
pub(crate) fn for_windows(kit: &mut Kit) -> Result<bool> {
    let built = for_macos(kit)?;
    Ok(built && one_at_a_time(kit, |kit| apt::ensure_where_known(kit, apt::WINDOWS, from_environment()))?)
}

/// For fuzzing; says whether this system has what it takes.
pub(crate) fn for_fuzz(kit: &mut Kit) -> Result<bool> {
    one_at_a_time(kit, |kit| {
        let has_compiler = apt::ensure_where_known(kit, apt::FUZZ, from_environment())? || kit.find("c++").is_some();
        if has_compiler {
            tool::ensure(kit, &tool::FUZZ)?;
        }
        Ok(has_compiler)
    })
}

fn everything(kit: &mut Kit, displacing: Displacing) -> Result<()> {
    one_at_a_time(kit, |kit| {
        if cfg!(target_os = "linux") {
            apt::ensure(kit, displacing)?;
            node::ensure(kit)?;
        }
        tool::ensure(kit, &tool::DENY)
    })
}

/// Two errands started side by side would otherwise both install into the same folder.
fn one_at_a_time<T>(kit: &mut Kit, work: impl FnOnce(&mut Kit) -> Result<T>) -> Result<T> {
    fs::create_dir_all(kit.tools()).context("cannot make target/tools")?;
    let lock = File::create(kit.tools().join("lock")).context("cannot make target/tools/lock")?;
    lock.lock().context("cannot lock target/tools/lock")?;
    work(kit)
}

fn from_environment() -> Displacing {
    if env::var("CI").is_ok_and(|ci| ci == "true") { Displacing::Allowed } else { Displacing::Ask }
}
