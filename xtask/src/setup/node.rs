//! Node.js for the rig's provider and browser, and the packages they are made of.

use std::env::consts::ARCH;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use super::apt;
use crate::kit::{self, Kit};
use crate::say;

/// The oldest version, major and minor, that builds the window; the provider is content with less.
const OLDEST: (u32, u32) = (20, 19);
/// What is taken where the system's own is older. npm comes with it: a distribution's npm may find
/// its parts only under the distribution's node.
const PACKAGED: [&str; 2] = ["22", "10"];
/// Folders with a package-lock.json.
const PROJECTS: [&str; 3] = ["tests/rig", "ui", "docs/components"];

pub(super) fn ensure(kit: &mut Kit) -> Result<()> {
    let node = match own(kit).or_else(|| kit.find("node")).filter(|node| new_enough(kit, node)) {
        Some(node) if kit.find("npm").is_some() => node,
        Some(node) => {
            say::line("setup: npm is missing, installing it");
            apt::install(kit, &["npm"])?;
            node
        }
        None => install(kit)?,
    };
    kit.adopt_node(node);
    PROJECTS.iter().try_for_each(|project| install_packages(kit, &kit.root.join(project)))
}

/// The node that an earlier setup took from npm.
fn own(kit: &Kit) -> Option<PathBuf> {
    Some(kit.tools().join("node/node_modules/.bin/node")).filter(|node| node.is_file())
}

fn new_enough(kit: &Kit, node: &Path) -> bool {
    kit::stdout(kit.command(node).arg("--version")).is_ok_and(|found| version(&found) >= Some(OLDEST))
}

fn version(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.trim().strip_prefix('v')?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

fn install(kit: &Kit) -> Result<PathBuf> {
    let (major, minor) = OLDEST;
    if kit.find("npm").is_none() {
        say::line(&format!("setup: Node.js {major}.{minor} or newer is missing, and npm to get it with"));
        apt::install(kit, &["nodejs", "npm"])?;
    }
    let architecture = match ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => bail!("install Node.js {major}.{minor} or newer: npm has none for {other}"),
    };
    let [node, npm] = PACKAGED;
    say::line(&format!("setup: Node.js {major}.{minor} or newer is missing, taking {node} from npm"));
    // The package of one architecture holds the program itself; `node`, which chooses among them, runs
    // a script that calls npm a second time.
    let mut install = kit.command("npm");
    install.args(["install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]);
    install.arg(kit.tools().join("node")).args([format!("node-linux-{architecture}@{node}"), format!("npm@{npm}")]);
    kit::run(&mut install)?;
    own(kit)
        .filter(|node| new_enough(kit, node))
        .context("npm's own Node.js does not run here; install Node.js yourself")
}

fn install_packages(kit: &Kit, project: &Path) -> Result<()> {
    let Some(locked) = modified(&project.join("package-lock.json")) else {
        return Ok(());
    };
    // npm writes this file last.
    if modified(&project.join("node_modules/.package-lock.json")) >= Some(locked) {
        return Ok(());
    }
    let shown = project.strip_prefix(&kit.root).unwrap_or(project).display();
    say::line(&format!("setup: installing the packages of {shown}"));
    let mut install = kit.command("npm");
    install.current_dir(project).args(["ci", "--silent", "--no-audit", "--no-fund"]);
    kit::run(&mut install).with_context(|| format!("npm could not install the packages of {shown}"))
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn major_and_minor_version_decide() {
        assert_eq!(version("v20.20.2\n"), Some((20, 20)));
        assert!(version("v20.9.0") < Some(OLDEST), "numbers, not words, are compared");
        assert!(version("v22.1.0") > Some(OLDEST));
        assert_eq!(version("unknown"), None);
        assert!(version("unknown") < Some(OLDEST), "what cannot be read is too old");
    }
}
