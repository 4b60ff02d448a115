//! Mounts of a test's own, which nobody else notices.

use std::env;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use crate::rig::{as_root, run};

/// Set in the process that has mounts of its own.
const INSIDE: &str = "SIGNET_TEST_MOUNTS";

/// Runs a test again in a mount namespace, and there calls `test`.
pub fn of_its_own(name: &str, test: impl FnOnce() -> Result<()>) -> Result<()> {
    if env::var_os(INSIDE).is_some() {
        return test();
    }
    let mut command = as_root("unshare");
    command.args(["--mount", "--propagation", "private", "env", &format!("{INSIDE}=1")]);
    command.args(env::vars().map(|(name, value)| format!("{name}={value}")));
    command.arg(env::current_exe()?).args(["--exact", name, "--nocapture"]);
    let output = command.stdin(Stdio::null()).output().context("unshare, of util-linux")?;
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).join("\n");
    ensure!(output.status.success(), "with mounts of its own: {said}");
    ensure!(said.contains("1 passed"), "there is no test {name}: {said}");
    Ok(())
}

/// Puts a folder in another's place, which is made where there is none: an empty one means nothing to anybody.
pub fn put_over(folder: &Path, place: &Path) -> Result<()> {
    run(as_root("mkdir").args(["-p", "-m", "755"]).arg(place))?;
    run(as_root("mount").arg("--bind").arg(folder).arg(place))
}
