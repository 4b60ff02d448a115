//! A desktop's keyring without a desktop: a message bus and gnome-keyring for one agent.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use rustix::process::getuid;
use signet_e2e::rig::BIURO;
use signet_e2e::{Agent, AgentOptions, Rig};
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_millis(50);
/// `--foreground`, since without it the daemon goes out of reach; the password opens the keyring it makes.
const DAEMON: &str = "printf pw | gnome-keyring-daemon --foreground --unlock --components=secrets";

/// An agent that is signed in and keeps its key in a keyring.
pub(crate) struct WithKeyring {
    // Ended in this order.
    pub(crate) agent: Agent,
    _processes: [Kept; 2],
    _directory: TempDir,
}

/// Ends with its owner.
struct Kept(Child);

impl WithKeyring {
    /// Nothing where there is no keyring to be had.
    pub(crate) fn start(rig: &Rig) -> Result<Option<Self>> {
        if ["dbus-daemon", "dbus-send", "gnome-keyring-daemon"].iter().any(|program| !is_installed(program)) {
            return Ok(None);
        }
        let directory = tempfile::Builder::new().prefix("signet-bus-").tempdir_in("/tmp")?;
        let address = format!("unix:path={}", directory.path().join("bus").display());
        let environment = vec![("DBUS_SESSION_BUS_ADDRESS".to_owned(), address.clone())];
        // The bus takes nobody without a name, which the usual owner has not.
        let user = Some(getuid().as_raw());
        let mut agent = Agent::start(rig, AgentOptions { environment, user, ..AgentOptions::default() })?;
        agent.stop()?;
        let bus = Kept::start(&agent, &["dbus-daemon", "--session", "--nofork", &format!("--address={address}")])?;
        await_path(&directory.path().join("bus"))?;
        let daemon = Kept::start(&agent, &["sh", "-c", DAEMON])?;
        await_secrets(&agent)?;
        let config = agent.config_dir().join("config.toml");
        fs::write(&config, fs::read_to_string(&config)?.replace("key = \"file\"", "key = \"keyring\""))?;
        agent.launch()?;
        agent.add_and_sign_in(BIURO)?;
        agent.token(BIURO.login)?;
        Ok(Some(Self { agent, _processes: [daemon, bus], _directory: directory }))
    }
}

impl Kept {
    fn start(agent: &Agent, words: &[&str]) -> Result<Self> {
        let mut command = agent.owner().command(agent.program().with_file_name("signet-keep"));
        command.args(words).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        Ok(Self(command.spawn().with_context(|| words.join(" "))?))
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.0.stdin = None; // its end
        let _ = self.0.wait();
    }
}

fn is_installed(program: &str) -> bool {
    env::split_paths(&env::var_os("PATH").unwrap_or_default()).any(|at| at.join(program).is_file())
}

fn await_path(path: &Path) -> Result<()> {
    let start = Instant::now();
    while !path.exists() {
        ensure!(start.elapsed() < PATIENCE, "{} does not appear", path.display());
        sleep(POLL);
    }
    Ok(())
}

fn await_secrets(agent: &Agent) -> Result<()> {
    let start = Instant::now();
    loop {
        let mut ask: Command = agent.owner().command("/usr/bin/dbus-send");
        ask.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]);
        ask.args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]);
        if String::from_utf8_lossy(&ask.output()?.stdout).contains("boolean true") {
            return Ok(());
        }
        ensure!(start.elapsed() < PATIENCE, "gnome-keyring does not come to the bus");
        sleep(POLL);
    }
}
