//! A connection that is tried, told in the reader's language: each step, and where it fails what that means, who must act, and how.

mod letter;
mod trust;

use std::path::Path;
use std::time::Duration;

use ipc::{CheckStep, Fault, FaultKind, LineFrom, Sender};
use mail::Protocol;
use mail::check::{Failure, Kind, Plan, Secret, Step, Then};
use mail::refusal::{Refusal, Turn};
use mail::settings::Settings;
use texts::{Language, text};

use self::trust::Trust;
use crate::config::Network;
use crate::doctor;
use crate::profiles::Connection;

/// Longer than any server takes that can be worked with.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is to be tried, but for the secret.
pub(crate) struct Trial {
    settings: Settings,
    then: Then,
}

impl Trial {
    /// `send_to` makes it a real message, or nothing where none can be made.
    pub(crate) fn new(connection: Connection, send_to: Option<String>, language: Language) -> Option<Self> {
        let Connection { settings, sender, folder, .. } = connection;
        let then = match (settings.protocol, sender) {
            (Protocol::Smtp, Some(sender)) => outgoing(&sender, send_to, language)?,
            _ => Then::Count { folder: folder.unwrap_or_default() },
        };
        Some(Self { settings, then })
    }
}

fn outgoing(sender: &Sender, send_to: Option<String>, language: Language) -> Option<Then> {
    let from = sender.email.clone();
    let Some(to) = send_to else {
        // Whoever sends may surely write to themselves.
        return Some(Then::Address { to: from.clone(), from });
    };
    let message = letter::test_message(sender, &to, language)?;
    Some(Then::Send { from, to, message })
}

/// Tells each step as it is done.
pub(crate) async fn run(
    trial: Trial,
    secret: Secret,
    network: &Network,
    folder: &Path,
    language: Language,
    tell: &(dyn Fn(CheckStep) + Sync),
) {
    let trust = Trust::new(network, folder);
    let plan = Plan { settings: trial.settings, secret, then: trial.then, patience: PATIENCE };
    let words = Words { language, plan: &plan, trust: trust.as_deref() };
    match trust.as_ref().and_then(Trust::config) {
        Some(config) => {
            mail::check::run(&plan, &config, &mut |step| tell(words.step(&step))).await;
        }
        None => {
            tell(words.step(&Step { kind: Kind::Tls, took: Duration::ZERO, outcome: Err(Failure::Tls(String::new())) }))
        }
    }
}

/// The token, or the password, is at hand.
pub(crate) fn had_secret(language: Language) -> CheckStep {
    CheckStep {
        step: "secret".to_owned(),
        ok: true,
        text: text(language, "check-step-secret", &[]),
        ..CheckStep::default()
    }
}

/// The check itself has failed.
pub(crate) fn broke_off(language: Language) -> CheckStep {
    CheckStep {
        step: "internal".to_owned(),
        text: text(language, "check-broke-off", &[]),
        action: Some(text(language, "check-broke-off-action", &[])),
        ..CheckStep::default()
    }
}

/// It is not, and nothing can be tried.
pub(crate) fn no_secret(fault: Fault) -> CheckStep {
    let kind = fault.data.kind.or_else(|| fault.code.kind());
    CheckStep {
        step: "secret".to_owned(),
        text: fault.message,
        action: fault.data.action,
        kind,
        ..CheckStep::default()
    }
}

struct Words<'a> {
    language: Language,
    plan: &'a Plan,
    trust: Option<&'a Trust>,
}

impl Words<'_> {
    fn step(&self, step: &Step) -> CheckStep {
        let done = CheckStep {
            step: step.kind.name().to_owned(),
            ok: step.outcome.is_ok(),
            milliseconds: u64::try_from(step.took.as_millis()).unwrap_or(u64::MAX),
            text: self.say(&format!("check-step-{}", step.kind.name()), &[]),
            ..CheckStep::default()
        };
        let told = match &step.outcome {
            Ok(line) => CheckStep { line: Some(line.clone()), ..done },
            Err(failure) => self.failed(done, step.kind, failure),
        };
        let line = told.line.filter(|line| !line.is_empty());
        CheckStep { line_from: line.as_ref().map(|_| line_from(step)), line, ..told }
    }

    fn failed(&self, step: CheckStep, at: Kind, failure: &Failure) -> CheckStep {
        let told = |id: &str, args: &[(&str, &str)], kind: FaultKind, line: Option<&String>| CheckStep {
            text: self.say(id, args),
            action: Some(self.say(&format!("{id}-action"), args)),
            kind: Some(kind),
            line: line.cloned(),
            ..step.clone()
        };
        match failure {
            Failure::NoName => told("check-no-name", &[], FaultKind::Configuration, None),
            Failure::NameUnanswered => told("check-name-unanswered", &[], FaultKind::Transient, None),
            Failure::NoNetwork => told("check-no-network", &[], FaultKind::Transient, None),
            Failure::NoConnection => told("check-no-connection", &[], FaultKind::Configuration, None),
            Failure::Timeout => told(by_progress(at, "check-timeout", "check-busy"), &[], FaultKind::Transient, None),
            Failure::Closed => told(by_progress(at, "check-closed", "check-dropped"), &[], FaultKind::Transient, None),
            Failure::Garbage(line) if is_web(line) => told("check-web", &[], FaultKind::Configuration, Some(line)),
            Failure::Garbage(line) => told("check-garbage", &[], FaultKind::Configuration, Some(line)),
            Failure::Unruly(how) => told("check-garbage", &[], FaultKind::Configuration, Some(&(*how).to_owned())),
            Failure::Unsayable => told("check-unsayable", &[], FaultKind::Configuration, None),
            Failure::NoAlphabet => told("check-no-alphabet", &[], FaultKind::Configuration, None),
            Failure::NotOffered(what) => told("check-not-offered", &[("what", what)], FaultKind::Configuration, None),
            Failure::Tls(why) => match self.trust.and_then(Trust::refused).and_then(|it| doctor::named(&it)) {
                Some(shown) => {
                    let args = [
                        ("subject", &*shown.subject),
                        ("issuer", &*shown.issuer),
                        ("fingerprint", &*shown.fingerprint),
                    ];
                    told("check-certificate", &args, FaultKind::Configuration, Some(why))
                }
                None => told("check-tls", &[], FaultKind::Configuration, Some(why)),
            },
            Failure::Refused { meaning, line } => {
                let seconds = seconds(*meaning).to_string();
                let id = format!("refusal-{}", meaning.name());
                told(&id, &[("seconds", &seconds)], kind(meaning.turn()), Some(line))
            }
        }
    }

    fn say(&self, id: &str, further: &[(&str, &str)]) -> String {
        let Settings { host, port, login, mailbox, .. } = &self.plan.settings;
        let (sender, recipient) = match &self.plan.then {
            Then::Address { from, to } | Then::Send { from, to, .. } => (&**from, &**to),
            Then::Count { .. } => ("", ""),
        };
        let port = port.to_string();
        let [quoted_login, quoted_mailbox, quoted_sender] = [login, mailbox, sender].map(quoted);
        let known = [
            ("sender", sender),
            ("recipient", recipient),
            ("quoted_sender", &quoted_sender),
            ("host", &**host),
            ("port", &port),
            ("login", login),
            ("mailbox", mailbox),
            ("quoted_login", &quoted_login),
            ("quoted_mailbox", &quoted_mailbox),
        ];
        text(self.language, id, &[&known, further].concat())
    }
}

/// For between the single quotes of a command to be pasted into PowerShell, which takes typographic ones for the same:
/// <https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules>.
fn quoted(text: &str) -> String {
    let doubled = |sign: char| std::iter::repeat_n(sign, if is_quote(sign) { 2 } else { 1 });
    text.chars().flat_map(doubled).collect()
}

fn is_quote(sign: char) -> bool {
    matches!(sign, '\'' | '\u{2018}'..='\u{201b}')
}

fn line_from(step: &Step) -> LineFrom {
    match (&step.outcome, step.kind) {
        (Ok(_), Kind::Name | Kind::Tcp | Kind::Tls) => LineFrom::Signet,
        (Ok(_) | Err(Failure::Refused { .. } | Failure::Garbage(_)), _) => LineFrom::Server,
        (Err(_), _) => LineFrom::Signet,
    }
}

/// The texts' id for a server that says no more. Who is past TLS has the right port, and who may have a message must not get it
/// twice.
fn by_progress(at: Kind, at_first: &'static str, past_tls: &'static str) -> &'static str {
    match at {
        Kind::Name | Kind::Tcp | Kind::Tls | Kind::Greeting | Kind::Capabilities => at_first,
        Kind::Authentication | Kind::Mailbox | Kind::Sender | Kind::Recipient => past_tls,
        Kind::Message => "check-unanswered",
    }
}

/// A web server, or the login page of a guest network.
fn is_web(line: &str) -> bool {
    let line = line.trim_start().to_ascii_lowercase();
    ["http/", "<!doctype", "<html", "<head"].iter().any(|beginning| line.starts_with(beginning))
}

/// Where the server does not say for how long: Exchange Online counts by the minute.
fn seconds(refusal: Refusal) -> u64 {
    let Refusal::Throttled(Some(wait)) = refusal else { return 60 };
    wait.as_secs().max(1)
}

fn kind(turn: Turn) -> FaultKind {
    match turn {
        Turn::Admin => FaultKind::Admin,
        Turn::Settings => FaultKind::Configuration,
        Turn::Nobody => FaultKind::Transient,
    }
}

#[cfg(test)]
mod tests;
