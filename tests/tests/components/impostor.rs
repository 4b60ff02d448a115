//! An IMAP server that says what no good one does.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

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
        self.serve_and_count(office).map(|_| ())
    }

    /// The same, and counts the messages in the middle of which it has fallen silent.
    pub(crate) fn serve_and_count(self, office: &Office) -> Result<Arc<AtomicUsize>> {
        let stalled = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&stalled);
        let port = each_client(move |stream| self.talk(stream, &count))?;
        office.set(json!({
            "id": "faktury", "kind": "documents", "enabled": true, "protocol": "imap", "server": "localhost", "port": port,
            "encryption": "none", "authentication": "password", "login": "faktury", "password": "pw-faktury",
        }))?;
        Ok(stalled)
    }

    fn talk(self, mut stream: &TcpStream, stalled: &AtomicUsize) -> Result<()> {
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
                        stalled.fetch_add(1, Ordering::Relaxed);
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

/// Whatever talks to this is talked to in a thread of its own, for as long as the test runs. Gives the port.
fn each_client(talk: impl Fn(&TcpStream) -> Result<()> + Clone + Send + 'static) -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listener.local_addr()?.port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let talk = talk.clone();
            thread::spawn(move || talk(&stream)); // clients come and go
        }
    });
    Ok(port)
}

/// A mail server that looks at a message for so long before it takes it; makes it the one of the office, and counts what it took.
pub(crate) fn serve_slow_submission(office: &Office, takes: Duration) -> Result<Arc<AtomicUsize>> {
    let taken = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&taken);
    let port = each_client(move |stream| submission(stream, takes, &count))?;
    office.set(json!({
        "id": "mail_server", "kind": "mail_server", "enabled": true, "server": "localhost", "port": port,
        "encryption": "none", "authentication": "password", "login": "biuro", "password": "pw-biuro",
        "email": "biuro@firma.example",
    }))?;
    Ok(taken)
}

fn submission(mut stream: &TcpStream, takes: Duration, taken: &AtomicUsize) -> Result<()> {
    stream.write_all(b"220 ready\r\n")?;
    let mut lines = BufReader::new(stream).lines();
    while let Some(line) = lines.next().transpose()? {
        let command = line.split(' ').next().unwrap_or_default().to_ascii_uppercase();
        let answer = match command.as_str() {
            "EHLO" => "250-impostor\r\n250 AUTH PLAIN",
            // What proves it may come in a line of its own.
            "AUTH" if line.split(' ').count() < 3 => {
                stream.write_all(b"334 \r\n")?;
                lines.next().transpose()?;
                "235 in"
            }
            "AUTH" => "235 in",
            "QUIT" => "221 bye",
            "DATA" => {
                stream.write_all(b"354 go\r\n")?;
                while lines.next().transpose()?.is_some_and(|line| line != ".") {}
                // Looked at for as long as nobody gives up.
                stream.set_read_timeout(Some(takes))?;
                if lines.next().transpose().is_ok() {
                    return Ok(());
                }
                stream.set_read_timeout(None)?;
                taken.fetch_add(1, Ordering::Relaxed);
                "250 queued"
            }
            _ => "250 ok",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes())?;
    }
    Ok(())
}
