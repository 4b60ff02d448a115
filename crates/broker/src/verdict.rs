//! What a failure means: only a JSON error of the token endpoint can end a sign-in.
//!
//! `error`, `suberror` and `claims` decide (Microsoft: the AADSTS numbers may change); the numbers choose the
//! [`Kind`] and the words, never erasure.

use std::time::Duration;

use crate::aadsts;
use crate::failure::{AuthorityError, Kind, Reason, Trouble};
use crate::schedule::LOOP_REST;

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
        // Entra has said `access_denied` with it.
        ("invalid_grant" | "interaction_required" | "consent_required" | "login_required", _)
        | (_, "consent_required") => {
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

/// Microsoft's number for a person who declines to consent.
const DECLINED: u32 = 65_004;

/// Whether an error of the browser says that the person declined: `access_denied` (RFC 6749 § 4.1.2.1) is an
/// administrator's no as well, so that a number goes before the word.
pub(crate) fn is_the_person_s_no(error: &AuthorityError) -> bool {
    let by_browser = error.status == 0;
    by_browser && (error.codes.contains(&DECLINED) || error.codes.is_empty() && error.error == "access_denied")
}

/// What an OAuth error says to the person.
pub(crate) fn trouble(error: &AuthorityError) -> Trouble {
    let aadsts = error.codes.first().copied();
    let kind = aadsts.and_then(aadsts::kind).unwrap_or_else(|| kind_of_error(error));
    let reason = match kind {
        // Whatever dress it came in: nobody is told that a sign-in has ended which has not.
        Kind::Transient => Reason::Unreachable,
        Kind::SignIn | Kind::Admin | Kind::Configuration | Kind::UserChoice => {
            aadsts.and_then(reason_of_code).unwrap_or_else(|| reason_of_error(error))
        }
    };
    Trouble {
        kind,
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
        check(&error("access_denied", "consent_required", 90_094), "suspend Admin admin_consent_required");
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
    fn what_passes_by_itself_is_told_as_that_in_any_dress() {
        for (name, suberror, code) in
            [("invalid_grant", "", 50_196), ("invalid_grant", "bad_token", 50_196), ("temporarily_unavailable", "", 0)]
        {
            let Trouble { kind, reason, .. } = trouble(&error(name, suberror, code));
            assert_eq!((kind, reason), (Kind::Transient, Reason::Unreachable), "of {name} {suberror} {code}");
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
    fn only_the_person_declines() {
        let by_browser = |name: &str, code| AuthorityError { status: 0, ..error(name, "", code) };
        for (name, code, declined) in [
            ("access_denied", 0, true),
            ("access_denied", 65_004, true),
            ("consent_required", 65_004, true),
            ("access_denied", 50_002, false),
            ("access_denied", 53_003, false),
            ("access_denied", 53_011, false),
            ("access_denied", 90_093, false),
            ("access_denied", 90_094, false),
            ("access_denied", 90_095, false),
            ("access_denied", 500_021, false),
            ("access_denied", 530_032, false),
            ("access_denied", 1, false),
            ("consent_required", 0, false),
            ("server_error", 0, false),
        ] {
            let given = by_browser(name, code);
            assert_eq!(is_the_person_s_no(&given), declined, "{name} {code}");
            let is_admins = trouble(&given).kind == Kind::Admin;
            assert!(declined || code < 2 || is_admins, "{name} {code}: {:?}", trouble(&given).kind);
        }
        assert!(!is_the_person_s_no(&error("access_denied", "", 0)), "the token endpoint speaks for nobody's person");
    }

    #[test]
    fn a_claims_verdict_suspends_the_resource_only() {
        let given =
            AuthorityError { claims: Some("{}".into()), ..error("interaction_required", "basic_action", 50_076) };
        check(&given, "suspend SignIn mfa_required");
    }
}
