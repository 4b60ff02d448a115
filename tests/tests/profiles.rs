//! The mail settings of components over the endpoint, and the one call that gives a component all it needs.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use signet_e2e::Options;
use signet_e2e::office::{Office, with};
use signet_e2e::rig::ALICE;
use signet_e2e::rig::control::Endpoint as At;

fn mail_server() -> Value {
    json!({
        "id": "mail_server", "kind": "mail_server", "enabled": true, "name": "Powiadomienia", "email": ALICE.login,
        "display_name": "Sekretariat Żółw", "reply_to": "biuro@firma.example", "authentication": "oauth2", "login": ALICE.login,
    })
}

fn point() -> Value {
    json!({
        "id": "faktury", "kind": "documents", "enabled": true, "name": "Faktury", "protocol": "imap",
        "authentication": "oauth2", "login": ALICE.login, "mailbox": "sales@contoso.example",
    })
}

fn open() -> Result<Office> {
    Office::open(Options::without_mail())
}

/// Nobody has signed in yet.
fn begin() -> Result<Office> {
    Office::begin(Options::without_mail())
}

#[track_caller]
fn check_refused(answer: &Value, code: &str, field: Option<&str>, words: &str) {
    let error = &answer["error"];
    assert_eq!((&error["data"]["code"], error["data"]["field"].as_str()), (&code.into(), field), "{answer}");
    assert!(error["message"].as_str().is_some_and(|said| said.contains(words)), "{words:?} of {answer}");
}

#[test]
fn a_component_gets_all_it_needs_by_its_profile_s_name() -> Result<()> {
    let mut office = open()?;
    assert_eq!(office.set(mail_server())?["result"], json!({}));
    assert_eq!(office.set(point())?["result"], json!({}));

    let outgoing = office.credential("mail_server")?["result"].take();
    let want = json!({
        "profile": "mail_server", "kind": "mail_server", "protocol": "smtp", "host": "smtp.office365.com", "port": 587,
        "encryption": "starttls", "login": ALICE.login, "mailbox": ALICE.login, "authentication": "oauth2",
        "sender": { "email": ALICE.login, "display_name": "Sekretariat Żółw", "reply_to": "biuro@firma.example" },
    });
    for (name, value) in want.as_object().into_iter().flatten() {
        assert_eq!(outgoing[name], *value, "{name}");
    }
    let incoming = office.credential("faktury")?["result"].take();
    assert_eq!((&incoming["host"], &incoming["port"]), (&"outlook.office365.com".into(), &993.into()));
    assert_eq!((&incoming["encryption"], &incoming["folder"]), (&"tls".into(), &"INBOX".into()));

    let token = office.agent.token(ALICE.login)?;
    for (credential, user) in [(&outgoing, ALICE.login), (&incoming, "sales@contoso.example")] {
        assert!(credential["access_token"] == *token, "two profiles, one sign-in");
        assert!(credential["password"].is_null(), "no other secret");
        let decoded =
            String::from_utf8(STANDARD.decode(credential["sasl"]["initial_response"].as_str().unwrap_or_default())?)?;
        assert!(decoded == format!("user={user}\x01auth=Bearer {token}\x01\x01"), "for {user}");
    }
    Ok(())
}

#[test]
fn what_is_switched_off_missing_or_not_signed_in_is_told_as_that() -> Result<()> {
    let mut office = open()?;
    check_refused(&office.credential("faktury")?, "configuration", Some("profile"), "ani żadnego innego");
    office.set(with(point(), json!({ "enabled": false })))?;
    check_refused(&office.credential("faktury")?, "disabled", None, "wyłączony");
    check_refused(&office.credential("kadry")?, "configuration", Some("profile"), "faktury");
    office.set(with(point(), json!({ "login": "nobody@firma.example" })))?;
    check_refused(&office.credential("faktury")?, "unknown_account", None, "nobody@firma.example");
    office.set(point())?;
    assert!(office.credential("faktury")?["result"]["access_token"].is_string());
    office.agent.signet(&["sign-out", ALICE.login])?.line()?;
    check_refused(&office.credential("faktury")?, "sign_in_required", None, ALICE.login);
    office.set(with(
        mail_server(),
        json!({ "authentication": "password", "send_with": "sql_profile", "sql_profile": "DMS" }),
    ))?;
    check_refused(&office.credential("mail_server")?, "disabled", None, "wysyła serwer SQL");
    let log = office.agent.log()?;
    for (profile, code) in [("faktury", "Disabled"), ("kadry", "Configuration"), ("mail_server", "Disabled")] {
        let told =
            |line: &&str| line.contains("a component is refused") && line.contains(profile) && line.contains(code);
        assert_eq!(log.lines().filter(told).count(), 1, "{profile} {code}: {log}");
    }
    assert!(log.contains("a component is refused no more"), "{log}");
    Ok(())
}

#[test]
fn a_wrong_profile_is_refused_by_its_field_and_nothing_of_it_is_saved() -> Result<()> {
    let mut office = open()?;
    let file = office.agent.config_dir().join("config.toml");
    let before = fs::read_to_string(&file)?;
    for (change, field, words) in [
        (json!({ "server": "imap://x" }), "server", "without anything like"),
        (json!({ "server": "x y" }), "server", "no server's name"),
        (json!({ "port": 70_000 }), "port", "1 to 65535"),
        (json!({ "login": "anna" }), "login", "no address"),
        (json!({ "encryption": "none" }), "encryption", "must be encrypted"),
        (json!({ "protocol": "smtp" }), "protocol", "IMAP or POP3"),
        (json!({ "id": "bad id" }), "id", "mail_server"),
        (json!({ "id": "mail_server" }), "kind", "mail_server"),
        (json!({ "kind": "mail_server" }), "kind", "documents or attachments"),
        (json!({ "authentication": "password" }), "server", "needed"),
        (json!({ "folder": "Faktury\r\nd DELETE INBOX" }), "folder", "invisible character"),
        (json!({ "authentication": "password", "server": "x.pl", "login": "a\u{0}b" }), "login", "invisible"),
        (
            json!({ "authentication": "password", "server": "x.pl", "password": "a\nb" }),
            "password",
            "invisible character",
        ),
        (json!({ "authentication": "password", "server": "x.pl", "password": "" }), "password", "needed"),
    ] {
        let refused = office.set(with(point(), change.clone()))?;
        check_refused(&refused, "configuration", Some(field), words);
        assert_eq!(fs::read_to_string(&file)?, before, "{change}");
    }
    let by_sql = office.set(with(mail_server(), json!({ "send_with": "sql_profile" })))?;
    check_refused(&by_sql, "configuration", Some("authentication"), "knows no OAuth2");
    let name = office.set(with(mail_server(), json!({ "display_name": "Biuro\r\nBcc: x@y.pl" })))?;
    check_refused(&name, "configuration", Some("display_name"), "invisible character");
    let doubtful = office.set(with(mail_server(), json!({ "email": "faktury@contoso.example", "port": 993 })))?;
    let warnings = doubtful["result"]["warnings"].to_string();
    assert!(warnings.contains("Send As") && warnings.contains("usual for imap"), "{doubtful}");
    Ok(())
}

#[test]
fn a_password_is_sealed_and_goes_to_its_own_server_alone() -> Result<()> {
    let mut office = open()?;
    let secret = "hunter2-Zażółć";
    let by_password = with(point(), json!({ "authentication": "password", "server": "poczta.firma.example" }));
    let saved = office.set(with(by_password.clone(), json!({ "password": secret })))?;
    assert_eq!(saved["result"], json!({}));
    assert!(office.credential("faktury")?["result"]["password"] == secret);
    let has_password = |office: &mut Office| -> Result<Value> {
        Ok(office.manager.ask("profile.get", json!({ "profile": "faktury" }))?["result"]["has_password"].take())
    };
    assert_eq!(has_password(&mut office)?, true);

    office.agent.stop()?;
    office.agent.launch()?;
    office.manager = office.agent.owner().manager()?;
    assert!(office.credential("faktury")?["result"]["password"] == secret, "after a new start");
    for part in [&office.agent.config_dir().join("config.toml"), &office.agent.state_dir().join("state.db")] {
        assert!(!String::from_utf8_lossy(&fs::read(part)?).contains("hunter2"), "{} holds it", part.display());
    }
    assert!(!office.agent.log()?.contains("hunter2"));

    // Somebody edits the file to have it sent elsewhere.
    let mut watch = office.agent.watch()?;
    office
        .agent
        .edit_config(|text| text.replace("poczta.firma.example", "evil.example") + "[desktop]\nlanguage = 'pl'\n")?;
    watch.until(|snapshot| snapshot["language"] == "pl")?;
    check_refused(&office.credential("faktury")?, "configuration", Some("password"), "wymagane");
    assert_eq!(has_password(&mut office)?, false);

    office.set(by_password.clone())?;
    assert_eq!(has_password(&mut office)?, true, "back where it belongs");
    office.set(point())?;
    office.set(by_password)?;
    assert_eq!(has_password(&mut office)?, false, "a token's profile has let go of it");
    Ok(())
}

#[test]
fn a_profile_that_cannot_be_written_leaves_the_password_that_was_kept() -> Result<()> {
    let mut office = open()?;
    let secret = "hunter2-Zażółć";
    let by_password = with(point(), json!({ "authentication": "password", "server": "poczta.firma.example" }));
    assert_eq!(office.set(with(by_password.clone(), json!({ "password": secret })))?["result"], json!({}));
    let folder = office.agent.config_dir();
    fs::set_permissions(&folder, Permissions::from_mode(0o500))?;
    let elsewhere = json!({ "server": "imap.firma.example", "password": "hunter3" });
    let refused = [office.set(point())?, office.set(with(by_password, elsewhere))?];
    fs::set_permissions(&folder, Permissions::from_mode(0o700))?;
    for refused in refused {
        check_refused(&refused, "configuration", None, "config.toml");
    }
    assert!(office.credential("faktury")?["result"]["password"] == secret, "it is as it was");
    Ok(())
}

#[test]
fn a_password_that_nobody_would_use_is_refused_and_not_said_to_be_kept() -> Result<()> {
    let mut office = open()?;
    office.set(point())?;
    let given = json!({ "password": "hunter2" });
    check_refused(&office.set(with(point(), given.clone()))?, "configuration", Some("password"), "with OAuth2");
    let by_sql = json!({ "authentication": "password", "send_with": "sql_profile", "sql_profile": "DMS" });
    let by_sql = with(mail_server(), by_sql);
    check_refused(&office.set(with(by_sql, given.clone()))?, "configuration", Some("password"), "SQL server");
    let tried = office.manager.ask("profile.check", with(json!({ "profile": "faktury" }), given))?;
    check_refused(&tried, "configuration", Some("password"), "with OAuth2");
    let said = office.agent.owner().speaking("pl").signet_reading("hunter2\n", &["profile", "password", "faktury"])?;
    assert!(said.code == 4 && said.stderr.contains("nie przechowuje się hasła"), "{said:?}");
    Ok(())
}

#[test]
fn profiles_are_listed_and_removed_and_the_account_stays() -> Result<()> {
    let mut office = open()?;
    for profile in [point(), with(point(), json!({ "id": "kadry", "kind": "attachments" })), mail_server()] {
        assert_eq!(office.set(profile)?["result"], json!({}));
    }
    let ids = |office: &mut Office| -> Result<Vec<Value>> {
        let listed = office.manager.ask("profile.list", json!({}))?["result"]["profiles"].take();
        Ok(listed.as_array().into_iter().flatten().map(|profile| profile["id"].clone()).collect())
    };
    assert_eq!(ids(&mut office)?, ["mail_server", "faktury", "kadry"]);
    assert_eq!(office.manager.ask("profile.remove", json!({ "profile": "faktury" }))?["result"], json!({}));
    let again = office.manager.ask("profile.remove", json!({ "profile": "faktury" }))?;
    check_refused(&again, "configuration", Some("profile"), "mail_server, kadry");
    assert_eq!(ids(&mut office)?, ["mail_server", "kadry"]);
    assert!(!office.agent.token(ALICE.login)?.is_empty());
    let stranger = office.agent.endpoint()?.ask("profile.list", json!({}))?;
    check_refused(&stranger, "denied", None, "");
    Ok(())
}

#[test]
fn two_points_share_one_account_and_one_sign_in() -> Result<()> {
    let mut office = begin()?;
    let points = [point(), with(point(), json!({ "id": "kadry", "mailbox": "hr@contoso.example" }))];
    for point in points {
        assert_eq!(office.set(point)?["result"], json!({}));
    }
    for id in ["faktury", "kadry"] {
        check_refused(&office.credential(id)?, "sign_in_required", None, ALICE.login);
    }
    office.agent.sign_in_by_forms(ALICE.login, ALICE)?;
    let secrets: Vec<Value> = ["faktury", "kadry"]
        .iter()
        .map(|id| Ok(office.credential(id)?["result"]["access_token"].take()))
        .collect::<Result<_>>()?;
    assert!(secrets[0].is_string() && secrets[0] == secrets[1], "one token for both");
    assert_eq!(office.rig.control().requests(At::Token)?.len(), 1, "it was asked for once");
    office.agent.signet(&["sign-out", ALICE.login])?.line()?;
    for id in ["faktury", "kadry"] {
        check_refused(&office.credential(id)?, "sign_in_required", None, ALICE.login);
    }
    Ok(())
}

#[test]
fn consent_given_for_one_profile_is_not_asked_for_again_by_another_of_the_mailbox() -> Result<()> {
    let mut office = begin()?;
    office.agent.signet(&["accounts", "add", "acd", "--login", ALICE.login])?.line()?;
    for profile in [mail_server(), with(point(), json!({ "account": "acd" }))] {
        assert_eq!(office.set(profile)?["result"], json!({}));
    }
    let first = office.agent.sign_in(ALICE.login, ALICE)?;
    assert_eq!((first.said.code, first.seen.pages), (0, vec!["password".into(), "keep".into(), "consent".to_owned()]));
    assert_eq!(office.credential("mail_server")?["result"]["protocol"], "smtp");
    check_refused(&office.credential("faktury")?, "sign_in_required", None, "acd");
    let second = office.agent.sign_in("acd", ALICE)?;
    assert_eq!((second.said.code, second.seen.pages), (0, vec!["password".into(), "keep".to_owned()]));
    assert_eq!(office.credential("faktury")?["result"]["protocol"], "imap", "reading was consented to with sending");
    Ok(())
}
