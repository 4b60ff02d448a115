use std::io;
use std::time::Duration;

use tracing_subscriber::layer::Identity;

use super::Word;

/// Nobody listens here.
pub(crate) fn tell_supervisor(_word: &Word) {}

/// Nobody does.
pub(crate) fn is_supervised() -> bool {
    false
}

/// Nobody waits for a sign of life.
pub(crate) fn supervisor_patience() -> Option<Duration> {
    None
}

/// No socket was handed over.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it may fail")]
pub(crate) fn handed_over() -> io::Result<Option<ipc::Handed>> {
    Ok(None)
}

/// There is no journal.
pub(crate) fn journal() -> Option<Identity> {
    None
}
