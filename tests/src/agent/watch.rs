//! The agent's snapshots, one after the other.

use anyhow::Result;
use serde_json::{Value, json};

use super::{Agent, Endpoint};

/// A subscriber who remembers the newest snapshot.
#[derive(Debug)]
pub struct Watch {
    connection: Endpoint,
    snapshot: Value,
}

impl Agent {
    /// Subscribes, on a connection of its own.
    pub fn watch(&self) -> Result<Watch> {
        let mut connection = self.endpoint()?;
        let snapshot = connection.ask("agent.subscribe", json!({}))?["result"].take();
        Ok(Watch { connection, snapshot })
    }
}

impl Watch {
    /// The first snapshot, from the newest known on, that is as wanted.
    pub fn until(&mut self, is_wanted: impl Fn(&Value) -> bool) -> Result<&Value> {
        while !is_wanted(&self.snapshot) {
            self.snapshot = self.connection.notification("agent.changed")?["params"].take();
        }
        Ok(&self.snapshot)
    }

    /// The same for one account's row, which it gives.
    pub fn until_row(&mut self, name: &str, is_wanted: impl Fn(&Value) -> bool) -> Result<Value> {
        let row = |snapshot: &Value| {
            let rows = snapshot["accounts"].as_array()?;
            rows.iter().find(|row| row["name"] == name && is_wanted(row)).cloned()
        };
        let snapshot = self.until(|snapshot| row(snapshot).is_some())?;
        Ok(row(snapshot).unwrap_or_default())
    }

    /// The same for the account's state.
    pub fn until_account(&mut self, name: &str, state: &str) -> Result<Value> {
        self.until_row(name, |row| row["state"] == state)
    }

    /// The same for the ids of what concerns no account.
    pub fn until_notices(&mut self, ids: &[&str]) -> Result<Vec<Value>> {
        let notices = |snapshot: &Value| snapshot["notices"].as_array().cloned().unwrap_or_default();
        let as_wanted = |snapshot: &Value| notices(snapshot).iter().map(|it| &it["id"]).eq(ids);
        Ok(notices(self.until(as_wanted)?))
    }
}
