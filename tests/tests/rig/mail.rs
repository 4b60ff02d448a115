//! What the mail servers take, refuse and carry.

use std::thread;

use anyhow::Result;
use signet_e2e::mail::{Credential, Door, Imap, Letter, Manners, Mechanism, Pop3, Protocol, Refusal, Smtp, Tls};
use signet_e2e::rig::control::{Endpoint, Fault, Mint, Settings, Times};
use signet_e2e::rig::{ALICE, BOB, MAIL_SCOPES, SHARED_MAILBOX};
use signet_e2e::{Options, Rig};

use crate::provider::USER_READ;

const PROTOCOLS: [Protocol; 3] = [Protocol::Imap, Protocol::Pop3, Protocol::Smtp];
const SECURITIES: [Tls; 2] = [Tls::Implicit, Tls::StartTls];

#[test]
fn every_port_takes_a_good_token() -> Result<()> {
    let rig = Rig::start(Options::default())?;
    for length in [1_800, 6_000] {
        rig.control().set(&Settings { token_length: Some(length), ..Settings::default() })?;
        let token = rig.control().mail_token(ALICE.login)?;
        for (protocol, tls, manners, mechanism) in every_login() {
            let Some(door) = Door::of(&rig, protocol, tls, manners) else {
                continue;
            };
            let credential = Credential { mechanism, user: ALICE.login, token: &token };
            let login = door.try_login(protocol, credential);
            if mechanism == Mechanism::OAuthBearer && manners == Manners::Exchange {
                Refusal::of(login); // Exchange does not speak it
            } else {
                login.unwrap_or_else(|err| panic!("{protocol:?} {tls:?} {manners:?} {mechanism:?} {length}: {err:#}"));
            }
        }
    }
    Ok(())
}

#[test]
fn a_token_that_does_not_fit_is_refused_by_the_mail_server() -> Result<()> {
    let rig = Rig::start(Options::default())?;
    let control = rig.control();
    let mint = |order| control.mint(&order).map(|tokens| tokens.access_token);
    let expired = mint(Mint { upn: ALICE.login, ttl: Some(-1), ..Mint::default() })?;
    let of_bob = control.mail_token(BOB.login)?;
    let for_graph = mint(Mint { upn: ALICE.login, scope: Some(USER_READ), ..Mint::default() })?;
    // All at once, since Dovecot takes half a second over each refusal.
    thread::scope(|scope| {
        for (protocol, tls, manners, mechanism) in every_login() {
            let Some(door) = Door::of(&rig, protocol, tls, manners) else {
                continue;
            };
            if (manners, mechanism) == (Manners::Exchange, Mechanism::OAuthBearer) {
                continue; // not spoken there, whatever the token
            }
            for (what, token) in [("expired", &expired), ("another's", &of_bob), ("for Graph", &for_graph)] {
                let door = door.clone();
                scope.spawn(move || {
                    let credential = Credential { mechanism, user: ALICE.login, token };
                    let refusal = Refusal::of(door.try_login(protocol, credential));
                    assert_eq!(refusal.line, refused(protocol, manners), "{what} {mechanism:?}");
                    assert_eq!(refusal.challenge.is_some(), manners == Manners::Plain, "{what}: {refusal:?}");
                });
            }
        }
    });

    let for_imap = mint(Mint { upn: ALICE.login, scope: Some(MAIL_SCOPES[0]), ..Mint::default() })?;
    let alice = Credential::xoauth2(ALICE.login, &for_imap);
    let door = |protocol| Door::of(&rig, protocol, Tls::Implicit, Manners::Plain).expect("a port");
    door(Protocol::Imap).try_login(Protocol::Imap, alice)?;
    Refusal::of(door(Protocol::Pop3).try_login(Protocol::Pop3, alice));
    Refusal::of(door(Protocol::Smtp).try_login(Protocol::Smtp, alice));
    Ok(())
}

#[test]
fn a_sent_pdf_arrives_as_it_was_and_a_forged_sender_is_refused() -> Result<()> {
    let rig = Rig::start(Options::default())?;
    let token = rig.control().mail_token(ALICE.login)?;
    let alice = Credential::xoauth2(ALICE.login, &token);
    let pdf: Vec<u8> = (0..=u8::MAX).cycle().take(200_000).collect();
    let letter = Letter { from: ALICE.login, to: SHARED_MAILBOX, subject: "Zażółć gęślą jaźń", pdf: &pdf };
    for manners in [Manners::Plain, Manners::Exchange] {
        let door = |protocol| Door::of(&rig, protocol, Tls::StartTls, manners).expect("a port");
        let mut smtp = Smtp::login(&door(Protocol::Smtp), alice)?;
        smtp.send(&letter)?;
        let forged = Refusal::of(smtp.send(&Letter { from: BOB.login, ..letter }));
        assert!(forged.line.starts_with("553"), "{forged}");
        let mut smtp = Smtp::login(&door(Protocol::Smtp), alice)?;
        let unknown = Refusal::of(smtp.send(&Letter { to: "nobody@contoso.example", ..letter }));
        assert!(unknown.line.starts_with("550"), "{unknown}");

        let shared = Credential { user: SHARED_MAILBOX, ..alice };
        let mut imap = Imap::login(&door(Protocol::Imap), shared)?;
        assert_eq!(imap.await_pdf(letter.subject)?, pdf);
        assert!(imap.mailboxes()?.contains(&"Sent Items".to_owned()));
        let mut pop3 = Pop3::login(&door(Protocol::Pop3), shared)?;
        assert!(pop3.stat()?.1 > pdf.len());
    }
    let token = rig.control().mail_token(BOB.login)?;
    let bob = Credential::xoauth2(SHARED_MAILBOX, &token);
    let door = Door::of(&rig, Protocol::Imap, Tls::Implicit, Manners::Plain).expect("a port");
    Refusal::of(door.try_login(Protocol::Imap, bob));
    Ok(())
}

#[test]
fn exchange_says_at_login_what_it_is_told_to() -> Result<()> {
    let rig = Rig::start(Options::default())?;
    let token = rig.control().mail_token(ALICE.login)?;
    let alice = Credential::xoauth2(ALICE.login, &token);
    let door = Door::of(&rig, Protocol::Imap, Tls::Implicit, Manners::Exchange).expect("a port");
    let said = "BAD User is authenticated but not connected.";
    rig.control().fault(&Fault { on: Endpoint::Imap, say: Some(format!("%t {said}")), ..Fault::default() })?;
    assert!(Refusal::of(door.try_login(Protocol::Imap, alice)).line.ends_with(said));
    // Dovecot asks twice: for the mailbox's own person, and for those who share it.
    let unavailable =
        Fault { on: Endpoint::Introspect, status: Some(503), times: Times::Exactly(2), ..Fault::default() };
    rig.control().fault(&unavailable)?;
    let refusal = Refusal::of(door.try_login(Protocol::Imap, alice));
    assert!(refusal.line.ends_with("NO Server Unavailable. 15"), "{refusal}");
    door.try_login(Protocol::Imap, alice)
}

fn every_login() -> impl Iterator<Item = (Protocol, Tls, Manners, Mechanism)> {
    let logins = PROTOCOLS.into_iter().flat_map(|protocol| SECURITIES.map(|tls| (protocol, tls)));
    logins.flat_map(|(protocol, tls)| {
        [
            (protocol, tls, Manners::Plain, Mechanism::XOAuth2),
            (protocol, tls, Manners::Plain, Mechanism::OAuthBearer),
            (protocol, tls, Manners::Exchange, Mechanism::XOAuth2),
            (protocol, tls, Manners::Exchange, Mechanism::OAuthBearer),
        ]
    })
}

/// What a server says to a token it does not take.
fn refused(protocol: Protocol, manners: Manners) -> &'static str {
    match (manners, protocol) {
        (Manners::Plain, Protocol::Imap) => "a NO [AUTHENTICATIONFAILED] Authentication failed.",
        (Manners::Plain, Protocol::Pop3) => "-ERR [AUTH] Authentication failed.",
        (Manners::Plain, Protocol::Smtp) => "535 5.7.8 Error: authentication failed: (reason unavailable)",
        (Manners::Exchange, Protocol::Imap) => "a NO AUTHENTICATE failed.",
        (Manners::Exchange, Protocol::Pop3) => "-ERR Authentication failure: unknown user name or bad password.",
        (Manners::Exchange, Protocol::Smtp) => {
            "535 5.7.3 Authentication unsuccessful [RIG0001.EURPRD01.prod.outlook.com]"
        }
    }
}
