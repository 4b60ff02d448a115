//! Keeps packages from starting their servers while they are installed: Debian's `policy-rc.d`
//! (invoke-rc.d(8)); exit code 101 means "do not start".

use std::fs;
use std::path::Path;
use std::process::id;

use anyhow::{Context, Result};

use super::root::Root;
use crate::kit;

const PLACE: &str = "/usr/sbin/policy-rc.d";
const MARK: &str = "Placed by cargo xtask setup";

/// Removed when dropped. Should we be killed before, it forbids nothing any more.
pub(super) struct Policy<'r> {
    root: &'r Root<'r>,
}

impl<'r> Policy<'r> {
    /// `None` when the system has a policy of its own, which we leave alone.
    pub(super) fn place(root: &'r Root<'r>) -> Result<Option<Self>> {
        if Path::new(PLACE).exists() && !placed_by(MARK) {
            return Ok(None);
        }
        let draft = root.kit.tools().join("policy-rc.d");
        let rule = format!("#!/bin/sh\n# {MARK}; holds while that runs.\n{} && exit 101\nexit 0\n", alive());
        fs::write(&draft, rule).context("cannot write target/tools/policy-rc.d")?;
        kit::run(&mut root.command(&["install", "--mode=755", &draft.to_string_lossy(), PLACE]))?;
        fs::remove_file(&draft)?;
        Ok(Some(Self { root }))
    }
}

impl Drop for Policy<'_> {
    fn drop(&mut self) {
        // Another setup, of another checkout, may have put its own in place.
        if placed_by(&alive()) {
            // A failure leaves a file that forbids nothing once we have ended.
            let _ = kit::run(&mut self.root.command(&["rm", "--force", PLACE]));
        }
    }
}

/// The shell's test for this process being there.
fn alive() -> String {
    format!("kill -0 {} 2>/dev/null", id())
}

fn placed_by(words: &str) -> bool {
    fs::read_to_string(PLACE).is_ok_and(|rule| rule.contains(words))
}
