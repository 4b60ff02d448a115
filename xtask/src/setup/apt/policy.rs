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
        if Path::new(PLACE).exists() && !is_ours() {
            return Ok(None);
        }
        let draft = root.kit.tools().join("policy-rc.d");
        let rule = format!(
            "#!/bin/sh\n# {MARK}; holds while that runs.\nkill -0 {} 2>/dev/null && exit 101\nexit 0\n",
            id()
        );
        fs::write(&draft, rule).context("cannot write target/tools/policy-rc.d")?;
        let draft = draft.to_string_lossy();
        kit::run(&mut root.command(&["install", "--mode=755", &draft, PLACE]))?;
        Ok(Some(Self { root }))
    }
}

impl Drop for Policy<'_> {
    fn drop(&mut self) {
        // A failure leaves a file that forbids nothing once we have ended.
        let _ = kit::run(&mut self.root.command(&["rm", "--force", PLACE]));
    }
}

fn is_ours() -> bool {
    fs::read_to_string(PLACE).is_ok_and(|rule| rule.contains(MARK))
}
