//! Agent, provider and the processes that measure.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use signet_e2e::rig::{BIURO, User};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

use crate::table::line;

/// The accounts of an agent that is well used.
pub(crate) const ACCOUNTS: usize = 10;
/// Logins beside [`BIURO`].
const LOGINS: [&str; ACCOUNTS - 1] = [
    "dostawy@firma.example",
    "faktury@firma.example",
    "kadry@firma.example",
    "magazyn@firma.example",
    "oferty@firma.example",
    "reklamacje@firma.example",
    "serwis@firma.example",
    "sklep@firma.example",
    "zarzad@firma.example",
];

/// What all rows share: an agent whose accounts are signed in.
pub(crate) struct Stage {
    // Ended in this order.
    pub(crate) agent: Agent,
    pub(crate) rig: Rig,
    bench: PathBuf,
    pub(crate) nothing: PathBuf,
}

/// A server that only echoes.
pub(crate) struct Echo {
    process: Child,
    pub(crate) socket: PathBuf,
}

impl Stage {
    pub(crate) fn set_up() -> Result<Self> {
        let rig = Rig::start(Options::without_mail())?;
        let agent = Agent::start(&rig, AgentOptions::default())?;
        let program = env::current_exe()?;
        let bench = agent.lend(&program)?;
        let nothing = agent.lend(&program.with_file_name("signet-nothing"))?;
        sign_in_all(&rig, &agent)?;
        Ok(Self { agent, rig, bench, nothing })
    }

    /// The request that is measured.
    pub(crate) fn request() -> String {
        let login = BIURO.login;
        format!(r#"{{"jsonrpc":"2.0","id":1,"method":"token.get","params":{{"account":"{login}","protocol":"imap"}}}}"#)
    }

    /// Plays a role in a process of the agent's user, and gives what it said.
    pub(crate) fn role(&self, words: &[&str]) -> Result<Value> {
        self.role_beside(&self.agent, words)
    }

    /// The same in the environment of another agent.
    pub(crate) fn role_beside(&self, agent: &Agent, words: &[&str]) -> Result<Value> {
        let output = self.role_command(agent, words).stderr(Stdio::inherit()).output()?;
        ensure!(output.status.success(), "a measuring process failed: {words:?}");
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    fn role_command(&self, agent: &Agent, words: &[&str]) -> Command {
        let mut command = agent.owner().command(&self.bench);
        command.arg("role").args(words);
        command
    }

    /// An echo server whose answers are as long as the agent's.
    pub(crate) fn echo(&self) -> Result<Echo> {
        let mut endpoint = self.agent.endpoint()?;
        endpoint.send_line(&Self::request())?;
        let answer = endpoint.line()?.context("the agent answers")?;
        ensure!(answer.contains("access_token"), "no token: {answer}");
        let socket = self.agent.socket().with_file_name("echo.sock");
        let length = (answer.len() + 1).to_string();
        let words = ["echo", &socket.display().to_string(), &length];
        let mut process = self.role_command(&self.agent, &words).stdout(Stdio::piped()).spawn()?;
        let mut ready = String::new();
        BufReader::new(process.stdout.take().context("it is piped")?).read_line(&mut ready)?;
        Ok(Echo { process, socket })
    }
}

/// Has the agent's accounts, all of them, signed in to.
pub(crate) fn sign_in_all(rig: &Rig, agent: &Agent) -> Result<()> {
    line(&format!("signing in {ACCOUNTS} accounts"));
    sign_in(agent, BIURO)?;
    for login in LOGINS {
        rig.control().put_user(login, &json!({ "password": BIURO.password }))?;
        sign_in(agent, User { login, password: BIURO.password })?;
    }
    Ok(())
}

fn sign_in(agent: &Agent, user: User) -> Result<()> {
    agent.signet(&["accounts", "add", user.login])?.line()?;
    agent.sign_in_by_forms(user.login, user)?;
    // From then on it counts as used.
    agent.token(user.login).map(|_| ())
}

impl Drop for Echo {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_file(&self.socket);
    }
}
