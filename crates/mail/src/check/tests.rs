//! At each step of each dialogue the server falls silent, dawdles, talks nonsense, does not stop, or hangs up: the step is told as
//! what it is, and is the last. Time is paused, so that twenty seconds of silence take none.

use std::time::Duration;

use rustls::RootCertStore;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, duplex};
use tokio::time::interval;

use super::*;
use crate::check::Kind::{Authentication, Capabilities, Greeting, Mailbox, Message, Recipient, Sender};

const PATIENCE: Duration = Duration::from_secs(20);
/// More than any line or answer may have.
const FLOOD: usize = 20 * 1024 * 1024;

/// An answer of a server, and the step that it is an answer in; before it comes, the client has said a line.
type Answer = (Kind, &'static str);

const IMAP: [Answer; 5] = [
    (Greeting, "* OK hello\r\n"),
    (Capabilities, "* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2\r\na OK done\r\n"),
    (Authentication, "+ \r\n"),
    (Authentication, "c OK in\r\n"),
    (Mailbox, "* 7 EXISTS\r\nd OK done\r\n"),
];
const POP_BY_TOKEN: [Answer; 5] = [
    (Greeting, "+OK hello\r\n"),
    (Capabilities, "+OK\r\nSASL PLAIN XOAUTH2\r\nUSER\r\n.\r\n"),
    (Authentication, "+ \r\n"),
    (Authentication, "+OK in\r\n"),
    (Mailbox, "+OK 3 900\r\n"),
];
const POP_BY_PASSWORD: [Answer; 5] =
    [POP_BY_TOKEN[0], POP_BY_TOKEN[1], (Authentication, "+OK\r\n"), POP_BY_TOKEN[3], POP_BY_TOKEN[4]];
const SMTP: [Answer; 8] = [
    (Greeting, "220 hello\r\n"),
    (Capabilities, "250-host\r\n250 AUTH PLAIN XOAUTH2\r\n"),
    (Authentication, "334 \r\n"),
    (Authentication, "235 in\r\n"),
    (Sender, "250 ok\r\n"),
    (Recipient, "250 ok\r\n"),
    (Message, "354 go\r\n"),
    (Message, "250 queued\r\n"),
];

/// How a server misbehaves.
#[derive(Clone, Copy, Debug)]
enum Vice {
    Silent,
    /// A sign a second, and never a whole line.
    Slow,
    Nonsense,
    EndlessLine,
    /// Lines that are right, and no end of them.
    EndlessAnswer,
    HangsUp,
    HangsUpInALine,
}

const VICES: [Vice; 7] = [
    Vice::Silent,
    Vice::Slow,
    Vice::Nonsense,
    Vice::EndlessLine,
    Vice::EndlessAnswer,
    Vice::HangsUp,
    Vice::HangsUpInALine,
];

fn is_told_as_it_is(vice: Vice, failure: &Failure) -> bool {
    match vice {
        Vice::Silent | Vice::Slow => *failure == Failure::Timeout,
        Vice::Nonsense => *failure == Failure::Garbage("\u{fffd}[31mwhat?".into()),
        Vice::EndlessLine => *failure == Failure::Unruly("a line that does not end"),
        // By POP3 most answers are one line; what follows belongs to the next step.
        Vice::EndlessAnswer => matches!(failure, Failure::Garbage(_) | Failure::Unruly(_)),
        Vice::HangsUp | Vice::HangsUpInALine => *failure == Failure::Closed,
    }
}

async fn serve(stream: DuplexStream, protocol: Protocol, before: Vec<Answer>, vice: Vice) {
    let (read, mut write) = tokio::io::split(stream);
    let mut lines = BufReader::new(read).lines();
    let mut in_message = false;
    for (place, (_, answer)) in before.iter().enumerate() {
        if place > 0 {
            hear(&mut lines, in_message).await;
        }
        in_message = answer.starts_with("354");
        // A client that is content hangs up.
        let _ = write.write_all(answer.as_bytes()).await;
    }
    if !before.is_empty() {
        hear(&mut lines, in_message).await;
    }
    let said: &[u8] = match vice {
        Vice::Silent => return std::future::pending().await,
        Vice::Slow => {
            let mut seconds = interval(Duration::from_secs(1));
            while write.write_all(b"2").await.is_ok() {
                seconds.tick().await;
            }
            return;
        }
        Vice::HangsUp => return,
        Vice::HangsUpInALine => b"250 half",
        Vice::Nonsense => b"\x1b[31mwhat?\r\n",
        Vice::EndlessLine => b"x",
        Vice::EndlessAnswer => match protocol {
            Protocol::Imap => b"* x\r\n",
            Protocol::Pop => b"x\r\n",
            Protocol::Smtp => b"250-x\r\n",
        },
    };
    let is_endless = matches!(vice, Vice::EndlessLine | Vice::EndlessAnswer);
    let said = said.repeat(if is_endless { FLOOD / said.len() } else { 1 });
    // One that has read enough hangs up.
    let _ = write.write_all(&said).await;
    if matches!(vice, Vice::Nonsense) {
        let _ = lines.into_inner().read_to_end(&mut Vec::new()).await;
    }
}

/// A line, or a message up to its end.
async fn hear(lines: &mut tokio::io::Lines<BufReader<tokio::io::ReadHalf<DuplexStream>>>, in_message: bool) {
    while let Ok(Some(line)) = lines.next_line().await {
        if !in_message || line == "." {
            return;
        }
    }
}

fn plan(protocol: Protocol, secret: Secret) -> Plan {
    let login = "anna@firma.pl".to_owned();
    let settings =
        Settings { protocol, host: "localhost".into(), port: 1, encryption: None, mailbox: login.clone(), login };
    let (from, to) = ("anna@firma.pl".to_owned(), "biuro@firma.pl".to_owned());
    let then = match protocol {
        Protocol::Imap | Protocol::Pop => Then::Count { folder: "INBOX".into() },
        Protocol::Smtp => Then::Send { from, to, message: b"Subject: x\r\n\r\n.x\r\n".to_vec() },
    };
    Plan { settings, secret, then, patience: PATIENCE }
}

async fn misbehave(protocol: Protocol, secret: Secret, good: &[Answer], at: usize, vice: Vice) -> Vec<Step> {
    let plan = plan(protocol, secret);
    let (client, server) = duplex(64 * 1024);
    let server = tokio::spawn(serve(server, protocol, good[..at].to_vec(), vice));
    let mut steps = Vec::new();
    run_on(&plan, client, &no_roots(), &mut |step| steps.push(step)).await;
    server.abort();
    steps
}

fn no_roots() -> Arc<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("versions");
    Arc::new(config.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
}

async fn each_step(protocol: Protocol, secret: fn() -> Secret, good: &[Answer]) {
    for (at, (kind, _)) in good.iter().enumerate() {
        for vice in VICES {
            let steps = misbehave(protocol, secret(), good, at, vice).await;
            let (last, before) = steps.split_last().expect("a step");
            let told = format!("{vice:?} at answer {at} by {protocol}: {steps:?}");
            assert_eq!(last.kind, *kind, "{told}");
            assert!(before.iter().all(|step| step.outcome.is_ok()), "{told}");
            let failure = last.outcome.as_ref().expect_err(&told);
            assert!(is_told_as_it_is(vice, failure), "{told}");
        }
    }
}

fn token() -> Secret {
    Secret::Token("eyJ0".into())
}

fn password() -> Secret {
    Secret::Password("hunter2".into())
}

#[tokio::test(start_paused = true)]
async fn an_imap_server_that_misbehaves_at_any_step_is_told_as_that() {
    each_step(Protocol::Imap, token, &IMAP).await;
    each_step(Protocol::Imap, password, &IMAP).await;
}

#[tokio::test(start_paused = true)]
async fn a_pop3_server_that_misbehaves_at_any_step_is_told_as_that() {
    each_step(Protocol::Pop, token, &POP_BY_TOKEN).await;
    each_step(Protocol::Pop, password, &POP_BY_PASSWORD).await;
}

#[tokio::test(start_paused = true)]
async fn an_smtp_server_that_misbehaves_at_any_step_is_told_as_that() {
    each_step(Protocol::Smtp, token, &SMTP).await;
    each_step(Protocol::Smtp, password, &SMTP).await;
}

/// The last step, with a server that answers as given and then hangs up, and all that it has heard.
async fn with_answers(plan: Plan, answers: &str) -> (Step, String) {
    let (client, server) = duplex(64 * 1024);
    let (mut read, mut write) = tokio::io::split(server);
    write.write_all(answers.as_bytes()).await.expect("there is room");
    write.shutdown().await.expect("it is open");
    let mut steps = Vec::new();
    run_on(&plan, client, &no_roots(), &mut |step| steps.push(step)).await;
    let mut heard = String::new();
    read.read_to_string(&mut heard).await.expect("it is text");
    (steps.pop().expect("a step"), heard)
}

#[tokio::test]
async fn a_server_that_says_why_it_hangs_up_is_quoted() {
    let why = "* BYE Connection closed: too many simultaneous connections";
    for (answers, at) in [(1, Capabilities), (2, Authentication), (3, Authentication), (4, Mailbox)] {
        let before: String = IMAP[..answers].iter().map(|(_, answer)| *answer).collect();
        let (step, _) = with_answers(plan(Protocol::Imap, token()), &format!("{before}{why}\r\n")).await;
        let refused = Failure::Refused { meaning: Refusal::Unavailable, line: why.into() };
        assert_eq!((step.kind, step.outcome), (at, Err(refused)));
    }
    let answers = format!("{}{}* BYE Connection is closed. 13\r\n", IMAP[0].1, IMAP[1].1);
    let (step, _) = with_answers(plan(Protocol::Imap, password()), &answers).await;
    let refused = Failure::Refused { meaning: Refusal::Unavailable, line: "* BYE Connection is closed. 13".into() };
    assert_eq!(step.outcome, Err(refused), "it has not judged the password");
}

#[tokio::test]
async fn an_address_in_another_alphabet_takes_a_server_that_knows_them() {
    let offering =
        |what: &str| SMTP.map(|(_, answer)| answer).concat().replacen("250 AUTH", &format!("{what}250 AUTH"), 1);
    let polish = |to: &str| {
        let (from, to, message) = ("biuro@firma.pl".to_owned(), to.to_owned(), b"Subject: x\r\n\r\n".to_vec());
        Plan { then: Then::Send { from, to, message }, ..plan(Protocol::Smtp, token()) }
    };
    let (step, heard) = with_answers(polish("księgowość@firma.pl"), &offering("250-SMTPUTF8\r\n")).await;
    assert_eq!((step.kind, step.outcome), (Message, Ok("250 queued".into())));
    assert!(heard.contains("MAIL FROM:<biuro@firma.pl> BODY=8BITMIME SMTPUTF8\r\nRCPT TO:<księgowość@"), "{heard}");
    let (step, _) = with_answers(polish("księgowość@firma.pl"), &offering("")).await;
    assert_eq!((step.kind, step.outcome), (Sender, Err(Failure::NoAlphabet)));
    let (_, heard) = with_answers(polish("anna@firma.pl"), &offering("250-SMTPUTF8\r\n")).await;
    assert!(heard.contains("MAIL FROM:<biuro@firma.pl>\r\n"), "{heard}");
}

#[tokio::test(start_paused = true)]
async fn a_server_may_take_minutes_to_look_at_a_message() {
    let (client, server) = duplex(64 * 1024);
    let serving = tokio::spawn(async move {
        let (read, mut write) = tokio::io::split(server);
        let mut lines = BufReader::new(read).lines();
        for (place, (_, answer)) in SMTP.iter().enumerate() {
            if place > 0 {
                hear(&mut lines, place == SMTP.len() - 1).await;
            }
            if place == SMTP.len() - 1 {
                tokio::time::sleep(PATIENCE * 14).await;
            }
            let _ = write.write_all(answer.as_bytes()).await;
        }
    });
    let mut steps = Vec::new();
    run_on(&plan(Protocol::Smtp, token()), client, &no_roots(), &mut |step| steps.push(step)).await;
    serving.abort();
    let last = steps.pop().expect("a step");
    assert_eq!((last.kind, last.outcome), (Message, Ok("250 queued".into())));
}

const INJECTED: &str = "x\r\nd DELETE INBOX";

/// The step that comes to nothing, and all that the server has heard, where everything goes well but for what is to be said.
async fn unsaid(plan: Plan, good: &[Answer]) -> (Step, String) {
    let (client, server) = duplex(64 * 1024);
    let (read, mut write) = tokio::io::split(server);
    let answers: String = good.iter().map(|(_, answer)| *answer).collect();
    write.write_all(answers.as_bytes()).await.expect("there is room");
    let mut steps = Vec::new();
    run_on(&plan, client, &no_roots(), &mut |step| steps.push(step)).await;
    let mut heard = String::new();
    BufReader::new(read).read_to_string(&mut heard).await.expect("it is text");
    (steps.pop().expect("a step"), heard)
}

#[tokio::test]
async fn a_line_break_in_a_setting_or_a_secret_is_never_said_to_a_server() {
    let with = |protocol, secret: fn() -> Secret, change: fn(&mut Plan)| {
        let mut plan = plan(protocol, secret());
        change(&mut plan);
        plan
    };
    let breaking: fn() -> Secret = || Secret::Password(INJECTED.into());
    let login = |plan: &mut Plan| plan.settings.login = INJECTED.into();
    let as_it_is = |_: &mut Plan| {};
    for (plan, good, at) in [
        (with(Protocol::Imap, token, login), &IMAP[..], Authentication),
        (with(Protocol::Imap, breaking, as_it_is), &IMAP, Authentication),
        (with(Protocol::Imap, token, |plan| plan.settings.mailbox = INJECTED.into()), &IMAP, Authentication),
        (with(Protocol::Pop, password, login), &POP_BY_PASSWORD, Authentication),
        (with(Protocol::Pop, breaking, as_it_is), &POP_BY_PASSWORD, Authentication),
        (with(Protocol::Smtp, breaking, as_it_is), &SMTP, Authentication),
        (with(Protocol::Smtp, token, from_injected), &SMTP, Sender),
    ] {
        let (step, heard) = unsaid(plan, good).await;
        assert_eq!((step.kind, step.outcome), (at, Err(Failure::Unsayable)));
        assert!(!heard.contains("DELETE"), "{heard:?}");
    }
    // A folder is said in letters that no line break is among.
    let folder = |plan: &mut Plan| plan.then = Then::Count { folder: INJECTED.into() };
    let (step, heard) = unsaid(with(Protocol::Imap, token, folder), &IMAP).await;
    assert_eq!(step.outcome, Ok("7 EXISTS".into()));
    assert!(heard.contains("d EXAMINE \"x&AA0ACg-d DELETE INBOX\"\r\n"), "{heard:?}");
}

fn from_injected(plan: &mut Plan) {
    plan.then = Then::Address { from: INJECTED.into(), to: "a@b.pl".into() };
}

/// What a server does where it should begin to encrypt.
async fn encrypting(encryption: Encryption, said: &'static [u8], then_silent: bool) -> Step {
    let login = "anna@firma.pl".to_owned();
    let settings = Settings {
        protocol: Protocol::Smtp,
        host: "localhost".into(),
        port: 1,
        encryption: Some(encryption),
        mailbox: login.clone(),
        login,
    };
    let then = Then::Address { from: "a@b.pl".into(), to: "a@b.pl".into() };
    let plan = Plan { settings, secret: token(), then, patience: PATIENCE };
    let (client, mut server) = duplex(64 * 1024);
    let serving = tokio::spawn(async move {
        let _ = server.write_all(said).await;
        if then_silent {
            std::future::pending::<()>().await;
        }
    });
    let mut steps = Vec::new();
    run_on(&plan, client, &no_roots(), &mut |step| steps.push(step)).await;
    serving.abort();
    steps.pop().expect("a step")
}

#[tokio::test(start_paused = true)]
async fn a_server_that_does_not_encrypt_as_it_should_is_told_as_that() {
    let silent = encrypting(Encryption::Tls, b"", true).await;
    assert_eq!((silent.kind, silent.outcome), (Kind::Tls, Err(Failure::Timeout)));
    for nonsense in [&b"HTTP/1.1 400 Bad Request\r\n\r\n<html>"[..], b"220 I speak in clear\r\n", b""] {
        let step = encrypting(Encryption::Tls, nonsense, false).await;
        assert!(step.kind == Kind::Tls && matches!(step.outcome, Err(Failure::Tls(_))), "{step:?}");
    }
    // What comes behind the go-ahead, in clear, may be anybody's word.
    let injected =
        encrypting(Encryption::StartTls, b"220 x\r\n250-x\r\n250 STARTTLS\r\n220 go\r\n250 ok\r\n", true).await;
    assert!(injected.kind == Kind::Tls && matches!(injected.outcome, Err(Failure::Unruly(_))), "{injected:?}");
    let silent = encrypting(Encryption::StartTls, b"220 x\r\n250-x\r\n250 STARTTLS\r\n", true).await;
    assert_eq!((silent.kind, silent.outcome), (Kind::Tls, Err(Failure::Timeout)));
    let stripped = encrypting(Encryption::StartTls, b"220 x\r\n250-x\r\n250 SIZE\r\n", true).await;
    assert_eq!((stripped.kind, stripped.outcome), (Kind::Tls, Err(Failure::NotOffered("STARTTLS"))));
}
