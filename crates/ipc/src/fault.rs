//! What a request is refused with.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Why a request was refused: the error's integer `code`, and its name in `data.code` where it is one
/// of Signet's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FaultCode {
    /// The account needs its person.
    SignInRequired,
    /// An administrator must act.
    AdminRequired,
    /// A setting is wrong.
    Configuration,
    /// The authority cannot be reached and no valid token is left.
    Unreachable,
    /// There is no such account.
    UnknownAccount,
    /// Nobody has said yes to this program.
    ApprovalRequired,
    /// Somebody said no.
    Denied,
    /// Signet or its keyring is locked.
    Locked,
    /// Too many, too long, too fast.
    Limit,
    /// `wait_seconds` passed; asking again joins the same work.
    TimedOut,
    /// The profile is switched off.
    Disabled,
    /// The request was cancelled.
    Cancelled,
    /// The line is not JSON (JSON-RPC 2.0, section 5.1).
    ParseError,
    /// The JSON is not a request object (the same).
    InvalidRequest,
    /// There is no such method (the same).
    MethodNotFound,
    /// The parameters do not fit the method (the same).
    InvalidParams,
    /// The agent failed (the same).
    Internal,
    /// A code this version does not know.
    Other(i32),
}

const NAMED: [(FaultCode, i32, &str, FaultKind); 11] = [
    (FaultCode::SignInRequired, -32050, "sign_in_required", FaultKind::SignIn),
    (FaultCode::AdminRequired, -32051, "admin_required", FaultKind::Admin),
    (FaultCode::Configuration, -32052, "configuration", FaultKind::Configuration),
    (FaultCode::Unreachable, -32053, "unreachable", FaultKind::Transient),
    (FaultCode::UnknownAccount, -32054, "unknown_account", FaultKind::Configuration),
    (FaultCode::ApprovalRequired, -32055, "approval_required", FaultKind::UserChoice),
    (FaultCode::Denied, -32056, "denied", FaultKind::UserChoice),
    (FaultCode::Locked, -32057, "locked", FaultKind::UserChoice),
    (FaultCode::Limit, -32058, "limit", FaultKind::Transient),
    (FaultCode::TimedOut, -32059, "timed_out", FaultKind::Transient),
    (FaultCode::Disabled, -32060, "disabled", FaultKind::Configuration),
];

const UNNAMED: [(FaultCode, i32); 6] = [
    (FaultCode::Cancelled, -32800),
    (FaultCode::ParseError, -32700),
    (FaultCode::InvalidRequest, -32600),
    (FaultCode::MethodNotFound, -32601),
    (FaultCode::InvalidParams, -32602),
    (FaultCode::Internal, -32603),
];

impl FaultCode {
    /// The integer on the wire.
    #[must_use]
    pub fn code(self) -> i32 {
        if let Self::Other(code) = self {
            return code;
        }
        let named = NAMED.iter().map(|&(code, number, ..)| (code, number));
        named.chain(UNNAMED).find(|(code, _)| *code == self).map_or(-32603, |(_, number)| number)
    }

    /// The stable name in `data.code`; JSON-RPC's own codes and the unknown have none.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        NAMED.iter().find(|(code, ..)| *code == self).map(|&(_, _, name, _)| name)
    }

    /// Whose turn it is, unless the fault says otherwise.
    #[must_use]
    pub fn kind(self) -> Option<FaultKind> {
        NAMED.iter().find(|(code, ..)| *code == self).map(|&(.., kind)| kind)
    }
}

impl From<i32> for FaultCode {
    fn from(number: i32) -> Self {
        let named = NAMED.iter().map(|&(code, number, ..)| (code, number));
        named.chain(UNNAMED).find(|(_, known)| *known == number).map_or(Self::Other(number), |(code, _)| code)
    }
}

/// Whose turn it is to do something about a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// The account's person: sign in.
    SignIn,
    /// An administrator of the organisation.
    Admin,
    /// Whoever set Signet or the program up.
    Configuration,
    /// Nobody: Signet tries again by itself.
    Transient,
    /// The person, by a choice of theirs.
    UserChoice,
}

/// A refusal: the JSON-RPC error object of an answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// Why.
    pub code: FaultCode,
    /// The sentence for the reader, in the caller's language; never a secret.
    pub message: String,
    /// What a program can act on.
    pub data: Box<FaultData>,
}

/// The `data` of a refusal, beside its `code`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct FaultData {
    /// Whose turn it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<FaultKind>,
    /// The cause's stable name, such as `password_changed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What to do: a command line or an address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// The number of Entra's AADSTS error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aadsts: Option<u32>,
    /// Entra's id of the failed exchange, for its administrators and support.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<String>,
    /// Seconds after which asking again makes sense.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// The names of the accounts there are, where an unknown one was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<String>,
    /// The parameter that does not fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl Fault {
    /// A refusal of the code's own kind with nothing else to say.
    #[must_use]
    pub fn new(code: FaultCode, message: impl Into<String>) -> Self {
        let data = FaultData { kind: code.kind(), ..FaultData::default() };
        Self { code, message: message.into(), data: Box::new(data) }
    }

    /// The same, with the cause's stable name.
    #[must_use]
    pub fn with_reason(mut self, reason: impl Into<String>) -> Self {
        self.data.reason = Some(reason.into());
        self
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn with_action(mut self, action: impl Into<String>) -> Self {
        self.data.action = Some(action.into());
        self
    }

    /// The same, naming the parameter that is wrong.
    #[must_use]
    pub fn with_field(mut self, field: impl Into<String>) -> Self {
        self.data.field = Some(field.into());
        self
    }
}

/// A fault as it is written: `data` repeats the code's name, and is left out when it would be empty.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Fault"))]
struct Outgoing<'a> {
    code: i32,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<OutgoingData<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "FaultData"))]
struct OutgoingData<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(flatten)]
    rest: &'a FaultData,
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = self.code.name();
        let data = (name.is_some() || *self.data != FaultData::default())
            .then_some(OutgoingData { code: name, rest: &self.data });
        Outgoing { code: self.code.code(), message: &self.message, data }.serialize(serializer)
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Fault {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Outgoing::schema_name()
    }

    fn json_schema(schemas: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Outgoing::json_schema(schemas)
    }
}

impl<'de> Deserialize<'de> for Fault {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Incoming {
            code: i32,
            #[serde(default)]
            message: String,
            data: Option<Box<FaultData>>,
        }
        let Incoming { code, message, data } = Incoming::deserialize(deserializer)?;
        Ok(Self { code: code.into(), message, data: data.unwrap_or_default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_survives_its_integer() {
        for number in (-32060..=-32050).chain([-32800, -32700, -32603, -32602, -32601, -32600, -1]) {
            assert_eq!(FaultCode::from(number).code(), number);
        }
    }

    #[test]
    fn a_protocol_error_has_no_data() {
        let line = serde_json::to_string(&Fault::new(FaultCode::ParseError, "not JSON")).unwrap();
        assert_eq!(line, r#"{"code":-32700,"message":"not JSON"}"#);
    }

    #[test]
    fn a_refusal_reads_back_as_it_was() {
        let mut fault = Fault::new(FaultCode::UnknownAccount, "no such account").with_action("signet accounts list");
        fault.data.known = vec!["a".into(), "b".into()];
        let line = serde_json::to_string(&fault).unwrap();
        assert_eq!(serde_json::from_str::<Fault>(&line).unwrap(), fault);
    }
}
