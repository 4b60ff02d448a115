//! What can go wrong between an account and its tokens, and how it is told.

use std::time::Duration;

use crate::verdict;

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
    /// What was saved cannot be read now: the keyring or the disk refuses.
    SessionLost,
    /// What was saved is not for these settings: authority, application or endpoint are others now.
    BoundElsewhere,
}

impl Reason {
    const ALL: [Self; 21] = [
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
        Self::SessionLost,
        Self::BoundElsewhere,
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
            Self::SessionLost => "session_lost",
            Self::BoundElsewhere => "bound_elsewhere",
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

/// A request without an answer that counts as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoAnswer {
    /// What went wrong on the way.
    pub transport: Transport,
    /// `Retry-After`.
    pub retry_after: Option<Duration>,
    /// What the request called itself (`client-request-id`), once it was under way.
    pub correlation_id: Option<String>,
}

impl From<Transport> for NoAnswer {
    fn from(transport: Transport) -> Self {
        Self { transport, retry_after: None, correlation_id: None }
    }
}

/// Why something did not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The authority said no.
    Authority(Box<AuthorityError>),
    /// No word of the authority came through.
    NoAnswer(NoAnswer),
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

impl Trouble {
    /// What keeps an account from its tokens for the time being: no word of the authority that passes by itself is told
    /// as an end of the sign-in.
    pub fn passing(failure: &Failure) -> Self {
        let trouble = Self::from(failure);
        match failure {
            Failure::Authority(_) => Self { kind: Kind::Transient, reason: Reason::Unreachable, ..trouble },
            Failure::NoAnswer(_) | Failure::Unacceptable(..) => trouble,
        }
    }
}

impl From<&Failure> for Trouble {
    fn from(failure: &Failure) -> Self {
        match failure {
            Failure::Authority(error) => verdict::trouble(error),
            Failure::NoAnswer(NoAnswer { transport, correlation_id, .. }) => Self {
                transport: Some(transport.clone()),
                correlation_id: correlation_id.clone(),
                ..Self::new(Kind::Transient, Reason::Unreachable)
            },
            Failure::Unacceptable(reason, detail) => {
                Self { detail: Some(detail.clone()), ..Self::new(Kind::Configuration, *reason) }
            }
        }
    }
}

impl From<Transport> for Failure {
    fn from(transport: Transport) -> Self {
        Self::NoAnswer(transport.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_s_word_leads_back_to_it() {
        for reason in Reason::ALL {
            assert_eq!(Reason::from_code(reason.code()), Some(reason), "{reason:?}");
        }
    }
}
