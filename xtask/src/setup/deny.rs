//! cargo-deny, which judges the dependencies' licences, sources and bans.

use std::fs;

use anyhow::{Context, Result};

use crate::kit::{self, Kit};
use crate::say;

/// A version known to read our deny.toml.
const VERSION: &str = "0.20.2";

pub(super) fn ensure(kit: &Kit) -> Result<()> {
    if kit.find("cargo-deny").is_some() {
        return Ok(());
    }
    say::line("setup: cargo-deny is missing, building it (minutes, once)");
    let build = kit.tools().join("build");
    let mut install = kit.cargo(["install", "--quiet", "--locked", "--debug", "--root"]);
    install.arg(kit.tools()).arg(format!("cargo-deny@{VERSION}"));
    // Unoptimised and without debug data it builds in a minute and a half on two cores, and still judges in two seconds.
    install.env("CARGO_TARGET_DIR", &build).env("CARGO_PROFILE_DEV_DEBUG", "0");
    kit::run(&mut install).context("cannot install cargo-deny")?;
    fs::remove_dir_all(&build).context("cannot remove the build of cargo-deny")
}
