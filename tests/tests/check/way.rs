//! Who answers where a mail server should.

use std::io::Write;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use anyhow::Result;
use rcgen::{CertificateParams, DnType, KeyPair};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection};
use signet_e2e::Rig;

pub(crate) type Pair = (CertificateDer<'static>, PrivateKeyDer<'static>);

/// Nobody has vouched for it.
pub(crate) fn certificate_of_nobody() -> Result<Pair> {
    let key = KeyPair::generate()?;
    let mut certificate = CertificateParams::new(["localhost".to_owned()])?;
    certificate.distinguished_name.push(DnType::CommonName, "inspected by nobody");
    let certificate = certificate.self_signed(&key)?;
    Ok((certificate.der().clone(), PrivateKeyDer::try_from(key.serialize_der()).map_err(anyhow::Error::msg)?))
}

/// It is good, and another computer's.
pub(crate) fn certificate_of_another(rig: &Rig) -> Result<Pair> {
    of_the_rig(rig, "misnamed")
}

pub(crate) fn of_the_rig(rig: &Rig, name: &str) -> Result<Pair> {
    let file = rig.directory().join("tls").join(name);
    let certificate = CertificateDer::from_pem_file(file.with_extension("crt"))?;
    Ok((certificate, PrivateKeyDer::from_pem_file(file.with_extension("key"))?))
}

pub(crate) fn config((certificate, key): Pair) -> Result<Arc<ServerConfig>> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(Arc::new(config.with_no_client_auth().with_single_cert(vec![certificate], key)?))
}

/// Shows this certificate to whoever comes.
pub(crate) fn serve_with(pair: Pair) -> Result<u16> {
    let config = config(pair)?;
    serve(move |stream| {
        // The client says no in the middle of it.
        let _ = ServerConnection::new(Arc::clone(&config)).map(|mut connection| connection.complete_io(stream));
    })
}

/// Says a page as soon as somebody comes, as a web server does that has lost patience.
pub(crate) fn serve_a_page() -> Result<u16> {
    serve(|stream| {
        let _ =
            stream.write_all(b"HTTP/1.1 302 Found\r\nLocation: http://hotspot.example/login\r\n\r\n<html></html>\r\n");
    })
}

fn serve(answer: impl Fn(&mut TcpStream) + Send + 'static) -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listener.local_addr()?.port();
    thread::spawn(move || listener.incoming().flatten().for_each(|mut stream| answer(&mut stream)));
    Ok(port)
}
