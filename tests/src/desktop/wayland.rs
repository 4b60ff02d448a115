//! A Wayland compositor without a screen, beside which there is no X server.

use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Instant;

use anyhow::{Result, ensure};

use super::{Desktop, PATIENCE, POLL};
use crate::kept::Kept;
use crate::rig::installed;

const SOCKET: &str = "wayland-test";

/// Dropping it ends the compositor.
#[derive(Debug)]
pub struct Wayland {
    socket: PathBuf,
    _compositor: Kept,
}

impl Desktop {
    pub fn wayland(&self) -> Result<Wayland> {
        let mut command = self.files.command(&installed(&["/usr/bin/weston"])?)?;
        command.args(["--backend=headless-backend.so", "--use-pixman", "--no-config"]);
        command.args([&format!("--socket={SOCKET}"), "--width=1280", "--height=800"]);
        let log = self.files.open_log()?;
        let mut compositor = Kept::start(command.stdout(log))?;
        let socket = self.files.part("run").join(SOCKET);
        let start = Instant::now();
        while UnixStream::connect(&socket).is_err() {
            let is_up = !compositor.has_ended()? && start.elapsed() < PATIENCE;
            ensure!(is_up, "no compositor:\n{}", self.files.log()?);
            sleep(POLL);
        }
        Ok(Wayland { socket, _compositor: compositor })
    }
}

impl Wayland {
    /// What `WAYLAND_DISPLAY` is set to.
    pub fn socket(&self) -> &Path {
        &self.socket
    }
}
