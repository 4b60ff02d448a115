//! Whole sentences, as a person reads them.

use std::time::Duration;

use texts::Language::{English, Polish};

#[test]
fn sentences_read_well() {
    check(
        "error-sign-in-required",
        &[("account", "biuro@firma.pl")],
        "Sign in to biuro@firma.pl again.",
        "Zaloguj się ponownie na konto biuro@firma.pl.",
    );
    check(
        "cli-signed-in",
        &[("login", "biuro@firma.pl")],
        "Signed in as biuro@firma.pl",
        "Zalogowano użytkownika biuro@firma.pl",
    );
    check("page-signed-in-title", &[], "Congratulations! You are signed in", "Gratulacje! Zostałeś zalogowany");
    check(
        "page-signed-in-line",
        &[],
        "Close this tab and return to the application",
        "Zamknij kartę i wróć do aplikacji",
    );
    check("cli-error", &[("detail", "...")], "Error: ...", "Błąd: ...");
}

#[test]
fn a_reason_follows_its_error() {
    for (language, want) in [
        (English, "Sign in to biuro@firma.pl again. Your organisation asks for a second factor."),
        (
            Polish,
            "Zaloguj się ponownie na konto biuro@firma.pl. Organizacja wymaga uwierzytelniania wieloskładnikowego.",
        ),
    ] {
        let reason = texts::text(language, "reason-mfa-required", &[]);
        let args = [("account", "biuro@firma.pl"), ("reason", &*reason)];
        let text = texts::text(language, "error-sign-in-required-because", &args);
        assert_eq!(text, want);
    }
}

#[test]
fn numbers_take_their_plural_forms() {
    for (minutes, english, polish) in [
        (1, "1 minute", "1 minutę"),
        (2, "2 minutes", "2 minuty"),
        (5, "5 minutes", "5 minut"),
        (12, "12 minutes", "12 minut"),
        (22, "22 minutes", "22 minuty"),
        (25, "25 minutes", "25 minut"),
    ] {
        let length = Duration::from_secs(60 * minutes + 59);
        assert_eq!(texts::duration(English, length), english);
        assert_eq!(texts::duration(Polish, length), polish);
    }
}

#[test]
fn a_length_of_time_is_told_in_its_largest_unit() {
    for (seconds, want) in [
        (0, "0 seconds"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (3_600, "1 hour"),
        (86_399, "23 hours"),
        (86_400, "1 day"),
        (u64::MAX, "213503982334601 days"),
    ] {
        let length = Duration::from_secs(seconds);
        assert_eq!(texts::duration(English, length), want, "{seconds} s");
    }
}

#[test]
fn arguments_come_out_as_they_went_in() {
    for name in ["007", "7", "4294967296", "1e3", "{ $login }", "księgowość"] {
        let text = texts::text(English, "cli-signed-in", &[("login", name)]);
        assert_eq!(text, format!("Signed in as {name}"));
    }
}

#[test]
fn an_unknown_id_is_shown_in_quotes() {
    for id in ["error-of-nobody", "nothing", "", "aadsts-1", "error"] {
        assert!(!texts::exists(id), "{id}");
        assert_eq!(texts::text(Polish, id, &[]), format!("{id:?}"));
    }
    assert_eq!(texts::aadsts(Polish, 1), None);
}

#[test]
fn an_error_number_is_explained() {
    let text = texts::aadsts(English, 53003).expect("a known number");
    assert_eq!(text.meaning, "A Conditional Access policy blocked the request.");
    let text = texts::aadsts(Polish, 90094).expect("a known number");
    assert_eq!(text.meaning, "Uprawnienia aplikacji wymagają zgody administratora.");
    assert_eq!(
        text.action,
        "Wyślij administratorowi link do udzielenia zgody. Gdy zgoda zostanie udzielona, zaloguj się ponownie."
    );
}

#[test]
fn texts_are_the_same_from_every_thread() {
    let told = || texts::text(Polish, "reason-revoked", &[]);
    let threads: Vec<_> = (0..8).map(|_| std::thread::spawn(told)).collect();
    for thread in threads {
        assert_eq!(thread.join().expect("no panic"), told());
    }
}

fn check(id: &str, args: &[(&str, &str)], english: &str, polish: &str) {
    for (language, want) in [(English, english), (Polish, polish)] {
        assert_eq!(texts::text(language, id, args), want, "{id} in {language}");
    }
}
