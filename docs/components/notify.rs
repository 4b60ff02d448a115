//! Sends a notification by the mail server's profile: notify RECIPIENT SUBJECT [ATTACHMENT...] < text

mod signet;

use std::path::Path;
use std::time::Duration;
use std::{env, fs, io};

use anyhow::{Context, Result, bail};
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Message, SmtpTransport, Transport};
use serde_json::Value;

use signet::text;

/// How long a server may look at a message before it takes it (RFC 5321 § 4.5.3.2.6): who gives up earlier sends it twice.
const TAKING: Duration = Duration::from_mins(10);

fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let (Some(recipient), Some(subject)) = (arguments.next(), arguments.next()) else {
        bail!("notify RECIPIENT SUBJECT [ATTACHMENT...] < text");
    };
    let credential = signet::credential("mail_server")?;
    let letter = letter(&credential["sender"], &recipient, &subject, arguments)?;
    transport(&credential)?.send(&letter)?;
    Ok(())
}

fn letter(
    sender: &Value,
    recipient: &str,
    subject: &str,
    attachments: impl Iterator<Item = String>,
) -> Result<Message> {
    let name = sender["display_name"].as_str().map(str::to_owned);
    let mut letter = Message::builder().from(Mailbox::new(name, text(sender, "email").parse()?));
    if let Some(reply_to) = sender["reply_to"].as_str() {
        letter = letter.reply_to(reply_to.parse()?);
    }
    let mut parts = MultiPart::mixed().singlepart(SinglePart::plain(io::read_to_string(io::stdin())?));
    for path in attachments {
        let name = Path::new(&path).file_name().context("an attachment is a file")?.to_string_lossy().into_owned();
        let kind = ContentType::parse("application/octet-stream")?;
        parts = parts.singlepart(Attachment::new(name).body(fs::read(&path)?, kind));
    }
    Ok(letter.to(recipient.parse()?).subject(subject).multipart(parts)?)
}

fn transport(credential: &Value) -> Result<SmtpTransport> {
    let host = text(credential, "host");
    let encrypted = || TlsParameters::new(host.to_owned());
    let tls = match text(credential, "encryption") {
        "tls" => Tls::Wrapper(encrypted()?),
        "starttls" => Tls::Required(encrypted()?),
        _ => Tls::None,
    };
    let (mechanisms, secret) = match text(credential, "authentication") {
        "password" => (vec![Mechanism::Plain, Mechanism::Login], text(credential, "password")),
        _ => (vec![Mechanism::Xoauth2], text(credential, "access_token")),
    };
    let login = text(credential, "login").to_owned();
    let transport =
        SmtpTransport::builder_dangerous(host).port(signet::port(credential)).tls(tls).timeout(Some(TAKING));
    Ok(transport.authentication(mechanisms).credentials(Credentials::new(login, secret.to_owned())).build())
}
