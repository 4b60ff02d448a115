//! Takes new messages out of a mailbox point: fetch PROFILE FOLDER
//!
//! Each message becomes a file in FOLDER, and is marked as read once it is on the disk. One that cannot be taken is told about and
//! stays unread, and the others are taken all the same.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it tells what it has taken, and what not")]

mod signet;

use std::collections::BTreeSet;
use std::env;
use std::fs::{self, File, Permissions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use async_imap::error::Error;
use async_imap::imap_proto::{MailboxDatum, Response, Status};
use async_imap::{Authenticator, Client, Session};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use futures_util::TryStreamExt;
use rustls::pki_types::ServerName;
use rustls_platform_verifier::ConfigVerifierExt;
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsConnector;

use signet::text;

/// How long a server may be silent.
const PATIENCE: Duration = Duration::from_secs(60);

/// Anything that bytes go through both ways.
trait Duplex: AsyncRead + AsyncWrite + Send + std::fmt::Debug {}

impl<T: AsyncRead + AsyncWrite + Send + std::fmt::Debug> Duplex for T {}

type Stream = Pin<Box<dyn Duplex>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode> {
    let mut arguments = env::args().skip(1);
    let (Some(profile), Some(folder)) = (arguments.next(), arguments.next()) else { bail!("fetch PROFILE FOLDER") };
    let credential = signet::credential(&profile)?;
    let protocol = text(&credential, "protocol");
    ensure!(protocol == "imap", "{profile} is for {protocol}, and this component reads by IMAP alone");
    let mut imap = log_in(&credential).await?;
    let mailbox = imap.select(utf7(text(&credential, "folder"))).await?;
    let validity = mailbox.uid_validity.context("the server has no UIDVALIDITY")?;
    let mut left = false;
    for number in unread(&mut imap).await? {
        // No two messages have the same three (RFC 3501 section 2.3.1.1).
        let name = format!("{profile}.{validity}.{number}.eml");
        match take(&mut imap, number, Path::new(&folder), &name).await {
            Ok(()) => {}
            Err(err) if is_gone(&err) => return Err(err),
            Err(err) => {
                left = true;
                eprintln!("message {number} stays unread: {err:#}");
            }
        }
    }
    imap.logout().await?;
    Ok(if left { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn log_in(credential: &Value) -> Result<Session<Stream>> {
    let host = text(credential, "host");
    let connected = timeout(PATIENCE, TcpStream::connect((host, signet::port(credential)))).await;
    let mut bounded = TimeoutStream::new(connected.context("nobody answers")??);
    bounded.set_read_timeout(Some(PATIENCE));
    bounded.set_write_timeout(Some(PATIENCE));
    let tcp: Stream = Box::pin(bounded);
    let encryption = text(credential, "encryption");
    let mut client = Client::new(if encryption == "tls" { secured(tcp, host).await? } else { tcp });
    client.read_response().await?.context("the server does not greet")?;
    if encryption == "starttls" {
        client.run_command_and_check_ok("STARTTLS", None).await?;
        client = Client::new(secured(client.into_inner(), host).await?);
    }
    let session = match text(credential, "authentication") {
        "password" => client.login(text(credential, "login"), text(credential, "password")).await,
        _ => client.authenticate("XOAUTH2", Token(credential)).await,
    };
    session.map_err(|(error, _)| error.into())
}

async fn secured(stream: Stream, host: &str) -> Result<Stream> {
    let config = rustls::ClientConfig::with_platform_verifier()?;
    let name = ServerName::try_from(host.to_owned())?;
    Ok(Box::pin(TlsConnector::from(Arc::new(config)).connect(name, stream).await?))
}

struct Token<'c>(&'c Value);

impl Authenticator for Token<'_> {
    type Response = String;

    /// async-imap puts it into base64. A challenge tells what is wrong; after an empty answer the server says no.
    fn process(&mut self, challenge: &[u8]) -> String {
        if !challenge.is_empty() {
            return String::new();
        }
        format!("user={}\x01auth=Bearer {}\x01\x01", text(self.0, "mailbox"), text(self.0, "access_token"))
    }
}

/// A folder's name as IMAP writes it (RFC 3501 section 5.1.3).
fn utf7(name: &str) -> String {
    let is_plain = |sign: &char| (' '..='~').contains(sign);
    let coded = |run: &[char]| {
        let run: String = run.iter().collect();
        if run.starts_with(|sign| is_plain(&sign)) {
            return run.replace('&', "&-");
        }
        let units: Vec<u8> = run.encode_utf16().flat_map(u16::to_be_bytes).collect();
        format!("&{}-", STANDARD_NO_PAD.encode(units).replace('/', ","))
    };
    let signs: Vec<_> = name.chars().collect();
    signs.chunk_by(|left, right| is_plain(left) == is_plain(right)).map(coded).collect()
}

/// The new messages. `uid_search` of async-imap would take the server's no for none.
async fn unread(imap: &mut Session<Stream>) -> Result<BTreeSet<u32>> {
    let asked = imap.run_command("UID SEARCH UNSEEN").await?;
    let mut found = BTreeSet::new();
    loop {
        let answer = imap.read_response().await?.context("the server hangs up")?;
        if let Response::MailboxData(MailboxDatum::Search(numbers)) = answer.parsed() {
            found.extend(numbers);
        } else if let Response::Done { tag, status, .. } = answer.parsed()
            && *tag == asked
        {
            ensure!(*status == Status::Ok, "the folder cannot be searched: {:?}", answer.parsed());
            return Ok(found);
        }
    }
}

async fn take(imap: &mut Session<Stream>, number: u32, folder: &Path, name: &str) -> Result<()> {
    let messages: Vec<_> = imap.uid_fetch(number.to_string(), "BODY.PEEK[]").await?.try_collect().await?;
    let body = messages.iter().find_map(|message| message.body()).context("a message without a body")?;
    keep(folder, name, body)?;
    println!("{name}");
    // Only now: whatever goes wrong before leaves it to be taken the next time.
    Ok(imap.run_command_and_check_ok(format!("UID STORE {number} +FLAGS.SILENT (\\Seen)")).await?)
}

/// Whole on the disk, or not there. What is there already is left by a run that broke off, or else not to be overwritten.
fn keep(folder: &Path, name: &str, body: &[u8]) -> Result<()> {
    let as_usual = Permissions::from_mode(0o666); // less the umask
    let mut part = tempfile::Builder::new().permissions(as_usual).tempfile_in(folder)?;
    part.write_all(body)?;
    part.as_file().sync_all()?;
    let file = folder.join(name);
    if let Err(err) = part.persist_noclobber(&file) {
        let is_it = err.error.kind() == ErrorKind::AlreadyExists && fs::read(&file)? == body;
        ensure!(is_it, "{}: {}", file.display(), err.error);
    }
    Ok(File::open(folder)?.sync_all()?) // its name is on the disk too
}

/// Whether there is no going on with the other messages.
fn is_gone(err: &anyhow::Error) -> bool {
    matches!(err.downcast_ref(), Some(Error::Io(_) | Error::ConnectionLost))
}
