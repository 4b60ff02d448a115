//! Certificates of mail servers: trusted as the system does, with the organisation's own; and one that is not is kept, to be named.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use rustls_platform_verifier::Verifier;
use tracing::warn;

use crate::config::Network;

#[derive(Debug)]
pub(super) struct Trust {
    system: Verifier,
    /// The last one that was not trusted.
    refused: Mutex<Option<CertificateDer<'static>>>,
}

impl Trust {
    /// None where the system does not say whom it trusts.
    pub(super) fn new(network: &Network, folder: &Path) -> Option<Arc<Self>> {
        let extra = network.extra_ca.as_ref().map(|file| own(&folder.join(file))).unwrap_or_default();
        let system = Verifier::new_with_extra_roots(extra, provider());
        let system = system.inspect_err(|error| warn!(%error, "the system does not say whom it trusts")).ok()?;
        Some(Arc::new(Self { system, refused: Mutex::default() }))
    }

    pub(super) fn config(self: &Arc<Self>) -> Option<Arc<ClientConfig>> {
        let builder = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions().ok()?;
        let verifier: Arc<dyn ServerCertVerifier> = Arc::clone(self) as Arc<dyn ServerCertVerifier>;
        Some(Arc::new(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth()))
    }

    pub(super) fn refused(&self) -> Option<CertificateDer<'static>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Whatever is wrong with the file was told when the configuration was read.
fn own(file: &Path) -> Vec<CertificateDer<'static>> {
    let pem = std::fs::read(file).unwrap_or_default();
    CertificateDer::pem_slice_iter(&pem).filter_map(Result::ok).collect()
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.system.verify_server_cert(end_entity, intermediates, name, ocsp, now).inspect_err(|_| {
            *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = Some(end_entity.clone().into_owned());
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.system.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.system.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.system.supported_verify_schemes()
    }
}
