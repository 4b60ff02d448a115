//! The provider's process.

use std::fs;
use std::io::{BufRead, BufReader};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::json;

use super::control::Settings;
use super::{Files, Ports, node, source};
use crate::kept::{Kept, kept_command};

#[derive(Debug)]
pub(super) struct Provider {
    process: Kept,
    issuer: String,
    log: std::path::PathBuf,
}

#[derive(Deserialize)]
struct Ready {
    issuer: String,
}

impl Provider {
    pub(super) fn launch(files: &Files, ports: &Ports, settings: &Settings) -> Result<Self> {
        let order = files.at("provider.json");
        let content = json!({
            "certificates": {
                "open": { "key": files.at("tls/server.key"), "cert": files.at("tls/server.crt") },
                "foreign": { "key": files.at("tls/foreign.key"), "cert": files.at("tls/foreign.crt") },
                "misnamed": { "key": files.at("tls/misnamed.key"), "cert": files.at("tls/misnamed.crt") },
            },
            "ports": { "https": ports.https, "http": ports.http, "exchange": ports.exchange },
            "behind": { "imap": ports.imap, "pop3": ports.pop3, "smtp": ports.smtp_behind },
            "settings": settings,
        });
        fs::write(&order, content.to_string())?;
        let mut command = kept_command(node()?)?;
        command.arg(source("provider/main.mjs")).arg(&order);
        command.stdout(std::process::Stdio::piped()).stderr(files.log("provider.log")?);
        let process = Kept::start(&mut command)?;
        Ok(Self { process, issuer: String::new(), log: files.at("log/provider.log") })
    }

    /// The provider says one line when it listens.
    pub(super) fn await_ready(&mut self) -> Result<()> {
        let output = self.process.stdout().context("the provider's output is piped")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let ready: Ready = serde_json::from_str(&line).with_context(|| {
            format!("the provider did not start: {}", fs::read_to_string(&self.log).unwrap_or_default())
        })?;
        self.issuer = ready.issuer;
        Ok(())
    }

    pub(super) fn issuer(&self) -> &str {
        &self.issuer
    }

    pub(super) fn process(&self) -> &Kept {
        &self.process
    }
}
