use std::time::{Duration, SystemTime};

use broker::Moment;

use crate::platform;

/// Reads both clocks.
pub(crate) fn now() -> Moment {
    let wall = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO);
    Moment { boot: platform::boot_time(), wall }
}

/// A moment of the boot clock as RFC 3339 in UTC, by what the wall clock says now.
pub(crate) fn rfc3339(boot: Duration, now: Moment) -> String {
    let wall = now.wall + boot.saturating_sub(now.boot);
    let seconds = i64::try_from(wall.as_secs()).unwrap_or(i64::MAX);
    jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::MAX).to_string()
}
