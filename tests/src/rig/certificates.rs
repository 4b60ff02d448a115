//! A certificate authority for one rig, and a server certificate for this computer under it.

use std::fs;
use std::path::Path;

use anyhow::Result;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};

const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// Writes `ca.crt`, `server.crt` and `server.key` (PEM).
pub(super) fn write(directory: &Path) -> Result<()> {
    let mut ca = CertificateParams::new([])?;
    ca.distinguished_name.push(DnType::CommonName, "Signet rig");
    ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    ca.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let ca_key = KeyPair::generate()?;
    fs::write(directory.join("ca.crt"), ca.self_signed(&ca_key)?.pem())?;

    let mut server = CertificateParams::new(NAMES.map(str::to_owned))?;
    server.distinguished_name.push(DnType::CommonName, NAMES[0]);
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    server.use_authority_key_identifier_extension = true;
    let server_key = KeyPair::generate()?;
    let certificate = server.signed_by(&server_key, &Issuer::new(ca, ca_key))?;
    fs::write(directory.join("server.crt"), certificate.pem())?;
    fs::write(directory.join("server.key"), server_key.serialize_pem())?;
    Ok(())
}
