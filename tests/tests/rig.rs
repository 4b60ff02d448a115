//! The rig proved on itself, before anything is proved with it.

mod application;

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::Result;
use rustix::process::test_kill_process;
use serde_json::{Value, json};
use signet_e2e::mail::{Credential, Door, Imap, Letter, Manners, Mechanism, Pop3, Protocol, Refusal, Smtp, Tls};
use signet_e2e::rig::control::{Drop, Endpoint, Fault, Mint, Refresh, Revocation, Settings, Times};
use signet_e2e::rig::{ALICE, BIURO, BOB, CAROL, DAVE, MAIL_SCOPES, SHARED_MAILBOX};
use signet_e2e::{Options, Person, Rig, Visit};

use application::{Application, ResponseMode, claims, decoded};

const USER_READ: &str = "https://graph.microsoft.com/User.Read";
const PROTOCOLS: [Protocol; 3] = [Protocol::Imap, Protocol::Pop3, Protocol::Smtp];
const SECURITIES: [Tls; 2] = [Tls::Implicit, Tls::StartTls];

#[test]
fn a_person_signs_in_and_the_code_is_redeemed() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut app = Application::of(&rig);
    for mode in [ResponseMode::FormPost, ResponseMode::Query] {
        app.response_mode = mode;
        let (seen, answer) = app.sign_in(BIURO)?;
        assert_eq!(seen.title, "Signed in", "{seen:?}");
        let tokens = app.redeem(&answer["code"], &[("client_info", "1")])?;
        assert_eq!(tokens["scope"], MAIL_SCOPES.join(" "));
        let claims = claims(&tokens);
        assert_eq!(claims["preferred_username"], BIURO.login);
        assert_eq!(claims["nonce"], application::NONCE);
        assert_eq!(claims["iss"], rig.issuer());
        let client_info = decoded(tokens["client_info"].as_str().expect("client_info was asked for"));
        assert_eq!(client_info["uid"], claims["oid"]);
        assert_eq!(client_info["utid"], claims["tid"]);
        let again = app.redeem(&answer["code"], &[])?;
        assert_eq!(again["error_codes"], json!([54005]), "a code is good once");
    }
    Ok(())
}

#[test]
fn a_second_factor_is_asked_for_and_consent_can_be_declined() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let app = Application::of(&rig);
    let (seen, _) = app.sign_in(CAROL)?;
    assert_eq!(seen.pages, ["email", "password", "code", "keep", "consent"]);
    let (seen, answer) = app.sign_in(Person::from(BIURO).declining())?;
    assert_eq!(seen.pages, ["email", "password", "keep", "consent"]);
    assert_eq!(answer["error"], "access_denied");
    assert_eq!(answer["error_subcode"], "cancel");
    let (seen, answer) = app.sign_in(DAVE)?;
    assert!(seen.pages[2].contains("AADSTS50057"), "{seen:?}");
    assert!(answer.is_empty(), "a disabled person gets no further");
    let (seen, answer) = app.sign_in(Visit::from(BIURO).leaving_after(2))?;
    assert!(seen.left && answer.is_empty(), "{seen:?}");
    Ok(())
}

#[test]
fn a_browser_that_remembers_signs_in_by_itself_and_lets_another_account_be_picked() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut app = Application::of(&rig);
    let profile = tempfile::tempdir()?;
    app.browser.profile = Some(profile.path().to_owned());
    app.sign_in(Person::from(ALICE).staying_signed_in())?;
    let (seen, answer) = app.sign_in(ALICE)?;
    assert!(seen.pages.is_empty() && answer.contains_key("code"), "{seen:?}");
    app.prompt = Some("select_account");
    let (seen, answer) = app.sign_in(BOB)?;
    assert_eq!(seen.pages, ["pick", "email", "password", "keep", "consent"]);
    assert_eq!(claims(&app.redeem(&answer["code"], &[])?)["preferred_username"], BOB.login);
    Ok(())
}

#[test]
fn one_refresh_token_serves_every_resource_its_person_consented_to() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut app = Application::of(&rig);
    app.scopes.push(USER_READ.to_owned());
    let (_, answer) = app.sign_in(ALICE)?;
    let mail = app.redeem(&answer["code"], &[("scope", &MAIL_SCOPES.join(" "))])?;
    assert_eq!(mail["scope"], MAIL_SCOPES.join(" "));
    let refresh_token = mail["refresh_token"].as_str().expect("offline_access was asked for");

    let graph = app.refresh(refresh_token, &[("scope", USER_READ)])?;
    assert_eq!(graph["scope"], USER_READ);
    assert_eq!(claims(&graph)["preferred_username"], ALICE.login, "openid was granted");
    let mail_again = app.refresh(refresh_token, &[])?;
    assert_eq!(mail_again["scope"], MAIL_SCOPES.join(" "), "without a scope it is the first resource's");

    let both = format!("{USER_READ} {}", MAIL_SCOPES[0]);
    let not_consented = "https://graph.microsoft.com/Mail.Send";
    for (scope, code) in [(both.as_str(), 28_000), (not_consented, 65_001), ("https://nowhere.example/Read", 500_011)] {
        let refused = app.refresh(refresh_token, &[("scope", scope)])?;
        assert_eq!(refused["error_codes"], json!([code]), "{scope}: {refused}");
    }
    rig.control().consent(ALICE.login, &[not_consented])?;
    assert_eq!(app.refresh(refresh_token, &[("scope", not_consented)])?["scope"], not_consented);
    Ok(())
}

#[test]
fn refreshing_keeps_or_ends_the_old_token_as_told() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let (app, control) = (Application::of(&rig), rig.control());
    let refresh_in = |refresh| Settings { refresh: Some(refresh), refresh_in: Some(Some(1800)), ..Settings::default() };
    let next = |token: &str| app.refresh(token, &[]);
    let sign_in = || control.mint(&Mint { upn: BOB.login, refresh: true, ..Mint::default() });

    control.set(&refresh_in(Refresh::Entra))?;
    let first = sign_in()?.refresh_token.expect("it was asked for");
    assert_ne!(next(&first)?["refresh_token"], first);
    assert_eq!(next(&first)?["refresh_in"], 1800, "the old token is still good");

    control.set(&refresh_in(Refresh::Static))?;
    assert_eq!(next(&first)?["refresh_token"], first);

    control.set(&refresh_in(Refresh::Rotate))?;
    let second = next(&first)?["refresh_token"].as_str().expect("a new one").to_owned();
    assert_eq!(next(&first)?["suberror"], "bad_token", "replay is noticed");
    assert_eq!(next(&second)?["suberror"], "bad_token", "and ends the whole sign-in");

    let revoked = sign_in()?.refresh_token.expect("it was asked for");
    control.revoke(BOB.login, Revocation::Password)?;
    assert_eq!(next(&revoked)?["error_codes"], json!([50173]));
    let old = sign_in()?.refresh_token.expect("it was asked for");
    control.set(&Settings { clock_offset: Some(91 * 86_400), ..Settings::default() })?;
    assert_eq!(next(&old)?["error_codes"], json!([700_082]));
    Ok(())
}

#[test]
fn ordered_faults_strike_as_ordered() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let (app, control) = (Application::of(&rig), rig.control());
    let token = control.mint(&Mint { upn: ALICE.login, refresh: true, ..Mint::default() })?.refresh_token;
    let token = token.expect("it was asked for");
    let refresh = || app.refresh(&token, &[]);
    let on_refresh =
        || Fault { matching: [("grant_type".to_owned(), "refresh_token".to_owned())].into(), ..Fault::default() };

    control.fault(&Fault { aadsts: Some(50_076), claims: Some("{}".into()), after: 1, ..on_refresh() })?;
    assert!(refresh()?["access_token"].is_string(), "the first passes");
    let refused = refresh()?;
    assert_eq!((&refused["error"], &refused["claims"]), (&json!("interaction_required"), &json!("{}")));
    assert!(refresh()?["access_token"].is_string(), "it strikes once");

    control.fault(&Fault { status: Some(503), body: Some("<html>".into()), times: Times::Always, ..on_refresh() })?;
    for _ in 0..3 {
        assert!(refresh().is_err_and(|err| format!("{err:#}").contains("503")));
    }
    control.cancel_faults()?;
    control.forget_requests()?;

    for drop in [Drop::Reset, Drop::Late, Drop::Truncate] {
        control.fault(&Fault { drop: Some(drop), ..on_refresh() })?;
        refresh().expect_err("the answer does not come");
    }
    control.fault(&Fault { on: Endpoint::Discovery, drop: Some(Drop::Hang), ..Fault::default() })?;
    assert!(refresh()?["access_token"].is_string(), "another endpoint's fault waits for that endpoint");
    let seen = control.requests(Endpoint::Token)?;
    assert_eq!(seen.len(), 4);
    assert_eq!(seen[3].params["refresh_token"], token);
    assert!(control.requests(Endpoint::Authorize)?.is_empty());
    Ok(())
}

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
    fs::remove_dir_all(description["directory"].as_str().expect("a path"))?;
    Ok(())
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
