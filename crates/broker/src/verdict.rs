//! What a failure means: only a JSON error of the token endpoint can end a sign-in.
//!
//! `error`, `suberror` and `claims` decide (Microsoft: the AADSTS numbers may change); the numbers choose the
//! [`Kind`] and the words, never erasure.

use std::time::Duration;

use crate::aadsts;
use crate::schedule::LOOP_REST;

/// Who can do something about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The person, by signing in.
    SignIn,
    /// An administrator of the organisation.
    Admin,
    /// Whoever set Signet or its registration up.
    Configuration,
    /// Nobody: Signet tries again by itself.
    Transient,
    /// The person decided so.
    UserChoice,
}

/// Why an account needs somebody, in one word for programs and one sentence in `locales/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nobody has signed in yet.
    NeverSignedIn,
    /// Somebody signed out.
    SignedOut,
    /// The password was changed, or sessions were revoked after that.
    PasswordChanged,
    /// 90 days without use.
    ExpiredUnused,
    /// The organisation wants a sign-in more often.
    SignInFrequency,
    /// The grant is worth nothing any more.
    Revoked,
    /// A second factor is wanted.
    MfaRequired,
    /// Consent is missing.
    ConsentRequired,
    /// A Conditional Access policy refused.
    ConditionalAccess,
    /// The account is disabled or locked.
    AccountDisabled,
    /// Only an administrator can consent.
    AdminConsentRequired,
    /// The application's registration is wrong.
    WrongRegistration,
    /// A refresh came back for another person.
    IdentityChanged,
    /// Refused for another reason; the number or the error says more.
    Refused,
    /// The computer's clock is wrong by more than five minutes.
    ClockWrong,
    /// The ID token or discovery document is not what it should be.
    NotTrusted,
    /// The provider gave no refresh token: `offline_access` is missing or not allowed.
    NoRefreshToken,
    /// The loopback listener could not be had.
    NoListener,
    /// The authority could not be reached.
    Unreachable,
}

impl Reason {
    const ALL: [Self; 19] = [
        Self::NeverSignedIn,
        Self::SignedOut,
        Self::PasswordChanged,
        Self::ExpiredUnused,
        Self::SignInFrequency,
        Self::Revoked,
        Self::MfaRequired,
        Self::ConsentRequired,
        Self::ConditionalAccess,
        Self::AccountDisabled,
        Self::AdminConsentRequired,
        Self::WrongRegistration,
        Self::IdentityChanged,
        Self::Refused,
        Self::ClockWrong,
        Self::NotTrusted,
        Self::NoRefreshToken,
        Self::NoListener,
        Self::Unreachable,
    ];

    /// The stable word for the wire and the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::NeverSignedIn => "never_signed_in",
            Self::SignedOut => "signed_out",
            Self::PasswordChanged => "password_changed",
            Self::ExpiredUnused => "expired_unused",
            Self::SignInFrequency => "sign_in_frequency",
            Self::Revoked => "revoked",
            Self::MfaRequired => "mfa_required",
            Self::ConsentRequired => "consent_required",
            Self::ConditionalAccess => "conditional_access",
            Self::AccountDisabled => "account_disabled",
            Self::AdminConsentRequired => "admin_consent_required",
            Self::WrongRegistration => "wrong_registration",
            Self::IdentityChanged => "identity_changed",
            Self::Refused => "refused",
            Self::ClockWrong => "clock_wrong",
            Self::NotTrusted => "not_trusted",
            Self::NoRefreshToken => "no_refresh_token",
            Self::NoListener => "no_listener",
            Self::Unreachable => "unreachable",
        }
    }

    /// The reason with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// An OAuth error (RFC 6749 § 5.2) with what Entra adds to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthorityError {
    /// HTTP status; 0 where the error came by the browser.
    pub status: u16,
    /// `error`.
    pub error: String,
    /// `suberror`.
    pub suberror: Option<String>,
    /// `error_codes`: AADSTS numbers.
    pub codes: Vec<u32>,
    /// `claims`, to be sent back at the next sign-in.
    pub claims: Option<String>,
    /// `correlation_id`: what an administrator finds in the sign-in log.
    pub correlation_id: Option<String>,
    /// `Retry-After`.
    pub retry_after: Option<Duration>,
}

/// What went wrong on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transport {
    /// The host's name does not resolve.
    Dns,
    /// Nothing listens there, or the network is down.
    Connect,
    /// No answer in time.
    Timeout,
    /// The certificate or the handshake was not accepted.
    Tls,
    /// The proxy refused.
    Proxy,
    /// The connection broke.
    Broken,
    /// An HTTP status that is no answer to the question.
    Status(u16),
    /// An answer that is not what the protocol says.
    Garbage,
}

/// Why something did not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The authority said no.
    Authority(Box<AuthorityError>),
    /// No word of the authority came through.
    Transport(Transport, Option<Duration>),
    /// What came is not acceptable, or could not even be asked: the clock, the ID token, discovery, the listener.
    Unacceptable(Reason, Detail),
}

/// A sentence of `locales/` with its arguments; the agent's business, carried along here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The message's id.
    pub id: &'static str,
    /// Its arguments.
    pub args: Vec<(&'static str, String)>,
}

/// What stands between an account and its tokens, and who can remove it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Who can act.
    pub kind: Kind,
    /// Why.
    pub reason: Reason,
    /// Microsoft's number, for the words.
    pub aadsts: Option<u32>,
    /// The OAuth error, where there is no number.
    pub error: Option<String>,
    /// For the administrator's sign-in log.
    pub correlation_id: Option<String>,
    /// What failed on the way, where that is the trouble.
    pub transport: Option<Transport>,
    /// The sentence that says it best, where the reason alone does not.
    pub detail: Option<Detail>,
}

impl Trouble {
    pub(crate) fn new(kind: Kind, reason: Reason) -> Self {
        Self { kind, reason, aadsts: None, error: None, correlation_id: None, transport: None, detail: None }
    }
}

impl From<&Failure> for Trouble {
    fn from(failure: &Failure) -> Self {
        match failure {
            Failure::Authority(error) => trouble(error),
            Failure::Transport(transport, _) => {
                Self { transport: Some(transport.clone()), ..Self::new(Kind::Transient, Reason::Unreachable) }
            }
            Failure::Unacceptable(reason, detail) => {
                Self { detail: Some(detail.clone()), ..Self::new(Kind::Configuration, *reason) }
            }
        }
    }
}

/// What follows from an error at a refresh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No verdict: try again, after this pause at the least.
    Transient(Duration),
    /// The refresh token is worth nothing: erase it.
    Erase(Trouble),
    /// Keep the refresh token; the account needs somebody.
    Keep(Trouble),
    /// Keep it; only this resource needs somebody.
    Suspend(Trouble),
}

/// The verdict of an error that the token endpoint gave on a refresh.
pub fn judge(error: &AuthorityError) -> Verdict {
    if error.codes.contains(&50_196) {
        return Verdict::Transient(LOOP_REST);
    }
    if error.status == 429 || error.status >= 500 || error.status == 407 {
        return Verdict::Transient(Duration::ZERO);
    }
    let suberror = error.suberror.as_deref().unwrap_or_default();
    match (error.error.as_str(), suberror) {
        ("invalid_grant", "bad_token" | "token_expired") => Verdict::Erase(trouble(error)),
        (_, "client_mismatch" | "message_only" | "protection_policy_required") => Verdict::Suspend(hopeless(error)),
        ("invalid_client" | "invalid_request" | "invalid_scope" | "unauthorized_client", _) => {
            Verdict::Suspend(hopeless(error))
        }
        ("invalid_grant" | "interaction_required" | "consent_required" | "login_required", _) => {
            let trouble = trouble(error);
            if of_one_resource(error, &trouble) { Verdict::Suspend(trouble) } else { Verdict::Keep(trouble) }
        }
        _ => Verdict::Transient(Duration::ZERO),
    }
}

fn of_one_resource(error: &AuthorityError, trouble: &Trouble) -> bool {
    error.claims.is_some()
        || error.error == "consent_required"
        || error.suberror.as_deref() == Some("consent_required")
        || matches!(trouble.reason, Reason::ConsentRequired | Reason::AdminConsentRequired | Reason::ConditionalAccess)
}

/// Signing in again would not help: an administrator or the configuration must change.
fn hopeless(error: &AuthorityError) -> Trouble {
    let mut trouble = trouble(error);
    if !matches!(trouble.kind, Kind::Admin | Kind::Configuration) {
        trouble.kind = match error.suberror.as_deref() {
            Some("message_only" | "protection_policy_required") => Kind::Admin,
            _ => Kind::Configuration,
        };
    }
    trouble
}

fn trouble(error: &AuthorityError) -> Trouble {
    let aadsts = error.codes.first().copied();
    let reason = aadsts.and_then(reason_of_code).unwrap_or_else(|| reason_of_error(error));
    Trouble {
        kind: aadsts.and_then(aadsts::kind).unwrap_or_else(|| kind_of_error(error)),
        reason,
        aadsts,
        error: Some(error.error.clone()),
        correlation_id: error.correlation_id.clone(),
        transport: None,
        detail: None,
    }
}

fn reason_of_code(code: u32) -> Option<Reason> {
    Some(match code {
        50_055 | 50_132 | 50_133 | 50_135 | 50_144 | 50_173 => Reason::PasswordChanged,
        70_008 | 700_082 => Reason::ExpiredUnused,
        70_043 | 70_044 => Reason::SignInFrequency,
        50_072 | 50_074 | 50_076 | 50_078 | 50_079 | 50_158 => Reason::MfaRequired,
        65_001 => Reason::ConsentRequired,
        90_008 | 90_093 | 90_094 | 90_095 => Reason::AdminConsentRequired,
        53_000..=53_011 | 530_000..=530_999 => Reason::ConditionalAccess,
        50_053 | 50_057 => Reason::AccountDisabled,
        50_011 | 50_194 | 700_016 | 700_084 | 7_000_112 | 7_000_215 | 7_000_218 | 9_002_326 | 9_002_327 => {
            Reason::WrongRegistration
        }
        _ => return None,
    })
}

fn reason_of_error(error: &AuthorityError) -> Reason {
    match (error.error.as_str(), error.suberror.as_deref()) {
        (_, Some("consent_required")) | ("consent_required", _) => Reason::ConsentRequired,
        (_, Some("user_password_expired")) => Reason::PasswordChanged,
        (_, Some("token_expired")) => Reason::ExpiredUnused,
        (_, Some("bad_token")) => Reason::Revoked,
        (_, Some("basic_action" | "additional_action")) => Reason::MfaRequired,
        (_, Some("message_only" | "protection_policy_required")) => Reason::ConditionalAccess,
        ("invalid_client" | "unauthorized_client", _) => Reason::WrongRegistration,
        ("invalid_grant", None) => Reason::Revoked,
        _ => Reason::Refused,
    }
}

fn kind_of_error(error: &AuthorityError) -> Kind {
    match error.error.as_str() {
        "invalid_client" | "invalid_request" | "invalid_scope" | "unauthorized_client" => Kind::Configuration,
        "access_denied" => Kind::UserChoice,
        "temporarily_unavailable" | "server_error" => Kind::Transient,
        _ => Kind::SignIn,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(error: &str, suberror: &str, code: u32) -> AuthorityError {
        AuthorityError {
            status: 400,
            error: error.into(),
            suberror: (!suberror.is_empty()).then(|| suberror.into()),
            codes: if code == 0 { vec![] } else { vec![code] },
            ..AuthorityError::default()
        }
    }

    fn check(given: &AuthorityError, want: &str) {
        let got = match judge(given) {
            Verdict::Transient(pause) if pause.is_zero() => "transient".to_owned(),
            Verdict::Transient(pause) => format!("transient {}", pause.as_secs()),
            Verdict::Erase(t) => format!("erase {:?} {}", t.kind, t.reason.code()),
            Verdict::Keep(t) => format!("keep {:?} {}", t.kind, t.reason.code()),
            Verdict::Suspend(t) => format!("suspend {:?} {}", t.kind, t.reason.code()),
        };
        assert_eq!(got, want, "of {given:?}");
    }

    #[test]
    fn each_row_of_the_verdict_table_holds() {
        check(&error("invalid_grant", "bad_token", 50_173), "erase SignIn password_changed");
        check(&error("invalid_grant", "token_expired", 700_082), "erase SignIn expired_unused");
        check(&error("invalid_grant", "", 0), "keep SignIn revoked");
        check(&error("invalid_grant", "", 50_057), "keep Admin account_disabled");
        check(&error("interaction_required", "basic_action", 50_076), "keep SignIn mfa_required");
        check(&error("login_required", "", 50_058), "keep SignIn refused");
        check(&error("invalid_grant", "consent_required", 65_001), "suspend SignIn consent_required");
        check(&error("invalid_grant", "consent_required", 90_094), "suspend Admin admin_consent_required");
        check(&error("invalid_grant", "message_only", 53_003), "suspend Admin conditional_access");
        check(&error("invalid_grant", "client_mismatch", 0), "suspend Configuration refused");
        check(&error("invalid_client", "", 7_000_218), "suspend Configuration wrong_registration");
        check(&error("invalid_scope", "", 70_011), "suspend Configuration refused");
        check(&error("temporarily_unavailable", "", 90_033), "transient");
        check(&error("something_new", "", 0), "transient");
    }

    #[test]
    fn the_loop_code_is_no_verdict_in_any_dress() {
        for (name, suberror) in [("invalid_grant", "client_mismatch"), ("invalid_grant", "bad_token"), ("x", "")] {
            check(&error(name, suberror, 50_196), "transient 300");
        }
    }

    #[test]
    fn no_error_body_is_believed_under_a_status_of_the_way() {
        for status in [407, 429, 500, 502, 503] {
            let given = AuthorityError { status, ..error("invalid_grant", "bad_token", 50_173) };
            check(&given, "transient");
        }
    }

    #[test]
    fn a_claims_verdict_suspends_the_resource_only() {
        let given =
            AuthorityError { claims: Some("{}".into()), ..error("interaction_required", "basic_action", 50_076) };
        check(&given, "suspend SignIn mfa_required");
    }

    #[test]
    fn every_reason_s_word_leads_back_to_it() {
        for reason in Reason::ALL {
            assert_eq!(Reason::from_code(reason.code()), Some(reason), "{reason:?}");
        }
    }
}
