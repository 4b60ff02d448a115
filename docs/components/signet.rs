//! Asks Signet, over its local endpoint. Linux and macOS.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fmt, fs, io};

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// Signet's word, in the person's language. `kind` says whose turn it is: `sign_in`, `admin`, `configuration`, `transient`,
/// `user_choice`.
#[derive(Debug)]
pub(crate) struct Refused {
    message: String,
    kind: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.kind)
    }
}

impl std::error::Error for Refused {}

/// All that a component needs to connect. Asked for before each connection: Signet has a fresh one at hand.
pub(crate) fn credential(profile: &str) -> Result<Value> {
    let address = address()?;
    let unheard =
        || format!("Signet is not running: nobody listens at {}. Start it with: signet agent", address.display());
    let mut agent = UnixStream::connect(&address).with_context(unheard)?;
    let params = json!({ "profile": profile, "min_valid_seconds": 300 });
    writeln!(agent, "{}", json!({ "jsonrpc": "2.0", "id": 1, "method": "credential.get", "params": params }))?;
    let mut line = String::new();
    BufReader::new(agent).read_line(&mut line)?;
    let mut answer: Value = serde_json::from_str(&line)?;
    if let Some(error) = answer.get("error") {
        let message = text(error, "message").to_owned();
        let kind = error["data"]["kind"].as_str().unwrap_or("configuration").to_owned();
        return Err(Refused { message, kind }.into());
    }
    Ok(answer["result"].take())
}

/// Where the agent listens, which cron and services do not tell: docs/protocol.md, "Where it is".
fn address() -> Result<PathBuf> {
    let given = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(path) = given("SIGNET_SOCKET") {
        return Ok(path);
    }
    let runtime = if cfg!(target_os = "macos") {
        let asked = Command::new("getconf").arg("DARWIN_USER_TEMP_DIR").output()?;
        PathBuf::from(String::from_utf8(asked.stdout)?.trim())
    } else {
        let usual = || Ok::<_, io::Error>(format!("/run/user/{}", fs::metadata("/proc/self")?.uid()).into());
        given("XDG_RUNTIME_DIR").map_or_else(usual, Ok)?
    };
    Ok(runtime.join("signet/agent.sock"))
}

/// What stands there, or nothing.
pub(crate) fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

pub(crate) fn port(credential: &Value) -> u16 {
    credential["port"].as_u64().and_then(|port| u16::try_from(port).ok()).unwrap_or_default()
}
