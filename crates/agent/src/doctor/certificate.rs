//! Whose certificate it is that is not trusted: the one thing that is asked of a connection which is then given up.

use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, ClientConnection, DigitallySignedStruct, Error, SignatureScheme};
use sha2::{Digest, Sha256};
use url::Url;
use x509_parser::parse_x509_certificate;

use super::proxy;
use crate::config::Network;

const PATIENCE: Duration = Duration::from_secs(5);

/// A certificate as a person looks for it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Certificate {
    pub(crate) issuer: String,
    pub(crate) subject: String,
    /// SHA-256, as browsers show it.
    pub(crate) fingerprint: String,
}

/// The certificate that is shown where this address leads to.
pub(super) fn shown_at(address: &Url, network: &Network) -> Option<Certificate> {
    let (host, port) = (address.host_str()?, address.port_or_known_default()?);
    let stream = match proxy::named(network) {
        Some(named) => tunnel(&proxy::place(&named)?, host, port).ok()?,
        None => proxy::connect(&(proxy::bare(host).to_owned(), port)).ok()?,
    };
    named(&handshake(stream, proxy::bare(host))?)
}

/// RFC 9110 § 9.3.6.
fn tunnel(proxy: &(String, u16), host: &str, port: u16) -> io::Result<TcpStream> {
    let mut stream = proxy::connect(proxy)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n")?;
    // The server says nothing before the client does, so that nothing of it is lost in the reader.
    for line in BufReader::new(&stream).lines() {
        if line?.is_empty() {
            return Ok(stream);
        }
    }
    Err(io::ErrorKind::UnexpectedEof.into())
}

/// Nothing is sent over this connection but the handshake, and nothing that comes is believed.
fn handshake(mut stream: TcpStream, host: &str) -> Option<CertificateDer<'static>> {
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    let seen = Arc::new(Seen { provider: Arc::new(ring::default_provider()), certificate: Mutex::default() });
    let config = ClientConfig::builder_with_provider(Arc::clone(&seen.provider))
        .with_safe_default_protocol_versions()
        .ok()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(&seen) as Arc<dyn ServerCertVerifier>)
        .with_no_client_auth();
    let name = ServerName::try_from(host.to_owned()).ok()?;
    let mut connection = ClientConnection::new(Arc::new(config), name).ok()?;
    // It always ends in an error: the certificate is looked at and refused.
    while connection.is_handshaking() && connection.complete_io(&mut stream).is_ok() {}
    seen.certificate.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// As a person looks for it.
pub(crate) fn named(certificate: &CertificateDer<'_>) -> Option<Certificate> {
    let (_, parsed) = parse_x509_certificate(certificate).ok()?;
    let digest = Sha256::digest(certificate);
    Some(Certificate {
        issuer: plain(&parsed.issuer().to_string()),
        subject: plain(&parsed.subject().to_string()),
        fingerprint: digest.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":"),
    })
}

/// Strangers write into certificates what they like.
fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Keeps the certificate and refuses it.
#[derive(Debug)]
struct Seen {
    provider: Arc<CryptoProvider>,
    certificate: Mutex<Option<CertificateDer<'static>>>,
}

impl ServerCertVerifier for Seen {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        *self.certificate.lock().unwrap_or_else(PoisonError::into_inner) = Some(end_entity.clone().into_owned());
        Err(only_looked_at())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(only_looked_at())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verify_tls12_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

fn only_looked_at() -> Error {
    Error::General("only looked at".to_owned())
}
