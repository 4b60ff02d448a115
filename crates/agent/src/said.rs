//! Troubles in sentences, and refusals as faults, in the reader's language.

use broker::{AccountName, Detail, Failure, Kind, NotFound, Reason, Refusal, StoreTrouble, Transport, Trouble};
use ipc::{Fault, FaultCode, FaultKind, Message};
use texts::{Language, text};

use crate::config::{AccountConfig, Rejected};
use crate::store::{NotAfresh, NotUnlocked};

/// A sentence with its arguments.
pub(crate) fn sentence(language: Language, detail: &Detail) -> String {
    let args: Vec<_> = detail.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    text(language, detail.id, &args)
}

/// The sentence of a message, in the reader's language.
pub fn told(language: Language, message: &Message) -> String {
    let detail = message.detail.as_deref().map(|detail| told(language, detail));
    let args = message.args.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let args: Vec<_> = args.chain(detail.as_deref().map(|detail| ("detail", detail))).collect();
    text(language, &message.id, &args)
}

/// What stands in the way, and what to do about it.
pub(crate) fn trouble(language: Language, trouble: &Trouble, account: &AccountConfig) -> String {
    if let Some(detail) = &trouble.detail {
        return sentence(language, detail);
    }
    if let Some(transport) = &trouble.transport {
        let said = sentence(language, &on_the_way(transport, account));
        return with_numbers(language, said, trouble);
    }
    match refused(trouble) {
        Some(detail) => with_numbers(language, sentence(language, &detail), trouble),
        None => texts::why(language, trouble.reason.code(), trouble.aadsts, trouble.correlation_id.as_deref()),
    }
}

/// The authority's own word, where there is none for Microsoft's number and the reason is no more than that it refused.
fn refused(trouble: &Trouble) -> Option<Detail> {
    let is_known = trouble.aadsts.is_some_and(|code| texts::aadsts(Language::English, code).is_some());
    let error = trouble.error.clone().filter(|_| trouble.reason == Reason::Refused && !is_known)?;
    Some(Detail { id: "error-oauth", args: vec![("error", error)] })
}

fn with_numbers(language: Language, said: String, trouble: &Trouble) -> String {
    texts::with_numbers(language, said, trouble.aadsts, trouble.correlation_id.as_deref())
}

fn reason_id(reason: Reason) -> String {
    format!("reason-{}", reason.code().replace('_', "-"))
}

pub(crate) fn on_the_way(transport: &Transport, account: &AccountConfig) -> Detail {
    let issuer = account.issuer();
    let host = url::Url::parse(&issuer).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or(issuer);
    let mut args = vec![("host", host)];
    let id = match transport {
        Transport::Dns => "error-unreachable-detail-dns",
        Transport::Connect => "error-unreachable-detail-connect",
        Transport::Timeout => "error-unreachable-detail-timeout",
        Transport::Tls => "error-unreachable-detail-tls",
        Transport::Proxy => "error-unreachable-detail-proxy",
        Transport::Broken => "error-unreachable-detail-reset",
        Transport::Garbage => "error-unreachable-detail-not-json",
        Transport::Status(status) => {
            args.push(("status", status.to_string()));
            "error-unreachable-detail-status"
        }
    };
    Detail { id, args }
}

/// Why an account stands as it stands, for the snapshot.
pub(crate) fn message(trouble: &Trouble, account: &AccountConfig) -> Message {
    let detail = trouble.detail.clone();
    let detail = detail.or_else(|| trouble.transport.as_ref().map(|way| on_the_way(way, account)));
    detail.or_else(|| refused(trouble)).map_or_else(|| Message::new(reason_id(trouble.reason)), as_message)
}

/// The same, for those who are told by id.
pub(crate) fn as_message(detail: Detail) -> Message {
    detail.args.into_iter().fold(Message::new(detail.id), |message, (name, value)| message.with(name, value))
}

/// The store's trouble, for the snapshot.
pub(crate) fn store_message(trouble: StoreTrouble) -> Message {
    Message::new(store_id(trouble))
}

fn store_id(trouble: StoreTrouble) -> &'static str {
    match trouble {
        StoreTrouble::KeyringAbsent => "error-keyring-absent",
        StoreTrouble::KeyringOutOfReach => "error-keyring-out-of-reach",
        StoreTrouble::KeyringEmpty => "error-keyring-empty",
        StoreTrouble::KeyringLocked => "error-locked-keyring",
        StoreTrouble::KeyringDenied => "error-keyring-denied",
        StoreTrouble::KeyringSilent => "error-keyring-timeout",
        StoreTrouble::KeyMissing => "error-key-missing",
        StoreTrouble::PassphraseWanted => "error-passphrase-wanted",
        StoreTrouble::PassphraseUnset => "error-no-passphrase-yet",
        StoreTrouble::CredentialMissing => "error-credential-missing",
        StoreTrouble::Newer => "error-store-newer",
        StoreTrouble::Disk => "error-store-disk",
    }
}

/// A refusal as the endpoint tells it. `account` is missing where the refusal is that there is none.
pub(crate) fn fault(language: Language, refusal: &Refusal, account: Option<&AccountConfig>, asked: &str) -> Fault {
    let simple = |code, id: &str| Fault::new(code, text(language, id, &[]));
    match (refusal, account) {
        (Refusal::NoAccount(not_found), _) => no_account(language, not_found, asked),
        (Refusal::UnknownResource(known), _) => {
            let args = [("resource", asked), ("known", &*known.join(", "))];
            Fault::new(FaultCode::Configuration, text(language, "error-unknown-resource", &args))
        }
        (Refusal::UnknownSignIn, _) => {
            Fault::new(FaultCode::InvalidParams, text(language, "error-unknown-sign-in", &[("id", asked)]))
        }
        (Refusal::TimedOut, _) => simple(FaultCode::TimedOut, "error-timed-out"),
        (Refusal::TooSoon(pause), _) => {
            let seconds = whole_seconds(*pause);
            let said = text(language, "error-too-soon", &[("seconds", &seconds.to_string())]);
            retry_after(Fault::new(FaultCode::Limit, said), seconds)
        }
        (Refusal::TooYoung(age), _) => {
            let age = texts::duration(language, *age);
            Fault::new(FaultCode::Limit, text(language, "error-token-too-young", &[("age", &age)]))
        }
        (Refusal::Store(trouble), _) => store_fault(language, *trouble),
        (Refusal::Trouble(trouble), Some(account)) => trouble_fault(language, trouble, account),
        (Refusal::Unreachable(pause, failure), Some(account)) => {
            let seconds = whole_seconds(*pause);
            let args = [("account", account.name.as_str()), ("seconds", &*seconds.to_string())];
            let said = text(language, "error-unreachable", &args);
            let cause = Trouble::passing(failure);
            let why = trouble(language, &cause, account);
            let mut fault = Fault::new(FaultCode::Unreachable, format!("{said} {why}"));
            fault.data.aadsts = cause.aadsts;
            fault.data.correlation_id = cause.correlation_id;
            retry_after(fault, seconds)
        }
        (Refusal::Trouble(_) | Refusal::Unreachable(..), None) => simple(FaultCode::Internal, "error-internal"),
    }
}

fn whole_seconds(pause: std::time::Duration) -> u64 {
    pause.as_secs() + u64::from(pause.subsec_nanos() > 0)
}

fn retry_after(mut fault: Fault, seconds: u64) -> Fault {
    fault.data.retry_after = Some(seconds);
    fault
}

pub(crate) fn store_fault(language: Language, trouble: StoreTrouble) -> Fault {
    let mut fault = Fault::new(store_code(trouble), text(language, store_id(trouble), &[]));
    fault.data.reason = store_reason(trouble).map(str::to_owned);
    fault.data.action = store_action(trouble).map(str::to_owned);
    fault
}

/// For programs that have to ask for a passphrase.
fn store_reason(trouble: StoreTrouble) -> Option<&'static str> {
    match trouble {
        StoreTrouble::PassphraseWanted => Some("passphrase_wanted"),
        StoreTrouble::PassphraseUnset => Some("passphrase_unset"),
        StoreTrouble::KeyringAbsent
        | StoreTrouble::KeyringOutOfReach
        | StoreTrouble::KeyringEmpty
        | StoreTrouble::KeyringLocked
        | StoreTrouble::KeyringDenied
        | StoreTrouble::KeyringSilent
        | StoreTrouble::KeyMissing
        | StoreTrouble::CredentialMissing
        | StoreTrouble::Newer
        | StoreTrouble::Disk => None,
    }
}

fn store_action(trouble: StoreTrouble) -> Option<&'static str> {
    match trouble {
        StoreTrouble::PassphraseWanted | StoreTrouble::KeyringLocked | StoreTrouble::KeyringDenied => {
            Some("signet unlock")
        }
        StoreTrouble::PassphraseUnset => Some("signet unlock --choose"),
        StoreTrouble::KeyMissing => Some("signet start-afresh"),
        StoreTrouble::KeyringAbsent
        | StoreTrouble::KeyringOutOfReach
        | StoreTrouble::KeyringEmpty
        | StoreTrouble::KeyringSilent
        | StoreTrouble::CredentialMissing
        | StoreTrouble::Newer
        | StoreTrouble::Disk => None,
    }
}

/// Why a passphrase did not unlock the store.
pub(crate) fn not_unlocked(language: Language, why: NotUnlocked) -> Fault {
    match why {
        NotUnlocked::NotByPassphrase => simply(language, FaultCode::Configuration, "error-not-by-passphrase", &[]),
        NotUnlocked::NoneChosen => store_fault(language, StoreTrouble::PassphraseUnset),
        NotUnlocked::Wrong => simply(language, FaultCode::Locked, "error-passphrase-wrong", &[]),
        NotUnlocked::Trouble(trouble) => store_fault(language, trouble),
    }
}

/// Why the store was not begun anew.
pub(crate) fn not_afresh(language: Language, why: NotAfresh) -> Fault {
    match why {
        NotAfresh::NothingWrong => simply(language, FaultCode::Configuration, "error-nothing-wrong", &[]),
        NotAfresh::Trouble(trouble) => store_fault(language, trouble),
    }
}

fn store_code(trouble: StoreTrouble) -> FaultCode {
    match trouble {
        StoreTrouble::KeyringLocked
        | StoreTrouble::KeyringDenied
        | StoreTrouble::KeyringSilent
        | StoreTrouble::PassphraseWanted
        | StoreTrouble::PassphraseUnset => FaultCode::Locked,
        StoreTrouble::KeyringAbsent
        | StoreTrouble::KeyringOutOfReach
        | StoreTrouble::KeyringEmpty
        | StoreTrouble::KeyMissing
        | StoreTrouble::CredentialMissing
        | StoreTrouble::Newer
        | StoreTrouble::Disk => FaultCode::Configuration,
    }
}

/// No such account, or several.
pub(crate) fn no_account(language: Language, not_found: &NotFound, asked: &str) -> Fault {
    let list = |names: &[AccountName]| names.iter().map(AccountName::to_string).collect::<Vec<_>>();
    let (said, known) = match not_found {
        NotFound::Unknown(known) if known.is_empty() => (text(language, "error-no-accounts-yet", &[]), Vec::new()),
        NotFound::Unknown(known) => {
            let known = list(known);
            (text(language, "error-unknown-account", &[("account", asked), ("known", &known.join(", "))]), known)
        }
        NotFound::Ambiguous(names) => {
            let names = list(names);
            (text(language, "error-ambiguous-account", &[("login", asked), ("names", &names.join(", "))]), names)
        }
    };
    let mut fault = Fault::new(FaultCode::UnknownAccount, said);
    fault.data.known = known;
    fault
}

/// Person, administrator or configuration must act.
pub(crate) fn trouble_fault(language: Language, trouble: &Trouble, account: &AccountConfig) -> Fault {
    let name = account.name.as_str();
    let why = self::trouble(language, trouble, account);
    let (code, said) = match (trouble.kind, trouble.reason) {
        (Kind::SignIn, Reason::NeverSignedIn | Reason::SignedOut) => {
            (FaultCode::SignInRequired, text(language, "error-sign-in-required-first", &[("account", name)]))
        }
        (Kind::SignIn, _) => {
            let reason = if matches!(trouble.reason, Reason::Refused | Reason::Revoked) {
                // The number says more than these two.
                why
            } else {
                with_numbers(language, texts::reason(language, trouble.reason.code()), trouble)
            };
            let args = [("account", name), ("reason", &*reason)];
            (FaultCode::SignInRequired, text(language, "error-sign-in-required-because", &args))
        }
        (Kind::Admin, _) => {
            let said = text(language, "error-admin-required", &[("account", name)]);
            (FaultCode::AdminRequired, format!("{said} {why}"))
        }
        (Kind::Configuration, _) => (FaultCode::Configuration, why),
        (Kind::Transient, _) => (FaultCode::Unreachable, why),
        (Kind::UserChoice, _) => (FaultCode::Denied, why),
    };
    let mut fault = Fault::new(code, said).with_reason(trouble.reason.code());
    fault.data.kind = Some(kind(trouble.kind));
    fault.data.aadsts = trouble.aadsts;
    fault.data.correlation_id.clone_from(&trouble.correlation_id);
    if code == FaultCode::SignInRequired {
        fault.data.action = Some(format!("signet sign-in {}", quoted(name)));
    }
    if trouble.reason == Reason::AdminConsentRequired {
        fault.data.action = account.consent_address().map(String::from);
    }
    fault
}

pub(crate) fn kind(kind: Kind) -> FaultKind {
    match kind {
        Kind::SignIn => FaultKind::SignIn,
        Kind::Admin => FaultKind::Admin,
        Kind::Configuration => FaultKind::Configuration,
        Kind::Transient => FaultKind::Transient,
        Kind::UserChoice => FaultKind::UserChoice,
    }
}

/// A failure for the log: what an operator looks for, and nothing that came from outside in full.
pub(crate) fn cause(failure: &Failure) -> String {
    match failure {
        Failure::Authority(error) => {
            let suberror = error.suberror.as_deref().unwrap_or("-");
            let id = error.correlation_id.as_deref().unwrap_or("-");
            format!("{} {suberror} {:?} correlation {id}", error.error, error.codes)
        }
        Failure::NoAnswer(answer) => {
            format!("{:?} correlation {}", answer.transport, answer.correlation_id.as_deref().unwrap_or("-"))
        }
        Failure::Unacceptable(reason, detail) => format!("{} {}", reason.code(), detail.id),
    }
}

/// As a shell takes it: names with blanks need quotes.
fn quoted(name: &str) -> String {
    if name.chars().all(|c| c.is_alphanumeric() || "@._-+".contains(c)) {
        name.to_owned()
    } else {
        format!("\"{name}\"")
    }
}

/// A setting that cannot be used.
pub(crate) fn rejected(language: Language, rejected: &Rejected) -> Fault {
    Fault::new(FaultCode::Configuration, sentence(language, &rejected.0))
}

/// Why no tenant was found by a domain.
pub(crate) fn no_tenant(language: Language, failure: &Failure, account: &AccountConfig, domain: &str) -> Fault {
    match failure {
        Failure::Unacceptable(_, Detail { id: "error-discovery-failed", .. }) => {
            simply(language, FaultCode::Configuration, "error-no-such-tenant", &[("domain", domain)])
                .with_field("domain")
        }
        Failure::NoAnswer(answer) => {
            Fault::new(FaultCode::Unreachable, sentence(language, &on_the_way(&answer.transport, account)))
        }
        Failure::Unacceptable(_, detail) => Fault::new(FaultCode::Configuration, sentence(language, detail)),
        Failure::Authority(error) => {
            simply(language, FaultCode::Configuration, "error-oauth", &[("error", error.error.as_str())])
        }
    }
}

/// A refusal of this code in the words of this message.
pub(crate) fn simply(language: Language, code: FaultCode, id: &str, args: &[(&str, &str)]) -> Fault {
    Fault::new(code, text(language, id, args))
}
