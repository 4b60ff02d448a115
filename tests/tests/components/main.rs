//! The components of `docs/components` send a notification and take it out of a mailbox point, with nothing but a profile's name.

mod impostor;
mod intake;
mod office;
mod refusals;
mod sending;

use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use signet_e2e::mail::{Door, Manners, Protocol, Tls};
use signet_e2e::programs;
use signet_e2e::rig::{ALICE, BIURO, BY_PASSWORD, User};

use office::{LANGUAGES, Office};

/// Whatever a scanner makes.
const PDF_SIZE: usize = 5 * 1024 * 1024;

fn pdf() -> Vec<u8> {
    (0..=u8::MAX).rev().cycle().take(PDF_SIZE).collect()
}

/// Has a component of this language send it, and waits until it has arrived.
fn notify(office: &Office, language: &str, subject: &str) -> Result<()> {
    let source = office.agent.home().join("Faktura żółć.pdf");
    fs::write(&source, pdf())?;
    let source = source.display().to_string();
    office.succeed(&format!("notify.{language}"), &[BIURO.login, subject, &source], "Zażółć gęślą jaźń.\n")?;
    office.await_messages(subject)
}

/// The one file that was taken and is not known yet.
fn taken(office: &Office, known: &mut Vec<PathBuf>) -> Result<PathBuf> {
    let all = fs::read_dir(office.folder.join("in"))?.map(|file| Ok(file?.path())).collect::<Result<Vec<_>>>()?;
    let new: Vec<_> = all.into_iter().filter(|file| !known.contains(file)).collect();
    let [file] = new.as_slice() else { panic!("one file: {new:?}") };
    known.push(file.clone());
    Ok(file.clone())
}

#[test]
fn a_notification_with_a_large_pdf_reaches_the_mailbox_point_as_it_was() -> Result<()> {
    let office = Office::open()?;
    office.set_up(true)?;
    let mut known = Vec::new();
    // What one language sends another one takes.
    for (sends, takes) in [("py", "py"), ("sh", "mjs"), ("mjs", "py"), ("rs", "mjs")] {
        let subject = format!("Faktura nr 7/2026: żółć, {sends} {takes}");
        notify(&office, sends, &subject)?;
        let printed = office.succeed(&format!("fetch.{takes}"), &["faktury", "in"], "")?;
        assert_eq!(printed, format!("Sekretariat Żółw <{}>\t{subject}\t1\n", ALICE.login));
        let file = taken(&office, &mut known)?;
        assert!(file.to_string_lossy().ends_with("-Faktura żółć.pdf"), "{}", file.display());
        assert!(fs::read(&file)? == pdf(), "{sends} {takes}: not a byte is another");
        let again = office.succeed(&format!("fetch.{takes}"), &["faktury", "in"], "")?;
        assert_eq!(again, "", "what was taken is not taken again");
    }
    Ok(())
}

#[test]
fn shell_and_rust_take_a_message_whole() -> Result<()> {
    let office = Office::open()?;
    office.set_up(true)?;
    let mut known = Vec::new();
    for language in ["sh", "rs"] {
        notify(&office, language, &format!("Faktura {language}"))?;
        let fetch = format!("fetch.{language}");
        let printed = office.succeed(&fetch, &["faktury", "in"], "")?;
        let file = taken(&office, &mut known)?;
        assert_eq!(Some(printed.trim_end()), file.file_name().and_then(|name| name.to_str()), "{language}");
        let message = fs::read_to_string(&file)?;
        let reply_to = format!("\r\nReply-To: {}\r\n", BIURO.login);
        assert!(message.contains(&reply_to), "{language}: {}", &message[..2_000]);
        let joined = message.replace("\r\n", "");
        assert!(joined.contains(&STANDARD.encode(pdf())), "{language}: the attachment is in it as it was");
        assert_eq!(office.succeed(&fetch, &["faktury", "in"], "")?, "", "what was taken is not taken again");
    }
    Ok(())
}

#[test]
fn the_shell_hands_no_secret_on_where_a_list_of_processes_shows_it() -> Result<()> {
    let office = Office::open()?;
    office.set_up(true)?;
    // Each says what it was started with, and is then the program itself.
    let spy = "#!/bin/sh\nname=${0##*/}\nprintf '%s\\n' \"$name\" \"$@\" >>started\nexec /usr/bin/$name \"$@\"\n";
    let spies = office.folder.join("spies");
    fs::create_dir(&spies)?;
    for name in ["curl", "jq", "socat", "base64"] {
        programs::write(spy, &spies.join(name))?;
    }
    office.succeed("notify.sh", &[BIURO.login, "Faktura"], "Zażółć.\n")?;
    office.await_messages("Faktura")?;
    office.succeed("fetch.sh", &["faktury", "in"], "")?;
    let started = fs::read_to_string(office.folder.join("started"))?;
    for expected in ["curl\n-sS\n--config\n-\n", "socat\n", "jq\n"] {
        assert!(started.contains(expected), "{expected:?} in {started}");
    }
    for login in [ALICE.login, BIURO.login] {
        let token = office.agent.token(login)?;
        assert!(!started.contains(&token) && !started.contains(&STANDARD.encode(&token)[..40]), "of {login}");
    }
    Ok(())
}

#[test]
fn a_component_logs_in_by_a_password_where_its_profile_has_one() -> Result<()> {
    let office = Office::open()?;
    let User { login, password } = BY_PASSWORD;
    let port = |protocol| Door::of(&office.rig, protocol, Tls::StartTls, Manners::Plain).map(|door| door.port);
    let common = json!({
        "enabled": true, "server": "localhost", "encryption": "starttls", "authentication": "password", "login": login,
        "password": password,
    });
    let outgoing = json!({ "id": "mail_server", "kind": "mail_server", "port": port(Protocol::Smtp), "email": login });
    let incoming = json!({ "id": "faktury", "kind": "documents", "protocol": "imap", "port": port(Protocol::Imap) });
    for mut profile in [outgoing, incoming] {
        let fields = common.as_object().into_iter().flatten();
        fields.for_each(|(name, value)| profile[name] = value.clone());
        office.set(profile)?;
    }
    for language in LANGUAGES {
        let subject = format!("Bez tokenu {language}");
        office.succeed(&format!("notify.{language}"), &[BIURO.login, &subject], "Zażółć.\n")?;
        office.await_messages(&subject)?;
        let printed = office.succeed(&format!("fetch.{language}"), &["faktury", "in"], "")?;
        assert_eq!(printed, "", "{language}: nobody writes there");
    }
    Ok(())
}
