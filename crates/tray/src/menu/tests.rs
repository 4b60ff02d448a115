use AccountState::{NeedsSignIn, Ready, SignedOut, SigningIn, Unreachable};
use ipc::Cause;

use super::*;
use crate::fixture::{account, noticing, running, snapshot, wishing};

/// The lines, what they choose, and what is below them.
fn outline(items: &[Item], depth: usize) -> Vec<String> {
    let line = |text: &str| format!("{}{text}", "  ".repeat(depth));
    items
        .iter()
        .flat_map(|item| match item {
            Item::Rule => vec![line("---")],
            Item::Action { label, choice } => vec![line(&format!("{label} -> {choice:?}"))],
            Item::Group { label, items } => [vec![line(label)], outline(items, depth + 1)].concat(),
            Item::OneOf { selected, options } => {
                let mark = |at| if at == *selected { "(o)" } else { "( )" };
                let option = |(at, (label, choice))| line(&format!("{} {label} -> {choice:?}", mark(at)));
                options.iter().map(|(label, choice)| (label, choice)).enumerate().map(option).collect()
            }
        })
        .collect()
}

#[track_caller]
fn check(standing: &Standing, language: Language, want: &str) {
    let want: Vec<String> = want.lines().map(|line| line.strip_prefix("        ").unwrap_or(line).to_owned()).collect();
    assert_eq!(outline(&menu(standing, language), 0), want[1..want.len() - 1]);
}

/// What stands above the lines that are always there.
#[track_caller]
fn check_above(snapshot: Snapshot, want: &[&str]) {
    let lines = outline(&menu(&running(snapshot), Language::English), 0);
    let end = lines.iter().position(|line| line == "Open Signet -> Open").unwrap();
    assert_eq!(lines[..end], [want, &["---"]].concat());
}

#[test]
fn a_person_with_two_accounts_sees_them_and_what_to_do() {
    check(
        &running(snapshot(&[Ready, NeedsSignIn])),
        Language::English,
        r#"
        a: ready -> Accounts
        b: needs a sign-in -> Accounts
        Sign in to b... -> SignIn("b")
        ---
        Open Signet -> Open
        Language
          (o) English -> Speak(English)
          ( ) Polski -> Speak(Polish)
        ---
        Quit -> Quit
        "#,
    );
}

#[test]
fn the_same_in_polish() {
    check(
        &running(snapshot(&[Ready, NeedsSignIn])),
        Language::Polish,
        r#"
        a – gotowe -> Accounts
        b – trzeba się zalogować -> Accounts
        Zaloguj się na konto b... -> SignIn("b")
        ---
        Otwórz Signet -> Open
        Język
          ( ) English -> Speak(English)
          (o) Polski -> Speak(Polish)
        ---
        Zakończ -> Quit
        "#,
    );
}

#[test]
fn an_agent_that_does_not_run_can_be_started() {
    check(
        &Standing::NotRunning,
        Language::English,
        r#"
        Start Signet's agent -> Start
        ---
        Open Signet -> Open
        Language
          (o) English -> Speak(English)
          ( ) Polski -> Speak(Polish)
        ---
        Quit -> Quit
        "#,
    );
}

#[test]
fn one_that_has_not_been_heard_of_yet_has_nothing_to_say() {
    let lines = outline(&menu(&Standing::Starting, Language::English), 0);
    assert_eq!(lines[0], "Open Signet -> Open");
}

#[test]
fn each_state_has_its_words_and_what_helps() {
    check_above(snapshot(&[]), &["There are no accounts yet: add one... -> Accounts"]);
    check_above(snapshot(&[SignedOut]), &["a: signed out -> Accounts", r#"Sign in to a... -> SignIn("a")"#]);
    check_above(snapshot(&[Unreachable]), &["a: unreachable -> Accounts"]);
    check_above(
        snapshot(&[SigningIn]),
        &[
            "a: signing in -> Accounts",
            r#"Open the sign-in page of a again -> SignIn("a")"#,
            r#"Cancel the sign-in to a -> Cancel("sign-in-of-a")"#,
        ],
    );
}

#[test]
fn a_programs_wish_can_be_granted_and_put_off_in_the_menu_too() {
    for state in [SigningIn, Ready] {
        check_above(
            wishing(snapshot(&[state]), "a"),
            &[
                "a: a program asks for a sign-in -> Accounts",
                r#"Sign in to a... -> SignIn("a")"#,
                r#"Not now: a -> Cancel("wish-for-a")"#,
            ],
        );
    }
}

#[test]
fn an_account_that_waits_for_somebody_else_says_for_whom() {
    for (kind, want) in [
        (FaultKind::Admin, "a: an administrator must act -> Accounts"),
        (FaultKind::Configuration, "a: a setting is wrong -> Accounts"),
        (FaultKind::SignIn, "a: needs a sign-in -> Accounts"),
    ] {
        let cause = Cause { kind: Some(kind), ..Cause::default() };
        let accounts = vec![AccountView { cause, ..account("a", NeedsSignIn) }];
        check_above(Snapshot { accounts, ..Snapshot::default() }, &[want, r#"Sign in to a... -> SignIn("a")"#]);
    }
}

#[test]
fn what_concerns_no_account_comes_first_and_once() {
    check_above(
        noticing(snapshot(&[Ready]), &["error-keyring-denied"]),
        &["Unlock the keyring... -> Unlock", "a: ready -> Accounts"],
    );
    check_above(
        noticing(snapshot(&[Ready]), &["notice-config-broken", "error-store-disk", "notice-unsaved"]),
        &["Signet needs your attention... -> Open", "a: ready -> Accounts"],
    );
    check_above(noticing(snapshot(&[Ready]), &["notice-key-file"]), &["a: ready -> Accounts"]);
}

#[test]
fn more_than_eight_accounts_have_a_menu_of_their_own() {
    let lines = |states: &[AccountState]| outline(&menu(&running(snapshot(states)), Language::English), 0);
    assert_eq!(lines(&[Ready; 8])[7], "h: ready -> Accounts");
    let nine = lines(&[Ready; 9]);
    assert_eq!(nine[..2], ["Accounts (9)", "  a: ready -> Accounts"]);
    assert_eq!(nine[10], "---");
    let one_waits = lines(&[&[NeedsSignIn][..], &[Ready; 8]].concat());
    assert_eq!(one_waits[..2], [r#"Sign in to a... -> SignIn("a")"#, "Accounts (9)"]);
    let all_wait = lines(&[NeedsSignIn; 9]);
    assert_eq!(all_wait[..2], ["Sign in... (9 accounts wait) -> Accounts", "Accounts (9)"]);
}

#[test]
fn a_name_that_fills_the_screen_is_shortened_and_still_signs_in() {
    let name = "ą".repeat(200);
    let accounts = vec![account(&name, SignedOut)];
    let menu = menu(&running(Snapshot { accounts, ..Snapshot::default() }), Language::English);
    let Item::Action { label, choice } = &menu[1] else { panic!("{menu:?}") };
    assert_eq!(*label, format!("Sign in to {}......", "ą".repeat(48)));
    assert_eq!(*choice, Choice::SignIn(name));
}
