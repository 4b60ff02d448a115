use std::env;
use std::io;
use std::os::fd::{FromRawFd, OwnedFd};
use std::os::linux::fs::MetadataExt;
use std::time::Duration;

use sd_notify::NotifyState;
use tracing_journald::{Layer, Priority, PriorityMappings};

use super::Word;

/// Says something to the manager of services (`sd_notify(3)`), if one started the agent.
pub(crate) fn tell_supervisor(word: &Word) {
    let said = match word {
        Word::Ready => NotifyState::Ready,
        Word::Alive => NotifyState::Watchdog,
        Word::Status(sentence) => NotifyState::Status(sentence),
        Word::Stopping => NotifyState::Stopping,
    };
    if let Err(error) = sd_notify::notify(&[said]) {
        tracing::debug!(%error, "the manager of services does not hear");
    }
}

/// Whether somebody listens to [`tell_supervisor`].
pub(crate) fn is_supervised() -> bool {
    env::var_os("NOTIFY_SOCKET").is_some()
}

/// How long the manager of services waits for a sign of life, where it does (`sd_watchdog_enabled(3)`).
pub(crate) fn supervisor_patience() -> Option<Duration> {
    sd_notify::watchdog_enabled()
}

/// The socket that the manager of services listened at until now (`sd_listen_fds(3)`). To be called once, and before
/// there is a second thread.
#[expect(unsafe_code, reason = "environment and descriptors belong to the whole process")]
pub(crate) fn handed_over() -> io::Result<Option<ipc::Handed>> {
    // SAFETY: nothing else runs yet, so nobody reads the environment at the same time.
    let mut descriptors = unsafe { sd_notify::listen_fds_with_names_and_unset_env() }?;
    // SAFETY: the variables named this process, so the descriptors were opened for it, and they are gone now: nobody else
    // takes them for its own.
    let mut sockets = descriptors.by_ref().map(|(socket, _)| unsafe { OwnedFd::from_raw_fd(socket) });
    let (first, second) = (sockets.next(), sockets.next());
    if second.is_some() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "more than one socket was handed over"));
    }
    Ok(first)
}

/// The journal, where standard error leads to it (`JOURNAL_STREAM`, systemd.exec(5)).
pub(crate) fn journal() -> Option<Layer> {
    let told = env::var("JOURNAL_STREAM").ok()?;
    let stderr = std::fs::metadata("/proc/self/fd/2").ok()?;
    if told != format!("{}:{}", stderr.st_dev(), stderr.st_ino()) {
        return None;
    }
    let priorities =
        PriorityMappings { info: Priority::Informational, debug: Priority::Debug, ..PriorityMappings::new() };
    let layer = Layer::new().ok()?.with_priority_mappings(priorities);
    Some(layer.with_field_prefix(Some("SIGNET".to_owned())).with_syslog_identifier("signet".to_owned()))
}
