//! Many programs that ask at once.

use std::io::{BufRead, BufReader, Lines};
use std::process::{ChildStdout, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::Agent;
use crate::kept::Kept;

/// Programs of one process, which have all asked and wait.
#[derive(Debug)]
pub struct Crowd {
    process: Kept,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Agent {
    /// Starts a process in which so many programs ask the same, and waits until all have asked.
    pub fn crowd(&self, count: usize, method: &str, params: &Value) -> Result<Crowd> {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
        let mut command = self.owner().kept("signet-crowd");
        command.arg(self.socket()).arg(count.to_string()).arg(request).stdout(Stdio::piped());
        let mut process = Kept::start(&mut command)?;
        let mut lines = BufReader::new(process.stdout().context("its output is piped")?).lines();
        let said = lines.next().context("the crowd could not ask")??;
        ensure!(said == "asked", "the crowd says {said}");
        Ok(Crowd { process, lines })
    }
}

impl Crowd {
    /// What each was answered, `result` or `error`.
    pub fn answers(mut self) -> Result<Vec<Value>> {
        let answers = self.lines.by_ref().map(|line| Ok(serde_json::from_str(&line?)?)).collect::<Result<Vec<_>>>()?;
        ensure!(self.process.wait()?.success(), "somebody in the crowd was not answered");
        Ok(answers)
    }
}
