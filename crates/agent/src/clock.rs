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
    let wall = (now.wall + boot).saturating_sub(now.boot);
    let seconds = i64::try_from(wall.as_secs()).unwrap_or(i64::MAX);
    jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::MAX).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_past_and_what_is_to_come_are_told_by_the_wall_clock() {
        let now = Moment { boot: Duration::from_secs(100), wall: Duration::from_secs(1_000) };
        for (boot, want) in [(40, "1970-01-01T00:15:40Z"), (100, "1970-01-01T00:16:40Z"), (160, "1970-01-01T00:17:40Z")]
        {
            assert_eq!(rfc3339(Duration::from_secs(boot), now), want, "{boot}");
        }
    }
}
