//! Takes new messages out of a mailbox point: fetch PROFILE FOLDER
//!
//! Each message becomes a file in FOLDER. What was taken is marked as read.

#![expect(clippy::print_stdout, reason = "it tells what it has taken")]

mod signet;

use std::path::Path;
use std::sync::Arc;
use std::{env, fs};

use anyhow::{Context, Result, bail};
use async_imap::{Authenticator, Client, Session};
use futures_util::TryStreamExt;
use rustls::pki_types::ServerName;
use rustls_platform_verifier::ConfigVerifierExt;
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use signet::text;

/// Anything that bytes go through both ways.
trait Duplex: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Duplex for T {}

type Stream = Box<dyn Duplex>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let (Some(profile), Some(folder)) = (arguments.next(), arguments.next()) else { bail!("fetch PROFILE FOLDER") };
    let credential = signet::credential(&profile)?;
    let mut imap = log_in(&credential).await?;
    imap.select(credential["folder"].as_str().unwrap_or("INBOX")).await?;
    for number in imap.uid_search("UNSEEN").await? {
        take(&mut imap, number, Path::new(&folder)).await?;
    }
    imap.logout().await?;
    Ok(())
}

async fn log_in(credential: &Value) -> Result<Session<Stream>> {
    let host = text(credential, "host");
    let tcp: Stream = Box::new(TcpStream::connect((host, signet::port(credential))).await?);
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
    Ok(Box::new(TlsConnector::from(Arc::new(config)).connect(name, stream).await?))
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

async fn take(imap: &mut Session<Stream>, number: u32, folder: &Path) -> Result<()> {
    let messages: Vec<_> = imap.uid_fetch(number.to_string(), "BODY.PEEK[]").await?.try_collect().await?;
    let body = messages.iter().find_map(|message| message.body()).context("a message without a body")?;
    let name = format!("{number}.eml");
    fs::write(folder.join(&name), body)?;
    // Only now: whatever goes wrong before leaves it to be taken the next time.
    let stored = imap.uid_store(number.to_string(), "+FLAGS (\\Seen)").await?;
    stored.try_collect::<Vec<_>>().await?;
    println!("{name}");
    Ok(())
}
