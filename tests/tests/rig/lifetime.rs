//! Rigs beside each other, and after their end.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::Result;
use rustix::process::test_kill_process;
use serde_json::Value;
use signet_e2e::mail::{Credential, Door, Manners, Protocol, Refusal, Tls};
use signet_e2e::rig::ALICE;
use signet_e2e::{Options, Rig};

#[test]
fn two_rigs_stand_side_by_side_and_leave_nothing_behind() -> Result<()> {
    let (one, other) = (Rig::start(Options::default())?, Rig::start(Options::default())?);
    let token = one.control().mail_token(ALICE.login)?;
    let alice = Credential::xoauth2(ALICE.login, &token);
    let door = |rig| Door::of(rig, Protocol::Imap, Tls::Implicit, Manners::Plain).expect("a port");
    door(&one).try_login(Protocol::Imap, alice)?;
    Refusal::of(door(&other).try_login(Protocol::Imap, alice));

    for rig in [one, other] {
        let (pids, directory) = (rig.all_pids(), rig.directory().to_owned());
        assert!(pids.len() > 6, "provider, Dovecot, Postfix and what comes of them: {pids:?}");
        rig.stop()?;
        let left: Vec<_> = pids.into_iter().filter(|pid| test_kill_process(*pid).is_ok()).collect();
        assert!(left.is_empty(), "still running: {left:?}");
        assert!(!directory.exists());
    }
    Ok(())
}

#[test]
fn a_rig_whose_owner_is_killed_does_not_live_on() -> Result<()> {
    let mut owner =
        Command::new(env!("CARGO_BIN_EXE_signet-rig")).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut line = String::new();
    BufReader::new(owner.stdout.take().expect("it is piped")).read_line(&mut line)?;
    let description: Value = serde_json::from_str(&line)?;
    let ports = ["https", "imaps", "smtps"].map(|name| description["ports"][name].as_u64().expect("a port"));
    owner.kill()?;
    owner.wait()?;
    for port in ports {
        // Whoever is left is not our child, so there is nothing to wait on but the port.
        while TcpStream::connect((Ipv4Addr::LOCALHOST, u16::try_from(port)?)).is_ok() {
            thread::yield_now();
        }
    }
    // Its files stay, and may be root's.
    let _ = fs::remove_dir_all(description["directory"].as_str().expect("a path"));
    Ok(())
}
