//! Signet's local endpoint: JSON-RPC 2.0, one message a line, over a Unix socket or a named pipe.
//!
//! [`server`] serves it, [`client`] asks it, [`method`] says what can be asked, and [`caller`] who is asking.
#![warn(missing_docs)]

pub mod caller;
pub mod client;
mod connection;
mod discovery;
pub mod endpoint;
pub mod fault;
pub mod framing;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
pub mod limits;
pub mod message;
pub mod method;
mod platform;
pub mod secret;
pub mod server;
pub mod snapshot;

pub use caller::Caller;
pub use client::{CallError, Client, ConnectError, Subscription};
pub use endpoint::Endpoint;
pub use fault::{Fault, FaultCode, FaultData, FaultKind};
pub use method::{
    AccountAdd, AccountList, AccountRemove, AccountRetry, AccountRow, AccountSet, Accounts, AgentStartAfresh,
    AgentStatus, AgentStop, AgentSubscribe, AgentUnlock, Audience, Authentication, Call, CheckCancel, CheckProgress,
    CheckStep, CheckWait, Credential, CredentialGet, Done, Erased, Finding, FoundTenant, ImportedProfiles, Level,
    LineFrom, ListedProfile, MailProtocol, Method, NamedProfile, PROTOCOL, Profile, ProfileCheck, ProfileEncryption,
    ProfileGet, ProfileImport, ProfileKind, ProfileList, ProfileRemove, ProfileSet, ProfileVerdict, Profiles,
    RegistrationTest, Reply, ResponseMode, RpcDiscover, Sasl, SavedProfile, SendWith, Sender, Settings, SettingsGet,
    SettingsSet, SignInCancel, SignInStart, SignInStarted, SignInState, SignInWait, SignOut, StartedAfresh,
    StartedCheck, Status, TenantFind, TestedRegistration, Token, TokenGet, TokenReject,
};
pub use server::{BindError, Handed, Handler, Listener, serve};
pub use snapshot::{AccountState, AccountView, Cause, FailedSignIn, Message, Reminder, Snapshot, Wish};
