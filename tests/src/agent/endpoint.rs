//! Raw JSON lines over the agent's socket, as whatever user is asking.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;

use anyhow::{Context, Result};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use serde_json::{Value, json};

use super::Agent;

impl Agent {
    /// An account's row in the next snapshot in which it is as wanted, the current one included.
    pub fn await_account(&self, name: &str, is_wanted: impl Fn(&Value) -> bool) -> Result<Value> {
        self.watch()?.until_row(name, is_wanted)
    }

    /// Waits until the access token of an account has ended. The list tells a token's end as long as there is one.
    pub fn await_lapse(&self, name: &str) -> Result<()> {
        let mut connection = self.endpoint()?;
        loop {
            let list = connection.ask("account.list", json!({}))?;
            let accounts = list["result"]["accounts"].as_array().context("accounts")?;
            if !accounts.iter().any(|row| row["name"] == name && row["expires_at"].is_string()) {
                return Ok(());
            }
            thread::yield_now();
        }
    }
}

/// A connection to the endpoint.
#[derive(Debug)]
pub struct Endpoint {
    process: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    last_id: u64,
    aside: VecDeque<Value>,
}

impl Endpoint {
    pub(super) fn open(command: &mut Command) -> Result<Self> {
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let input = process.stdin.take();
        let output = BufReader::new(process.stdout.take().context("its output is piped")?);
        Ok(Self { process, input, output, last_id: 0, aside: VecDeque::new() })
    }

    /// Sends a request and gives its whole response, `result` or `error`; what comes in between is set aside.
    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value> {
        let id = self.send(method, params)?;
        self.answer(id)
    }

    /// Sends a request without waiting, and gives its id.
    pub fn send(&mut self, method: &str, params: Value) -> Result<u64> {
        self.last_id += 1;
        let id = self.last_id;
        self.send_line(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string())?;
        Ok(id)
    }

    /// The response to a request that was sent.
    pub fn answer(&mut self, id: u64) -> Result<Value> {
        self.first(|message| message["id"] == id)
    }

    /// The next notification of a method.
    pub fn notification(&mut self, method: &str) -> Result<Value> {
        self.first(|message| message["method"] == method)
    }

    fn first(&mut self, wanted: impl Fn(&Value) -> bool) -> Result<Value> {
        if let Some(place) = self.aside.iter().position(&wanted) {
            return self.aside.remove(place).context("it was just there");
        }
        loop {
            let line = self.line()?.context("the agent hung up")?;
            let message: Value = serde_json::from_str(&line)?;
            if wanted(&message) {
                return Ok(message);
            }
            self.aside.push_back(message);
        }
    }

    /// Sends anything, as a line.
    pub fn send_line(&mut self, line: &str) -> Result<()> {
        self.send_part(line)?;
        self.send_part("\n")
    }

    /// Sends a line's beginning, or what is missing of one.
    pub fn send_part(&mut self, part: &str) -> Result<()> {
        let input = self.input.as_mut().context("the connection is open")?;
        input.write_all(part.as_bytes())?;
        Ok(input.flush()?)
    }

    /// The next line, whatever it is; nothing once the agent has hung up, or never let us in.
    pub fn line(&mut self) -> Result<Option<String>> {
        let mut line = String::new();
        let read = self.output.read_line(&mut line)?;
        Ok((read > 0).then(|| line.trim_end().to_owned()))
    }

    /// Whether nothing has come that was not read yet.
    pub fn is_silent(&self) -> Result<bool> {
        let mut output = [PollFd::new(self.output.get_ref(), PollFlags::IN)];
        let come = poll(&mut output, Some(&Timespec::default()))?;
        Ok(come == 0 && self.output.buffer().is_empty() && self.aside.is_empty())
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        self.input = None; // its end
        let _ = self.process.wait();
    }
}
