use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use anyhow::Context;

use crate::{StartError, platform};

const FILE: &str = "agent.lock";

/// Held by the one process that owns the sign-ins; given back by the system when it ends, however it ends.
pub(crate) struct Lock {
    _file: File,
}

/// Says by an error who holds the lock of this state directory, and changes nothing there.
pub(crate) fn holder(state: &Path) -> Result<(), StartError> {
    if state.join(FILE).exists() { Lock::take(state).map(|_| ()) } else { Ok(()) }
}

impl Lock {
    pub(crate) fn take(state: &Path) -> Result<Self, StartError> {
        let path = state.join(FILE);
        let named = || path.display().to_string();
        let mut file =
            platform::open_private(&path, OpenOptions::new().read(true).write(true).create(true).truncate(false))
                .with_context(named)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut pid = String::new();
                // On Windows a locked file cannot be read; the number is only for the message.
                let _ = file.read_to_string(&mut pid);
                return Err(StartError::RunsAlready { pid: pid.trim().to_owned() });
            }
            Err(TryLockError::Error(error)) => return Err(anyhow::Error::new(error).context(named()).into()),
        }
        let written =
            file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{}", std::process::id()));
        written.with_context(named)?;
        Ok(Self { _file: file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_comes_second_is_refused_until_the_first_has_ended() {
        let state = tempfile::tempdir().unwrap();
        let first = Lock::take(state.path()).unwrap();
        assert!(matches!(Lock::take(state.path()), Err(StartError::RunsAlready { .. })));
        drop(first);
        Lock::take(state.path()).unwrap();
    }
}
