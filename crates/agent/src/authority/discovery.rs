//! The authority's metadata (OpenID Connect Discovery 1.0).

use broker::{Detail, Failure, NoAnswer, Reason, Transport};
use http::header::DATE;
use serde::Deserialize;
use url::Url;

use super::http::{Wire, garbage};
use super::id_token::not_trusted;
use crate::config::{AccountConfig, AuthorityConfig, is_loopback};

/// What of the metadata is used.
pub(super) struct Discovered {
    /// As the document says it; at Entra's shared tenants with `{tenantid}` in it.
    pub(super) issuer: String,
    pub(super) authorization_endpoint: Url,
    pub(super) token_endpoint: Url,
    /// It speaks of Microsoft's clouds, so it understands Entra's parameters.
    pub(super) is_entra: bool,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
    cloud_instance_name: Option<String>,
}

impl Discovered {
    /// Where a refresh token of this authority may go.
    pub(super) fn token_origin(&self) -> String {
        self.token_endpoint.origin().ascii_serialization()
    }
}

pub(super) async fn fetch(wire: &Wire, account: &AccountConfig, issuer: &str) -> Result<Discovered, Failure> {
    read(wire.document(&address(issuer)).await, account, issuer)
}

/// The same, and the authority's idea of the time (RFC 9110 § 6.6.1) where it has answered at all.
pub(super) async fn look(
    wire: &Wire,
    account: &AccountConfig,
    issuer: &str,
) -> (Result<Discovered, Failure>, Option<String>) {
    match wire.whatever(&address(issuer)).await {
        Err(failure) => (Err(failure), None),
        Ok(answer) => {
            let date = answer.headers.get(DATE).and_then(|date| date.to_str().ok()).map(str::to_owned);
            (read(answer.document(), account, issuer), date)
        }
    }
}

fn address(issuer: &str) -> String {
    format!("{issuer}/.well-known/openid-configuration")
}

/// The document that this issuer gave, if it can be gone by.
pub(super) fn read(
    body: Result<Vec<u8>, Failure>,
    account: &AccountConfig,
    issuer: &str,
) -> Result<Discovered, Failure> {
    let body = body.map_err(|failure| answers_no_discovery(failure, issuer))?;
    let document: Document = serde_json::from_slice(&body).map_err(|_| garbage())?;
    accept(document, account, issuer)
}

/// A plain 404 says that this is no issuer; anything else may pass.
fn answers_no_discovery(failure: Failure, issuer: &str) -> Failure {
    match failure {
        Failure::NoAnswer(NoAnswer { transport: Transport::Status(status @ (400 | 404)), .. }) => {
            let detail = format!("HTTP {status}");
            not_trusted("error-discovery-failed", &[("issuer", issuer.to_owned()), ("detail", detail)])
        }
        other @ (Failure::NoAnswer(_) | Failure::Authority(_) | Failure::Unacceptable(..)) => other,
    }
}

fn accept(document: Document, account: &AccountConfig, issuer: &str) -> Result<Discovered, Failure> {
    let mismatch = |found: &str| {
        let args = vec![("issuer", issuer.to_owned()), ("found", found.to_owned())];
        Failure::Unacceptable(Reason::NotTrusted, Detail { id: "error-discovery-mismatch", args })
    };
    let named = document.issuer.trim_end_matches('/');
    let by_name = match &account.authority {
        // Asked by a tenant's domain, Entra answers with the tenant's number; asked by `organizations`, with a template.
        AuthorityConfig::Microsoft { .. } => same_host(named, issuer),
        AuthorityConfig::Issuer(_) => named == issuer || (same_host(named, issuer) && named.contains("{tenantid}")),
    };
    if !by_name {
        return Err(mismatch(&document.issuer));
    }
    for endpoint in [&document.authorization_endpoint, &document.token_endpoint] {
        if endpoint.scheme() != "https" && !(endpoint.scheme() == "http" && is_loopback(endpoint)) {
            return Err(mismatch(endpoint.as_str()));
        }
    }
    Ok(Discovered {
        issuer: named.to_owned(),
        authorization_endpoint: document.authorization_endpoint,
        token_endpoint: document.token_endpoint,
        is_entra: document.cloud_instance_name.is_some(),
    })
}

fn same_host(one: &str, other: &str) -> bool {
    let origin = |address: &str| Url::parse(address).map(|url| url.origin());
    matches!((origin(one), origin(other)), (Ok(one), Ok(other)) if one == other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{App, Entry};

    fn account(issuer: Option<&str>, tenant: &str) -> AccountConfig {
        let entry = Entry {
            issuer: issuer.map(str::to_owned),
            client_id: Some("client".into()),
            tenant: Some(tenant.into()),
            ..Entry::default()
        };
        AccountConfig::new("biuro@firma.pl", entry, &App::default()).expect("a good account")
    }

    fn check(account: &AccountConfig, found: &str, token_endpoint: &str, want: bool) {
        let document = Document {
            issuer: found.to_owned(),
            authorization_endpoint: "https://id.example/authorize".parse().unwrap(),
            token_endpoint: token_endpoint.parse().unwrap(),
            cloud_instance_name: None,
        };
        let accepted = accept(document, account, &account.issuer());
        assert_eq!(accepted.is_ok(), want, "{found} with {token_endpoint} for {}", account.issuer());
    }

    #[test]
    fn an_issuer_has_to_call_itself_what_it_was_called() {
        let other = account(Some("https://id.example/tenant/"), "");
        check(&other, "https://id.example/tenant", "https://id.example/token", true);
        check(&other, "https://id.example/tenant/", "https://id.example/token", true);
        check(&other, "https://id.example/other", "https://id.example/token", false);
        check(&other, "https://evil.example/tenant", "https://id.example/token", false);
    }

    #[test]
    fn entra_may_answer_with_the_tenant_s_number_or_a_template() {
        let organizations = account(None, "organizations");
        let token = "https://login.microsoftonline.com/organizations/oauth2/v2.0/token";
        check(&organizations, "https://login.microsoftonline.com/{tenantid}/v2.0", token, true);
        let by_domain = account(None, "firma.pl");
        check(&by_domain, "https://login.microsoftonline.com/1111/v2.0", token, true);
        check(&by_domain, "https://login.evil.example/1111/v2.0", token, false);
    }

    #[test]
    fn a_refresh_token_never_goes_out_in_clear() {
        let other = account(Some("https://id.example"), "");
        check(&other, "https://id.example", "http://id.example/token", false);
        check(&other, "https://id.example", "http://127.0.0.1:8080/token", true);
        check(&other, "https://id.example", "calc://localhost/token", false);
    }
}
