//! An agent under a manager of services: systemd's side of the sockets, without systemd.

use std::fs::{self, File, Permissions};
use std::os::fd::OwnedFd;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::net::{UnixDatagram, UnixListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;

use super::{Agent, PATIENCE};
use crate::kept::{Kept, keeper_command};

/// For a shell whose standard output is the socket: descriptor 3 is the socket then, and `LISTEN_PID` the process that execs, as `sd_listen_fds(3)` has it.
pub const HANDING_OVER: &str =
    "exec 3>&1 >&2; export LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=signet.socket; exec \"$@\"";
const PLAIN: &str = "exec \"$@\"";

/// What hears `NOTIFY_SOCKET`.
#[derive(Debug)]
pub struct Supervisor {
    heard: UnixDatagram,
    directory: TempDir,
}

impl Supervisor {
    pub fn new() -> Result<Self> {
        let directory = tempfile::Builder::new().prefix("signet-agent-").tempdir_in("/tmp")?;
        fs::set_permissions(directory.path(), Permissions::from_mode(0o755))?;
        let heard = UnixDatagram::bind(directory.path().join("notify"))?;
        fs::set_permissions(directory.path().join("notify"), Permissions::from_mode(0o666))?;
        heard.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { heard, directory })
    }

    /// The variables by which a unit finds it.
    pub fn environment(&self) -> Vec<(String, String)> {
        vec![("NOTIFY_SOCKET".into(), self.directory.path().join("notify").display().to_string())]
    }

    /// What it is told next.
    pub fn hear(&self) -> Result<String> {
        let mut word = [0; 4096];
        let length = self.heard.recv(&mut word).context("it says nothing")?;
        Ok(String::from_utf8(word[..length].to_vec())?.trim_end().to_owned())
    }

    /// Hears until it is told this.
    pub fn hear_of(&self, wanted: &str) -> Result<()> {
        while self.hear()? != wanted {}
        Ok(())
    }

    /// What it has been told and has not heard yet.
    pub fn unheard(&self) -> Result<Vec<String>> {
        self.heard.set_nonblocking(true)?;
        let words = std::iter::from_fn(|| self.hear().ok()).collect();
        self.heard.set_nonblocking(false)?;
        Ok(words)
    }
}

impl Agent {
    /// A socket at the agent's place, as a unit for it would make one.
    pub fn listener_for_it(&self) -> Result<UnixListener> {
        let folder = self.socket().parent().context("the socket lies in a directory")?.to_owned();
        fs::create_dir_all(&folder)?;
        let listener = UnixListener::bind(self.socket())?;
        for (path, mode) in [(folder, 0o700), (self.socket(), 0o600)] {
            fs::set_permissions(&path, Permissions::from_mode(mode))?;
            chown(&path, Some(self.home.owner), Some(self.home.owner))?;
        }
        Ok(listener)
    }

    /// Starts it as a unit would, with a socket handed over or without, and does not wait for it.
    pub fn launch_under(&mut self, supervisor: &Supervisor, socket: Option<OwnedFd>) -> Result<()> {
        self.launch_by(&[], supervisor.environment(), socket)
    }

    /// The same with its standard error leading to a journal whose socket lies in this folder; only root can have one.
    pub fn launch_with_journal(&mut self, supervisor: &Supervisor, journal: &Path) -> Result<()> {
        const MOUNTED: &str =
            "mount -t tmpfs run /run && mkdir /run/systemd && ln -s \"$0\" /run/systemd/journal && exec \"$@\"";
        let (folder, user) = (journal.display().to_string(), self.home.owner.to_string());
        let wrapper = ["unshare", "--mount", "/bin/sh", "-c", MOUNTED, &folder];
        let as_owner = ["setpriv", "--reuid", &user, "--regid", &user, "--clear-groups"];
        let log = fs::metadata(self.log_file())?;
        let mut environment = supervisor.environment();
        environment.push(("JOURNAL_STREAM".into(), format!("{}:{}", log.dev(), log.ino())));
        self.launch_by(&[&wrapper[..], &as_owner[..]].concat(), environment, None)
    }

    fn launch_by(&mut self, by: &[&str], more: Vec<(String, String)>, socket: Option<OwnedFd>) -> Result<()> {
        ensure!(self.process.is_none(), "the agent is running");
        let log = File::options().append(true).create(true).open(self.home.log())?;
        let script = if socket.is_some() { HANDING_OVER } else { PLAIN };
        let mut command = keeper_command(&self.home.program("signet-keep"), PathBuf::from("/bin/sh"));
        command.args(["-c", script, "sh"]).args(by).arg(self.home.program("signet")).args(["agent", "--foreground"]);
        let caller = if by.is_empty() { self.owner() } else { self.as_user(0) };
        let mut command = caller.dressed(command);
        command.envs(more).stderr(log.try_clone()?);
        command.stdout(socket.map_or_else(|| Stdio::from(log), Stdio::from));
        self.process = Some(Kept::start(&mut command)?);
        Ok(())
    }

    /// The exit code of an agent that ends by itself.
    pub fn await_end(&mut self) -> Result<i32> {
        let Some(mut process) = self.process.take() else { bail!("the agent is not running") };
        process.wait()?.code().context("a signal ended it")
    }
}
