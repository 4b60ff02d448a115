//! What `signet token` prints opens mailboxes.

use anyhow::Result;
use signet_e2e::mail::{Credential, Door, Imap, Letter, Manners, Mechanism, Pop3, Protocol, Refusal, Smtp, Tls};
use signet_e2e::rig::control::Settings;
use signet_e2e::rig::{ALICE, BIURO};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

const PROTOCOLS: [(Protocol, &str); 3] = [(Protocol::Imap, "imap"), (Protocol::Pop3, "pop"), (Protocol::Smtp, "smtp")];

/// Alice with a token of 1.8 kB, as Entra's are, and the office with one of 6 kB, as those of people in many groups.
fn two_mailboxes() -> Result<(Rig, Agent)> {
    let rig = Rig::start(Options::default())?;
    let agent = Agent::signed_in(&rig, ALICE, AgentOptions::default())?;
    rig.control().set(&Settings { token_length: Some(6_000), ..Settings::default() })?;
    agent.add_and_sign_in(BIURO)?;
    assert_eq!([agent.token(ALICE.login)?.len(), agent.token(BIURO.login)?.len()], [1_800, 6_000]);
    Ok((rig, agent))
}

fn doors(rig: &Rig, protocol: Protocol) -> impl Iterator<Item = (Manners, Door)> {
    let all = [Manners::Plain, Manners::Exchange].map(|manners| [(manners, Tls::Implicit), (manners, Tls::StartTls)]);
    all.into_iter().flatten().filter_map(move |(manners, tls)| Some((manners, Door::of(rig, protocol, tls, manners)?)))
}

/// Exchange Online speaks no other.
fn mechanisms(manners: Manners) -> &'static [(Mechanism, &'static str)] {
    match manners {
        Manners::Plain => &[(Mechanism::XOAuth2, "xoauth2"), (Mechanism::OAuthBearer, "oauthbearer")],
        Manners::Exchange => &[(Mechanism::XOAuth2, "xoauth2")],
    }
}

#[test]
fn the_printed_token_logs_in_everywhere() -> Result<()> {
    let (rig, agent) = two_mailboxes()?;
    for person in [ALICE, BIURO] {
        for (protocol, name) in PROTOCOLS {
            let token = agent.signet(&["token", person.login, "--for", name])?.line()?;
            for (manners, door) in doors(&rig, protocol) {
                for &(mechanism, option) in mechanisms(manners) {
                    let what = format!("{} {name} {manners:?} {:?} {option}", person.login, door.tls);
                    let credential = Credential { mechanism, user: person.login, token: &token };
                    door.try_login(protocol, credential).unwrap_or_else(|err| panic!("{what}: {err:#}"));
                    let answer = agent.signet(&["token", person.login, "--for", name, "--sasl", option])?.line()?;
                    let login = door.try_answer(protocol, mechanism, &answer);
                    login.unwrap_or_else(|err| panic!("{what}, the ready answer: {err:#}"));
                }
            }
        }
    }
    Ok(())
}

#[test]
fn one_accounts_token_opens_no_other_mailbox() -> Result<()> {
    let (rig, agent) = two_mailboxes()?;
    let token = agent.token(ALICE.login)?;
    let foreign = Credential::xoauth2(BIURO.login, &token);
    for (protocol, _) in PROTOCOLS {
        for (_, door) in doors(&rig, protocol).filter(|(_, door)| door.tls == Tls::StartTls) {
            Refusal::of(door.try_login(protocol, foreign));
            door.try_login(protocol, Credential::xoauth2(ALICE.login, &token))?;
        }
    }
    Ok(())
}

#[test]
fn a_pdf_that_one_account_sends_reaches_another_as_it_was() -> Result<()> {
    let (rig, agent) = two_mailboxes()?;
    let pdf: Vec<u8> = (0..=u8::MAX).rev().cycle().take(300_000).collect();
    let from_to = [(ALICE, BIURO, Manners::Plain), (BIURO, ALICE, Manners::Exchange)];
    for (from, to, manners) in from_to {
        let door = |protocol| Door::of(&rig, protocol, Tls::StartTls, manners).expect("a port");
        let token = agent.signet(&["token", from.login, "--for", "smtp"])?.line()?;
        let mut smtp = Smtp::login(&door(Protocol::Smtp), Credential::xoauth2(from.login, &token))?;
        let letter = Letter { from: from.login, to: to.login, subject: "Faktura nr 7/2026: żółć", pdf: &pdf };
        smtp.send(&letter)?;
        smtp.quit()?;

        let token = agent.signet(&["token", to.login, "--for", "imap"])?.line()?;
        let mut imap = Imap::login(&door(Protocol::Imap), Credential::xoauth2(to.login, &token))?;
        assert!(imap.await_pdf(letter.subject)? == pdf, "the PDF arrived changed");
        let mut pop3 = Pop3::login(&door(Protocol::Pop3), Credential::xoauth2(to.login, &token))?;
        assert_eq!(pop3.stat()?.0, 1, "and POP3 sees the same letter");
    }
    Ok(())
}
