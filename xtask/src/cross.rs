//! Builds for the other systems, on Debian: its Rust brings the standard library's sources of the same version, and so
//! a standard library for any target.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::kit::{self, Kit};

/// All rooms; the rig works on Linux only.
const PACKAGES: [&str; 9] = [
    "signet-broker",
    "signet-ipc",
    "signet-mail",
    "signet-texts",
    "signet-agent",
    "signet-desktop",
    "signet-cli",
    "signet-tray",
    "signet-window",
];

/// rustup's `cargo`, which runs this, may come first in PATH; it has no other system's standard library.
const CARGO: &str = "/usr/bin/cargo";
const TOOLS: [(&str, &str); 2] = [("RUSTC", "/usr/bin/rustc"), ("RUSTDOC", "/usr/bin/rustdoc")];

/// Both are settings of nightly, which Debian's sources for the standard library cannot be built without.
const UNSTABLE: [(&str, &str); 2] = [("RUSTC_BOOTSTRAP", "1"), ("CARGO_UNSTABLE_BUILD_STD", "std,panic_unwind,test")];

/// Without debug data a test program is a quarter as large, and built sooner.
const PROFILE: [(&str, &str); 2] = [("CARGO_PROFILE_DEV_DEBUG", "0"), ("CARGO_INCREMENTAL", "0")];

/// Why nothing is built for other systems here.
pub(crate) const NO_TOOLS: &str = "it takes Debian's rustc-web and rust-web-src";

pub(crate) struct Cross<'k> {
    kit: &'k Kit,
    target: &'static str,
    environment: Vec<(&'static str, OsString)>,
    /// Nobody else builds, or runs what was built, meanwhile.
    _alone: File,
}

impl<'k> Cross<'k> {
    /// Where everything of the other systems lies.
    pub(crate) fn folder(kit: &Kit) -> PathBuf {
        kit.root.join("target/cross")
    }

    pub(crate) fn new(kit: &'k Kit, target: &'static str) -> Result<Self> {
        let folder = Self::folder(kit);
        fs::create_dir_all(&folder).context("cannot make target/cross")?;
        let alone = File::create(folder.join("lock")).context("cannot make target/cross/lock")?;
        alone.lock().context("cannot lock target/cross/lock")?;
        let cross = Self { kit, target, environment: Vec::new(), _alone: alone };
        cross.drop_own_builds()?;
        Ok(cross)
    }

    /// From now on cargo is told this too.
    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<OsString>) {
        self.environment.push((name, value.into()));
    }

    /// A cargo command for this target, on all rooms.
    pub(crate) fn cargo(&self, verb: &str) -> Command {
        let mut command = self.bare_cargo();
        command.envs(UNSTABLE).envs(PROFILE).envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.args([verb, "--locked", "--target", self.target]);
        command.args(PACKAGES.iter().flat_map(|package| ["--package", package]));
        command
    }

    /// Where cargo puts a program of this target.
    pub(crate) fn built(&self, program: &str) -> PathBuf {
        Self::folder(self.kit).join(self.target).join("debug").join(program)
    }

    /// Cargo judges by a file's time alone: a build copied from another checkout may pass for this one's.
    fn drop_own_builds(&self) -> Result<()> {
        if !self.built("").exists() {
            return Ok(());
        }
        for target in [&["--target", self.target][..], &[]] {
            kit::run_quietly(self.bare_cargo().args(["clean", "--workspace"]).args(target))?;
        }
        Ok(())
    }

    fn bare_cargo(&self) -> Command {
        let mut command = self.kit.command(CARGO);
        // Set by the cargo that runs this, to its own compiler's libraries.
        command.env_remove("LD_LIBRARY_PATH");
        command.envs(TOOLS).env("CARGO_TARGET_DIR", Self::folder(self.kit));
        command
    }
}
