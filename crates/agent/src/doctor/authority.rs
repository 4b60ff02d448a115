use std::path::Path;
use std::time::Duration;

use broker::{Detail, Failure, NoAnswer, Transport};
use ipc::Message;
use jiff::Timestamp;
use jiff::fmt::rfc2822;

use super::certificate;
use super::finding::{Finding, Subject};
use super::registration;
use crate::authority::{Authorities, Wire};
use crate::config::{AccountConfig, AuthorityConfig, Network};
use crate::said;

/// As far as a clock may be off before answers are no longer believed.
const CLOCK_TOLERANCE: Duration = Duration::from_secs(300);
const MINUTE: u64 = 60;

/// The authority of an account, by its discovery document, and what else that tells.
pub(super) fn examine(
    network: &Network,
    folder: &Path,
    account: &AccountConfig,
    begin: &mut dyn FnMut(Subject),
) -> Vec<Finding> {
    let of_account = |subject, finding: Finding| finding.about(subject).of_account(account.name.as_str());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let (Ok(wire), Ok(runtime)) = (Wire::new(network, folder), runtime) else { return Vec::new() };
    let authorities = Authorities::new(wire);
    let (reached, date) = runtime.block_on(authorities.look(account));
    let is_reached = reached.is_ok();
    let mut found = vec![of_account(Subject::Authority, finding(reached, account, network))];
    if let Some(date) = date {
        begin(Subject::Clock);
        found.extend(clock_finding(&date, Timestamp::now()).map(|finding| of_account(Subject::Clock, finding)));
    }
    if is_reached {
        begin(Subject::Registration);
        let registration = runtime.block_on(registration::examine(&authorities, account));
        found.push(of_account(Subject::Registration, registration));
    }
    runtime.shutdown_background();
    found
}

fn finding(reached: Result<(), Failure>, account: &AccountConfig, network: &Network) -> Finding {
    let issuer = account.issuer();
    let said = |id: &str| Message::new(id).with("issuer", &issuer);
    let failure = match reached {
        Ok(()) => return Finding::fine(said("doctor-authority-reached")),
        Err(failure) => failure,
    };
    match failure {
        Failure::NoAnswer(NoAnswer { transport: Transport::Tls, .. }) => untrusted(&issuer, network),
        Failure::NoAnswer(NoAnswer { transport, .. }) => {
            let why = said::as_message(said::on_the_way(&transport, account));
            Finding::wrong(said("doctor-authority-unreachable").because(why))
        }
        Failure::Unacceptable(_, Detail { id: "error-discovery-failed", .. }) if is_microsoft(account) => {
            Finding::wrong(said("doctor-authority-no-tenant"))
        }
        Failure::Unacceptable(_, detail) => {
            Finding::wrong(said("doctor-authority-not-trusted").because(said::as_message(detail)))
        }
        Failure::Authority(error) => Finding::wrong(said("doctor-authority-refuses").with("detail", &error.error)),
    }
}

fn is_microsoft(account: &AccountConfig) -> bool {
    matches!(account.authority, AuthorityConfig::Microsoft { .. })
}

/// Somebody stands in between who shows a certificate of their own; it is named, so that its owner can be found.
fn untrusted(issuer: &str, network: &Network) -> Finding {
    let said = |id: &str| Message::new(id).with("issuer", issuer);
    let shown = url::Url::parse(issuer).ok().and_then(|address| certificate::shown_at(&address, network));
    match shown {
        Some(shown) => Finding::wrong(
            said("doctor-authority-intercepted")
                .with("by", shown.issuer)
                .with("subject", shown.subject)
                .with("fingerprint", shown.fingerprint),
        ),
        None => Finding::wrong(said("doctor-authority-untrusted")),
    }
}

/// RFC 9110 § 6.6.1.
fn clock_finding(date: &str, now: Timestamp) -> Option<Finding> {
    let there = rfc2822::parse(date).ok()?.timestamp();
    let off = now.duration_since(there);
    let minutes = (off.unsigned_abs().as_secs() / MINUTE).to_string();
    let said = |id: &str| Message::new(id).with("minutes", minutes.as_str());
    Some(if off.unsigned_abs() <= CLOCK_TOLERANCE {
        Finding::fine(Message::new("doctor-clock-fine"))
    } else if off.is_positive() {
        Finding::wrong(said("doctor-clock-fast"))
    } else {
        Finding::wrong(said("doctor-clock-slow"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::finding::{Level, check_words};
    use super::*;
    use crate::config::{App, Entry};

    fn account(issuer: Option<&str>) -> AccountConfig {
        let entry = Entry {
            client_id: Some("x".into()),
            issuer: issuer.map(str::to_owned),
            // Nobody listens there, whose certificate could be shown.
            cloud: issuer.is_none().then(|| "https://127.0.0.1:9".to_owned()),
            ..Entry::default()
        };
        AccountConfig::new("biuro@firma.pl", entry, &App::default()).unwrap()
    }

    #[track_caller]
    fn check(reached: Result<(), Failure>, issuer: Option<&str>, want: &str) {
        let finding = finding(reached, &account(issuer), &Network::default());
        assert_eq!(finding.said.id, format!("doctor-authority-{want}"));
        check_words([finding]);
    }

    #[test]
    fn each_way_to_the_authority_has_its_finding() {
        let unacceptable = |id| {
            let detail = Detail { id, args: ["issuer", "found", "detail"].map(|name| (name, "x".to_owned())).into() };
            Err(Failure::Unacceptable(broker::Reason::NotTrusted, detail))
        };
        check(Ok(()), None, "reached");
        check(Err(Transport::Dns.into()), None, "unreachable");
        check(Err(Transport::Status(503).into()), None, "unreachable");
        check(Err(Transport::Tls.into()), None, "untrusted");
        check(unacceptable("error-discovery-failed"), None, "no-tenant");
        check(unacceptable("error-discovery-failed"), Some("https://127.0.0.1:9"), "not-trusted");
        check(unacceptable("error-discovery-mismatch"), None, "not-trusted");
    }

    #[test]
    fn a_certificate_in_between_has_a_finding_that_names_it() {
        let said = ["issuer", "by", "subject", "fingerprint"]
            .into_iter()
            .fold(Message::new("doctor-authority-intercepted"), |said, name| said.with(name, "x"));
        check_words([Finding::wrong(said)]);
    }

    #[test]
    fn a_clock_is_wrong_once_answers_would_not_be_believed() {
        const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
        let there = Timestamp::from_second(784_111_777).unwrap();
        let check = |off: i64, level: Level, want: &str| {
            let now = Timestamp::from_second(there.as_second() + off).unwrap();
            let finding = clock_finding(DATE, now).unwrap();
            assert_eq!((finding.level, finding.said.id.as_str()), (level, want), "{off} s off");
            check_words([finding]);
        };
        check(0, Level::Fine, "doctor-clock-fine");
        check(300, Level::Fine, "doctor-clock-fine");
        check(-300, Level::Fine, "doctor-clock-fine");
        check(301, Level::Wrong, "doctor-clock-fast");
        check(-7200, Level::Wrong, "doctor-clock-slow");
        assert_eq!(clock_finding("yesterday", there), None);
    }
}
