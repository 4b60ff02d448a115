//! What can be asked: one struct of parameters per method, and what it answers.

use std::collections::BTreeMap;

use secrecy::SecretString;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::fault::{Fault, FaultCode};
use crate::secret::expose_on_the_wire;
use crate::snapshot::{AccountState, Message, Snapshot};

/// A method: implemented by the struct of its parameters.
pub trait Method: Serialize + DeserializeOwned {
    /// Its name on the wire.
    const NAME: &'static str;
    /// What it answers.
    type Result: Serialize + DeserializeOwned;
}

macro_rules! methods {
    ($($method:ident = $name:literal -> $result:ty;)*) => {
        /// A request, understood.
        #[derive(Debug)]
        pub enum Call {
            $(#[doc = concat!("`", $name, "`")] $method($method),)*
        }

        impl Call {
            /// The names of the methods there are, but `agent.subscribe`, which the server answers itself.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            /// Understands a request.
            ///
            /// # Errors
            /// `MethodNotFound`; `InvalidParams`, naming the parameter.
            pub(crate) fn parse(method: &str, params: Option<&RawValue>) -> Result<Self, Fault> {
                match method {
                    $($name => read_params(params).map(Call::$method),)*
                    _ => Err(unknown_method(method)),
                }
            }

            /// The method's name on the wire.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self {
                    $(Call::$method(_) => $name,)*
                }
            }
        }

        $(impl Method for $method {
            const NAME: &'static str = $name;
            type Result = $result;
        })*
    };
}

methods! {
    TokenGet = "token.get" -> Token;
    TokenReject = "token.reject" -> Done;
    AccountList = "account.list" -> Accounts;
    AccountAdd = "account.add" -> Done;
    AccountRemove = "account.remove" -> Erased;
    SignInStart = "sign_in.start" -> SignInStarted;
    SignInWait = "sign_in.wait" -> SignInState;
    SignInCancel = "sign_in.cancel" -> Done;
    SignOut = "sign_out" -> Erased;
    AgentStatus = "agent.status" -> Status;
    AgentStop = "agent.stop" -> Done;
}

impl Method for AgentSubscribe {
    const NAME: &'static str = "agent.subscribe";
    type Result = Snapshot;
}

/// The answer to a [`Call`]; on the wire it is the result object alone.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Reply {
    /// To `token.get`.
    Token(Token),
    /// To `account.list`.
    Accounts(Accounts),
    /// To `sign_in.start`.
    SignInStarted(SignInStarted),
    /// To `sign_in.wait`.
    SignInState(SignInState),
    /// To `account.remove` and `sign_out`.
    Erased(Erased),
    /// To `agent.status`.
    Status(Status),
    /// To what has nothing to tell: `{}`.
    Done(Done),
}

macro_rules! replies {
    ($($result:ident)*) => {
        $(impl From<$result> for Reply {
            fn from(result: $result) -> Self {
                Reply::$result(result)
            }
        })*
    };
}

replies! { Token Accounts SignInStarted SignInState Erased Status Done }

/// Asks for an access token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenGet {
    /// The account's name, or its login where that is unambiguous.
    pub account: String,
    /// What the token is for; without it, and without `resource` and `scopes`, mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<MailProtocol>,
    /// A resource declared in the config.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Scopes, where the resource has several sets of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// How long the token has to be good for, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_valid_seconds: Option<u32>,
    /// Asks the authority even when a token is at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<bool>,
    /// A claims challenge of the resource (OpenID Connect Core, section 5.5), as JSON text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claims: Option<String>,
    /// The SASL mechanism of the ready answer: `XOAUTH2` (without it, this one) or `OAUTHBEARER`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mechanism: Option<String>,
    /// How long to wait where something has to be done first, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_seconds: Option<u32>,
    /// What the program wants it for, in words for its person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// A mail protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailProtocol {
    /// IMAP4.
    Imap,
    /// POP3.
    Pop,
    /// SMTP.
    Smtp,
}

/// An access token and how to use it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Token {
    /// The token itself.
    #[serde(serialize_with = "expose_on_the_wire")]
    pub access_token: SecretString,
    /// `Bearer` (RFC 6750).
    pub token_type: String,
    /// When it ends: RFC 3339, UTC.
    pub expires_at: String,
    /// Seconds until it ends.
    pub expires_in: u64,
    /// The account's name.
    pub account: String,
    /// The account's login (UPN).
    pub login: String,
    /// What it gives access to.
    pub scopes: Vec<String>,
    /// Ready for a mail server; absent where the token is not for mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sasl: Option<Sasl>,
}

/// A SASL exchange of one message.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sasl {
    /// `XOAUTH2` or `OAUTHBEARER` (RFC 7628).
    pub mechanism: String,
    /// The initial response in base64; it contains the token.
    #[serde(serialize_with = "expose_on_the_wire")]
    pub initial_response: SecretString,
}

/// Says that a server refused a token.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TokenReject {
    /// The account's name or login.
    pub account: String,
    /// The token that was refused.
    #[serde(serialize_with = "expose_on_the_wire")]
    pub access_token: SecretString,
}

/// Asks for the accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountList {}

/// The accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accounts {
    /// In the order they are shown in.
    pub accounts: Vec<AccountRow>,
}

/// One account of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    /// Its name.
    pub name: String,
    /// Its login (UPN).
    pub login: String,
    /// Where it stands.
    pub state: AccountState,
    /// Why, by the cause's stable name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When its access token ends: RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
}

/// Adds an account; what is left out comes from `[app]` of the config.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountAdd {
    /// Its name, which is its login too where `login` is left out.
    pub name: String,
    /// Its login (UPN).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// The Microsoft cloud.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cloud: Option<String>,
    /// The tenant: its id, one of its domains, or `organizations`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    /// The application (client) id registered there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Another OpenID provider's issuer, in place of cloud and tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Resources by name, each with its scopes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub resources: BTreeMap<String, Vec<String>>,
    /// How the code comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_mode: Option<ResponseMode>,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// How the authorization code comes back from the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponseMode {
    /// In a POST body (OAuth 2.0 Form Post Response Mode).
    FormPost,
    /// In the address (RFC 6749, section 4.1.2).
    Query,
}

/// Removes an account and erases its sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRemove {
    /// The account's name.
    pub account: String,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// What was erased here, and where to revoke it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// The page on which the person can revoke the sign-in itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoke_at: Option<String>,
}

/// Starts a sign-in, or joins the one under way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInStart {
    /// The account's name or login.
    pub account: String,
    /// What for, in words for its person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Has the authority ask which of its accounts to use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub another_account: Option<bool>,
}

/// A sign-in under way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignInStarted {
    /// Its id, for `sign_in.wait` and `sign_in.cancel`.
    pub sign_in: String,
    /// Where it stands.
    #[serde(flatten)]
    pub state: SignInState,
    /// The address to open, for managers alone: not for logs, as it carries `state` and `nonce`.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "expose_on_the_wire")]
    pub authorize_url: Option<SecretString>,
}

/// Waits until a sign-in ends, or somebody was refused as the wrong person once more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInWait {
    /// The sign-in's id.
    pub sign_in: String,
    /// How long, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_seconds: Option<u32>,
    /// The `refusals` already seen: these are not answered again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<u32>,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// Where a sign-in stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SignInState {
    /// For its person.
    Waiting {},
    /// It went well.
    SignedIn {
        /// The account's name.
        account: String,
        /// The login that signed in.
        login: String,
    },
    /// It was called off.
    Cancelled {},
    /// The person said no to the authority.
    Declined {},
    /// Somebody else signed in; the right person still can.
    WrongPerson {
        /// Whose login it was.
        signed_in_as: String,
        /// How often this has happened in this sign-in.
        #[serde(default)]
        refusals: u32,
    },
    /// It failed: on the wire `code`, `message` and `data` stand beside `state`.
    Failed {
        /// Why.
        #[serde(flatten)]
        error: Fault,
    },
    /// Nobody came in time.
    Expired {},
}

/// Calls a sign-in off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInCancel {
    /// The sign-in's id.
    pub sign_in: String,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// Erases an account's sign-in and keeps the account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOut {
    /// The account's name.
    pub account: String,
    /// The language of messages: `pl`, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// Asks how the agent is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentStatus {}

/// How the agent is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Its version.
    pub version: String,
    /// The version of this protocol: [`PROTOCOL`].
    pub protocol: u32,
    /// Seconds since it started.
    pub uptime_seconds: u64,
    /// How many accounts there are.
    pub accounts: u32,
    /// How many of them need somebody.
    pub needing_attention: u32,
    /// Its process id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<u32>,
    /// What concerns no single account.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Message>,
}

/// The version of the protocol in [`Status`]. It changes when an old client would misunderstand.
pub const PROTOCOL: u32 = 1;

/// Asks for the snapshot, and for every later one as an `agent.changed` notification.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentSubscribe {}

/// Ends the agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentStop {}

/// It was done: `{}`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {}

fn read_params<P: DeserializeOwned>(params: Option<&RawValue>) -> Result<P, Fault> {
    // StreamJsonRpc writes an empty array, other libraries null, for a call without arguments.
    let text = match params.map_or("{}", RawValue::get) {
        "[]" | "null" => "{}",
        text => text,
    };
    if !text.starts_with('{') {
        return Err(Fault::new(FaultCode::InvalidParams, "params must be an object: they go by name"));
    }
    serde_json::from_str(text).map_err(|_| explain_params::<P>(text))
}

/// Reads the parameters again to find which one does not fit. The answer says what was expected and
/// never what was found: that might be a secret in the wrong place.
fn explain_params<P: DeserializeOwned>(text: &str) -> Fault {
    let mut reader = serde_json::Deserializer::from_str(text);
    let Err(error) = serde_path_to_error::deserialize::<_, P>(&mut reader) else {
        return Fault::new(FaultCode::InvalidParams, "the params are not what this method takes");
    };
    let path = error.path().to_string();
    let inner = error.inner().to_string();
    let told = inner.rsplit_once(" at line ").map_or(inner.as_str(), |(told, _)| told);
    if let Some(field) = told.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        return Fault::new(FaultCode::InvalidParams, format!("params.{field} is missing")).with_field(field);
    }
    let expected = told.rsplit_once("expected ").map_or("something else", |(_, expected)| expected);
    Fault::new(FaultCode::InvalidParams, format!("params.{path} does not fit: expected {expected}")).with_field(path)
}

fn unknown_method(method: &str) -> Fault {
    /// Long enough for any name there is.
    const SHOWN: usize = 64;
    let shown: String = method.chars().take(SHOWN).collect();
    Fault::new(FaultCode::MethodNotFound, format!("there is no method {shown:?}"))
}
