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
            Failure::Timeout => told(timed_out(at), &[], FaultKind::Transient, None),
            Failure::Closed => told("check-closed", &[], FaultKind::Transient, None),
            Failure::Garbage(line) if is_web(line) => told("check-web", &[], FaultKind::Configuration, Some(line)),
            Failure::Garbage(line) => told("check-garbage", &[], FaultKind::Configuration, Some(line)),
            Failure::Unruly(how) => told("check-garbage", &[], FaultKind::Configuration, Some(&(*how).to_owned())),
            Failure::Unsayable => told("check-unsayable", &[], FaultKind::Configuration, None),
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

/// The end of its texts' ids. Who is past TLS has the right port, and who may have a message must not get it twice.
fn timed_out(at: Kind) -> &'static str {
    match at {
        Kind::Name | Kind::Tcp | Kind::Tls | Kind::Greeting | Kind::Capabilities => "check-timeout",
        Kind::Authentication | Kind::Mailbox | Kind::Sender | Kind::Recipient => "check-busy",
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
mod tests {
    use super::*;

    #[test]
    fn every_step_and_every_failure_has_its_words_in_both_languages() {
        let exists = |id: &str| assert!(texts::exists(id), "{id}");
        let kinds = [
            Kind::Name,
            Kind::Tcp,
            Kind::Tls,
            Kind::Greeting,
            Kind::Capabilities,
            Kind::Authentication,
            Kind::Mailbox,
            Kind::Sender,
            Kind::Recipient,
            Kind::Message,
        ];
        for kind in kinds {
            exists(&format!("check-step-{}", kind.name()));
        }
        for failed in [
            "no-name",
            "name-unanswered",
            "no-network",
            "no-connection",
            "timeout",
            "busy",
            "unanswered",
            "closed",
            "garbage",
            "web",
            "unsayable",
            "not-offered",
            "broke-off",
            "certificate",
            "tls",
        ] {
            exists(&format!("check-{failed}"));
            exists(&format!("check-{failed}-action"));
        }
        for refusal in Refusal::ALL {
            exists(&format!("refusal-{}", refusal.name()));
            exists(&format!("refusal-{}-action", refusal.name()));
        }
    }

    #[test]
    fn a_line_is_told_to_be_the_server_s_or_what_was_found() {
        let plan = plan("anna@firma.pl", "faktury@firma.pl");
        let words = Words { language: Language::English, plan: &plan, trust: None };
        let check = |kind, outcome: Result<&str, Failure>, want: Option<LineFrom>| {
            let outcome = outcome.map(str::to_owned);
            let told = words.step(&Step { kind, took: Duration::ZERO, outcome });
            assert_eq!((told.line_from, told.line.is_some()), (want, want.is_some()), "{told:?}");
        };
        let refused = || Failure::Refused { meaning: Refusal::Other, line: "454 no".into() };
        check(Kind::Name, Ok("10.0.0.1"), Some(LineFrom::Signet));
        check(Kind::Tcp, Ok("10.0.0.1:993"), Some(LineFrom::Signet));
        check(Kind::Tls, Ok("TLSv1_3"), Some(LineFrom::Signet));
        check(Kind::Tls, Err(Failure::Tls("no".into())), Some(LineFrom::Signet));
        check(Kind::Tls, Err(refused()), Some(LineFrom::Server));
        check(Kind::Greeting, Ok("* OK hello"), Some(LineFrom::Server));
        check(Kind::Greeting, Err(Failure::Garbage("SSH-2.0".into())), Some(LineFrom::Server));
        check(Kind::Greeting, Err(Failure::Unruly("a line that does not end")), Some(LineFrom::Signet));
        check(Kind::Greeting, Ok(""), None);
        check(Kind::Name, Err(Failure::NoName), None);
    }

    fn plan(login: &str, sender: &str) -> Plan {
        let settings = Settings {
            protocol: Protocol::Smtp,
            host: "smtp.office365.com".into(),
            port: 587,
            encryption: None,
            login: login.into(),
            mailbox: login.into(),
        };
        let then = Then::Address { from: sender.into(), to: "ewa@firma.pl".into() };
        Plan { settings, secret: Secret::Token("eyJ0".into()), then, patience: PATIENCE }
    }

    #[test]
    fn send_as_is_asked_for_at_the_sender_s_mailbox_and_for_the_login() {
        let plan = plan("anna@firma.pl", "faktury@firma.pl");
        for language in Language::ALL {
            let words = Words { language, plan: &plan, trust: None };
            let line = "554 5.2.252 SendAsDenied".to_owned();
            let outcome = Err(Failure::Refused { meaning: Refusal::SendAs, line });
            let told = words.step(&Step { kind: Kind::Message, took: Duration::ZERO, outcome });
            let command =
                "Add-RecipientPermission -Identity 'faktury@firma.pl' -Trustee 'anna@firma.pl' -AccessRights SendAs";
            assert!(told.action.is_some_and(|action| action.contains(command)), "{language}");
        }
    }

    #[test]
    fn whoever_was_let_in_is_not_told_to_check_the_port() {
        let plan = plan("anna@firma.pl", "anna@firma.pl");
        let words = Words { language: Language::English, plan: &plan, trust: None };
        for (kind, about_port, about_twice) in [
            (Kind::Greeting, true, false),
            (Kind::Authentication, false, false),
            (Kind::Recipient, false, false),
            (Kind::Message, false, true),
        ] {
            let told = words.step(&Step { kind, took: PATIENCE, outcome: Err(Failure::Timeout) });
            let action = told.action.unwrap_or_default();
            assert_eq!((action.contains("port"), action.contains("twice")), (about_port, about_twice), "{kind:?}");
        }
    }

    #[test]
    fn no_login_and_no_mailbox_gets_out_of_the_quotes_of_a_command() {
        let hostile = |quote: char| format!("a{quote}; Remove-Mailbox {quote}{quote}b $(c) `d; Remove-Mailbox e");
        let mut commands = 0;
        for quote in ['\'', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}', '"'] {
            let plan = plan(&hostile(quote), &hostile(quote));
            for (language, refusal) in
                Language::ALL.into_iter().flat_map(|it| Refusal::ALL.map(|refusal| (it, refusal)))
            {
                let words = Words { language, plan: &plan, trust: None };
                let action = words.say(&format!("refusal-{}-action", refusal.name()), &[("seconds", "60")]);
                for command in offered(&action) {
                    commands += 1;
                    assert!(!unquoted(command).contains("Remove-Mailbox"), "{command}");
                    assert!(command.contains(" 'a"), "nothing is quoted: {command}");
                }
            }
        }
        assert_eq!(commands, 6 * 2 * 6, "every command is seen");
    }

    /// From each cmdlet that is offered to the end of the text.
    fn offered(action: &str) -> Vec<&str> {
        let cmdlets = ["Set-CASMailbox", "Get-CASMailbox", "Add-MailboxPermission", "Add-RecipientPermission"];
        let begins = |cmdlet: &str| action.match_indices(cmdlet).map(|(at, _)| &action[at..]).collect::<Vec<_>>();
        cmdlets.into_iter().flat_map(begins).collect()
    }

    /// What PowerShell reads outside of quotes; a quote within quotes is written twice, and so ends and begins them.
    fn unquoted(command: &str) -> String {
        let mut is_within = false;
        let mut outside = |sign: &char| {
            let is_quote = "'‘’‚‛".contains(*sign);
            is_within ^= is_quote;
            is_quote || !is_within
        };
        command.chars().filter(&mut outside).collect()
    }
}
