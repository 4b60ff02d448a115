use std::env;
use std::path::PathBuf;

use anyhow::Context;
use etcetera::BaseStrategy;

/// Where configuration and state are kept.
#[derive(Clone, Debug)]
pub struct Paths {
    /// Holds `config.toml`.
    pub config: PathBuf,
    /// Holds `state.db`, the lock and, by choice, the key file.
    pub state: PathBuf,
}

impl Paths {
    /// `SIGNET_CONFIG_DIR` and `SIGNET_STATE_DIR`, else the system's own places for such things.
    ///
    /// # Errors
    /// There is no home directory.
    pub fn of_this_user() -> anyhow::Result<Self> {
        let named = |variable| env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
        let (config, state) = (named("SIGNET_CONFIG_DIR"), named("SIGNET_STATE_DIR"));
        if let (Some(config), Some(state)) = (&config, &state) {
            return Ok(Self { config: config.clone(), state: state.clone() });
        }
        let base = etcetera::base_strategy::choose_native_strategy().context("no home directory")?;
        Ok(Self {
            config: config.unwrap_or_else(|| base.config_dir().join("signet")),
            state: state.unwrap_or_else(|| base.state_dir().unwrap_or_else(|| base.data_dir()).join("signet")),
        })
    }

    /// The configuration file.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }
}
