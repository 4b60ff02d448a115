use std::collections::BTreeSet;
use std::time::Duration;

use crate::account::AccountName;
use crate::schedule::{REMINDER_GATHERS, REMINDER_LONGEST};
use crate::view::ViewState;

/// Accounts that need somebody, gathered so that the person is told of many in one word.
#[derive(Default)]
pub(crate) struct Reminder {
    needing: BTreeSet<AccountName>,
    untold: BTreeSet<AccountName>,
    first: Duration,
    last: Duration,
    /// After which time those who still need somebody are told of again.
    repeat: Option<Duration>,
    /// When somebody was last told.
    told: Duration,
}

impl Reminder {
    /// Takes note of how an account stands now. Being signed in to is no end of the need, only its success is.
    pub(crate) fn note(&mut self, account: &AccountName, state: ViewState, boot: Duration) {
        match state {
            ViewState::SigningIn => {}
            ViewState::NeedsSignIn => {
                if self.needing.insert(account.clone()) {
                    if self.untold.is_empty() {
                        self.first = boot;
                    }
                    self.last = boot;
                    self.untold.insert(account.clone());
                }
            }
            ViewState::SignedOut | ViewState::Ready | ViewState::Unreachable => self.forget(account),
        }
    }

    /// The account needs nobody, or is no longer there.
    pub(crate) fn forget(&mut self, account: &AccountName) {
        self.needing.remove(account);
        self.untold.remove(account);
    }

    /// From now on it is repeated after this time, or never.
    pub(crate) fn repeat_after(&mut self, repeat: Option<Duration>) {
        self.repeat = repeat;
    }

    /// When there will be something to tell.
    pub(crate) fn due(&self) -> Option<Duration> {
        self.gathered().into_iter().chain(self.again()).min()
    }

    /// Whom to tell of now: those who have come to need somebody, or after a while everybody who still does.
    pub(crate) fn take_due(&mut self, boot: Duration) -> Option<Vec<AccountName>> {
        let is_again = self.again().is_some_and(|at| at <= boot);
        if !is_again && self.gathered().is_none_or(|at| at > boot) {
            return None;
        }
        self.told = boot;
        let untold = std::mem::take(&mut self.untold);
        let names = if is_again { self.needing.clone() } else { untold };
        Some(names.into_iter().collect())
    }

    /// When those who were not told of yet are told of together.
    fn gathered(&self) -> Option<Duration> {
        let at = (self.last + REMINDER_GATHERS).min(self.first + REMINDER_LONGEST);
        (!self.untold.is_empty()).then_some(at)
    }

    fn again(&self) -> Option<Duration> {
        let has_told = self.needing.iter().any(|account| !self.untold.contains(account));
        self.repeat.filter(|_| has_told).map(|repeat| self.told + repeat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told of at each second of two minutes and more, if these accounts get into these states at these seconds.
    fn check(changes: &[(u64, &str, ViewState)], want: &[(u64, &[&str])]) {
        let mut reminder = Reminder::default();
        let mut told = Vec::new();
        for second in 0..200 {
            let boot = Duration::from_secs(second);
            for (_, account, state) in changes.iter().filter(|(at, ..)| *at == second) {
                reminder.note(&(*account).into(), *state, boot);
            }
            if let Some(names) = reminder.take_due(boot) {
                told.push((second, names));
            }
        }
        let want: Vec<_> =
            want.iter().map(|(at, names)| (*at, names.iter().map(|name| AccountName::from(*name)).collect())).collect();
        assert_eq!(told, want, "of {changes:?}");
    }

    #[test]
    fn one_account_is_told_of_within_seconds_and_once() {
        check(&[(10, "a", ViewState::NeedsSignIn), (50, "a", ViewState::NeedsSignIn)], &[(13, &["a"])]);
        check(
            &[(10, "a", ViewState::NeedsSignIn), (50, "a", ViewState::SigningIn), (60, "a", ViewState::NeedsSignIn)],
            &[(13, &["a"])],
        );
    }

    #[test]
    fn those_that_follow_each_other_closely_are_told_of_together() {
        let needs = |at, account| (at, account, ViewState::NeedsSignIn);
        check(&[needs(10, "a"), needs(12, "b"), needs(14, "c")], &[(17, &["a", "b", "c"])]);
        check(&[needs(10, "a"), needs(20, "b")], &[(13, &["a"]), (23, &["b"])]);
    }

    #[test]
    fn a_stream_that_does_not_end_is_cut_after_two_minutes() {
        let names: Vec<_> = (0..150).map(|number| format!("account {number:03}")).collect();
        let changes: Vec<_> =
            (0..150).zip(&names).map(|(at, name)| (at, name.as_str(), ViewState::NeedsSignIn)).collect();
        let mut reminder = Reminder::default();
        for (at, name, state) in changes {
            let boot = Duration::from_secs(at);
            reminder.note(&name.into(), state, boot);
            assert_eq!(reminder.take_due(boot).map(|names| names.len()), (at == 120).then_some(121), "at {at} s");
        }
    }

    #[test]
    fn whoever_still_needs_somebody_is_told_of_again_after_the_time_set() {
        let mut reminder = Reminder::default();
        let needs = |reminder: &mut Reminder, account: &str, at| {
            reminder.note(&account.into(), ViewState::NeedsSignIn, Duration::from_secs(at));
        };
        let check = |reminder: &mut Reminder, at, want: Option<&[&str]>| {
            let told = reminder.take_due(Duration::from_secs(at));
            let want = want.map(|names| names.iter().map(|name| AccountName::from(*name)).collect::<Vec<_>>());
            assert_eq!(told, want, "at {at} s");
        };
        reminder.repeat_after(Some(Duration::from_secs(60)));
        needs(&mut reminder, "a", 10);
        check(&mut reminder, 13, Some(&["a"]));
        needs(&mut reminder, "b", 50);
        check(&mut reminder, 53, Some(&["b"]));
        check(&mut reminder, 112, None);
        assert_eq!(reminder.due(), Some(Duration::from_secs(113)));
        check(&mut reminder, 113, Some(&["a", "b"]));
        reminder.note(&"a".into(), ViewState::Ready, Duration::from_secs(120));
        check(&mut reminder, 173, Some(&["b"]));
        reminder.repeat_after(None);
        check(&mut reminder, 10_000, None);
        reminder.repeat_after(Some(Duration::from_secs(60)));
        reminder.note(&"b".into(), ViewState::Ready, Duration::from_secs(10_001));
        assert_eq!(reminder.due(), None, "nobody needs anybody");
    }

    #[test]
    fn what_is_mended_before_it_was_told_of_is_not_told_of() {
        check(&[(10, "a", ViewState::NeedsSignIn), (11, "a", ViewState::Ready)], &[]);
        check(
            &[(10, "a", ViewState::NeedsSignIn), (30, "a", ViewState::Ready), (40, "a", ViewState::NeedsSignIn)],
            &[(13, &["a"]), (43, &["a"])],
        );
    }
}
