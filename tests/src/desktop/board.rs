//! What a bus's threads note down, and a test waits for.

use std::fmt::Debug;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use anyhow::{Result, bail};

use super::PATIENCE;

#[derive(Debug, Default)]
pub(super) struct Board<T> {
    noted: Mutex<T>,
    changed: Condvar,
}

impl<T: Debug> Board<T> {
    pub(super) fn change<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let told = change(&mut self.lock());
        self.changed.notify_all();
        told
    }

    pub(super) fn look<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.lock())
    }

    /// Looks again after each change, until there is an answer.
    pub(super) fn until<R>(&self, wanted: &str, look: impl FnMut(&mut T) -> Option<R>) -> Result<R> {
        self.until_end(Instant::now() + PATIENCE, wanted, look)
    }

    /// The same with an end to all patience.
    pub(super) fn until_end<R>(
        &self,
        end: Instant,
        wanted: &str,
        mut look: impl FnMut(&mut T) -> Option<R>,
    ) -> Result<R> {
        let mut noted = self.lock();
        loop {
            if let Some(answer) = look(&mut noted) {
                return Ok(answer);
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                bail!("waited in vain for {wanted}; there is {:?}", *noted);
            }
            noted = self.changed.wait_timeout(noted, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, T> {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
