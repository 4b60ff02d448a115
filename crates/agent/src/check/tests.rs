use super::*;

#[test]
fn every_step_and_every_failure_has_its_words_in_both_languages() {
    let exists = |id: &str| assert!(texts::exists(id), "{id}");
    let kinds = [
        Kind::Name,
        Kind::Tcp,
        Kind::Tls,
        Kind::Greeting,
        Kind::Capabilities,
        Kind::Authentication,
        Kind::Mailbox,
        Kind::Sender,
        Kind::Recipient,
        Kind::Message,
    ];
    for kind in kinds {
        exists(&format!("check-step-{}", kind.name()));
    }
    for failed in [
        "no-name",
        "name-unanswered",
        "no-network",
        "no-connection",
        "timeout",
        "busy",
        "unanswered",
        "closed",
        "dropped",
        "no-alphabet",
        "garbage",
        "web",
        "unsayable",
        "not-offered",
        "broke-off",
        "certificate",
        "tls",
    ] {
        exists(&format!("check-{failed}"));
        exists(&format!("check-{failed}-action"));
    }
    for refusal in Refusal::ALL {
        exists(&format!("refusal-{}", refusal.name()));
        exists(&format!("refusal-{}-action", refusal.name()));
    }
}

#[test]
fn a_line_is_told_to_be_the_server_s_or_what_was_found() {
    let plan = plan("anna@firma.pl", "faktury@firma.pl");
    let words = Words { language: Language::English, plan: &plan, trust: None };
    let check = |kind, outcome: Result<&str, Failure>, want: Option<LineFrom>| {
        let outcome = outcome.map(str::to_owned);
        let told = words.step(&Step { kind, took: Duration::ZERO, outcome });
        assert_eq!((told.line_from, told.line.is_some()), (want, want.is_some()), "{told:?}");
    };
    let refused = || Failure::Refused { meaning: Refusal::Other, line: "454 no".into() };
    check(Kind::Name, Ok("10.0.0.1"), Some(LineFrom::Signet));
    check(Kind::Tcp, Ok("10.0.0.1:993"), Some(LineFrom::Signet));
    check(Kind::Tls, Ok("TLSv1_3"), Some(LineFrom::Signet));
    check(Kind::Tls, Err(Failure::Tls("no".into())), Some(LineFrom::Signet));
    check(Kind::Tls, Err(refused()), Some(LineFrom::Server));
    check(Kind::Greeting, Ok("* OK hello"), Some(LineFrom::Server));
    check(Kind::Greeting, Err(Failure::Garbage("SSH-2.0".into())), Some(LineFrom::Server));
    check(Kind::Greeting, Err(Failure::Unruly("a line that does not end")), Some(LineFrom::Signet));
    check(Kind::Greeting, Ok(""), None);
    check(Kind::Name, Err(Failure::NoName), None);
}

fn plan(login: &str, sender: &str) -> Plan {
    let settings = Settings {
        protocol: Protocol::Smtp,
        host: "smtp.office365.com".into(),
        port: 587,
        encryption: None,
        login: login.into(),
        mailbox: login.into(),
    };
    let then = Then::Address { from: sender.into(), to: "ewa@firma.pl".into() };
    Plan { settings, secret: Secret::Token("eyJ0".into()), then, patience: PATIENCE }
}

#[test]
fn send_as_is_asked_for_at_the_sender_s_mailbox_and_for_the_login() {
    let plan = plan("anna@firma.pl", "faktury@firma.pl");
    for language in Language::ALL {
        let words = Words { language, plan: &plan, trust: None };
        let line = "554 5.2.252 SendAsDenied".to_owned();
        let outcome = Err(Failure::Refused { meaning: Refusal::SendAs, line });
        let told = words.step(&Step { kind: Kind::Message, took: Duration::ZERO, outcome });
        let command =
            "Add-RecipientPermission -Identity 'faktury@firma.pl' -Trustee 'anna@firma.pl' -AccessRights SendAs";
        assert!(told.action.is_some_and(|action| action.contains(command)), "{language}");
    }
}

#[test]
fn whoever_was_let_in_is_not_told_to_check_the_port() {
    let plan = plan("anna@firma.pl", "anna@firma.pl");
    let words = Words { language: Language::English, plan: &plan, trust: None };
    for (kind, about_port, about_twice) in [
        (Kind::Greeting, true, false),
        (Kind::Authentication, false, false),
        (Kind::Recipient, false, false),
        (Kind::Message, false, true),
    ] {
        for failure in [Failure::Timeout, Failure::Closed] {
            let told = words.step(&Step { kind, took: PATIENCE, outcome: Err(failure) });
            let action = told.action.unwrap_or_default();
            assert_eq!((action.contains("port"), action.contains("twice")), (about_port, about_twice), "{kind:?}");
        }
    }
}

#[test]
fn no_login_and_no_mailbox_gets_out_of_the_quotes_of_a_command() {
    let hostile = |quote: char| format!("a{quote}; Remove-Mailbox {quote}{quote}b $(c) `d; Remove-Mailbox e");
    let mut commands = 0;
    for quote in ['\'', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}', '"'] {
        let plan = plan(&hostile(quote), &hostile(quote));
        for (language, refusal) in Language::ALL.into_iter().flat_map(|it| Refusal::ALL.map(|refusal| (it, refusal))) {
            let words = Words { language, plan: &plan, trust: None };
            let action = words.say(&format!("refusal-{}-action", refusal.name()), &[("seconds", "60")]);
            for command in offered(&action) {
                commands += 1;
                assert!(!unquoted(command).contains("Remove-Mailbox"), "{command}");
                assert!(command.contains(" 'a"), "nothing is quoted: {command}");
            }
        }
    }
    assert_eq!(commands, 6 * 2 * 6, "every command is seen");
}

/// From each cmdlet that is offered to the end of the text.
fn offered(action: &str) -> Vec<&str> {
    let cmdlets = ["Set-CASMailbox", "Get-CASMailbox", "Add-MailboxPermission", "Add-RecipientPermission"];
    let begins = |cmdlet: &str| action.match_indices(cmdlet).map(|(at, _)| &action[at..]).collect::<Vec<_>>();
    cmdlets.into_iter().flat_map(begins).collect()
}

/// What PowerShell reads outside of quotes; a quote within quotes is written twice, and so ends and begins them.
fn unquoted(command: &str) -> String {
    let mut is_within = false;
    let mut outside = |sign: &char| {
        let is_quote = "'‘’‚‛".contains(*sign);
        is_within ^= is_quote;
        is_quote || !is_within
    };
    command.chars().filter(&mut outside).collect()
}
