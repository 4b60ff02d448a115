//! Lines over TCP, which may become TLS on the way.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use super::{Door, Tls};

/// Longer than any server of a rig takes.
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) struct Wire {
    stream: BufReader<Stream>,
}

enum Stream {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ClientConnection, TcpStream>>),
}

impl Wire {
    /// Connects and hears the greeting; `upgrade` is what a client does in clear where TLS does not begin at once.
    pub(super) fn open(
        door: &Door,
        greeting: fn(&mut Self) -> Result<String>,
        upgrade: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<Self> {
        let tcp =
            TcpStream::connect((Ipv4Addr::LOCALHOST, door.port)).with_context(|| format!("port {}", door.port))?;
        tcp.set_read_timeout(Some(PATIENCE))?;
        tcp.set_nodelay(true)?;
        let mut wire = Self { stream: BufReader::new(Stream::Plain(tcp)) };
        match door.tls {
            Tls::Implicit => {
                wire = wire.secured(door)?;
                greeting(&mut wire)?;
                Ok(wire)
            }
            Tls::StartTls => {
                greeting(&mut wire)?;
                upgrade(&mut wire)?;
                wire.secured(door)
            }
        }
    }

    fn secured(self, door: &Door) -> Result<Self> {
        ensure!(self.stream.buffer().is_empty(), "the server spoke on before TLS");
        let Stream::Plain(tcp) = self.stream.into_inner() else {
            return Err(io::Error::other("TLS within TLS").into());
        };
        let connection = ClientConnection::new(client_config(door)?, ServerName::try_from("localhost")?)?;
        Ok(Self { stream: BufReader::new(Stream::Tls(Box::new(StreamOwned::new(connection, tcp)))) })
    }

    pub(super) fn say(&mut self, line: &str) -> Result<()> {
        self.write(format!("{line}\r\n").as_bytes())
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let stream = self.stream.get_mut();
        stream.write_all(bytes)?;
        Ok(stream.flush()?)
    }

    /// The next line without its end.
    pub(super) fn line(&mut self) -> Result<String> {
        let mut line = Vec::new();
        let read = self.stream.read_until(b'\n', &mut line)?;
        ensure!(read > 0, "the server hung up");
        let text = String::from_utf8_lossy(&line);
        Ok(text.trim_end_matches(['\r', '\n']).to_owned())
    }

    pub(super) fn exactly(&mut self, count: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; count];
        self.stream.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

fn client_config(door: &Door) -> Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(&fs::read(&door.ca)?) {
        roots.add(certificate?)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read(buffer),
            Self::Tls(stream) => stream.read(buffer),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.write(bytes),
            Self::Tls(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(stream) => stream.flush(),
            Self::Tls(stream) => stream.flush(),
        }
    }
}
