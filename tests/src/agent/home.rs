//! Where an agent under test lives.

use std::env;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::PathBuf;

use anyhow::Result;
use rustix::process::getuid;
use tempfile::TempDir;

use super::{AgentOptions, OWNER, PROGRAMS};
use crate::kept::program_beside;
use crate::programs;
use crate::rig::{CLIENT_ID, Rig, TENANT, is_root};

/// Everything one agent reads and writes, and the programs where its user can run them: the checkout may be closed.
#[derive(Debug)]
pub(super) struct Home {
    pub(super) directory: TempDir,
    pub(super) owner: u32,
    pub(super) environment: Vec<(String, String)>,
}

impl Home {
    pub(super) fn make(rig: &Rig, options: AgentOptions) -> Result<Self> {
        let directory = tempfile::Builder::new().prefix("signet-agent-").tempdir_in("/tmp")?;
        fs::set_permissions(directory.path(), Permissions::from_mode(0o755))?;
        let owner = if is_root() { options.user.unwrap_or(OWNER) } else { getuid().as_raw() };
        let home = Self { directory, owner, environment: Vec::new() };
        fs::create_dir(home.part("bin"))?;
        for name in PROGRAMS {
            programs::place(&built(name)?, &home.program(name))?;
        }
        for part in ["home", "config", "state", "run"] {
            fs::create_dir(home.part(part))?;
        }
        fs::write(home.part("config/config.toml"), config(rig, &options))?;
        for part in ["home", "config", "config/config.toml", "state", "run"] {
            let mode = if part.contains('.') { 0o600 } else { 0o700 };
            fs::set_permissions(home.part(part), Permissions::from_mode(mode))?;
            chown(home.part(part), Some(owner), Some(owner))?;
        }
        let environment = home.variables(options);
        Ok(Self { environment, ..home })
    }

    fn variables(&self, options: AgentOptions) -> Vec<(String, String)> {
        let at = |part: &str| self.part(part).display().to_string();
        let fixed = [
            ("PATH", "/usr/local/bin:/usr/bin:/bin".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
            ("HOME", at("home")),
            ("XDG_CONFIG_HOME", at("home/.config")),
            ("XDG_STATE_HOME", at("home/.local/state")),
            ("XDG_DATA_HOME", at("home/.local/share")),
            ("XDG_CACHE_HOME", at("home/.cache")),
            ("XDG_RUNTIME_DIR", at("run")),
            ("SIGNET_CONFIG_DIR", at("config")),
            ("SIGNET_STATE_DIR", at("state")),
            ("SIGNET_SOCKET", self.socket().display().to_string()),
            ("SIGNET_LANG", options.language.unwrap_or_else(|| "en".to_owned())),
        ];
        fixed.into_iter().map(|(name, value)| (name.to_owned(), value)).chain(options.environment).collect()
    }

    pub(super) fn part(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.part("bin").join(name)
    }

    pub(super) fn socket(&self) -> PathBuf {
        self.part("run/signet/agent.sock")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.part("agent.log")
    }
}

pub(crate) fn config(rig: &Rig, options: &AgentOptions) -> String {
    let app = format!("[app]\nclient_id = \"{CLIENT_ID}\"\ntenant = \"{TENANT}\"\ncloud = \"{}\"\n", rig.origin());
    format!(
        "version = 1\n{}[network]\nextra_ca = \"{}\"\n[store]\nkey = \"{}\"\n{}",
        if options.without_app { "" } else { &app },
        rig.ca().display(),
        options.key.name(),
        options.config,
    )
}

/// A program of the build; `SIGNET_BIN` puts another `signet` in its place.
fn built(name: &str) -> Result<PathBuf> {
    let chosen = env::var_os("SIGNET_BIN").map(PathBuf::from).filter(|_| name == "signet");
    let program = chosen.map_or_else(|| program_beside(name), Ok);
    if name == "signet" && !program.as_ref().is_ok_and(|program| program.is_file()) {
        panic!("there is no signet to test; build it: cargo build -p signet-cli");
    }
    program
}
