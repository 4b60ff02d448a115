//! `signet check`: each kind of connection is tried with the rig's real servers, and each refusal explained as what it is.

mod mechanisms;
mod way;

use anyhow::Result;
use serde_json::{Value, json};
use signet_e2e::agent::Endpoint;
use signet_e2e::mail::{Credential, Door, Imap, Manners, Protocol, Tls};
use signet_e2e::rig::control::{Endpoint as At, Fault, Times};
use signet_e2e::rig::{ALICE, BIURO, BOB, BY_PASSWORD, User};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

use self::way::{certificate_of_another, certificate_of_nobody, serve_a_page, serve_with};

struct Office {
    rig: Rig,
    agent: Agent,
    manager: Endpoint,
}

impl Office {
    fn open() -> Result<Self> {
        let rig = Rig::start(Options::default())?;
        let agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
        let manager = agent.owner().manager()?;
        Ok(Self { rig, agent, manager })
    }

    /// A profile of this name, which is not switched on yet.
    fn set(&mut self, id: &str, protocol: &str, door: &Door, change: Value) -> Result<()> {
        let encryption = if door.tls == Tls::Implicit { "tls" } else { "starttls" };
        let kind = if protocol == "smtp" { "mail_server" } else { "documents" };
        let mut profile = json!({
            "id": id, "kind": kind, "protocol": protocol, "server": "localhost", "port": door.port,
            "encryption": encryption, "authentication": "oauth2", "login": ALICE.login,
            "email": (protocol == "smtp").then_some(ALICE.login),
        });
        profile
            .as_object_mut()
            .into_iter()
            .for_each(|fields| fields.extend(change.as_object().cloned().unwrap_or_default()));
        let saved = self.manager.ask("profile.set", profile)?;
        assert!(saved["error"].is_null(), "{saved}");
        Ok(())
    }

    fn check(&self, arguments: &[&str]) -> Result<(i32, Vec<Value>)> {
        let said = self.agent.signet(&[&["check", "--json"], arguments].concat())?;
        let told: Value = serde_json::from_str(&said.stdout)?;
        let steps = told["steps"].as_array().cloned().unwrap_or_default();
        assert_eq!(told["ok"], said.code == 0, "{said:?}");
        Ok((said.code, steps))
    }

    fn door(&self, protocol: Protocol, manners: Manners) -> Door {
        Door::of(&self.rig, protocol, Tls::StartTls, manners).expect("a port")
    }
}

fn names(steps: &[Value]) -> Vec<&str> {
    steps.iter().map(|step| step["step"].as_str().unwrap_or_default()).collect()
}

const LOGIN: [&str; 4] = ["greeting", "capabilities", "tls", "capabilities"];

#[test]
fn every_kind_of_connection_is_tried_to_its_end() -> Result<()> {
    let mut office = Office::open()?;
    let protocols = [(Protocol::Imap, "imap"), (Protocol::Pop3, "pop"), (Protocol::Smtp, "smtp")];
    for (protocol, name) in protocols {
        for manners in [Manners::Plain, Manners::Exchange] {
            for tls in [Tls::Implicit, Tls::StartTls] {
                let Some(door) = Door::of(&office.rig, protocol, tls, manners) else { continue };
                let id = if name == "smtp" { "mail_server" } else { "point" };
                office.set(id, name, &door, json!({}))?;
                let (code, steps) = office.check(&[id])?;
                let begun: &[&str] = if tls == Tls::Implicit { &["tls", "greeting", "capabilities"] } else { &LOGIN };
                let rest: &[&str] = if name == "smtp" { &["sender", "recipient"] } else { &["mailbox"] };
                let want = [&["secret", "name", "tcp"], begun, &["authentication"], rest].concat();
                assert_eq!((code, names(&steps)), (0, want), "{name} {manners:?} {tls:?}: {steps:#?}");
            }
        }
    }
    Ok(())
}

/// Its profile, and what goes with it.
fn by_password(name: &str, change: Value) -> Value {
    let User { login, password } = BY_PASSWORD;
    let email = (name == "smtp").then_some(login);
    let mut profile = json!({ "authentication": "password", "login": login, "email": email, "password": password });
    profile.as_object_mut().into_iter().for_each(|it| it.extend(change.as_object().cloned().unwrap_or_default()));
    profile
}

#[test]
fn a_password_is_tried_by_every_protocol_and_encryption_and_exchange_takes_none() -> Result<()> {
    let mut office = Office::open()?;
    let protocols = [(Protocol::Imap, "imap"), (Protocol::Pop3, "pop"), (Protocol::Smtp, "smtp")];
    for (protocol, name) in protocols {
        let id = if name == "smtp" { "mail_server" } else { "point" };
        let ending = if name == "smtp" { "recipient" } else { "mailbox" };
        let in_clear = office.rig.ports().smtp_behind;
        let doors = [(Tls::Implicit, "tls"), (Tls::StartTls, "starttls"), (Tls::StartTls, "none")];
        for (tls, encryption) in doors {
            let door = Door::of(&office.rig, protocol, tls, Manners::Plain).expect("a port");
            let port = if (name, encryption) == ("smtp", "none") { in_clear } else { door.port };
            office.set(id, name, &door, by_password(name, json!({ "encryption": encryption, "port": port })))?;
            let (code, steps) = office.check(&[id])?;
            assert_eq!((code, names(&steps).last()), (0, Some(&ending)), "{name} {encryption}: {steps:#?}");
            assert_eq!(names(&steps).contains(&"tls"), encryption != "none", "{name} {encryption}: {steps:#?}");
        }
        office.set(
            id,
            name,
            &office.door(protocol, Manners::Plain),
            by_password(name, json!({ "password": "wrong" })),
        )?;
        check_ending(&office, id, "authentication", (4, "configuration"), ["with this password", "z tym hasłem"])?;
        office.set(id, name, &office.door(protocol, Manners::Exchange), by_password(name, json!({})))?;
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
    let mut office = Office::open()?;
    office.agent.signet(&["accounts", "add", BIURO.login])?.line()?;
    office.agent.sign_in_by_forms(BIURO.login, BIURO)?;
    let door = office.door(Protocol::Smtp, Manners::Exchange);
    office.set("mail_server", "smtp", &door, json!({ "display_name": "Sekretariat Żółw", "reply_to": BIURO.login }))?;
    let (code, steps) = office.check(&["mail_server", "--send-to", BIURO.login])?;
    assert_eq!((code, names(&steps).last()), (0, Some(&"message")), "{steps:#?}");

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
fn each_refusal_of_exchange_online_is_explained_as_what_it_is() -> Result<()> {
    let mut office = Office::open()?;
    let smtp = office.door(Protocol::Smtp, Manners::Exchange);
    let imap = office.door(Protocol::Imap, Manners::Exchange);
    let pop = office.door(Protocol::Pop3, Manners::Exchange);
    office.set("mail_server", "smtp", &smtp, json!({}))?;
    office.set("imap", "imap", &imap, json!({}))?;
    office.set("pop", "pop", &pop, json!({}))?;
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
    let mut office = Office::open()?;
    let imap = office.door(Protocol::Imap, Manners::Plain);
    let free = office.rig.spare_port()?;
    let stranger = serve_with(certificate_of_nobody()?)?;
    let misnamed = serve_with(certificate_of_another(&office.rig)?)?;
    let page = serve_a_page()?;
    let secured = |port| json!({ "port": port, "encryption": "tls" });
    let configuration = (4, "configuration");
    for (change, step, whose, words) in [
        (
            json!({ "server": "no-such-host.invalid" }),
            "name",
            configuration,
            ["no server no-such-host", "Nie ma serwera"],
        ),
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
        office.set("point", "imap", &imap, change)?;
        check_ending(&office, "point", step, whose, words)?;
    }
    let smtp = office.door(Protocol::Smtp, Manners::Plain);
    office.set("mail_server", "smtp", &smtp, json!({ "email": BOB.login }))?;
    check_ending(&office, "mail_server", "recipient", (4, "admin"), ["may not send as", "nie może wysyłać jako"])?;
    office.set("point", "imap", &imap, json!({}))?;
    office.agent.signet(&["sign-out", ALICE.login])?.line()?;
    check_ending(&office, "point", "secret", (3, "sign_in"), [ALICE.login, "Zaloguj"])?;
    let unknown = office.agent.signet(&["check", "nothing"])?;
    assert_eq!((unknown.code, unknown.stderr.contains("point")), (4, true), "{unknown:?}");
    Ok(())
}
