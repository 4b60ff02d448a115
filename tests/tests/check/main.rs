//! `signet check`: each kind of connection is tried with the rig's real servers, and each refusal explained as what it is.

mod form;
mod mechanisms;
mod names;
mod way;

use anyhow::Result;
use serde_json::{Value, json};
use signet_e2e::Options;
use signet_e2e::mail::{Credential, Door, Imap, Manners, Protocol, Tls};
use signet_e2e::office::{Office, with};
use signet_e2e::rig::control::{Endpoint as At, Fault, Times};
use signet_e2e::rig::{ALICE, BIURO, BOB, BY_PASSWORD, User};

use self::way::{certificate_of_another, certificate_of_nobody, serve_a_page, serve_with};

fn names(steps: &[Value]) -> Vec<&str> {
    steps.iter().map(|step| step["step"].as_str().unwrap_or_default()).collect()
}

const LOGIN: [&str; 4] = ["greeting", "capabilities", "tls", "capabilities"];

#[test]
fn every_kind_of_connection_is_tried_to_its_end() -> Result<()> {
    let mut office = Office::open(Options::default())?;
    let protocols = [(Protocol::Imap, "imap"), (Protocol::Pop3, "pop"), (Protocol::Smtp, "smtp")];
    for (protocol, name) in protocols {
        for manners in [Manners::Plain, Manners::Exchange] {
            for tls in [Tls::Implicit, Tls::StartTls] {
                let Some(door) = Door::of(&office.rig, protocol, tls, manners) else { continue };
                let id = if name == "smtp" { "mail_server" } else { "point" };
                office.set_for(&door, id, name, json!({}))?;
                let (code, steps) = office.check(&[id])?;
                let begun: &[&str] = if tls == Tls::Implicit { &["tls", "greeting", "capabilities"] } else { &LOGIN };
                let rest: &[&str] = if name == "smtp" { &["sender", "recipient"] } else { &["mailbox"] };
                let want = [&["secret", "name", "tcp"], begun, &["authentication"], rest].concat();
                assert_eq!((code, names(&steps)), (0, want), "{name} {manners:?} {tls:?}: {steps:#?}");
                let spoken = |step: &&Value| step["line_from"] == "server";
                let silent = |step: &Value| ["secret", "name", "tcp", "tls"].iter().any(|name| step["step"] == *name);
                assert!(!steps.iter().filter(spoken).any(silent), "{steps:#?}");
                assert_eq!((&steps[1]["line_from"], &steps[2]["line_from"]), (&json!("signet"), &json!("signet")));
            }
        }
    }
    Ok(())
}

/// Its profile, and what goes with it.
fn by_password(name: &str, change: Value) -> Value {
    let User { login, password } = BY_PASSWORD;
    let email = (name == "smtp").then_some(login);
    with(json!({ "authentication": "password", "login": login, "email": email, "password": password }), change)
}

#[test]
fn a_password_is_tried_by_every_protocol_and_encryption_and_exchange_takes_none() -> Result<()> {
    let mut office = Office::open(Options::default())?;
    let protocols = [(Protocol::Imap, "imap"), (Protocol::Pop3, "pop"), (Protocol::Smtp, "smtp")];
    for (protocol, name) in protocols {
        let id = if name == "smtp" { "mail_server" } else { "point" };
        let ending = if name == "smtp" { "recipient" } else { "mailbox" };
        let in_clear = office.rig.ports().smtp_behind;
        let doors = [(Tls::Implicit, "tls"), (Tls::StartTls, "starttls"), (Tls::StartTls, "none")];
        for (tls, encryption) in doors {
            let door = Door::of(&office.rig, protocol, tls, Manners::Plain).expect("a port");
            let port = if (name, encryption) == ("smtp", "none") { in_clear } else { door.port };
            office.set_for(&door, id, name, by_password(name, json!({ "encryption": encryption, "port": port })))?;
            let (code, steps) = office.check(&[id])?;
            assert_eq!((code, names(&steps).last()), (0, Some(&ending)), "{name} {encryption}: {steps:#?}");
            assert_eq!(names(&steps).contains(&"tls"), encryption != "none", "{name} {encryption}: {steps:#?}");
        }
        let plain = office.door(protocol, Manners::Plain);
        office.set_for(&plain, id, name, by_password(name, json!({ "password": "wrong" })))?;
        check_ending(&office, id, "authentication", (4, "configuration"), ["with this password", "z tym hasłem"])?;
        let exchange = office.door(protocol, Manners::Exchange);
        office.set_for(&exchange, id, name, by_password(name, json!({})))?;
        let words = if name == "smtp" {
            ["takes no passwords", "nie przyjmuje już haseł"]
        } else {
            ["takes none any more", "nie przyjmuje już haseł"]
        };
        check_ending(&office, id, "authentication", (4, "configuration"), words)?;
        let log = office.agent.log()?;
        assert!(!log.contains(BY_PASSWORD.password), "the password is nobody's to read: {log}");
    }
    Ok(())
}

/// The last step, and what is said of it in English and in Polish.
#[track_caller]
fn check_ending(office: &Office, profile: &str, step: &str, (code, kind): (i32, &str), words: [&str; 2]) -> Result<()> {
    let (got, steps) = office.check(&[profile])?;
    let last = steps.last().cloned().unwrap_or_default();
    assert_eq!((got, &last["step"], &last["kind"]), (code, &step.into(), &kind.into()), "{words:?}: {last}");
    assert!(last["text"].as_str().is_some_and(|text| text.contains(words[0])), "{} of {last}", words[0]);
    assert!(last["action"].is_string(), "{last}");
    let told = office.agent.owner().speaking("pl").signet(&["check", profile])?;
    assert!(told.code == code && told.stdout.contains(words[1]), "{} of {told:?}", words[1]);
    Ok(())
}

#[test]
fn a_test_message_arrives_with_name_and_reply_address() -> Result<()> {
    let mut office = Office::open(Options::default())?;
    office.agent.signet(&["accounts", "add", BIURO.login])?.line()?;
    office.agent.sign_in_by_forms(BIURO.login, BIURO)?;
    let door = office.door(Protocol::Smtp, Manners::Exchange);
    office.set_for(
        &door,
        "mail_server",
        "smtp",
        json!({ "display_name": "Sekretariat Żółw", "reply_to": BIURO.login }),
    )?;
    let (code, steps) = office.check(&["mail_server", "--send-to", BIURO.login])?;
    assert_eq!((code, names(&steps).last()), (0, Some(&"message")), "{steps:#?}");
    assert!(steps.last().is_some_and(|step| step["text"] == format!("The message is on its way to {}.", BIURO.login)));
    let none = office.agent.signet(&["check", "mail_server", "--send-to", "jan.@firma.example"])?;
    assert!(none.code == 4 && none.stderr.contains("send_to: This is no address"), "{none:?}");

    let token = office.agent.token(BIURO.login)?;
    let mut imap = Imap::login(&office.door(Protocol::Imap, Manners::Plain), Credential::xoauth2(BIURO.login, &token))?;
    let arrived = imap.await_message("Signet: test message")?;
    let letter = imap.header(arrived)?;
    for part in [ALICE.login, "Reply-To: biuro@firma.example", "=?utf-8?b?U2VrcmV0YXJpYXQ"] {
        assert!(letter.contains(part), "{part} in {letter}");
    }
    Ok(())
}

#[test]
fn a_folder_is_opened_whatever_its_name_is_spelled_with() -> Result<()> {
    let mut office = Office::open(Options::default())?;
    let token = office.agent.token(ALICE.login)?;
    let plain = office.door(Protocol::Imap, Manners::Plain);
    let mut imap = Imap::login(&plain, Credential::xoauth2(ALICE.login, &token))?;
    for (folder, as_the_server_has_it) in [
        ("Faktury żółte", "Faktury &AXwA8wFC-te"),
        (r#"Koszty "B" & \ 2026"#, r#"Koszty \"B\" &- \\ 2026"#),
        ("Faktury żółte/台北", "Faktury &AXwA8wFC-te/&U,BTFw-"),
    ] {
        imap.create(as_the_server_has_it)?;
        for door in [office.door(Protocol::Imap, Manners::Exchange), office.door(Protocol::Imap, Manners::Plain)] {
            office.set_for(&door, "point", "imap", json!({ "folder": folder }))?;
            let (code, steps) = office.check(&["point"])?;
            assert_eq!((code, names(&steps).last()), (0, Some(&"mailbox")), "{folder}: {steps:#?}");
        }
    }
    Ok(())
}

#[test]
fn each_refusal_of_exchange_online_is_explained_as_what_it_is() -> Result<()> {
    let mut office = Office::open(Options::default())?;
    let smtp = office.door(Protocol::Smtp, Manners::Exchange);
    let imap = office.door(Protocol::Imap, Manners::Exchange);
    let pop = office.door(Protocol::Pop3, Manners::Exchange);
    office.set_for(&smtp, "mail_server", "smtp", json!({}))?;
    office.set_for(&imap, "imap", "imap", json!({}))?;
    office.set_for(&pop, "pop", "pop", json!({}))?;
    let table = [
        (
            At::Smtp,
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
            4,
            "admin",
            "whole organisation",
            "całej organizacji",
        ),
        (
            At::Smtp,
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.",
            4,
            "admin",
            "for this mailbox",
            "dla tej skrzynki",
        ),
        (
            At::Smtp,
            "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy.",
            4,
            "admin",
            "security defaults",
            "Domyślne zabezpieczenia",
        ),
        (
            At::Smtp,
            "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully.",
            4,
            "admin",
            "A policy",
            "Zasady organizacji",
        ),
        (
            At::Smtp,
            "432 4.3.2 Concurrent connections limit exceeded.",
            5,
            "transient",
            "three messages at a time",
            "trzy wiadomości naraz",
        ),
        (
            At::Smtp,
            "501 5.5.127 Invalid XOAUTH2 auth data - Token will expire soon",
            5,
            "transient",
            "more life left",
            "dłużej ważny",
        ),
        (
            At::Smtp,
            "430 4.2.0 STOREDRV; mailbox logon failure; MapiExceptionLogonFailed",
            4,
            "admin",
            "cannot be opened",
            "nie można otworzyć",
        ),
        (At::Imap, "%t NO AUTHENTICATE failed.", 4, "admin", "does not let", "nie wpuszcza"),
        (
            At::Imap,
            "%t BAD User is authenticated but not connected.",
            4,
            "admin",
            "cannot be opened",
            "nie można otworzyć",
        ),
        (
            At::Imap,
            "%t NO Request is throttled. Suggested Backoff Time: 30000 milliseconds",
            5,
            "transient",
            "30 seconds",
            "30 s",
        ),
        (At::Imap, "%t NO Server Unavailable. 15", 5, "transient", "just now", "teraz nie może"),
        (
            At::Pop3,
            "-ERR Authentication failure: unknown user name or bad password.",
            4,
            "admin",
            "does not let",
            "nie wpuszcza",
        ),
    ];
    for (on, line, code, kind, english, polish) in table {
        let profile = if on == At::Smtp {
            "mail_server"
        } else if on == At::Imap {
            "imap"
        } else {
            "pop"
        };
        // Once for each language: whoever tried again at once would be let in.
        let fault = Fault { on, say: Some(line.into()), times: Times::Exactly(2), ..Fault::default() };
        office.rig.control().fault(&fault)?;
        check_ending(&office, profile, "authentication", (code, kind), [english, polish])?;
        office.rig.control().cancel_faults()?;
    }
    Ok(())
}

#[test]
fn what_is_wrong_on_the_way_is_told_before_any_secret_goes_out() -> Result<()> {
    let mut office = Office::open(Options::default())?;
    let imap = office.door(Protocol::Imap, Manners::Plain);
    let free = office.rig.spare_port()?;
    let stranger = serve_with(certificate_of_nobody()?)?;
    let misnamed = serve_with(certificate_of_another(&office.rig)?)?;
    let page = serve_a_page()?;
    let secured = |port| json!({ "port": port, "encryption": "tls" });
    let configuration = (4, "configuration");
    for (change, step, whose, words) in [
        // The kernel knows no way to a whole group of computers.
        (json!({ "server": "224.0.0.1" }), "tcp", (5, "transient"), ["no way to 224.0.0.1", "Nie ma drogi do"]),
        (json!({ "port": free }), "tcp", configuration, ["No connection", "Nie udało się połączyć"]),
        (secured(stranger), "tls", configuration, ["\"CN=inspected by nobody\"", "„CN=inspected by nobody”"]),
        (secured(misnamed), "tls", configuration, ["\"CN=elsewhere.example\"", "„CN=elsewhere.example”"]),
        (secured(page), "tls", configuration, ["No secure connection", "bezpiecznego połączenia"]),
        (json!({ "encryption": "tls" }), "tls", configuration, ["No secure connection", "bezpiecznego połączenia"]),
        (json!({ "port": page }), "greeting", configuration, ["is a web server", "jest serwerem WWW"]),
        (
            json!({ "port": office.rig.ports().smtp }),
            "greeting",
            configuration,
            ["no mail server of this kind", "nie jest serwerem poczty tego rodzaju"],
        ),
        (json!({ "folder": "Faktury" }), "mailbox", configuration, ["no such folder", "nie ma takiego folderu"]),
        (
            json!({ "mailbox": BIURO.login }),
            "authentication",
            (4, "admin"),
            ["into biuro@firma.example", "do biuro@firma.example"],
        ),
    ] {
        office.set_for(&imap, "point", "imap", change)?;
        check_ending(&office, "point", step, whose, words)?;
    }
    let smtp = office.door(Protocol::Smtp, Manners::Plain);
    office.set_for(&smtp, "mail_server", "smtp", json!({ "email": BOB.login }))?;
    check_ending(
        &office,
        "mail_server",
        "recipient",
        (4, "admin"),
        ["may not send as bob", "nie może wysyłać jako bob"],
    )?;
    let log = office.agent.log()?;
    assert!(log.contains("the connection that was tried fails") && log.contains("may not send as"), "{log}");
    office.set_for(&imap, "point", "imap", json!({}))?;
    office.agent.signet(&["sign-out", ALICE.login])?.line()?;
    check_ending(&office, "point", "secret", (3, "sign_in"), [ALICE.login, "Zaloguj"])?;
    let unknown = office.agent.signet(&["check", "nothing"])?;
    assert_eq!((unknown.code, unknown.stderr.contains("point")), (4, true), "{unknown:?}");
    Ok(())
}
