//! apt and its kin, with the rights of root: ours, or by sudo.

use std::io::Write;
use std::process::{Command, Stdio, id};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::policy::Policy;
use crate::kit::{self, Kit};
use crate::say;

/// Long enough for another installation to end.
const PATIENCE: Duration = Duration::from_secs(600);
const PAUSE: Duration = Duration::from_secs(3);

const APT: [&str; 6] =
    ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "--yes", "--no-install-recommends"];

pub(super) struct Root<'k> {
    pub(super) kit: &'k Kit,
    sudo: &'static [&'static str],
}

impl<'k> Root<'k> {
    pub(super) fn new(kit: &'k Kit) -> Result<Self> {
        let is_root = kit::stdout(kit.command("id").arg("-u"))?.trim() == "0";
        if !is_root && kit.find("sudo").is_none() {
            bail!("installing packages takes root's rights, and there is no sudo; as root, run: cargo xtask setup");
        }
        let sudo: &[&str] = match (is_root, say::somebody_there()) {
            (true, _) => &[],
            (false, true) => &["sudo"],
            (false, false) => &["sudo", "--non-interactive"],
        };
        Ok(Self { kit, sudo })
    }

    pub(super) fn command(&self, words: &[&str]) -> Command {
        let all: Vec<&str> = self.sudo.iter().chain(words).copied().collect();
        let mut command = self.kit.command(all[0]);
        command.args(&all[1..]);
        command
    }

    /// `apt-get update` has no option to wait for another installation, so we do.
    pub(super) fn update(&self) -> Result<()> {
        for _ in 0..PATIENCE.as_secs() / PAUSE.as_secs() {
            let output = kit::output(&mut self.command(&["apt-get", "update", "--quiet"]))?;
            let complaint = String::from_utf8_lossy(&output.stderr);
            if output.status.success() {
                return Ok(());
            }
            if !complaint.contains("Could not get lock") {
                bail!("apt-get update failed: {}", complaint.trim());
            }
            thread::sleep(PAUSE);
        }
        bail!("another installation held apt's lists for {} minutes", PATIENCE.as_secs() / 60)
    }

    /// Answers a package's question before it is asked.
    pub(super) fn answer(&self, answer: &str) -> Result<()> {
        let mut command = self.command(&["debconf-set-selections"]);
        let mut child = command.stdin(Stdio::piped()).spawn().context("cannot start debconf-set-selections")?;
        child.stdin.take().context("it has a stdin")?.write_all(answer.as_bytes())?;
        let status = child.wait()?;
        kit::succeeded(&command, status)
    }

    pub(super) fn install(&self, packages: &[&str]) -> Result<()> {
        // Container images delete all downloaded packages after any run of apt, also those of another
        // run that is about to unpack them: a folder of our own is out of its reach.
        let archives = format!("/var/cache/apt/signet-{}", id());
        kit::run(&mut self.command(&["mkdir", "--parents", &format!("{archives}/partial")]))?;
        let policy = Policy::place(self)?;
        let mut apt = self.command(&APT);
        apt.args(["-o", &format!("Dir::Cache::archives={archives}")]);
        apt.args(["-o", &format!("DPkg::Lock::Timeout={}", PATIENCE.as_secs())]);
        let done = kit::run_quietly(apt.args(packages)).context("apt could not install what is missing");
        drop(policy);
        kit::run(&mut self.command(&["rm", "--recursive", "--force", &archives]))?;
        done
    }

    /// The rig starts its own mail servers; the system's must not come up at the next boot either.
    pub(super) fn keep_off(&self, server: &str) {
        let words = match self.kit.find("systemctl") {
            Some(_) => ["systemctl", "disable", server],
            None => ["update-rc.d", server, "disable"],
        };
        if let Err(error) = kit::run_quietly(&mut self.command(&words)) {
            say::line(&format!("setup: {server} may start at the next boot: {error:#}"));
        }
    }
}
