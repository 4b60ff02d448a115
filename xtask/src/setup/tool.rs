//! Tools that come as crates, built into the project's own folder.

use std::fs;

use anyhow::{Context, Result};

use crate::kit::{self, Kit};
use crate::say;

pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
}

/// Judges the dependencies' licences, sources and bans; a version known to read our deny.toml.
pub(super) const DENY: Tool = Tool { name: "cargo-deny", version: "0.20.2" };
/// Builds and runs the fuzzers.
pub(super) const FUZZ: Tool = Tool { name: "cargo-fuzz", version: "0.13.2" };

pub(super) fn ensure(kit: &Kit, Tool { name, version }: &Tool) -> Result<()> {
    if kit.find(name).is_some() {
        return Ok(());
    }
    say::line(&format!("setup: {name} is missing, building it (minutes, once)"));
    let build = kit.tools().join("build");
    let mut install = kit.cargo(["install", "--quiet", "--locked", "--debug", "--root"]);
    install.arg(kit.tools()).arg(format!("{name}@{version}"));
    // Unoptimised and without debug data it builds in a minute and a half on two cores, and is still quick enough.
    install.env("CARGO_TARGET_DIR", &build).env("CARGO_PROFILE_DEV_DEBUG", "0");
    kit::run(&mut install).with_context(|| format!("cannot install {name}"))?;
    fs::remove_dir_all(&build).with_context(|| format!("cannot remove the build of {name}"))
}
