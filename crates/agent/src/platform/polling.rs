use std::io;
use std::time::Duration;

use super::boot_time;

/// The runtime's timers may stand still while the machine sleeps: no wait trusts them for longer.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

/// Rings at a moment of the boot clock, after a suspend within a minute.
pub(crate) struct Alarm {
    at: Option<Duration>,
}

impl Alarm {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self { at: None })
    }

    /// Sets it, or switches it off.
    pub(crate) fn set(&mut self, at: Option<Duration>) -> io::Result<()> {
        self.at = at;
        Ok(())
    }

    /// Returns when it rings.
    pub(crate) async fn rung(&mut self) -> io::Result<()> {
        let Some(at) = self.at else { return std::future::pending().await };
        while let Some(left) = at.checked_sub(boot_time()).filter(|left| !left.is_zero()) {
            tokio::time::sleep(left.min(LONGEST_SLEEP)).await;
        }
        Ok(())
    }
}
