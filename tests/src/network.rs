//! A network of a test's own, which it may change without anybody else noticing.

use std::env;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::rig::as_root;

/// Set in the process that runs in a network of its own.
const INSIDE: &str = "SIGNET_TEST_NETWORK";

/// Runs a test again in a network namespace that has a loopback and nothing else, and there calls `test`.
pub fn of_its_own(name: &str, test: impl FnOnce() -> Result<()>) -> Result<()> {
    if env::var_os(INSIDE).is_some() {
        return test();
    }
    let mut command = as_root("unshare");
    command.args(["--net", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh", "env"]);
    command.arg(format!("{INSIDE}=1")).args(env::vars().map(|(name, value)| format!("{name}={value}")));
    command.arg(env::current_exe()?).args(["--exact", name, "--nocapture"]);
    let output = command.stdin(Stdio::null()).output().context("unshare, of util-linux")?;
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).join("\n");
    ensure!(output.status.success(), "in a network of its own: {said}");
    ensure!(said.contains("1 passed"), "there is no test {name}: {said}");
    Ok(())
}

/// Changes the network, by `ip` with these words.
pub fn ip(words: &str) -> Result<()> {
    let output = Command::new("ip").args(words.split(' ')).output().context("ip, of iproute2")?;
    ensure!(output.status.success(), "ip {words}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}
