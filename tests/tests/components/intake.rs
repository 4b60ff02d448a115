//! Messages as they come in real life, and runs that end in the middle: nothing is lost, and nothing stops the rest.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::Ordering;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use signet_e2e::mail::Protocol;
use signet_e2e::rig::BIURO;

use crate::impostor::{Message, NOTHING, Script, VALIDITY};
use crate::office::{LANGUAGES, Office};

const HEAD: &str = "From: Ewa <ewa@firma.example>\r\nSubject: Faktura\r\nMIME-Version: 1.0\r\n";
/// More than a file may have in a run that is to break off.
const LARGE: usize = 1_000_000;
/// What has the shell end a program that writes past 256 KiB of a file.
const BREAK_OFF: &str = "ulimit -f 512";

type Files = BTreeMap<String, Vec<u8>>;

fn multipart(kind: &str, parts: &[String]) -> String {
    let length: usize = parts.iter().map(String::len).sum();
    let boundary = format!("{kind}{length}"); // another one than that of any part
    let parts: String = parts.iter().map(|part| format!("--{boundary}\r\n{part}\r\n")).collect();
    format!("Content-Type: multipart/{kind}; boundary=\"{boundary}\"\r\n\r\n{parts}--{boundary}--\r\n")
}

fn part(heading: &str, body: &str) -> String {
    format!("{heading}\r\n\r\n{body}")
}

fn page() -> String {
    part("Content-Type: text/html", "<p>W załączniku.")
}

fn pdf(disposition: &str, content: &[u8]) -> String {
    let heading = "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: ";
    part(&format!("{heading}{disposition}"), &STANDARD.encode(content))
}

fn mixed(parts: &[String]) -> String {
    format!("{HEAD}{}", multipart("mixed", parts))
}

/// A message, and what becomes of it: the end of each file's name, and what is in it.
type Case = (String, Vec<(String, Vec<u8>)>);

fn cases() -> Vec<Case> {
    let invoice = |content: &[u8]| pdf("attachment; filename=faktura.pdf", content);
    let named = |name: &str| pdf(&format!("attachment; filename*=UTF-8''{name}"), b"3");
    let file = |name: &str, content: &[u8]| (name.to_owned(), content.to_owned());
    let spelled = |name: &str| pdf(&format!("attachment; filename=\"{name}\""), b"4");
    let nobody = "Subject:\r\n\r\nBez nadawcy.\r\n".to_owned();
    let forwarded = mixed(&[page(), invoice(b"5")]);
    let logo = part("Content-Type: image/png; name=logo.png\r\nContent-Disposition: inline", "6");
    let table = b"\x9c\xbf\xb3w\r\n"; // windows-1250
    let inline = "Content-Type: text/plain; charset=windows-1250; name=dane.csv\r\nContent-Disposition: inline";
    let csv = part(&format!("{inline}\r\nContent-Transfer-Encoding: base64"), &STANDARD.encode(table));
    let scan = pdf("inline; filename=skan.pdf", b"8");
    let apple = multipart("alternative", &[page(), multipart("mixed", &[page(), scan.clone(), page()])]);
    vec![
        (
            mixed(&[page(), invoice(b"1"), invoice(b"2")]),
            vec![file("2-faktura.pdf", b"1"), file("3-faktura.pdf", b"2")],
        ),
        (nobody.clone(), vec![file("eml", nobody.as_bytes())]),
        (
            mixed(&[named("..%2F..%5C%00a%0D%0A%3A%3C%22b%22%3E%7C%3F%2A%E2%80%AE."), named(".."), named("CON")]),
            vec![file("1-_.._ a  ___b_____", b"3"), file("2-attachment", b"3"), file("3-CON", b"3")],
        ),
        (
            mixed(&[named(&format!("Faktura{}.pdf", "%C3%B3".repeat(200)))]),
            vec![file(&format!("1-Faktura{}.pdf", "ó".repeat(56)), b"3")],
        ),
        (
            mixed(&[spelled("=?UTF-8?Q?=C5=BC.pdf?="), spelled("ż.pdf")]).replacen("Ewa <ewa@firma.example>", "<", 1),
            vec![file("1-ż.pdf", b"4"), file("2-ż.pdf", b"4")],
        ),
        (
            mixed(&[page(), part("Content-Type: message/rfc822", &forwarded)]),
            vec![file("2-message.eml", forwarded.as_bytes())],
        ),
        (
            mixed(&[multipart("related", &[page(), logo]), invoice(b"7"), csv]),
            vec![file("2-faktura.pdf", b"7"), file("3-dane.csv", table)],
        ),
        (format!("{HEAD}{apple}"), vec![file("2.2-skan.pdf", b"8")]),
        (format!("{HEAD}{scan}\r\n"), vec![file("1-skan.pdf", b"8")]),
    ]
}

/// What lies there for the next one to take: a hidden file is of a run that was ended.
fn visible(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().into_string().ok().context("a name is UTF-8")?;
        if !name.starts_with('.') {
            files.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(files)
}

fn clear(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        fs::remove_file(entry?.path())?;
    }
    Ok(())
}

#[test]
fn every_attachment_becomes_a_file_of_its_own_whatever_it_is_called() -> Result<()> {
    let office = Office::open()?;
    office.set_up(true)?;
    let (cases, mut mailbox, folder) = (cases(), office.mailbox()?, office.folder.join("in"));
    let validity = mailbox.validity("INBOX")?;
    let mut uid = 0;
    for language in ["py", "mjs"] {
        let mut expected = Files::new();
        for (message, files) in &cases {
            uid += 1;
            mailbox.append("INBOX", message)?;
            let of_it =
                files.iter().map(|(name, content)| (format!("faktury.{validity}.{uid}.{name}"), content.clone()));
            expected.extend(of_it);
        }
        let printed = office.succeed(&format!("fetch.{language}"), &["faktury", "in"], "")?;
        let taken = visible(&folder)?;
        let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&taken), names(&expected), "{language}");
        for (name, content) in &taken {
            let told = String::from_utf8_lossy(content);
            assert!(content == &expected[name], "{language}: {name} is as it was sent: {told}");
        }
        assert_eq!(printed.lines().count(), cases.len(), "{language}: a line of each: {printed}");
        assert_eq!(mailbox.unread("INBOX")?, [0; 0], "{language}");
        clear(&folder)?;
    }
    Ok(())
}

#[test]
fn a_run_that_breaks_off_in_the_middle_is_made_up_for_by_the_next() -> Result<()> {
    let office = Office::open()?;
    office.set_up(true)?;
    let (mut mailbox, folder) = (office.mailbox()?, office.folder.join("in"));
    let (small, large) = (b"1".to_vec(), b"2".repeat(LARGE));
    let invoice = |content: &[u8]| pdf("attachment; filename=faktura.pdf", content);
    let message = mixed(&[page(), invoice(&small), invoice(&large)]);
    let validity = mailbox.validity("INBOX")?;
    for (uid, language) in (1..).zip(LANGUAGES) {
        let fetch = format!("fetch.{language}");
        let takes_whole = ["sh", "rs"].contains(&language);
        let file = |end: &str, content: &[u8]| (format!("faktury.{validity}.{uid}.{end}"), content.to_owned());
        mailbox.append("INBOX", &message)?;
        let broken = office.run_after(BREAK_OFF, &fetch, &["faktury", "in"], "")?;
        assert!(!broken.status.success(), "{language}");
        assert_eq!(mailbox.unread("INBOX")?, [uid], "{language}: it is not read yet");
        let before = if takes_whole { Files::new() } else { Files::from([file("2-faktura.pdf", &small)]) };
        assert!(visible(&folder)? == before, "{language}: whatever lies there is whole");
        office.succeed(&fetch, &["faktury", "in"], "")?;
        let whole = if takes_whole {
            Files::from([file("eml", message.as_bytes())])
        } else {
            Files::from([file("2-faktura.pdf", &small), file("3-faktura.pdf", &large)])
        };
        assert!(visible(&folder)? == whole, "{language}: all is there, and once: {:?}", visible(&folder)?.keys());
        assert_eq!(mailbox.unread("INBOX")?, [0; 0], "{language}");
        clear(&folder)?;
    }
    Ok(())
}

#[test]
fn what_cannot_be_taken_overwrites_nothing_and_stops_nothing() -> Result<()> {
    let office = Office::open()?;
    office.set_up(true)?;
    let (mut mailbox, folder) = (office.mailbox()?, office.folder.join("in"));
    let message = format!("{HEAD}\r\nBez załącznika.\r\n");
    let validity = mailbox.validity("INBOX")?;
    for (uid, language) in (1..).step_by(2).zip(LANGUAGES) {
        let fetch = format!("fetch.{language}");
        let file = |uid: u32| format!("faktury.{validity}.{uid}.eml");
        (0..2).try_for_each(|_| mailbox.append("INBOX", &message))?;
        fs::write(folder.join(file(uid)), "Something else")?;
        let output = office.run(&fetch, &["faktury", "in"], "")?;
        let said = String::from_utf8(output.stderr)?;
        assert!(
            !output.status.success() && said.contains(&format!("message {uid} stays unread")),
            "{language}: {said}"
        );
        assert_eq!(mailbox.unread("INBOX")?, [uid], "{language}: the other one is taken");
        let expected = [(file(uid), b"Something else".to_vec()), (file(uid + 1), message.clone().into_bytes())];
        assert_eq!(visible(&folder)?, Files::from(expected), "{language}");
        // What a run leaves that ends before it marks as read.
        fs::write(folder.join(file(uid)), &message)?;
        office.succeed(&fetch, &["faktury", "in"], "")?;
        assert_eq!(mailbox.unread("INBOX")?, [0; 0], "{language}: it is recognised");
        clear(&folder)?;
    }
    Ok(())
}

#[test]
fn points_that_share_a_folder_keep_apart_what_they_take() -> Result<()> {
    // As a person writes the mailbox's folder, and as IMAP does; signs that some syntax has a use for are in both names.
    const POLISH: &str = "Faktury \"żółte\" \\ & Załączone";
    const BY_IMAP: &str = r#"Faktury \"&AXwA8wFC-te\" \\ &- Za&AUIBBQ-czone"#;
    const SHARED: &str = "wspólny \"x\\y\" [1] {2}";
    let office = Office::open()?;
    office.set_up(true)?;
    office.set(json!({
        "id": "umowy", "kind": "documents", "enabled": true, "protocol": "imap", "server": "localhost", "folder": POLISH,
        "port": office.door(Protocol::Imap).port, "encryption": "starttls", "authentication": "oauth2", "login": BIURO.login,
    }))?;
    office.run("mkdir", &[SHARED], "")?;
    let (mut mailbox, folder) = (office.mailbox()?, office.folder.join(SHARED));
    let message = format!("{HEAD}\r\nBez załącznika.\r\n");
    let inbox = mailbox.validity("INBOX")?;
    for (uid, language) in (1..).zip(LANGUAGES) {
        let fetch = format!("fetch.{language}");
        mailbox.append("INBOX", &message)?;
        office.succeed(&fetch, &["faktury", SHARED], "")?;
        let mut expected = vec![format!("faktury.{inbox}.{uid}.eml")];
        // Made anew under its name, a folder begins at the first UID again.
        for _ in 0..2 {
            mailbox.create(BY_IMAP)?;
            mailbox.append(BY_IMAP, &message)?;
            expected.push(format!("umowy.{}.1.eml", mailbox.validity(BY_IMAP)?));
            office.succeed(&fetch, &["umowy", SHARED], "")?;
            assert_eq!(mailbox.unread(BY_IMAP)?, [0; 0], "{language}");
            mailbox.delete(BY_IMAP)?;
        }
        expected.sort();
        assert_eq!(visible(&folder)?.into_keys().collect::<Vec<_>>(), expected, "{language}");
        clear(&folder)?;
    }
    Ok(())
}

#[test]
fn half_a_message_is_none() -> Result<()> {
    let office = Office::open()?;
    Script { found: "1", message: Message::HangsUp, refuses: NOTHING }.serve(&office)?;
    for language in ["py", "sh", "rs"] {
        let output = office.run(&format!("fetch.{language}"), &["faktury", "in"], "")?;
        assert!(!output.status.success(), "{language}");
        assert_eq!(visible(&office.folder.join("in"))?, Files::new(), "{language}");
    }
    Ok(())
}

/// Each waits for its minute, so all do at once.
#[test]
fn a_server_that_falls_silent_is_given_up() -> Result<()> {
    let office = Office::open()?;
    let stalled = Script { found: "1", message: Message::Stalls, refuses: NOTHING }.serve_and_count(&office)?;
    let outcomes = office.run_all(|language| (format!("fetch.{language}"), vec!["faktury", "in"]))?;
    assert_eq!(stalled.load(Ordering::Relaxed), LANGUAGES.len(), "each has asked for the message");
    for (language, output) in outcomes {
        assert!(!output.status.success() && !output.stderr.is_empty(), "{language}");
    }
    assert_eq!(visible(&office.folder.join("in"))?, Files::new());
    Ok(())
}

#[test]
fn what_a_server_finds_is_a_number_and_no_path() -> Result<()> {
    let office = Office::open()?;
    Script { found: "../2 1 $(id) 3;UID=4 *", message: Message::Whole, refuses: NOTHING }.serve(&office)?;
    for language in LANGUAGES {
        let output = office.run(&format!("fetch.{language}"), &["faktury", "in"], "")?;
        let taken = visible(&office.folder.join("in"))?.into_keys().collect::<Vec<_>>();
        assert!(taken.is_empty() || taken == [format!("faktury.{VALIDITY}.1.eml")], "{language}: {taken:?}");
        if language == "sh" {
            assert!(output.status.success() && !taken.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        clear(&office.folder.join("in"))?;
    }
    let mut beside = fs::read_dir(&office.folder)?.flatten().map(|entry| entry.path());
    assert_eq!(beside.find(|path| path.extension().is_some_and(|end| end == "eml")), None);
    Ok(())
}

#[test]
fn a_server_that_says_no_has_no_empty_mailbox() -> Result<()> {
    let office = Office::open()?;
    for refuses in ["LOGIN", "SELECT", "UID SEARCH", "UID FETCH", "UID STORE"] {
        Script { found: "1", message: Message::Whole, refuses }.serve(&office)?;
        for language in LANGUAGES {
            let output = office.run(&format!("fetch.{language}"), &["faktury", "in"], "")?;
            assert!(!output.status.success() && !output.stderr.is_empty(), "{language}, {refuses}");
        }
    }
    Ok(())
}

#[test]
fn the_shell_takes_nothing_that_it_cannot_open_for_reading_alone() -> Result<()> {
    let office = Office::open()?;
    Script { found: "1", message: Message::Whole, refuses: "EXAMINE" }.serve(&office)?;
    let output = office.run("fetch.sh", &["faktury", "in"], "")?;
    let said = String::from_utf8(output.stderr)?;
    assert!(!output.status.success() && said.contains("message 1 stays unread"), "{said}");
    assert_eq!(visible(&office.folder.join("in"))?, Files::new());
    Ok(())
}
