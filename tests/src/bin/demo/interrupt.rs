//! Ctrl-C, noticed where the demo waits, so that everything it started is stopped in order.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Context, Result};

/// The person wants the end.
#[derive(Debug, thiserror::Error)]
#[error("interrupted")]
pub(crate) struct Interrupted;

pub(crate) struct Interrupts(Receiver<()>);

impl Interrupts {
    /// From now on Ctrl-C, a closed terminal and SIGTERM come in here.
    pub(crate) fn listen() -> Result<Self> {
        let (told, interrupts) = mpsc::channel();
        ctrlc::set_handler(move || {
            // Once nobody listens, the demo is ending already.
            let _ = told.send(());
        })
        .context("no handler for Ctrl-C")?;
        Ok(Self(interrupts))
    }

    /// Waits so long, or fails at once when the end is wanted.
    pub(crate) fn pause(&self, time: Duration) -> Result<()> {
        match self.0.recv_timeout(time) {
            Err(RecvTimeoutError::Timeout) => Ok(()),
            Ok(()) | Err(RecvTimeoutError::Disconnected) => Err(Interrupted.into()),
        }
    }

    /// Waits until the end is wanted.
    pub(crate) fn wait(&self) {
        // Without a sender there is nothing to wait for.
        let _ = self.0.recv();
    }
}
