use std::io;

use agent::StartError;
use ipc::{CallError, ConnectError, Fault, FaultCode};
use serde_json::{Value, json};
use texts::{Language, text};

/// How a command can fail.
#[derive(Debug)]
pub(crate) enum Failed {
    /// The agent refused.
    Fault(Box<Fault>),
    /// No agent can be asked.
    Connect(ConnectError),
    /// The agent does not start.
    Start(StartError),
    /// It should have been typed otherwise.
    Usage { what: String, shown: String },
    /// The result has said it all.
    Told(u8),
    /// This command's own word: a message, its arguments, and an exit code.
    Said { id: &'static str, args: Vec<(&'static str, String)>, code: u8 },
    /// The agent that was started has ended: its last word, which says that it is an error, and its exit code.
    Ended { last: String, code: u8 },
    /// The system refused.
    Io(io::Error),
    /// Something else, in English.
    Other(String),
}

/// Somebody has to sign in.
pub(crate) const USAGE: u8 = 2;
pub(crate) const SIGN_IN_REQUIRED: u8 = 3;
pub(crate) const ADMIN_OR_CONFIGURATION: u8 = 4;
pub(crate) const UNREACHABLE: u8 = 5;
const NOT_RUNNING: u8 = 6;
pub(crate) const UNKNOWN_ACCOUNT: u8 = 7;
/// Denied, approval required, or locked.
pub(crate) const DENIED: u8 = 8;
/// As a shell reports Ctrl-C: 128 and the signal's number.
pub(crate) const INTERRUPTED: i32 = 130;
/// The code of everything that has none of its own.
pub(crate) const FAILED: u8 = 1;

impl Failed {
    /// The exit code, as `signet --help` lists them.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Fault(fault) => of_fault(fault.code),
            Self::Connect(ConnectError::NotRunning(_)) => NOT_RUNNING,
            Self::Start(StartError::Config(_) | StartError::Network(_)) => ADMIN_OR_CONFIGURATION,
            Self::Usage { .. } => USAGE,
            Self::Said { code, .. } | Self::Ended { code, .. } | Self::Told(code) => *code,
            Self::Connect(_) | Self::Start(_) | Self::Io(_) | Self::Other(_) => FAILED,
        }
    }

    /// Where an administrator can put it right, if they can do so by a page.
    pub(crate) fn consent_page(&self) -> Option<&str> {
        let Self::Fault(fault) = self else { return None };
        fault.data.action.as_deref().filter(|_| fault.code == FaultCode::AdminRequired)
    }

    /// What a program reads in its stead: the `data` of a refusal of the agent, where it is one.
    pub(crate) fn as_json(&self, language: Language) -> Value {
        let mut error = if let Self::Fault(fault) = self { json!(fault)["data"].take() } else { Value::Null };
        if error.is_null() {
            error = json!({ "code": name(self.exit_code()) });
        }
        error["exit_code"] = self.exit_code().into();
        error["message"] = self.message(language).into();
        error
    }

    /// What the person reads.
    pub(crate) fn message(&self, language: Language) -> String {
        match self {
            Self::Fault(fault) => fault.message.clone(),
            Self::Connect(ConnectError::NotRunning(_)) => text(language, "cli-not-running", &[]),
            Self::Connect(ConnectError::NotOurs(_)) => text(language, "cli-not-ours", &[]),
            Self::Connect(other) => causes(other),
            Self::Start(error) => error.sentence(language),
            Self::Said { id, args, .. } => {
                let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
                text(language, id, &args)
            }
            Self::Ended { last, .. } => last.clone(),
            Self::Usage { what, .. } => what.clone(),
            Self::Told(_) => String::new(),
            Self::Io(error) => error.to_string(),
            Self::Other(said) => said.clone(),
        }
    }
}

const CODES: [(FaultCode, u8); 11] = [
    (FaultCode::SignInRequired, SIGN_IN_REQUIRED),
    (FaultCode::AdminRequired, ADMIN_OR_CONFIGURATION),
    (FaultCode::Configuration, ADMIN_OR_CONFIGURATION),
    (FaultCode::Disabled, ADMIN_OR_CONFIGURATION),
    (FaultCode::Unreachable, UNREACHABLE),
    (FaultCode::TimedOut, UNREACHABLE),
    (FaultCode::Limit, UNREACHABLE),
    (FaultCode::UnknownAccount, UNKNOWN_ACCOUNT),
    (FaultCode::ApprovalRequired, DENIED),
    (FaultCode::Denied, DENIED),
    (FaultCode::Locked, DENIED),
];

/// What an exit code is called where no refusal of the agent gives it a name.
fn name(code: u8) -> &'static str {
    match code {
        USAGE => "usage",
        SIGN_IN_REQUIRED => "sign_in_required",
        ADMIN_OR_CONFIGURATION => "configuration",
        UNREACHABLE => "unreachable",
        NOT_RUNNING => "not_running",
        UNKNOWN_ACCOUNT => "unknown_account",
        DENIED => "denied",
        _ => "failed",
    }
}

fn of_fault(fault: FaultCode) -> u8 {
    CODES.iter().find(|(code, _)| *code == fault).map_or(FAILED, |(_, exit)| *exit)
}

fn causes(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        said.push_str(": ");
        said.push_str(&inner.to_string());
        cause = inner.source();
    }
    said
}

impl From<CallError> for Failed {
    fn from(error: CallError) -> Self {
        if matches!(error, CallError::TooLong) {
            return Self::Said { id: "cli-too-long", args: Vec::new(), code: FAILED };
        }
        if let CallError::Fault(fault) = error { Self::Fault(Box::new(fault)) } else { Self::Other(causes(&error)) }
    }
}

impl From<ConnectError> for Failed {
    fn from(error: ConnectError) -> Self {
        Self::Connect(error)
    }
}

impl From<StartError> for Failed {
    fn from(error: StartError) -> Self {
        Self::Start(error)
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exit_code_is_explained_by_the_help() {
        for language in Language::ALL {
            let help = text(language, "help-after", &[]);
            for (fault, code) in CODES {
                assert!(help.contains(&format!("  {code}  ")), "{fault:?} ends with {code}, which is not in {help}");
            }
        }
        assert_eq!(of_fault(FaultCode::SignInRequired), 3);
        assert_eq!(of_fault(FaultCode::UnknownAccount), 7);
        assert_eq!(of_fault(FaultCode::Internal), 1);
    }
}
