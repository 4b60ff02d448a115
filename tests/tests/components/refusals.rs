//! What a component says instead of doing it.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use anyhow::Result;
use serde_json::json;
use signet_e2e::mail::Protocol;
use signet_e2e::rig::BIURO;

use crate::office::{LANGUAGES, Office};

/// What a component says that does not succeed, after something that a shell does first.
#[track_caller]
fn said(office: &Office, first: &str, component: &str) -> Result<String> {
    let output = office.run_after(first, component, &["faktury", "in"], "")?;
    let said = String::from_utf8(output.stderr)?;
    assert!(!output.status.success(), "{component}: {said}");
    Ok(said)
}

fn set_point(office: &Office, protocol: &str, port: u16, enabled: bool) -> Result<()> {
    office.set(json!({
        "id": "faktury", "kind": "attachments", "enabled": enabled, "protocol": protocol, "server": "localhost", "port": port,
        "encryption": "starttls", "authentication": "oauth2", "login": BIURO.login,
    }))
}

#[test]
fn a_component_says_what_signet_refuses_it() -> Result<()> {
    let office = Office::open()?;
    for protocol in [Protocol::Imap, Protocol::Pop3] {
        set_point(&office, if protocol == Protocol::Imap { "imap" } else { "pop" }, office.door(protocol).port, false)?;
        for language in LANGUAGES {
            let said = said(&office, "true", &format!("fetch.{language}"))?;
            assert!(said.contains("switched off") && said.contains("(configuration)"), "{language}: {said}");
        }
    }
    Ok(())
}

#[test]
fn a_component_that_reads_by_imap_says_so_at_a_pop3_point() -> Result<()> {
    let office = Office::open()?;
    set_point(&office, "pop", office.door(Protocol::Pop3).port, true)?;
    for language in LANGUAGES {
        let said = said(&office, "true", &format!("fetch.{language}"))?;
        assert!(said.contains("faktury is for pop, and this component reads by IMAP alone"), "{language}: {said}");
    }
    Ok(())
}

#[test]
fn a_server_that_is_not_there_is_no_empty_mailbox() -> Result<()> {
    const NOBODYS: u16 = 1;
    let office = Office::open()?;
    set_point(&office, "imap", NOBODYS, true)?;
    for language in LANGUAGES {
        let said = said(&office, "true", &format!("fetch.{language}"))?;
        assert!(!said.is_empty(), "{language}");
    }
    Ok(())
}

#[test]
fn a_component_that_cron_starts_looks_for_signet_where_it_usually_listens() -> Result<()> {
    let office = Office::open()?;
    let usual = Path::new("/run/user").join(fs::metadata(&office.folder)?.uid().to_string());
    if usual.exists() {
        return Ok(()); // The tests run as somebody at a desktop, whose own Signet would be asked.
    }
    for language in LANGUAGES {
        let said = said(&office, "unset SIGNET_SOCKET XDG_RUNTIME_DIR", &format!("fetch.{language}"))?;
        let expected = format!("nobody listens at {}/signet/agent.sock", usual.display());
        assert!(said.contains(&expected), "{language}: {said}");
    }
    Ok(())
}

#[test]
fn a_component_says_that_signet_is_not_running_or_what_else_is_missing() -> Result<()> {
    let office = Office::open()?;
    let elsewhere = "export SIGNET_SOCKET=\"$PWD/agent.sock\"";
    for component in LANGUAGES.iter().flat_map(|language| [format!("fetch.{language}"), format!("notify.{language}")]) {
        let said = said(&office, elsewhere, &component)?;
        assert!(said.contains("Signet is not running: nobody listens at "), "{component}: {said}");
        assert!(said.contains("/dms/agent.sock"), "{component}: {said}");
        let told =
            said.lines().filter(|line| !line.is_empty() && !line.starts_with("Caused by") && !line.starts_with(' '));
        assert_eq!(told.count(), 1, "{component}: it is said in a sentence: {said}");
    }
    let installed = office.agent.program().with_file_name("");
    let with_signet = format!("{elsewhere} && PATH=\"$PATH:{}\"", installed.display());
    let without = said(&office, elsewhere, "fetch.sh")?;
    assert!(without.contains("It is not installed either"), "{without}");
    let with = said(&office, &with_signet, "fetch.sh")?;
    assert!(with.contains("Start it with: signet agent"), "{with}");
    let few = "mkdir few && ln -s \"$(command -v sh)\" \"$(command -v dirname)\" few && PATH=few";
    let few = said(&office, few, "fetch.sh")?;
    assert_eq!(few, "socat is missing here; install it\n");
    Ok(())
}
