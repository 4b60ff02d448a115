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
const ADMIN_OR_CONFIGURATION: u8 = 4;
const UNREACHABLE: u8 = 5;
const NOT_RUNNING: u8 = 6;
const UNKNOWN_ACCOUNT: u8 = 7;
/// Denied, approval required, or locked.
pub(crate) const DENIED: u8 = 8;
/// As a shell reports Ctrl-C: 128 and the signal's number.
pub(crate) const INTERRUPTED: i32 = 130;
/// The code of everything that has none of its own.
pub(crate) const FAILED: u8 = 1;

impl Failed {
    /// The exit code, as `signet --help` lists them.
    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Fault(fault) => of_fault(fault.code),
            Self::Connect(ConnectError::NotRunning(_)) => NOT_RUNNING,
            Self::Start(StartError::Config(_) | StartError::Network(_)) => ADMIN_OR_CONFIGURATION,
            Self::Said { code, .. } | Self::Ended { code, .. } => *code,
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
            Self::Start(StartError::Network(error)) => {
                text(language, "error-configuration", &[("detail", &format!("{error:#}"))])
            }
            Self::Start(StartError::Other(error)) => format!("{error:#}"),
            Self::Start(other) => other.to_string(),
            Self::Said { id, args, .. } => {
                let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
                text(language, id, &args)
            }
            Self::Ended { last, .. } => last.clone(),
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
