//! `signet-rig [--no-mail]` starts a rig, says in one line of JSON where everything is, and stands until standard
//! input closes.

use std::io::{self, Write};

use anyhow::{Result, bail};
use serde_json::json;
use signet_e2e::rig::{CLIENT_ID, USERS};
use signet_e2e::{Options, Rig};

fn main() -> Result<()> {
    let options = match std::env::args().nth(1).as_deref() {
        None => Options::default(),
        Some("--no-mail") => Options::without_mail(),
        Some(other) => bail!("{other}? usage: signet-rig [--no-mail]"),
    };
    let rig = Rig::start(options)?;
    let description = json!({
        "directory": rig.directory(),
        "issuer": rig.issuer(),
        "origin": rig.origin(),
        "control": format!("{}/_rig/", rig.plain_origin()),
        "ca": rig.ca(),
        "client_id": CLIENT_ID,
        "ports": rig.ports(),
        "users": USERS,
    });
    writeln!(io::stdout(), "{description}")?;
    io::copy(&mut io::stdin(), &mut io::sink())?;
    rig.stop()
}
