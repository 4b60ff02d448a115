//! What can be asked: one struct of parameters per method, and what it answers.

mod account;
mod agent;
mod application;
mod check;
#[cfg(test)]
mod described;
mod profile;
mod settings;
mod sign_in;
mod token;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::fault::{Fault, FaultCode};
use crate::snapshot::Snapshot;

pub use self::account::{
    AccountAdd, AccountList, AccountRemove, AccountRetry, AccountRow, AccountSet, Accounts, Erased, ResponseMode,
};
pub use self::agent::{
    AgentStartAfresh, AgentStatus, AgentStop, AgentSubscribe, AgentUnlock, PROTOCOL, RpcDiscover, StartedAfresh, Status,
};
pub use self::application::{Finding, FoundTenant, Level, RegistrationTest, TenantFind, TestedRegistration};
pub use self::check::{CheckCancel, CheckProgress, CheckStep, CheckWait, LineFrom, ProfileCheck, StartedCheck};
pub use self::profile::{
    Authentication, Credential, CredentialGet, ImportedProfiles, ListedProfile, NamedProfile, Profile,
    ProfileEncryption, ProfileGet, ProfileImport, ProfileKind, ProfileList, ProfileRemove, ProfileSet, ProfileVerdict,
    Profiles, SavedProfile, SendWith, Sender,
};
pub use self::settings::{Settings, SettingsGet, SettingsSet};
pub use self::sign_in::{SignInCancel, SignInStart, SignInStarted, SignInState, SignInWait, SignOut};
pub use self::token::{MailProtocol, Sasl, Token, TokenGet, TokenReject};

/// A method: implemented by the struct of its parameters.
pub trait Method: Serialize + DeserializeOwned {
    /// Its name on the wire.
    const NAME: &'static str;
    /// What it answers.
    type Result: Serialize + DeserializeOwned;
}

#[cfg(test)]
pub(crate) use self::described::{Described, Schemas};

/// Who may call a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Any program of this user; which one does not matter.
    Anybody,
    /// Any program of this user; what one has started is its own, and the managers'.
    Starter,
    /// The programs of the agent's own installation.
    Managers,
}

macro_rules! methods {
    ($($method:ident = $name:literal for $audience:ident -> $result:ty;)*) => {
        /// A request, understood.
        #[derive(Debug)]
        pub enum Call {
            $(#[doc = concat!("`", $name, "`")] $method($method),)*
        }

        impl Call {
            /// The names of the methods there are, but those that the server answers itself.
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

            /// The parameters as a client writes them.
            #[cfg(any(test, fuzzing))]
            pub(crate) fn params(&self) -> serde_json::Result<Box<RawValue>> {
                match self {
                    $(Call::$method(params) => serde_json::value::to_raw_value(params),)*
                }
            }

            /// The method's name on the wire.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self {
                    $(Call::$method(_) => $name,)*
                }
            }

            /// Who may make it.
            #[must_use]
            pub fn audience(&self) -> Audience {
                match self {
                    $(Call::$method(_) => Audience::$audience,)*
                }
            }
        }

        /// Every method with its audience, and the schemas of its parameters and its result.
        #[cfg(test)]
        pub(crate) fn describe(schemas: &mut Schemas) -> Vec<Described> {
            vec![
                $(Described::new::<$method>(schemas, Audience::$audience),)*
                Described::new::<AgentSubscribe>(schemas, Audience::Anybody),
                Described::new::<RpcDiscover>(schemas, Audience::Anybody),
            ]
        }

        $(impl Method for $method {
            const NAME: &'static str = $name;
            type Result = $result;
        })*
    };
}

methods! {
    TokenGet = "token.get" for Anybody -> Token;
    TokenReject = "token.reject" for Anybody -> Done;
    CredentialGet = "credential.get" for Anybody -> Credential;
    AccountList = "account.list" for Anybody -> Accounts;
    AccountAdd = "account.add" for Managers -> Done;
    AccountSet = "account.set" for Managers -> Done;
    AccountRemove = "account.remove" for Managers -> Erased;
    AccountRetry = "account.retry" for Managers -> Done;
    SignInStart = "sign_in.start" for Starter -> SignInStarted;
    SignInWait = "sign_in.wait" for Starter -> SignInState;
    SignInCancel = "sign_in.cancel" for Starter -> Done;
    SignOut = "sign_out" for Managers -> Erased;
    ProfileList = "profile.list" for Managers -> Profiles;
    ProfileGet = "profile.get" for Managers -> NamedProfile;
    ProfileSet = "profile.set" for Managers -> SavedProfile;
    ProfileImport = "profile.import" for Managers -> ImportedProfiles;
    ProfileRemove = "profile.remove" for Managers -> Done;
    ProfileCheck = "profile.check" for Managers -> StartedCheck;
    CheckWait = "check.wait" for Managers -> CheckProgress;
    CheckCancel = "check.cancel" for Managers -> Done;
    AgentStatus = "agent.status" for Anybody -> Status;
    AgentUnlock = "agent.unlock" for Managers -> Done;
    AgentStartAfresh = "agent.start_afresh" for Managers -> StartedAfresh;
    SettingsGet = "settings.get" for Managers -> Settings;
    SettingsSet = "settings.set" for Managers -> Done;
    TenantFind = "tenant.find" for Managers -> FoundTenant;
    RegistrationTest = "registration.test" for Managers -> TestedRegistration;
    AgentStop = "agent.stop" for Managers -> Done;
}

impl Method for AgentSubscribe {
    const NAME: &'static str = "agent.subscribe";
    type Result = Snapshot;
}

impl Method for RpcDiscover {
    const NAME: &'static str = "rpc.discover";
    type Result = serde_json::Value;
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
    /// To `agent.start_afresh`.
    StartedAfresh(StartedAfresh),
    /// To `settings.get`.
    Settings(Settings),
    /// To `tenant.find`.
    FoundTenant(FoundTenant),
    /// To `registration.test`.
    TestedRegistration(TestedRegistration),
    /// To `credential.get`.
    Credential(Credential),
    /// To `profile.list`.
    Profiles(Profiles),
    /// To `profile.get`.
    NamedProfile(NamedProfile),
    /// To `profile.set`.
    SavedProfile(SavedProfile),
    /// To `profile.import`.
    ImportedProfiles(ImportedProfiles),
    /// To `profile.check`.
    StartedCheck(StartedCheck),
    /// To `check.wait`.
    CheckProgress(CheckProgress),
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

replies! { Token Accounts SignInStarted SignInState Erased Status StartedAfresh Settings FoundTenant TestedRegistration Credential Profiles NamedProfile SavedProfile ImportedProfiles StartedCheck CheckProgress Done }

/// It was done: `{}`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
