//! The refresh policy: pure functions, and every number of it with its reason.

use std::time::Duration;

/// What a token must still live when its program does not say: time enough to connect and log in.
pub const DEFAULT_MIN_VALID: Duration = Duration::from_secs(60);
/// No (account, resource) is refreshed more often, whatever `expires_in` says: Entra takes faster ones for a loop.
pub const REFRESH_SPACING: Duration = Duration::from_secs(60);
/// The first pause after a passing failure.
pub const BACK_OFF_SHORTEST: Duration = Duration::from_secs(1);
/// The longest one.
pub const BACK_OFF_LONGEST: Duration = Duration::from_secs(5 * 60);
/// `Retry-After` is honoured up to here, as Microsoft's own libraries do.
pub const RETRY_AFTER_LONGEST: Duration = Duration::from_secs(60 * 60);
/// After a verdict the authority is left alone for so long, unless somebody acts.
pub const VERDICT_REST: Duration = Duration::from_secs(6 * 60 * 60);
/// A resource that a verdict suspends rests as long.
pub const SUSPENSION: Duration = VERDICT_REST;
/// AADSTS50196: the authority sees a loop; anything sooner makes it worse.
pub const LOOP_REST: Duration = Duration::from_secs(5 * 60);
/// An account counts as in use for so long after a program asked about it.
pub const IN_USE: Duration = Duration::from_secs(24 * 60 * 60);
/// One that is not in use is refreshed this often, which keeps the 90-day sign-in alive.
pub const KEEP_ALIVE: Duration = Duration::from_secs(24 * 60 * 60);
/// Withholding a token saves nothing when the disk refuses: after so long it goes out from memory.
pub const SAVE_PATIENCE: Duration = Duration::from_secs(2);
/// A disk that refused is tried again after this, and then ever more seldom.
pub const SAVE_AGAIN_SHORTEST: Duration = Duration::from_secs(5);
/// A flight without a landing is given up after this; the agent's own limit is shorter.
pub const FLIGHT_LIMIT: Duration = Duration::from_secs(60);
/// Requests that nobody waits for set out so far apart: a hundred accounts that lapse together ask one by one within
/// ten seconds, and thousands still within the shortest lead.
pub const TURN_SPACING: Duration = Duration::from_millis(100);
/// A token younger than this is refused by a mail server for another reason than its age; nor does Entra bear
/// being asked for new ones more often.
pub const REJECT_AGE: Duration = Duration::from_secs(5 * 60);
/// Accounts that come to need their person within so long of each other are told of together.
pub const REMINDER_GATHERS: Duration = Duration::from_secs(3);
/// However many more come to need one, the first is told of after this: no token has ended by then.
pub const REMINDER_LONGEST: Duration = Duration::from_secs(2 * 60);
/// Enrolling for a second factor takes a person this long.
pub const SIGN_IN_LIMIT: Duration = Duration::from_secs(15 * 60);
/// No token is believed to live longer, whatever `expires_in` says: Entra's live 28 hours at the most.
pub const LONGEST_LIFE: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// A token that the clock says was issued in the future is not believed; small steps of the clock are.
pub const CLOCK_LEEWAY: Duration = Duration::from_secs(300);

/// How long before its end a token of this life is refreshed.
pub fn lead(life: Duration) -> Duration {
    Duration::from_secs(600).max(life / 5).min(life / 2)
}

/// The age at which a token is refreshed; `jitter` in 0..=255 only makes it earlier, by up to a tenth of the lead.
pub fn refresh_age(life: Duration, refresh_in: Option<Duration>, jitter: u8) -> Duration {
    let lead = lead(life);
    let age = refresh_in.filter(|age| *age < life).unwrap_or(life - lead);
    age.saturating_sub(lead / 10 * u32::from(jitter) / 255)
}

/// What a program may demand: no more than a token of the last life can give.
pub fn min_valid(wanted: Duration, last_life: Duration) -> Duration {
    wanted.min(last_life.saturating_sub(Duration::from_secs(60)))
}

/// The pause after the `failures`-th passing failure in a row, shortened by jitter by up to a quarter.
pub fn back_off(failures: u32, retry_after: Option<Duration>, jitter: u8) -> Duration {
    if let Some(asked) = retry_after {
        return asked.clamp(BACK_OFF_SHORTEST, RETRY_AFTER_LONGEST);
    }
    let pause = (BACK_OFF_SHORTEST * 2_u32.saturating_pow(failures.saturating_sub(1).min(16))).min(BACK_OFF_LONGEST);
    (pause - pause / 4 * u32::from(jitter) / 255).max(BACK_OFF_SHORTEST)
}

/// The pause after the `failures`-th time in a row that the disk refused: somebody may be freeing space.
pub fn save_again(failures: u32) -> Duration {
    (SAVE_AGAIN_SHORTEST * 2_u32.saturating_pow(failures.saturating_sub(1).min(16))).min(BACK_OFF_LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(life: u64, want: u64) {
        assert_eq!(lead(Duration::from_secs(life)).as_secs(), want, "lead of a life of {life} s");
    }

    #[test]
    fn the_lead_is_a_fifth_of_the_life_at_least_ten_minutes_and_never_over_half() {
        check(3_600, 720);
        check(5_400, 1_080);
        check(1_800, 600);
        check(600, 300);
        check(10, 5);
        check(0, 0);
    }

    #[test]
    fn jitter_only_makes_a_refresh_earlier() {
        let life = Duration::from_secs(3_600);
        let plain = refresh_age(life, None, 0);
        for jitter in 0..=255 {
            let age = refresh_age(life, None, jitter);
            assert!(age <= plain, "{age:?} is later than {plain:?}");
            assert!(age >= plain - lead(life) / 10, "{age:?} is too early");
        }
    }

    #[test]
    fn the_authority_s_refresh_in_goes_before_the_lead_unless_it_is_nonsense() {
        let life = Duration::from_secs(86_400);
        assert_eq!(refresh_age(life, Some(life / 2), 0), life / 2);
        assert_eq!(refresh_age(life, Some(life * 2), 0), life - lead(life));
    }

    #[test]
    fn nobody_can_demand_more_validity_than_a_fresh_token_has() {
        let hour = Duration::from_secs(3_600);
        assert_eq!(min_valid(hour * 5, hour), Duration::from_secs(3_540));
        assert_eq!(min_valid(Duration::from_secs(300), hour), Duration::from_secs(300));
        assert_eq!(min_valid(Duration::from_secs(300), Duration::from_secs(30)), Duration::ZERO);
    }

    #[test]
    fn a_disk_that_refuses_is_left_alone_for_longer_each_time() {
        assert_eq!([1, 2, 3, 6, 7, 40].map(|failures| save_again(failures).as_secs()), [5, 10, 20, 160, 300, 300]);
    }

    #[test]
    fn the_back_off_doubles_to_five_minutes_and_honours_retry_after() {
        let secs = |n, after: Option<u64>| back_off(n, after.map(Duration::from_secs), 0).as_secs();
        assert_eq!([1, 2, 3, 9, 10, 40].map(|n| secs(n, None)), [1, 2, 4, 256, 300, 300]);
        assert_eq!(secs(1, Some(30)), 30);
        assert_eq!(secs(1, Some(90_000)), 3_600);
        assert_eq!(secs(1, Some(0)), 1);
    }
}
