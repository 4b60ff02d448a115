use std::io;
use std::time::Duration;

use super::{awake_time, boot_time};

/// How often one looks whether the machine has slept.
const LOOK: Duration = Duration::from_secs(60);
/// What the two clocks may differ by without a sleep between their readings.
const TOLERANCE: Duration = Duration::from_secs(2);

/// Notices, within a minute, that the machine has slept: one clock has gone on meanwhile, the other has not.
pub(crate) struct Awakening {
    slept: Duration,
}

impl Awakening {
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it may fail")]
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self { slept: slept() })
    }

    /// Returns after it has happened.
    pub(crate) async fn come(&mut self) {
        loop {
            tokio::time::sleep(LOOK).await;
            let before = std::mem::replace(&mut self.slept, slept());
            if self.slept > before + TOLERANCE {
                return;
            }
        }
    }
}

fn slept() -> Duration {
    boot_time().saturating_sub(awake_time())
}
