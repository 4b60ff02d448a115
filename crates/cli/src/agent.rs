use std::fs;
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use agent::{Paths, StartError};
use clap::ArgMatches;
use ipc::{AgentStatus, AgentStop, Client, ConnectError, Endpoint};
use serde_json::json;

use crate::ask;
use crate::exit::{self, Failed};
use crate::out::Out;
use crate::platform;

/// A start takes milliseconds; a disk that wakes up takes seconds.
const START_LIMIT: Duration = Duration::from_secs(15);
const POLL: Duration = Duration::from_millis(5);

pub(crate) fn run(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let paths = Paths::of_this_user().map_err(StartError::from)?;
    if args.get_flag("stop") {
        return stop(&paths, out);
    }
    let endpoint = Endpoint::of_this_user()?;
    if args.get_flag("foreground") {
        agent::start_log();
        return Ok(agent::run(&paths, &endpoint)?);
    }
    if let Ok(mut running) = Client::connect(&endpoint) {
        let pid = running.call(&AgentStatus {})?.pid.map(|pid| pid.to_string()).unwrap_or_default();
        return Err(StartError::RunsAlready { pid }.into());
    }
    let mut child = start(&paths)?;
    await_endpoint(&mut child, &endpoint, &agent::log_path(&paths))?;
    let socket = endpoint.path().display().to_string();
    out.done(&json!({ "socket": socket }), "cli-agent-started", &[("socket", &socket)])
}

/// Asks the agent to end, and waits until another one could start.
fn stop(paths: &Paths, out: &mut Out) -> Result<(), Failed> {
    ask(&AgentStop {})?;
    let limit = Instant::now() + START_LIMIT;
    while agent::is_running(paths)? && Instant::now() < limit {
        std::thread::sleep(POLL);
    }
    out.done(&json!({ "stopped": true }), "cli-agent-stopped", &[])
}

/// The same program again, without a terminal, writing its log into a file.
fn start(paths: &Paths) -> io::Result<Child> {
    let log = agent::open_log(paths)?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["agent", "--foreground"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
    platform::detach(&mut command).spawn()
}

fn await_endpoint(child: &mut Child, endpoint: &Endpoint, log: &Path) -> Result<(), Failed> {
    let limit = Instant::now() + START_LIMIT;
    loop {
        match Client::connect(endpoint) {
            Ok(_) => return Ok(()),
            Err(ConnectError::NotRunning(_)) if Instant::now() < limit => {}
            Err(error) => return Err(error.into()),
        }
        if let Some(ended) = child.try_wait()? {
            let said = fs::read_to_string(log)?;
            let last = said.lines().last().unwrap_or_default().to_owned();
            let code = ended.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(exit::FAILED);
            return Err(Failed::Ended { last, code });
        }
        std::thread::sleep(POLL);
    }
}
