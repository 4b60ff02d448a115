use std::env;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::panic;
use std::path::PathBuf;
use std::sync::Arc;

use tracing::level_filters::LevelFilter;
use tracing::{Level, error, warn};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::layer as lines;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::Paths;
use crate::platform;

/// Signet's own rooms; libraries are never let below warnings, since nobody here has read what they log.
const ROOMS: [&str; 5] = ["agent", "broker", "ipc", "mail", "signet"];
/// Beyond this the log of the last run is set aside as `agent.log.1`.
const LIMIT: u64 = 5 * 1024 * 1024;

/// Writes the log to the journal where standard error leads there, each field by itself, else to standard error. `SIGNET_LOG` chooses `error`, `warn`, `info`, `debug` or `trace`.
pub fn start() {
    begin(None);
}

/// The same, and into the file of [`open`] too: nobody may see the standard error of a program of the desktop.
pub fn start_beside_file(paths: &Paths) {
    let (file, unopened) = match open(paths) {
        Ok(file) => (Some(file), None),
        Err(error) => (None, Some(error)),
    };
    begin(file);
    if let Some(error) = unopened {
        warn!(path = %path(paths).display(), %error, "there is no log file");
    }
}

/// Opens the log file, for its owner alone, to be written on.
///
/// # Errors
/// The system does not let it be opened.
pub fn open(paths: &Paths) -> io::Result<File> {
    platform::make_private_dir(&paths.state)?;
    let path = path(paths);
    if fs::metadata(&path).is_ok_and(|file| file.len() > LIMIT) {
        fs::rename(&path, path.with_extension("log.1"))?;
    }
    platform::open_private(&path, OpenOptions::new().create(true).append(true))
}

/// Where the log of an agent without a terminal is.
pub fn path(paths: &Paths) -> PathBuf {
    paths.state.join("agent.log")
}

fn begin(file: Option<File>) {
    let level = env::var("SIGNET_LOG").ok().and_then(|level| level.parse().ok()).unwrap_or(Level::INFO);
    let rooms = ROOMS.map(|room| (room, LevelFilter::from_level(level)));
    let filter = Targets::new().with_default(LevelFilter::WARN).with_targets(rooms);
    let journal = platform::journal();
    let on_stderr = journal.is_none().then(|| lines().with_writer(io::stderr).with_ansi(false));
    let in_file = file.map(|file| lines().with_writer(Arc::new(file)).with_ansi(false));
    tracing_subscriber::registry().with(filter).with(on_stderr).with(journal).with(in_file).init();
    // Where, and not with what words: they may quote what it was at.
    panic::set_hook(Box::new(|panicked| {
        error!(at = panicked.location().map(tracing::field::display), "a fault of Signet itself");
    }));
}
