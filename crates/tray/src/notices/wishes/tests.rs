use ipc::AccountState::SigningIn;
use ipc::Snapshot;
use texts::Language;

use super::*;
use crate::fixture::{running, snapshot};
use crate::notices::tests::line;
use crate::notices::{Notices, Topic};

const OF_A: &str = "Wishes: Sign in to a? | /opt/mailer asks for it. | Sign in, Not now";
const OF_BOTH: &str =
    "Wishes: Programs ask you to sign in | 2 accounts: a, b. Asked for by: /opt/mailer | Open Signet, Not now";
const GONE: &str = "withdraw Wishes";

fn wish(account: &str, sign_in: &str) -> Wish {
    let (sign_in, account, program) = (sign_in.to_owned(), account.to_owned(), "/opt/mailer".to_owned());
    Wish { sign_in, account, program, reason: None }
}

/// What a person is shown as time goes by.
struct Course {
    notices: Notices,
    now: Instant,
    wishes: Vec<Wish>,
}

impl Course {
    fn begin() -> Self {
        Self { notices: Notices::default(), now: Instant::now(), wishes: Vec::new() }
    }

    /// Has these wishes stand and gather, and wants this shown until they have.
    #[track_caller]
    fn check(&mut self, wishes: &[Wish], want: &[&str]) {
        self.wishes = wishes.to_vec();
        let (wakes, mut shown) = self.look();
        if let Some(after) = wakes {
            self.now += after;
            shown.extend(self.look().1);
        }
        assert_eq!(shown, want);
    }

    fn look(&mut self) -> (Option<Duration>, Vec<String>) {
        let standing = running(Snapshot { wishes: self.wishes.clone(), ..snapshot(&[SigningIn]) });
        let wakes = self.notices.hear(&standing, self.now);
        (wakes, self.notices.update(&standing, Language::English).iter().map(line).collect())
    }
}

#[test]
fn a_programs_wish_is_put_before_the_person_until_it_is_taken_up() {
    let mut course = Course::begin();
    course.check(&[wish("a", "1")], &[OF_A]);
    course.check(&[], &[GONE]);
    let because = Wish { reason: Some("mail waits".into()), ..wish("a", "2") };
    course.check(&[because], &["Wishes: Sign in to a? | /opt/mailer asks for it: mail waits | Sign in, Not now"]);
}

#[test]
fn wishes_of_a_moment_are_told_together() {
    let mut course = Course::begin();
    for number in 1..=40 {
        course.wishes.push(wish(&format!("box{number:02}"), &number.to_string()));
        let (wakes, shown) = course.look();
        let want = (number == 2, usize::from(number == 1));
        assert_eq!((wakes.is_some(), shown.len()), want, "{number}: the first is told at once, and it is woken once");
    }
    course.now += GATHERS;
    let all = "Wishes: Programs ask you to sign in | 40 accounts: box01, box02, box03, box04, box05 and 35 more. \
               Asked for by: /opt/mailer | Open Signet, Not now";
    assert_eq!(course.look().1, [all]);
}

#[test]
fn a_further_wish_comes_in_the_same_place_and_back_if_that_was_put_away() {
    let both = [wish("a", "1"), wish("b", "2")];
    let mut course = Course::begin();
    course.check(&both[..1], &[OF_A]);
    course.check(&both, &[OF_BOTH]);
    course.check(&both[..1], &[OF_A]);
    course.notices.put_away(&Topic::Wishes);
    course.check(&both[..1], &[]);
    course.check(&[both[0].clone(), wish("b", "3")], &[OF_BOTH]);
}

#[test]
fn of_what_was_put_away_nothing_that_remains_is_told_again() {
    let both = [wish("a", "1"), wish("b", "2")];
    let mut course = Course::begin();
    course.check(&both, &[OF_BOTH]);
    course.notices.put_away(&Topic::Wishes);
    course.check(&both[..1], &[]);
}

#[test]
fn a_program_that_was_turned_down_is_not_heard_for_this_account_until_an_hour_later() {
    let mut course = Course::begin();
    course.check(&[wish("a", "1")], &[OF_A]);
    course.notices.refuse(&wish("a", "1"), course.now);
    course.check(&[], &[GONE]);
    course.check(&[wish("a", "2")], &[]);
    let other = Wish { program: "/opt/other".into(), ..wish("a", "3") };
    course.check(&[other], &["Wishes: Sign in to a? | /opt/other asks for it. | Sign in, Not now"]);
    course.check(&[], &[GONE]);
    let of_b = "Wishes: Sign in to b? | /opt/mailer asks for it. | Sign in, Not now";
    course.check(&[wish("a", "4"), wish("b", "5")], &[of_b]);
    course.check(&[], &[GONE]);
    course.now += PATIENCE;
    course.check(&[wish("a", "6")], &[OF_A]);
}

#[test]
fn a_program_that_asks_and_gives_up_in_a_loop_is_heard_three_times_an_hour() {
    let mut course = Course::begin();
    let start = course.now;
    let mut shown = 0;
    for number in 0..100 {
        course.wishes = vec![wish("a", &number.to_string())];
        let (wakes, at_once) = course.look();
        course.now += wakes.unwrap_or_default();
        shown += at_once.len() + course.look().1.len();
        course.check(&[], if shown > 0 && number < HEARD { &[GONE] } else { &[] });
    }
    assert_eq!(shown, HEARD);
    course.now = start + PATIENCE + GATHERS;
    course.check(&[wish("a", "later")], &[OF_A]);
}

#[test]
fn a_wish_that_is_gone_before_it_was_told_leaves_nothing_behind() {
    let mut course = Course::begin();
    course.check(&[wish("a", "0")], &[OF_A]);
    course.check(&[], &[GONE]);
    for number in 1..33 {
        course.wishes = vec![wish("a", &number.to_string())];
        assert!(course.look().1.is_empty());
        course.check(&[], &[]);
    }
    course.now += GATHERS;
    course.check(&[], &[]);
    course.check(&[wish("a", "33")], &[OF_A]);
}

#[test]
fn a_notification_that_still_stands_is_not_withdrawn_by_the_hour() {
    let mut course = Course::begin();
    course.check(&[wish("a", "1")], &[OF_A]);
    course.now += PATIENCE;
    course.check(&[wish("a", "1")], &[]);
}
