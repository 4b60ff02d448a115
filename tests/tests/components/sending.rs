//! Headings of notifications, which other people's programs read.

use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::Result;
use serde_json::json;
use signet_e2e::mail::Protocol;
use signet_e2e::rig::{ALICE, BIURO};

use crate::impostor::serve_slow_submission;
use crate::office::{LANGUAGES, Office};

/// RFC 2047 section 2: of a line with an encoded word.
const LONGEST_LINE: usize = 76;

fn set_sender(office: &Office, display_name: &str) -> Result<()> {
    office.set(json!({
        "id": "mail_server", "kind": "mail_server", "enabled": true, "server": "localhost", "login": ALICE.login,
        "port": office.door(Protocol::Smtp).port, "encryption": "starttls", "authentication": "oauth2", "email": ALICE.login,
        "display_name": display_name,
    }))
}

#[test]
fn the_shell_writes_headings_of_any_length_as_mail_programs_read_them() -> Result<()> {
    // Where its letter lies until it is sent; signs that the configuration of curl has a use for are in it.
    const DRAFTS: &str = "szkice \"x\\y\" {1}";
    let office = Office::open()?;
    office.set_up(true)?;
    let mut mailbox = office.mailbox()?;
    office.run("mkdir", &[DRAFTS], "")?;
    let first = format!("export TMPDIR='{}'", office.folder.join(DRAFTS).display());
    for name in [String::new(), "Sekretariat ".to_owned() + &"Żółwia ".repeat(12) + "𝄞"] {
        set_sender(&office, &name)?;
        let name = name.trim();
        let subject = format!("Faktura {}dla {name}", "zażółć gęślą jaźń ".repeat(9)).trim_end().to_owned();
        let sent = office.run_after(&first, "notify.sh", &[BIURO.login, &subject], "Zażółć.\n")?;
        assert!(sent.status.success(), "{}", String::from_utf8_lossy(&sent.stderr));
        let uid = mailbox.await_message(&subject)?;
        let header = mailbox.header(uid)?;
        let is_long = |line: &&str| line.contains("=?") && line.len() > LONGEST_LINE;
        assert_eq!(header.lines().find(is_long), None, "in {header}");
        let from = format!("{name} <{}>", ALICE.login);
        let printed = office.succeed("fetch.mjs", &["faktury", "in"], "")?;
        assert_eq!(printed, format!("{from}\t{subject}\t1\n"), "of {header}");
    }
    Ok(())
}

#[test]
fn an_address_is_a_recipient_with_whatever_signs_it_has() -> Result<()> {
    let office = Office::open()?;
    office.set_up(true)?;
    office.succeed("notify.sh", &["\"jan \\\"k\\\" nowak\"@firma.example", "Faktura"], "Zażółć.\n")?;
    Ok(())
}

/// Longer than a component waits for any other word of a server; each does so at once.
#[test]
fn a_message_that_is_looked_at_for_long_is_sent_once() -> Result<()> {
    let office = Office::open()?;
    let taken = serve_slow_submission(&office, Duration::from_secs(65))?;
    let outcomes = office.run_all(|language| (format!("notify.{language}"), vec![BIURO.login, "Faktura"]))?;
    for (language, output) in outcomes {
        assert!(output.status.success(), "{language}: {}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(taken.load(Ordering::Relaxed), LANGUAGES.len());
    Ok(())
}

#[test]
fn a_subject_of_several_lines_becomes_no_further_heading() -> Result<()> {
    let office = Office::open()?;
    office.set_up(true)?;
    let mut mailbox = office.mailbox()?;
    for language in LANGUAGES {
        let subject = format!("Faktura {language}\r\nX-Further: heading");
        let sent = office.run(&format!("notify.{language}"), &[BIURO.login, &subject], "Zażółć.\n")?;
        if ["sh", "py"].contains(&language) {
            assert!(!sent.status.success(), "{language} refuses it");
            continue;
        }
        assert!(sent.status.success(), "{language}: {}", String::from_utf8_lossy(&sent.stderr));
        let uid = mailbox.await_message(&format!("Faktura {language}"))?;
        let header = mailbox.header(uid)?;
        assert!(!header.contains("\nX-Further:"), "{language}: {header}");
    }
    Ok(())
}
