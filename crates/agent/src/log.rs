use std::env;

use tracing::Level;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::platform;

/// Signet's own rooms; libraries are never let below warnings, since nobody here has read what they log.
const ROOMS: [&str; 5] = ["agent", "broker", "ipc", "mail", "signet"];

/// Writes the log to the journal where standard error leads there, each field by itself, else to standard error. `SIGNET_LOG` chooses `error`, `warn`, `info`, `debug` or `trace`.
pub fn start() {
    let level = env::var("SIGNET_LOG").ok().and_then(|level| level.parse().ok()).unwrap_or(Level::INFO);
    let rooms = ROOMS.map(|room| (room, LevelFilter::from_level(level)));
    let filter = Targets::new().with_default(LevelFilter::WARN).with_targets(rooms);
    let journal = platform::journal();
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    let lines = journal.is_none().then_some(lines);
    tracing_subscriber::registry().with(filter).with(lines).with(journal).init();
}
