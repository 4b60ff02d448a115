use std::sync::Arc;

use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use secrecy::{ExposeSecret, SecretString};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio_rustls::TlsConnector;

use super::Failure;
use crate::settings::holds_control;

/// No server has more to say in one line.
const LINE_LIMIT: u64 = 16 * 1024;

/// What carries bytes both ways.
pub(crate) trait Duplex: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Duplex for T {}

/// Lines to and from a server.
pub(super) struct Wire(BufReader<Box<dyn Duplex>>);

impl Wire {
    pub(super) fn new(stream: impl Duplex + 'static) -> Self {
        Self(BufReader::new(Box::new(stream)))
    }

    /// The same, encrypted. What the server has said beforehand nobody vouches for, so there must be nothing.
    pub(super) async fn secured(self, host: &str, tls: &Arc<ClientConfig>) -> Result<(Self, String), Failure> {
        if !self.0.buffer().is_empty() {
            return Err(Failure::Unruly("it spoke on before the connection was encrypted"));
        }
        let name = ServerName::try_from(host.to_owned()).map_err(|_| Failure::NoName)?;
        let connector = TlsConnector::from(Arc::clone(tls));
        let secured = connector.connect(name, self.0.into_inner()).await;
        let secured = secured.map_err(|error| Failure::Tls(error.to_string()))?;
        let version = secured.get_ref().1.protocol_version().map(|version| format!("{version:?}"));
        Ok((Self::new(secured), version.unwrap_or_default()))
    }

    pub(super) async fn say(&mut self, line: &str) -> Result<(), Failure> {
        if holds_control(line) {
            return Err(Failure::Unsayable);
        }
        self.write(format!("{line}\r\n").as_bytes()).await
    }

    /// A line that holds a secret, between two parts that do not.
    pub(super) async fn say_secret(&mut self, before: &str, secret: &SecretString) -> Result<(), Failure> {
        if holds_control(before) || holds_control(secret.expose_secret()) {
            return Err(Failure::Unsayable);
        }
        self.0.get_mut().write_all(before.as_bytes()).await.map_err(|_| Failure::Closed)?;
        self.0.get_mut().write_all(secret.expose_secret().as_bytes()).await.map_err(|_| Failure::Closed)?;
        self.write(b"\r\n").await
    }

    pub(super) async fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let stream = self.0.get_mut();
        stream.write_all(bytes).await.map_err(|_| Failure::Closed)?;
        stream.flush().await.map_err(|_| Failure::Closed)
    }

    /// The next line, without its end and without anything that a terminal would take for an order.
    pub(super) async fn line(&mut self) -> Result<String, Failure> {
        let mut line = Vec::new();
        let read = (&mut self.0).take(LINE_LIMIT).read_until(b'\n', &mut line).await;
        // A server that hangs up in an encrypted connection may do so without a word.
        let count = read.map_err(|_| Failure::Closed)?;
        if count == 0 {
            return Err(Failure::Closed);
        }
        if line.last() != Some(&b'\n') {
            let is_endless = u64::try_from(count).is_ok_and(|count| count >= LINE_LIMIT);
            return Err(if is_endless { Failure::Unruly("a line that does not end") } else { Failure::Closed });
        }
        let text = String::from_utf8_lossy(&line);
        let plain = |sign: char| if sign.is_control() { char::REPLACEMENT_CHARACTER } else { sign };
        Ok(text.trim_end_matches(['\r', '\n']).chars().map(plain).collect())
    }
}
