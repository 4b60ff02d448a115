//! An agent whose mail settings are tried: somebody's account, and a program of the installation that may change them.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::agent::Endpoint;
use crate::mail::{Door, Manners, Protocol, Tls};
use crate::rig::ALICE;
use crate::rig::control::Settings;
use crate::{Agent, AgentOptions, Options, Rig};

/// The rig, an agent, and a connection that may do everything.
#[derive(Debug)]
pub struct Office {
    /// Sign-in service, and mail servers if they were wanted.
    pub rig: Rig,
    /// With an account for Alice.
    pub agent: Agent,
    /// As the window connects.
    pub manager: Endpoint,
}

impl Office {
    /// Alice is signed in. Her tokens are of 6 kB, as those of people in many groups.
    pub fn open(options: Options) -> Result<Self> {
        Self::open_on(Rig::start(options)?, AgentOptions::default())
    }

    /// The same on this rig, with an agent as given.
    pub fn open_on(rig: Rig, options: AgentOptions) -> Result<Self> {
        rig.control().set(&Settings { token_length: Some(6_000), ..Settings::default() })?;
        let agent = Agent::signed_in_by_forms(&rig, ALICE, options)?;
        Self::of(rig, agent)
    }

    /// Nobody has signed in yet.
    pub fn begin(options: Options) -> Result<Self> {
        let rig = Rig::start(options)?;
        let agent = Agent::start(&rig, AgentOptions::default())?;
        agent.signet(&["accounts", "add", ALICE.login])?.line()?;
        Self::of(rig, agent)
    }

    fn of(rig: Rig, agent: Agent) -> Result<Self> {
        let manager = agent.owner().manager()?;
        Ok(Self { rig, agent, manager })
    }

    /// Writes a profile, and hands on what is said of it.
    pub fn set(&mut self, profile: Value) -> Result<Value> {
        self.manager.ask("profile.set", profile)
    }

    /// A profile of this name for one of the rig's servers, not switched on yet.
    pub fn set_for(&mut self, door: &Door, id: &str, protocol: &str, change: Value) -> Result<()> {
        let saved = self.set(with(profile_for(door, id, protocol), change))?;
        ensure!(saved["error"].is_null(), "{saved}");
        Ok(())
    }

    /// As a component asks for it.
    pub fn credential(&self, profile: &str) -> Result<Value> {
        self.agent.endpoint()?.ask("credential.get", json!({ "profile": profile, "lang": "pl" }))
    }

    /// What `signet check` ends with, and the steps it has told.
    pub fn check(&self, arguments: &[&str]) -> Result<(i32, Vec<Value>)> {
        let said = self.agent.signet(&[&["check", "--json"], arguments].concat())?;
        let told: Value = serde_json::from_str(&said.stdout)?;
        let steps = told["steps"].as_array().cloned().unwrap_or_default();
        ensure!(told["ok"] == (said.code == 0), "{said:?}");
        Ok((said.code, steps))
    }

    /// The steps of `profile.check` with these parameters, to the last.
    pub fn try_form(&mut self, params: Value) -> Result<Vec<Value>> {
        let started = self.manager.ask("profile.check", params)?;
        let check = &started["result"]["check"];
        ensure!(check.is_string(), "{started}");
        let mut steps = Vec::new();
        loop {
            let asked = json!({ "check": check, "seen": steps.len(), "wait_seconds": 60 });
            let progress = self.manager.ask("check.wait", asked)?["result"].take();
            steps.extend(progress["steps"].as_array().cloned().unwrap_or_default());
            if progress["done"] == true {
                return Ok(steps);
            }
        }
    }

    /// Where one of the rig's servers listens, encrypted by STARTTLS.
    pub fn door(&self, protocol: Protocol, manners: Manners) -> Door {
        Door::of(&self.rig, protocol, Tls::StartTls, manners).expect("a port")
    }
}

/// Alice's profile for one of the rig's servers.
pub fn profile_for(door: &Door, id: &str, protocol: &str) -> Value {
    let encryption = if door.tls == Tls::Implicit { "tls" } else { "starttls" };
    let kind = if protocol == "smtp" { "mail_server" } else { "documents" };
    json!({
        "id": id, "kind": kind, "protocol": protocol, "server": "localhost", "port": door.port,
        "encryption": encryption, "authentication": "oauth2", "login": ALICE.login,
        "email": (protocol == "smtp").then_some(ALICE.login),
    })
}

/// A profile in which some settings are others.
pub fn with(mut profile: Value, change: Value) -> Value {
    let fields = profile.as_object_mut().expect("a profile is an object");
    fields.extend(change.as_object().cloned().unwrap_or_default());
    profile
}
