use std::time::Duration;

/// One reading of both clocks.
///
/// Waits and lives are counted on the boot clock, which goes on during suspend and never steps; the wall clock
/// serves only what must outlive a restart or be shown to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Time since the machine started, suspends included (`CLOCK_BOOTTIME`).
    pub boot: Duration,
    /// Time since the Unix epoch, as the computer believes it to be.
    pub wall: Duration,
}
