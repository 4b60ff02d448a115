use AccountState::{NeedsSignIn, Ready, SignedOut, SigningIn};

use super::*;
use crate::fixture::{noticing, reminding, running, snapshot};

/// What the person sees of a change.
pub(super) fn line(change: &Change) -> String {
    match change {
        Change::Withdraw(topic) => format!("withdraw {topic:?}"),
        Change::Show(topic, notice) => {
            let buttons: Vec<&str> = notice.buttons.iter().map(|(_, label)| label.as_str()).collect();
            format!("{topic:?}: {} | {} | {}", notice.title, notice.body, buttons.join(", "))
        }
    }
}

#[track_caller]
fn check(notices: &mut Notices, snapshot: Snapshot, want: &[&str]) {
    let changes = notices.update(&running(snapshot), Language::English);
    assert_eq!(changes.iter().map(line).collect::<Vec<_>>(), want);
}

const ONE: &str = "Reminder: Sign in again | a: Until then, programs get no mail for it. | Sign in";

#[test]
fn a_reminder_is_shown_once_and_withdrawn_when_its_account_is_fine() {
    let notices = &mut Notices::default();
    check(notices, snapshot(&[NeedsSignIn]), &[]);
    check(notices, reminding(snapshot(&[NeedsSignIn]), 1), &[ONE]);
    check(notices, reminding(snapshot(&[NeedsSignIn]), 1), &[]);
    check(notices, reminding(snapshot(&[SigningIn]), 1), &[]);
    check(notices, reminding(snapshot(&[Ready]), 1), &["withdraw Reminder"]);
    check(notices, reminding(snapshot(&[Ready]), 1), &[]);
}

#[test]
fn whoever_signs_out_on_purpose_is_not_reminded() {
    let notices = &mut Notices::default();
    check(notices, reminding(snapshot(&[NeedsSignIn]), 1), &[ONE]);
    check(notices, reminding(snapshot(&[SignedOut]), 1), &["withdraw Reminder"]);
}

#[test]
fn a_new_number_is_a_new_reminder_even_if_the_last_was_put_away() {
    let notices = &mut Notices::default();
    check(notices, reminding(snapshot(&[NeedsSignIn]), 1), &[ONE]);
    notices.put_away(&Topic::Reminder);
    check(notices, reminding(snapshot(&[NeedsSignIn]), 1), &[]);
    check(notices, reminding(snapshot(&[NeedsSignIn]), 2), &[ONE]);
}

#[test]
fn forty_accounts_are_one_reminder_that_opens_the_window() {
    let many = Snapshot {
        accounts: (10..50).map(|number| crate::fixture::account(&format!("box{number}"), NeedsSignIn)).collect(),
        ..Snapshot::default()
    };
    check(
        &mut Notices::default(),
        reminding(many, 1),
        &["Reminder: Sign in again | 40 accounts need you to sign in again: \
           box10, box11, box12, box13, box14 and 35 more | Open Signet"],
    );
}

#[test]
fn a_reason_is_told_in_words() {
    let mut one = reminding(snapshot(&[NeedsSignIn]), 1);
    one.accounts[0].reason = Some(Message::new("reason-password-changed"));
    let why = "Reminder: Sign in again | a: The password was changed, or an administrator ended the sign-in. | Sign in";
    check(&mut Notices::default(), one, &[why]);
}

#[test]
fn what_no_sign_in_helps_against_says_whose_turn_it_is_and_offers_none() {
    for (kind, title) in
        [(FaultKind::Admin, "Your administrator must act"), (FaultKind::Configuration, "Look at Signet's settings")]
    {
        let mut one = reminding(snapshot(&[NeedsSignIn]), 1);
        one.accounts[0].cause.kind = Some(kind);
        let notice = format!("Reminder: {title} | a: Until then, programs get no mail for it. | Open Signet");
        check(&mut Notices::default(), one, &[&notice]);
    }
}

#[test]
fn an_account_that_was_told_of_before_and_still_waits_is_told_of_again() {
    let mut two = reminding(snapshot(&[NeedsSignIn, NeedsSignIn]), 2);
    two.reminder.as_mut().unwrap().accounts = vec!["b".into()];
    let both = "Reminder: Sign in again | 2 accounts need you to sign in again: a, b | Open Signet";
    check(&mut Notices::default(), two, &[both]);
}

#[test]
fn a_locked_keyring_can_be_unlocked_and_is_withdrawn_when_it_is() {
    let notices = &mut Notices::default();
    let locked = "Concern(Keyring): The saved sign-ins are locked | The system keyring is locked, and the system asks for \
                  its password. Once it is unlocked, Signet goes on by itself. | Unlock";
    check(notices, noticing(snapshot(&[]), &["error-locked-keyring"]), &[locked]);
    check(notices, snapshot(&[]), &["withdraw Concern(Keyring)"]);
}

#[test]
fn many_sign_ins_that_cannot_be_saved_are_one_trouble() {
    let notices = &mut Notices::default();
    let changes = notices.update(
        &running(noticing(snapshot(&[]), &["error-store-disk", "notice-unsaved", "notice-unsaved"])),
        Language::English,
    );
    assert!(matches!(&*changes, [Change::Show(Topic::Concern(Concern::Store), _)]), "{changes:?}");
}

#[test]
fn what_needs_nobody_is_not_told() {
    let ids = ["notice-key-file", "notice-config-restart", "notice-policy-overrules"];
    check(&mut Notices::default(), noticing(snapshot(&[Ready]), &ids), &[]);
}

#[test]
fn another_language_is_spoken_at_once_but_brings_back_nothing_that_was_put_away() {
    let notices = &mut Notices::default();
    let both = noticing(reminding(snapshot(&[NeedsSignIn]), 1), &["error-store-disk"]);
    assert_eq!(notices.update(&running(both.clone()), Language::English).len(), 2);
    notices.put_away(&Topic::Concern(Concern::Store));
    let changes = notices.update(&running(both), Language::Polish);
    let want =
        "Reminder: Zaloguj się ponownie | a: Do tego czasu programy nie odbiorą poczty z tego konta. | Zaloguj się";
    assert_eq!(changes.iter().map(line).collect::<Vec<_>>(), [want]);
}

#[test]
fn an_agent_that_is_gone_has_withdrawn_nothing() {
    let notices = &mut Notices::default();
    check(notices, reminding(snapshot(&[NeedsSignIn]), 1), &[ONE]);
    assert_eq!(notices.update(&Standing::NotRunning, Language::English), []);
    check(notices, reminding(snapshot(&[NeedsSignIn]), 1), &[]);
}

#[test]
fn a_service_that_comes_anew_is_told_what_still_stands() {
    let notices = &mut Notices::default();
    let both = noticing(reminding(snapshot(&[NeedsSignIn]), 1), &["error-store-disk"]);
    assert_eq!(notices.update(&running(both.clone()), Language::English).len(), 2);
    notices.put_away(&Topic::Concern(Concern::Store));
    notices.forget_standing();
    check(notices, both, &[ONE]);
}
