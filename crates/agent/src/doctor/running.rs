use ipc::{AgentStatus, Client, ConnectError, Endpoint, Message};

use super::finding::Finding;
use crate::{Paths, StartError, lock};

/// The agent as it is found.
#[derive(Debug)]
enum Agent {
    Running {
        version: String,
    },
    /// It takes connections and does not answer.
    Mute {
        detail: String,
    },
    Foreign,
    Unreachable {
        detail: String,
    },
    /// Another endpoint than this one is its.
    Elsewhere {
        pid: String,
    },
    /// One has died, and its socket is still there.
    Dead,
    NotRunning,
}

pub(super) fn examine(paths: &Paths, endpoint: &Endpoint) -> Finding {
    finding(look(paths, endpoint), &endpoint.path().display().to_string())
}

fn look(paths: &Paths, endpoint: &Endpoint) -> Agent {
    match Client::connect(endpoint) {
        Ok(mut agent) => match agent.call(&AgentStatus {}) {
            Ok(status) => Agent::Running { version: status.version },
            Err(error) => Agent::Mute { detail: error.to_string() },
        },
        Err(ConnectError::NotOurs(_)) => Agent::Foreign,
        Err(ConnectError::NotRunning(_)) => match lock::holder(&paths.state) {
            Err(StartError::RunsAlready { pid }) => Agent::Elsewhere { pid },
            Ok(()) | Err(StartError::Config(_) | StartError::Network(_) | StartError::Other(_)) => {
                if endpoint.path().exists() { Agent::Dead } else { Agent::NotRunning }
            }
        },
        Err(ConnectError::Io { source, .. }) => Agent::Unreachable { detail: source.to_string() },
        Err(other) => Agent::Unreachable { detail: other.to_string() },
    }
}

/// A pure table.
fn finding(agent: Agent, socket: &str) -> Finding {
    let own = env!("CARGO_PKG_VERSION");
    let said = |id: &str| Message::new(id).with("socket", socket);
    match agent {
        Agent::Running { version } if version == own => {
            Finding::fine(said("doctor-agent-running").with("version", version))
        }
        Agent::Running { version } => {
            Finding::warning(said("doctor-agent-other-version").with("version", version).with("own", own))
        }
        Agent::Mute { detail } => Finding::wrong(said("doctor-agent-mute").with("detail", detail)),
        Agent::Foreign => Finding::wrong(said("doctor-agent-foreign")),
        Agent::Unreachable { detail } => Finding::wrong(said("doctor-agent-unreachable").with("detail", detail)),
        Agent::Elsewhere { pid } => Finding::wrong(said("doctor-agent-elsewhere").with("pid", pid)),
        Agent::Dead => Finding::warning(said("doctor-agent-dead")),
        Agent::NotRunning => Finding::warning(said("doctor-agent-not-running")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::{Level, check_words};
    use super::*;

    #[track_caller]
    fn check(agent: Agent, level: Level, want: &str) {
        let finding = finding(agent, "/run/agent.sock");
        assert_eq!((finding.level, finding.said.id.as_str()), (level, format!("doctor-agent-{want}").as_str()));
        check_words([finding]);
    }

    #[test]
    fn each_state_of_the_agent_has_its_finding() {
        let text = || "x".to_owned();
        check(Agent::Running { version: env!("CARGO_PKG_VERSION").into() }, Level::Fine, "running");
        check(Agent::Running { version: "0.0.0".into() }, Level::Warning, "other-version");
        check(Agent::Mute { detail: text() }, Level::Wrong, "mute");
        check(Agent::Foreign, Level::Wrong, "foreign");
        check(Agent::Unreachable { detail: text() }, Level::Wrong, "unreachable");
        check(Agent::Elsewhere { pid: text() }, Level::Wrong, "elsewhere");
        check(Agent::Dead, Level::Warning, "dead");
        check(Agent::NotRunning, Level::Warning, "not-running");
    }
}
