//! One HTTP client for all authorities, and what its failures mean.

use std::error::Error as _;
use std::fmt;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::OnceLock;
use std::time::Duration;

use ::http::header::{CONTENT_TYPE, RETRY_AFTER};
use ::http::{HeaderMap, HeaderName, StatusCode};
use broker::{Failure, NoAnswer, Transport};
use ipc::Message;
use reqwest::{Certificate, Client, Proxy, redirect};
use serde_json::Value;
use uuid::Uuid;

use super::reply;
use crate::config::Network;

/// No answer of an authority is larger.
const ANSWER_LIMIT: usize = 1024 * 1024;
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// A redemption has to end while the person still looks at the page.
const WHOLE_LIMIT: Duration = Duration::from_secs(15);

/// The way to the authorities. The client is made with the first request: its root certificates take time
/// and memory that an agent serving from its store does not need.
pub(crate) struct Wire {
    proxy: Option<Proxy>,
    extra: Vec<Certificate>,
    client: OnceLock<Client>,
}

/// What a request is called in the authority's own logs; Entra gives it back as the correlation id.
const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");

/// No verdict came back, and why.
#[derive(Debug)]
pub(crate) struct Undelivered(pub(super) Failure);

impl fmt::Display for Undelivered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no answer of the authority")
    }
}

impl std::error::Error for Undelivered {}

/// A setting of `[network]` that cannot be used.
#[derive(Debug)]
pub(crate) struct Unusable {
    pub(crate) setting: &'static str,
    pub(crate) said: Message,
}

impl Wire {
    /// Reads what the configuration names, so that a wrong path or address is told at the start.
    pub(crate) fn new(network: &Network, config: &Path) -> Result<Self, Unusable> {
        let proxy = network.proxy.as_deref().map(|address| {
            // What stands before the host may be a password.
            let host = address.rsplit_once('@').map_or(address, |(_, host)| host);
            let said = || Message::new("config-proxy-no-address").with("proxy", host);
            Proxy::all(address).map_err(|_| Unusable { setting: "proxy", said: said() })
        });
        let extra = network.extra_ca.as_deref().map(|file| certificates(&config.join(file)));
        Ok(Self { proxy: proxy.transpose()?, extra: extra.transpose()?.unwrap_or_default(), client: OnceLock::new() })
    }

    fn client(&self) -> Result<&Client, Failure> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        // Another part of the process may have installed one already; either will do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Client::builder()
            .user_agent(concat!("Signet/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT_LIMIT)
            .timeout(WHOLE_LIMIT)
            .tls_certs_merge(self.extra.clone());
        if let Some(proxy) = &self.proxy {
            builder = builder.proxy(proxy.clone());
        }
        let client = builder.build().map_err(|error| {
            tracing::error!(%error, "no HTTPS client");
            Failure::from(Transport::Tls)
        })?;
        Ok(self.client.get_or_init(|| client))
    }

    /// A JSON document by GET.
    pub(super) async fn document(&self, address: &str) -> Result<Vec<u8>, Failure> {
        let request = self.client()?.get(address).build().map_err(|error| on_the_way(&error))?;
        Ok(self.send(request, |answer| answer.status == StatusCode::OK).await?.body)
    }

    /// Whatever comes of a GET, without judging it.
    pub(super) async fn whatever(&self, address: &str) -> Result<Whole, Failure> {
        let request = self.client()?.get(address).build().map_err(|error| on_the_way(&error))?;
        self.send(request, |_| true).await
    }

    /// Sends what `oauth2` built. Only a JSON answer comes back: 200, an error object under a 4xx, or under any other
    /// status the word that the authority sees a loop, which makes the pause longer and nothing else.
    async fn deliver(&self, request: oauth2::HttpRequest) -> Result<oauth2::HttpResponse, Failure> {
        let request = reqwest::Request::try_from(request).map_err(|error| on_the_way(&error))?;
        Ok(self.send(request, Whole::is_of_a_token_endpoint).await?.into_response())
    }

    /// Sends a request under a name of its own, which every failure carries.
    async fn send(&self, mut request: reqwest::Request, is_answer: fn(&Whole) -> bool) -> Result<Whole, Failure> {
        let id = Uuid::new_v4().to_string();
        request.headers_mut().extend(id.parse().ok().map(|id| (CLIENT_REQUEST_ID, id)));
        let sent = async {
            let answer = self.client()?.execute(request).await.map_err(|error| on_the_way(&error))?;
            whole(answer).await?.accepted(is_answer)
        };
        sent.await.map_err(|failure| named(failure, id))
    }
}

impl<'c> oauth2::AsyncHttpClient<'c> for Wire {
    type Error = Undelivered;
    type Future = Pin<Box<dyn Future<Output = Result<oauth2::HttpResponse, Undelivered>> + Send + 'c>>;

    fn call(&'c self, request: oauth2::HttpRequest) -> Self::Future {
        Box::pin(async move { self.deliver(request).await.map_err(Undelivered) })
    }
}

fn certificates(path: &Path) -> Result<Vec<Certificate>, Unusable> {
    let unusable =
        |id: &str| Unusable { setting: "extra_ca", said: Message::new(id).with("path", path.display().to_string()) };
    let pem = std::fs::read(path).map_err(|error| {
        let Unusable { setting, said } = unusable("config-extra-ca-unreadable");
        Unusable { setting, said: said.with("detail", error.to_string()) }
    })?;
    match Certificate::from_pem_bundle(&pem) {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        Ok(_) | Err(_) => Err(unusable("config-extra-ca-empty")),
    }
}

pub(super) fn garbage() -> Failure {
    Transport::Garbage.into()
}

/// An answer whose body is there to its end.
pub(super) struct Whole {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Whole {
    /// What is no answer to the question is a failure on the way.
    pub(super) fn accepted(self, is_answer: fn(&Self) -> bool) -> Result<Self, Failure> {
        if is_answer(&self) { Ok(self) } else { Err(self.as_failure()) }
    }

    /// As `oauth2` takes it.
    pub(super) fn into_response(self) -> oauth2::HttpResponse {
        let mut response = ::http::Response::new(self.body);
        *response.status_mut() = self.status;
        if let Some(kind) = self.headers.get(CONTENT_TYPE) {
            response.headers_mut().insert(CONTENT_TYPE, kind.clone());
        }
        response
    }

    /// Tokens, an error object under a 4xx that no proxy would use, or under any other status the word that the
    /// authority sees a loop, which makes the pause longer and nothing else.
    pub(super) fn is_of_a_token_endpoint(&self) -> bool {
        let Ok(Value::Object(said)) = serde_json::from_slice(&self.body) else { return false };
        match self.status.as_u16() {
            200 => true,
            400..=406 | 408..=428 | 430..=499 => said.get("error").is_some_and(Value::is_string),
            _ => reply::speaks_of_a_loop(&self.body),
        }
    }

    /// The document that was asked for, if it is one.
    pub(super) fn document(self) -> Result<Vec<u8>, Failure> {
        if self.status == StatusCode::OK { Ok(self.body) } else { Err(self.as_failure()) }
    }

    fn as_failure(&self) -> Failure {
        let status = self.status.as_u16();
        let transport = if status == 200 { Transport::Garbage } else { Transport::Status(status) };
        Failure::NoAnswer(NoAnswer { retry_after: retry_after(&self.headers), ..NoAnswer::from(transport) })
    }
}

async fn whole(mut response: reqwest::Response) -> Result<Whole, Failure> {
    let (status, headers) = (response.status(), response.headers().clone());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| on_the_way(&error))? {
        if body.len() + chunk.len() > ANSWER_LIMIT {
            return Err(garbage());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Whole { status, headers, body })
}

/// Seconds only; a date would trust this computer's clock.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// A failure on the way, under the name of its request.
fn named(failure: Failure, id: String) -> Failure {
    match failure {
        Failure::NoAnswer(answer) => Failure::NoAnswer(NoAnswer { correlation_id: Some(id), ..answer }),
        other @ (Failure::Authority(_) | Failure::Unacceptable(..)) => other,
    }
}

/// Sorts a failure on the way by looking at its causes; the words for people are chosen from the sort.
fn on_the_way(error: &reqwest::Error) -> Failure {
    let mut text = String::new();
    let mut cause = error.source();
    let mut kind = None;
    while let Some(inner) = cause {
        text.push_str(&inner.to_string().to_lowercase());
        text.push(' ');
        kind = inner.downcast_ref::<io::Error>().map(io::Error::kind).or(kind);
        cause = inner.source();
    }
    let otherwise = if error.is_connect() { Transport::Connect } else { Transport::Broken };
    let transport = if error.is_timeout() { Transport::Timeout } else { sort(kind, &text).unwrap_or(otherwise) };
    tracing::debug!(?transport, cause = text.trim(), "no answer of the authority");
    transport.into()
}

fn sort(kind: Option<io::ErrorKind>, text: &str) -> Option<Transport> {
    match kind {
        Some(io::ErrorKind::TimedOut) => Some(Transport::Timeout),
        // An end without a word of farewell, which `rustls` explains with much about TLS.
        Some(io::ErrorKind::UnexpectedEof) => Some(Transport::Broken),
        Some(io::ErrorKind::InvalidData) => Some(Transport::Tls),
        _ if text.contains("certificate") || text.contains("tls") => Some(Transport::Tls),
        _ if text.contains("dns error") => Some(Transport::Dns),
        _ if text.contains("tunnel") || text.contains("proxy") => Some(Transport::Proxy),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: Option<io::ErrorKind>, text: &str, want: Option<Transport>) {
        assert_eq!(sort(kind, text), want, "of {kind:?} {text}");
    }

    #[test]
    fn what_failed_on_the_way_is_told_by_its_causes() {
        use io::ErrorKind::{ConnectionRefused, ConnectionReset, InvalidData, TimedOut, UnexpectedEof};

        check(Some(TimedOut), "client error (connect) tcp connect error", Some(Transport::Timeout));
        check(Some(InvalidData), "invalid peer certificate: unknownissuer", Some(Transport::Tls));
        check(Some(UnexpectedEof), "peer closed connection without sending tls close_notify", Some(Transport::Broken));
        check(Some(UnexpectedEof), "client error (connect) tls handshake eof", Some(Transport::Broken));
        check(None, "client error (connect) dns error failed to lookup address", Some(Transport::Dns));
        check(None, "client error (connect) tunnel error: unsuccessful", Some(Transport::Proxy));
        check(Some(ConnectionRefused), "client error (connect) tcp connect error", None);
        check(Some(ConnectionReset), "client error (sendrequest) connection error", None);
    }
}
