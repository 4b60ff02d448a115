//! The agent: one process per user that owns the sign-ins, with or without a desktop.
//!
//! [`run`] holds the lock, listens at the local endpoint and runs the one loop until it is asked to end.
#![warn(missing_docs)]

mod authority;
mod check;
mod clock;
mod config;
mod desk;
pub mod doctor;
mod door;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod input;
mod key;
mod lock;
mod log;
mod paths;
mod platform;
mod profiles;
mod redirect;
mod reminding;
mod said;
mod seal;
mod sign_in;
mod store;
mod supervision;
mod surroundings;
mod view;

use std::convert::Infallible;
use std::sync::Arc;

use anyhow::Context;
use ipc::{Endpoint, Listener, Message, Snapshot};
use texts::{Language, text};
use tokio::sync::{mpsc, watch};
use tracing::{info, warn};

use self::authority::Wire;
use self::config::{Config, Network};
pub use self::config::{ConfigError, Effective, Mistake, replace_config};
use self::desk::Desk;
use self::door::Door;
use self::input::{Input, Inputs};
use self::lock::Lock;
pub use self::log::{open as open_log, path as log_path, start as start_log, start_beside_file as start_log_file};
pub use self::paths::Paths;
pub use self::said::told;

/// Why the agent does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another agent of this user owns the sign-ins.
    #[error("an agent runs already (process {pid})")]
    RunsAlready {
        /// Its process id, as it wrote it down.
        pid: String,
    },
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// What `[network]` names cannot be used.
    #[error("{}", told(Language::English, .0))]
    Network(Message),
    /// Something else.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

impl StartError {
    /// What the person reads.
    pub fn sentence(&self, language: Language) -> String {
        match self {
            Self::RunsAlready { pid } => text(language, "cli-agent-runs-already", &[("pid", pid)]),
            Self::Config(mistake) => mistake.sentence(language),
            Self::Network(said) => told(language, said),
            Self::Other(error) => format!("{error:#}"),
        }
    }
}

/// Runs the agent until it is asked to end.
///
/// # Errors
/// It runs already, its configuration is wrong, or the system refuses what it needs.
pub fn run(paths: &Paths, endpoint: &Endpoint) -> Result<(), StartError> {
    let handed = platform::handed_over().context("the socket that was handed over cannot be used")?;
    platform::make_private_dir(&paths.state).with_context(|| paths.state.display().to_string())?;
    let lock = Lock::take(&paths.state)?;
    platform::forbid_dumps().context("the system does not let the agent forbid memory dumps")?;
    if let Err(error) = platform::allow_connections(ipc::limits::CONNECTIONS) {
        warn!(%error, "there may be fewer connections than there should");
    }
    let config = Config::read(&paths.config_file());
    // Under a policy that cannot be gone by, the agent runs to say so.
    let (config, network) = match config {
        Err(ConfigError::Policy(said)) => (Err(ConfigError::Policy(said)), Network::default()),
        Ok(config) => (Ok(config.clone()), config.network),
        Err(mistake) => return Err(mistake.into()),
    };
    let wire = Wire::new(&network, &paths.config).map_err(|unusable| StartError::Network(unusable.said))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("no event loop")?;
    runtime.block_on(serve(paths, endpoint, handed, config, wire))?;
    // A keyring that never answers must not hold the end up.
    runtime.shutdown_background();
    drop(lock);
    Ok(())
}

/// Whether an agent owns the sign-ins of this state directory now.
///
/// # Errors
/// The lock cannot be looked at.
pub fn is_running(paths: &Paths) -> Result<bool, StartError> {
    match Lock::take(&paths.state) {
        Ok(_) => Ok(false),
        Err(StartError::RunsAlready { .. }) => Ok(true),
        Err(other) => Err(other),
    }
}

async fn serve(
    paths: &Paths,
    endpoint: &Endpoint,
    handed: Option<ipc::Handed>,
    config: Result<Config, ConfigError>,
    wire: Wire,
) -> anyhow::Result<()> {
    // Before anybody can see that the agent is there: who sees it may ask it to end.
    let termination = platform::termination().context("no signals")?;
    let listener = match handed {
        Some(handed) => Listener::adopt(handed, endpoint),
        None => Listener::bind(endpoint),
    };
    let listener = listener.with_context(|| format!("no endpoint at {}", endpoint.path().display()))?;
    let (inputs, inbox) = mpsc::unbounded_channel();
    let (snapshots, watched) = watch::channel(Arc::new(Snapshot::default()));
    let key = config.as_ref().map(|config| config.store.key).unwrap_or_default();
    let accounts = config.as_ref().map_or(0, |config| config.accounts.len());
    let desk = Desk::new(paths, key, wire, inputs.clone(), snapshots)?;
    info!(version = env!("CARGO_PKG_VERSION"), endpoint = %endpoint.path().display(), accounts, "ready");
    let door = Arc::new(Door::new(inputs.clone(), watched.clone()));
    let (config_file, policy) = (paths.config_file(), platform::policy_place());
    tokio::select! {
        ended = desk.run(config, inbox) => ended.context("the loop cannot go on")?,
        () = ipc::serve(listener, door) => {}
        never = asked_to_end(termination, inputs.clone()) => match never {},
        never = supervision::attend(inputs.clone(), watched) => match never {},
        never = surroundings::watch(inputs.clone()) => match never {},
        never = config::watch(&config_file, inputs.clone()) => match never {},
        never = config::watch_policy(&policy, inputs.clone()) => match never {},
    }
    info!("ended");
    Ok(())
}

/// Passes the system's wish on; the loop ends by itself then.
async fn asked_to_end(termination: impl Future<Output = ()>, inputs: mpsc::UnboundedSender<Input>) -> Infallible {
    termination.await;
    inputs.tell(Input::Stop);
    std::future::pending().await
}
