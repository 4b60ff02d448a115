//! A certificate authority for one rig with a server certificate for this computer, and what a client must not accept.

use std::fs;
use std::path::Path;

use anyhow::Result;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CrlDistributionPoint, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose, date_time_ymd,
};

use super::UNRESOLVED;

const NAMES: [&str; 4] = ["localhost", UNRESOLVED, "127.0.0.1", "::1"];

/// What Windows asks before it trusts a certificate; the other systems do not.
const REVOKED: &str = "revoked.crl";

/// Writes (PEM) `ca.crt`, and under it `server.{crt,key}` and `misnamed.{crt,key}`, which is for another computer;
/// `foreign-ca.crt`, and under it `foreign.{crt,key}`.
pub(super) fn write(directory: &Path) -> Result<()> {
    let ours = authority("Signet rig", &directory.join("ca.crt"))?;
    fs::write(directory.join(REVOKED), nothing_revoked(&ours)?)?;
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

fn nothing_revoked(issuer: &Issuer<'_, KeyPair>) -> Result<Vec<u8>> {
    let list = CertificateRevocationListParams {
        this_update: date_time_ymd(2020, 1, 1),
        next_update: date_time_ymd(4000, 1, 1),
        crl_number: 1.into(),
        issuing_distribution_point: None,
        revoked_certs: Vec::new(),
        key_identifier_method: KeyIdMethod::Sha256,
    };
    Ok(list.signed_by(issuer)?.der().to_vec())
}

fn issue(issuer: &Issuer<'_, KeyPair>, names: &[&str], directory: &Path, file: &str) -> Result<()> {
    let mut server = CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())?;
    server.distinguished_name.push(DnType::CommonName, names[0]);
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    // As Wine's Windows sees the file.
    let uris = vec![format!("file:///Z:{}", directory.join(REVOKED).display())];
    server.crl_distribution_points = vec![CrlDistributionPoint { uris }];
    server.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate()?;
    fs::write(directory.join(file).with_extension("crt"), server.signed_by(&key, issuer)?.pem())?;
    fs::write(directory.join(file).with_extension("key"), key.serialize_pem())?;
    Ok(())
}
