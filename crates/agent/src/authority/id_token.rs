//! Who signed in, by the ID token (OpenID Connect Core § 2).
//!
//! It comes straight from the token endpoint over TLS, so its signature need not be checked (§ 3.1.3.7);
//! everything else is. `email` is never trusted.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use broker::{Detail, Failure, Identity, Person, Reason};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::discovery::Discovered;
use super::reply::TokenReply;
use crate::clock;
use crate::config::AccountConfig;

/// Clocks differ; by more than this, this computer's is wrong.
const LEEWAY_SECONDS: u64 = 300;
/// Longer than any login; what is longer is not shown whole.
const NAME_LIMIT: usize = 320;

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: u64,
    #[serde(default)]
    iat: Option<u64>,
    #[serde(default)]
    nonce: Option<String>,
    #[serde(default)]
    oid: Option<String>,
    #[serde(default)]
    tid: Option<String>,
    #[serde(default)]
    preferred_username: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
struct ClientInfo {
    uid: String,
    utid: String,
}

pub(super) fn not_trusted(id: &'static str, args: &[(&'static str, String)]) -> Failure {
    let reason = if id == "error-clock-wrong" { Reason::ClockWrong } else { Reason::NotTrusted };
    Failure::Unacceptable(reason, Detail { id, args: args.to_vec() })
}

/// The person of a token reply; none if it has no ID token, as refresh replies may.
pub(super) fn person(
    reply: &TokenReply,
    account: &AccountConfig,
    discovered: &Discovered,
    nonce: Option<&SecretString>,
) -> Result<Option<Person>, Failure> {
    let extra = reply.extra_fields();
    let Some(id_token) = &extra.id_token else { return Ok(None) };
    let claims: Claims =
        id_token.split('.').nth(1).and_then(decode).ok_or_else(|| not_trusted("error-no-id-token", &[]))?;
    check(&claims, account, discovered, nonce)?;
    let home: Option<ClientInfo> = extra.client_info.as_deref().and_then(decode);
    let identity = identity(&claims, home);
    let names = [claims.preferred_username.as_deref(), Some(&claims.sub), Some(&identity.subject)];
    let username = names.into_iter().flatten().map(printable).find(|name| !name.is_empty()).unwrap_or_default();
    Ok(Some(Person { identity, username }))
}

/// Names go to terminals and pages, where control characters do mischief.
fn printable(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(NAME_LIMIT).collect()
}

fn decode<T: for<'de> Deserialize<'de>>(part: &str) -> Option<T> {
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok()?).ok()
}

fn identity(claims: &Claims, home: Option<ClientInfo>) -> Identity {
    let subject = match (claims.oid.as_deref(), claims.tid.as_deref()) {
        (Some(oid), Some(tid)) if !oid.is_empty() => format!("{oid}.{tid}"),
        (None | Some(_), None | Some(_)) => format!("{} {}", claims.iss, claims.sub),
    };
    Identity { subject, home: home.map(|home| format!("{}.{}", home.uid, home.utid)) }
}

fn check(
    claims: &Claims,
    account: &AccountConfig,
    discovered: &Discovered,
    nonce: Option<&SecretString>,
) -> Result<(), Failure> {
    if claims.sub.is_empty() {
        return Err(not_trusted("error-no-id-token", &[]));
    }
    let tenant = claims.tid.as_deref().unwrap_or_default();
    let issuer = discovered.issuer.replace("{tenantid}", tenant);
    // A tenant is a GUID or a name; anything else in a template's place could spell another issuer.
    let plain = tenant.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    if !plain || claims.iss.trim_end_matches('/') != issuer {
        return Err(not_trusted("error-wrong-issuer", &[]));
    }
    let audience = match &claims.aud {
        Audience::One(one) => *one == account.client_id,
        Audience::Many(many) => many.contains(&account.client_id),
    };
    if !audience {
        return Err(not_trusted("error-wrong-audience", &[]));
    }
    // A refresh reply repeats the nonce or leaves it out (OpenID Connect Core § 12.2); there is nothing to compare.
    if nonce.is_some_and(|nonce| claims.nonce.as_deref() != Some(nonce.expose_secret())) {
        return Err(not_trusted("error-nonce-mismatch", &[]));
    }
    if !account.allowed_tenants.is_empty() && !account.allowed_tenants.iter().any(|allowed| allowed == tenant) {
        return Err(not_trusted("error-tenant-not-allowed", &[("tenant", tenant.to_owned())]));
    }
    // At a sign-in a wrong clock is worth telling; at a refresh it changes nothing.
    if nonce.is_none() {
        return Ok(());
    }
    let now = clock::now().wall.as_secs();
    let ahead = now.saturating_sub(claims.exp);
    let behind = claims.iat.unwrap_or_default().saturating_sub(now);
    let wrong = ahead.max(behind);
    if wrong > LEEWAY_SECONDS {
        return Err(not_trusted("error-clock-wrong", &[("minutes", (wrong / 60).to_string())]));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{App, Entry};

    /// Checks good claims after a change, and wants this message; none means that they are accepted.
    fn verify(change: impl FnOnce(&mut Claims), want: Option<&str>) {
        let entry =
            Entry { client_id: Some("client".into()), allowed_tenants: vec!["tenant".into()], ..Entry::default() };
        let account = AccountConfig::new("biuro@firma.pl", entry, &App::default()).expect("a good account");
        let discovered = Discovered {
            issuer: "https://id.example/{tenantid}/v2.0".into(),
            authorization_endpoint: "https://id.example/authorize".parse().unwrap(),
            token_endpoint: "https://id.example/token".parse().unwrap(),
            is_entra: true,
        };
        let now = clock::now().wall.as_secs();
        let mut claims = Claims {
            iss: "https://id.example/tenant/v2.0".into(),
            sub: "sub".into(),
            aud: Audience::One("client".into()),
            exp: now + 3_600,
            iat: Some(now),
            nonce: Some("nonce".into()),
            oid: Some("oid".into()),
            tid: Some("tenant".into()),
            preferred_username: None,
        };
        change(&mut claims);
        let refused = match check(&claims, &account, &discovered, Some(&"nonce".into())) {
            Ok(()) => None,
            Err(Failure::Unacceptable(_, detail)) => Some(detail.id),
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!(refused, want);
    }

    #[test]
    fn an_id_token_has_to_be_from_this_issuer_for_this_application_and_this_sign_in() {
        let soon = clock::now().wall.as_secs();
        verify(|_| {}, None);
        verify(|claims| claims.aud = Audience::Many(vec!["other".into(), "client".into()]), None);
        verify(|claims| claims.sub = String::new(), Some("error-no-id-token"));
        verify(|claims| claims.iss = "https://id.example/other/v2.0".into(), Some("error-wrong-issuer"));
        verify(|claims| claims.tid = Some("tenant/../tenant".into()), Some("error-wrong-issuer"));
        verify(|claims| claims.aud = Audience::One("other".into()), Some("error-wrong-audience"));
        verify(|claims| claims.nonce = Some("another".into()), Some("error-nonce-mismatch"));
        verify(|claims| claims.nonce = None, Some("error-nonce-mismatch"));
        verify(|claims| claims.exp = soon - 200, None);
        verify(|claims| claims.exp = soon - 400, Some("error-clock-wrong"));
        verify(|claims| claims.iat = Some(soon + 400), Some("error-clock-wrong"));
        verify(|claims| claims.exp = u64::MAX, None);
    }

    #[test]
    fn a_tenant_that_is_not_allowed_is_refused() {
        let elsewhere = |claims: &mut Claims| {
            claims.tid = Some("elsewhere".into());
            claims.iss = "https://id.example/elsewhere/v2.0".into();
        };
        verify(elsewhere, Some("error-tenant-not-allowed"));
    }
}
