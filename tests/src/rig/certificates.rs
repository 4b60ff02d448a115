//! A certificate authority for one rig with a server certificate for this computer, and what a client must not accept.

use std::fs;
use std::path::Path;

use anyhow::Result;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};

use super::UNRESOLVED;

const NAMES: [&str; 4] = ["localhost", UNRESOLVED, "127.0.0.1", "::1"];

/// Writes (PEM) `ca.crt`, and under it `server.{crt,key}` and `misnamed.{crt,key}`, which is for another computer;
/// `foreign-ca.crt`, and under it `foreign.{crt,key}`.
pub(super) fn write(directory: &Path) -> Result<()> {
    let ours = authority("Signet rig", &directory.join("ca.crt"))?;
    issue(&ours, &NAMES, directory, "server")?;
    issue(&ours, &["elsewhere.example"], directory, "misnamed")?;
    let foreign = authority("Somebody else", &directory.join("foreign-ca.crt"))?;
    issue(&foreign, &NAMES, directory, "foreign")
}

fn authority(name: &str, file: &Path) -> Result<Issuer<'static, KeyPair>> {
    let mut ca = CertificateParams::new([])?;
    ca.distinguished_name.push(DnType::CommonName, name);
    ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    ca.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let key = KeyPair::generate()?;
    fs::write(file, ca.self_signed(&key)?.pem())?;
    Ok(Issuer::new(ca, key))
}

fn issue(issuer: &Issuer<'_, KeyPair>, names: &[&str], directory: &Path, file: &str) -> Result<()> {
    let mut server = CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())?;
    server.distinguished_name.push(DnType::CommonName, names[0]);
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    server.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate()?;
    fs::write(directory.join(file).with_extension("crt"), server.signed_by(&key, issuer)?.pem())?;
    fs::write(directory.join(file).with_extension("key"), key.serialize_pem())?;
    Ok(())
}
