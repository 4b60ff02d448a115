use std::io;
use std::process::ExitCode;

use agent::StartError;
use ipc::{CallError, ConnectError, Fault, FaultCode};
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
    /// A sign-in did not end well: a message, its arguments, and an exit code.
    SignIn { id: &'static str, args: Vec<(&'static str, String)>, code: u8 },
    /// The system refused.
    Io(io::Error),
    /// Something else, in English.
    Other(String),
}

/// Somebody has to sign in.
pub(crate) const SIGN_IN_REQUIRED: u8 = 3;
const ADMIN_OR_CONFIGURATION: u8 = 4;
const UNREACHABLE: u8 = 5;
const NOT_RUNNING: u8 = 6;
const UNKNOWN_ACCOUNT: u8 = 7;
/// Denied, approval required, or locked.
pub(crate) const DENIED: u8 = 8;
/// The code of everything that has none of its own.
pub(crate) const FAILED: u8 = 1;

impl Failed {
    /// The exit code, as `signet --help` lists them.
    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Fault(fault) => of_fault(fault.code),
            Self::Connect(ConnectError::NotRunning(_)) => NOT_RUNNING,
            Self::Start(StartError::Config(_)) => ADMIN_OR_CONFIGURATION,
            Self::SignIn { code, .. } => *code,
            Self::Connect(_) | Self::Start(_) | Self::Io(_) | Self::Other(_) => FAILED,
        })
    }

    /// What the person reads.
    pub(crate) fn message(&self, language: Language) -> String {
        match self {
            Self::Fault(fault) => fault.message.clone(),
            Self::Connect(ConnectError::NotRunning(_)) => text(language, "cli-not-running", &[]),
            Self::Connect(ConnectError::NotOurs(_)) => text(language, "cli-not-ours", &[]),
            Self::Connect(other) => causes(other),
            Self::Start(StartError::RunsAlready { pid }) => text(language, "cli-agent-runs-already", &[("pid", pid)]),
            Self::Start(StartError::Config(agent::ConfigError::Content { path, line, column, detail })) => {
                let args = [
                    ("path", &*path.display().to_string()),
                    ("line", &*line.to_string()),
                    ("column", &*column.to_string()),
                    ("detail", detail),
                ];
                text(language, "cli-config-broken", &args)
            }
            Self::Start(StartError::Other(error)) => format!("{error:#}"),
            Self::Start(other) => other.to_string(),
            Self::SignIn { id, args, .. } => {
                let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
                text(language, id, &args)
            }
            Self::Io(error) => error.to_string(),
            Self::Other(said) => said.clone(),
        }
    }
}

fn of_fault(code: FaultCode) -> u8 {
    match code {
        FaultCode::SignInRequired => SIGN_IN_REQUIRED,
        FaultCode::AdminRequired | FaultCode::Configuration | FaultCode::Disabled => ADMIN_OR_CONFIGURATION,
        FaultCode::Unreachable | FaultCode::TimedOut | FaultCode::Limit => UNREACHABLE,
        FaultCode::UnknownAccount => UNKNOWN_ACCOUNT,
        FaultCode::ApprovalRequired | FaultCode::Denied | FaultCode::Locked => DENIED,
        _ => FAILED,
    }
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
        match error {
            CallError::Fault(fault) => Self::Fault(Box::new(fault)),
            other => Self::Other(causes(&other)),
        }
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
    fn each_refusal_has_the_exit_code_that_the_help_names() {
        let codes = [
            (FaultCode::SignInRequired, 3),
            (FaultCode::AdminRequired, 4),
            (FaultCode::Configuration, 4),
            (FaultCode::Unreachable, 5),
            (FaultCode::TimedOut, 5),
            (FaultCode::UnknownAccount, 7),
            (FaultCode::ApprovalRequired, 8),
            (FaultCode::Denied, 8),
            (FaultCode::Locked, 8),
            (FaultCode::Internal, 1),
        ];
        for (fault, code) in codes {
            assert_eq!(of_fault(fault), code, "{fault:?}");
        }
    }
}
