//! An IMAP server that says what no good one does.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;

use anyhow::{Context, Result};
use serde_json::json;

use crate::office::Office;

pub(crate) const VALIDITY: u32 = 7;
/// The command that nobody says.
pub(crate) const NOTHING: &str = "NOTHING";

const HALF: &[u8] = b"* 1 FETCH (UID 1 BODY[] {1000}\r\nSubject: half\r\n";

/// What becomes of a message that is asked for.
#[derive(Clone, Copy)]
pub(crate) enum Message {
    Whole,
    /// The server hangs up in the middle of it.
    HangsUp,
    /// The server is silent in the middle of it.
    Stalls,
}

/// What it says where it matters.
#[derive(Clone, Copy)]
pub(crate) struct Script {
    /// Which messages are new.
    pub(crate) found: &'static str,
    /// What becomes of a message.
    pub(crate) message: Message,
    /// A command that it says no to.
    pub(crate) refuses: &'static str,
}

impl Script {
    /// Serves by this for as long as the test runs, and makes it the server of the point.
    pub(crate) fn serve(self, office: &Office) -> Result<()> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                thread::spawn(move || self.talk(&stream)); // clients come and go
            }
        });
        office.set(json!({
            "id": "faktury", "kind": "documents", "enabled": true, "protocol": "imap", "server": "localhost", "port": port,
            "encryption": "none", "authentication": "password", "login": "faktury", "password": "pw-faktury",
        }))
    }

    fn talk(self, mut stream: &TcpStream) -> Result<()> {
        stream.write_all(b"* OK ready\r\n")?;
        for line in BufReader::new(stream).lines() {
            let line = line?;
            let (tag, command) = line.split_once(' ').context("a command has a tag")?;
            if command.starts_with(self.refuses) {
                stream.write_all(format!("{tag} NO not today\r\n").as_bytes())?;
                continue;
            }
            let untagged = match command.split([' ', '\r']).collect::<Vec<_>>()[..] {
                ["CAPABILITY", ..] => "* CAPABILITY IMAP4rev1\r\n".to_owned(),
                ["SELECT" | "EXAMINE", ..] => format!("* 1 EXISTS\r\n* OK [UIDVALIDITY {VALIDITY}] UIDs valid\r\n"),
                ["UID", "SEARCH", ..] => format!("* SEARCH {}\r\n", self.found),
                ["UID", "FETCH", ..] => match self.message {
                    Message::Whole => "* 1 FETCH (UID 1 BODY[] {7}\r\nSubject)\r\n".to_owned(),
                    Message::HangsUp => return Ok(stream.write_all(HALF)?),
                    Message::Stalls => {
                        stream.write_all(HALF)?;
                        continue;
                    }
                },
                _ => String::new(),
            };
            stream.write_all(format!("{untagged}{tag} OK done\r\n").as_bytes())?;
        }
        Ok(())
    }
}
