//! Servers that answer as they should, say no, talk nonsense, or say nothing at all: each is told as what it is.

use std::sync::Arc;
use std::time::Duration;

use mail::Protocol;
use mail::check::{Failure, Kind, Plan, Secret, Then, run};
use mail::refusal::Refusal;
use mail::settings::Settings;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

/// What a client says, by its beginning, and what it is answered; nothing said is the greeting.
type Script = Vec<(&'static str, &'static str)>;

const NO_ANSWER: &str = "(nothing)";
const HANG_UP: &str = "(hangs up)";

/// The last step, and how it ended.
async fn last_step(protocol: Protocol, secret: Secret, script: Script) -> (Kind, Result<String, Failure>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("its address").port();
    let server = tokio::spawn(serve(listener, script));
    let login = "anna@firma.pl".to_owned();
    let settings = Settings {
        protocol,
        host: "localhost".into(),
        port,
        encryption: None,
        mailbox: "faktury@firma.pl".into(),
        login,
    };
    let then = match protocol {
        Protocol::Imap | Protocol::Pop => Then::Count { folder: "INBOX".into() },
        Protocol::Smtp => Then::Send {
            from: "anna@firma.pl".into(),
            to: "biuro@firma.pl".into(),
            message: b"Subject: x\r\n\r\n.x\r\n".to_vec(),
        },
    };
    // Only a server that says nothing takes so long.
    let patience = if protocol == Protocol::Pop { Duration::from_millis(300) } else { Duration::from_secs(30) };
    let mut steps = Vec::new();
    let well = run(&Plan { settings, secret, then, patience }, &no_roots(), &mut |step| steps.push(step)).await;
    let last = steps.pop().expect("a step");
    assert_eq!(well, last.outcome.is_ok(), "{last:?}");
    assert!(steps.iter().all(|step| step.outcome.is_ok()), "the first no ends it: {steps:?}");
    server.abort();
    (last.kind, last.outcome)
}

fn no_roots() -> Arc<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("versions");
    Arc::new(config.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
}

async fn serve(listener: TcpListener, script: Script) {
    let (stream, _) = listener.accept().await.expect("a client");
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    // Whoever has nothing more to say hangs up, but for one who never says anything.
    let waits = script.last().is_some_and(|(_, answer)| *answer == NO_ANSWER);
    for (wanted, answer) in script {
        if !wanted.is_empty() {
            let said = lines.next_line().await.ok().flatten().unwrap_or_default();
            assert!(said.starts_with(wanted) && (wanted != "(empty)" || said.is_empty()), "{said:?} is not {wanted:?}");
        }
        match answer {
            HANG_UP => return,
            NO_ANSWER => {}
            answer => write.write_all(answer.replace('\n', "\r\n").as_bytes()).await.expect("the client reads"),
        }
    }
    if waits {
        std::future::pending::<()>().await;
    }
}

fn token() -> Secret {
    Secret::Token("eyJ0".into())
}

fn password() -> Secret {
    Secret::Password("hunter2".into())
}

#[track_caller]
fn check((kind, outcome): (Kind, Result<String, Failure>), want: Kind, said: Result<&str, &Failure>) {
    assert_eq!((kind, outcome.as_deref()), (want, said));
}

fn refused(meaning: Refusal, line: &str) -> Failure {
    Failure::Refused { meaning, line: line.to_owned() }
}

const IMAP: [(&str, &str); 2] =
    [("", "* OK hello\n"), ("a CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 SASL-IR\na OK done\n")];
const SMTP: [(&str, &str); 2] =
    [("", "220-one\n220 two\n"), ("EHLO", "250-host\n250-AUTH LOGIN XOAUTH2\n250 SIZE 1\n")];

fn after(beginning: &[(&'static str, &'static str)], rest: &[(&'static str, &'static str)]) -> Script {
    [beginning, rest].concat()
}

#[tokio::test]
async fn a_token_opens_a_mailbox_by_imap_and_its_messages_are_counted() {
    let rest = [
        ("c AUTHENTICATE XOAUTH2", "+ \n"),
        ("dXNlcj1mYWt0dXJ5QGZpcm1hLnBsAWF1dGg9QmVhcmVyIGV5SjABAQ==", "c OK in\n"),
        ("d EXAMINE \"INBOX\"", "* FLAGS ()\n* 7 EXISTS\nd OK done\n"),
    ];
    check(last_step(Protocol::Imap, token(), after(&IMAP, &rest)).await, Kind::Mailbox, Ok("7 EXISTS"));
}

#[tokio::test]
async fn the_error_challenge_of_xoauth2_is_answered_and_the_no_heard() {
    let rest = [
        ("c AUTH", "+ \n"),
        ("dXNl", "+ eyJzdGF0dXMiOiI0MDEifQ==\n"),
        ("", NO_ANSWER),
        ("", "c NO AUTHENTICATE failed.\n"),
    ];
    let want = refused(Refusal::NotLetIn, "NO AUTHENTICATE failed. {\"status\":\"401\"}");
    check(last_step(Protocol::Imap, token(), after(&IMAP, &rest)).await, Kind::Authentication, Err(&want));
    let rest = [
        ("AUTH XOAUTH2", "334 \n"),
        ("dXNl", "334 eyJzdGF0dXMiOiI0MDEifQ==\n"),
        ("", "535 5.7.3 Authentication unsuccessful\n"),
    ];
    let want = refused(Refusal::NotLetIn, "535 5.7.3 Authentication unsuccessful {\"status\":\"401\"}");
    check(last_step(Protocol::Smtp, token(), after(&SMTP, &rest)).await, Kind::Authentication, Err(&want));
}

#[tokio::test]
async fn a_server_that_offers_oauthbearer_alone_is_logged_in_to_by_that_and_its_challenge_answered() {
    let offered = ("a CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=OAUTHBEARER SASL-IR\na OK done\n");
    let rest = [
        ("c AUTHENTICATE OAUTHBEARER", "+ \n"),
        ("bixhPWZha3R1cnlAZmlybWEucGwsAWhvc3Q9bG9jYWxob3N0AXBvcnQ9", "+ eyJzdGF0dXMiOiI0MDAifQ==\n"),
        ("AQ==", "c NO [AUTHENTICATIONFAILED] no\n"),
    ];
    let want = refused(Refusal::NotLetIn, "NO [AUTHENTICATIONFAILED] no {\"status\":\"400\"}");
    let script = after(&[IMAP[0], offered], &rest);
    check(last_step(Protocol::Imap, token(), script).await, Kind::Authentication, Err(&want));
    let pop = [("", "+OK\n"), ("CAPA", "+OK\nSASL PLAIN OAUTHBEARER\n.\n"), ("AUTH OAUTHBEARER", "-ERR no\n")];
    let want = refused(Refusal::NotLetIn, "-ERR no");
    check(last_step(Protocol::Pop, token(), pop.into()).await, Kind::Authentication, Err(&want));
    let smtp = [SMTP[0], ("EHLO", "250-host\n250 AUTH OAUTHBEARER\n"), ("AUTH OAUTHBEARER", "454 4.7.0 no\n")];
    let want = refused(Refusal::Unavailable, "454 4.7.0 no");
    check(last_step(Protocol::Smtp, token(), smtp.into()).await, Kind::Authentication, Err(&want));
}

#[tokio::test]
async fn a_server_that_repeats_the_secret_is_not_quoted_with_it() {
    let login = [("AUTH XOAUTH2", "334 \n"), ("dXNl", "500 what is dXNlcj1hbm5hQGZpcm1hLnBsAWF1dGg9QmVhcmVyIG\n")];
    let want = refused(Refusal::NotLetIn, "500 what is ***");
    check(last_step(Protocol::Smtp, token(), after(&SMTP, &login)).await, Kind::Authentication, Err(&want));
}

#[tokio::test]
async fn a_message_is_sent_and_each_no_on_the_way_is_told_at_its_step() {
    let login = [("AUTH XOAUTH2", "334 \n"), ("dXNl", "235 in\n")];
    let begun = after(&SMTP, &login);
    let sent = [
        ("MAIL FROM:<anna@firma.pl>", "250 ok\n"),
        ("RCPT TO:<biuro@firma.pl>", "250 ok\n"),
        ("DATA", "354 go\n"),
        ("Subject: x", NO_ANSWER),
        ("", NO_ANSWER),
        ("", NO_ANSWER),
        ("", "250 2.0.0 queued as 7\n"),
    ];
    check(last_step(Protocol::Smtp, token(), after(&begun, &sent)).await, Kind::Message, Ok("250 2.0.0 queued as 7"));
    let refusal = [("MAIL", "250 ok\n"), ("RCPT", "550 5.1.1 User unknown\n")];
    let want = refused(Refusal::Recipient, "550 5.1.1 User unknown");
    check(last_step(Protocol::Smtp, token(), after(&begun, &refusal)).await, Kind::Recipient, Err(&want));
}

#[tokio::test]
async fn a_password_goes_in_as_the_server_offers_it() {
    let rest = [("AUTH LOGIN", "334 VXNl\n"), ("YW5uYUBmaXJtYS5wbA==", "334 UGFz\n"), ("aHVudGVyMg==", "535 no\n")];
    let want = refused(Refusal::Password, "535 no");
    check(last_step(Protocol::Smtp, password(), after(&SMTP, &rest)).await, Kind::Authentication, Err(&want));
    let pop = [
        ("", "+OK hello\n"),
        ("CAPA", "+OK\nUSER\n.\n"),
        ("USER anna@firma.pl", "+OK\n"),
        ("PASS hunter2", "+OK\n"),
        ("STAT", "+OK 3 900\n"),
    ];
    check(last_step(Protocol::Pop, password(), pop.into()).await, Kind::Mailbox, Ok("+OK 3 900"));
    check(
        last_step(Protocol::Pop, token(), pop[..2].into()).await,
        Kind::Authentication,
        Err(&Failure::NotOffered("XOAUTH2")),
    );
}

#[tokio::test]
async fn whoever_hangs_up_talks_nonsense_or_says_nothing_is_told_as_that() {
    check(last_step(Protocol::Imap, token(), vec![("", HANG_UP)]).await, Kind::Greeting, Err(&Failure::Closed));
    let web = Failure::Garbage("HTTP/1.1 400 Bad Request".into());
    check(
        last_step(Protocol::Smtp, token(), vec![("", "HTTP/1.1 400 Bad Request\n")]).await,
        Kind::Greeting,
        Err(&web),
    );
    let colours = Failure::Garbage("\u{fffd}[31mred".into());
    check(last_step(Protocol::Imap, token(), vec![("", "\u{1b}[31mred\n")]).await, Kind::Greeting, Err(&colours));
    check(last_step(Protocol::Pop, token(), vec![("", NO_ANSWER)]).await, Kind::Greeting, Err(&Failure::Timeout));
    let endless: &'static str = "x".repeat(20_000).leak();
    let want = Failure::Unruly("a line that does not end");
    check(last_step(Protocol::Imap, token(), vec![("", endless)]).await, Kind::Greeting, Err(&want));
    let lines: &'static str = "* x\n".repeat(1_100).leak();
    let want = Failure::Unruly("an answer that does not end");
    check(last_step(Protocol::Imap, token(), vec![("", "* OK\n"), ("a", lines)]).await, Kind::Capabilities, Err(&want));
}

#[tokio::test]
async fn where_nobody_listens_there_is_no_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let settings = Settings {
        protocol: Protocol::Imap,
        host: "127.0.0.1".into(),
        port,
        encryption: None,
        login: "a@b.pl".into(),
        mailbox: "a@b.pl".into(),
    };
    let plan = Plan {
        settings,
        secret: token(),
        then: Then::Count { folder: "INBOX".into() },
        patience: Duration::from_secs(30),
    };
    let mut steps = Vec::new();
    run(&plan, &no_roots(), &mut |step| steps.push((step.kind, step.outcome.err()))).await;
    assert_eq!(steps, [(Kind::Name, None), (Kind::Tcp, Some(Failure::NoConnection))]);
}
