//! Servers whose names lead nowhere, and why.

use anyhow::Result;
use serde_json::json;
use signet_e2e::mail::{Manners, Protocol};
use signet_e2e::mounts::{self, NoNameServer};
use signet_e2e::office::Office;
use signet_e2e::rig::UNRESOLVED;
use signet_e2e::{AgentOptions, Options, Rig};

use super::check_ending;

#[test]
fn a_name_that_is_none_is_a_mistake_in_the_settings() -> Result<()> {
    let rig = Rig::start(Options::default())?;
    let options = AgentOptions::knowing_no_name(&rig)?;
    let mut office = Office::open_on(rig, options)?;
    let imap = office.door(Protocol::Imap, Manners::Plain);
    office.set_for(&imap, "point", "imap", json!({ "server": UNRESOLVED }))?;
    let words = ["no server signet-unresolved", "Nie ma serwera signet-unresolved"];
    check_ending(&office, "point", "name", (4, "configuration"), words)
}

#[test]
fn where_no_name_server_answers_nobody_is_told_of_a_mistake() -> Result<()> {
    mounts::of_its_own("names::where_no_name_server_answers_nobody_is_told_of_a_mistake", || {
        let _none = NoNameServer::put()?;
        let mut office = Office::open(Options::default())?;
        let imap = office.door(Protocol::Imap, Manners::Plain);
        office.set_for(&imap, "point", "imap", json!({ "server": "poczta.firma.example" }))?;
        let words = ["no name server answers", "nie odpowiada żaden serwer nazw"];
        check_ending(&office, "point", "name", (5, "transient"), words)
    })
}
