use std::future::Future;
use std::time::Duration;

use ::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, LOCATION, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use ::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body, Bytes};
use secrecy::{ExposeSecret, SecretString};
use texts::Language;

use super::page::Page;

/// Codes and tokens are a few kB; nothing that belongs here is larger.
const BODY_LIMIT: usize = 64 * 1024;
/// A browser on this machine sends its form in one go.
const BODY_TIME: Duration = Duration::from_secs(10);
/// Below this, at a secret name, is the page that tells how it went: never the address that carried the answer.
const RESULT_PATH: &str = "/done/";
/// Below this, at names that are good once, is the way to the authority.
const START_PATH: &str = "/start/";
/// Where the person confirms that the other login is right.
pub(crate) const CONFIRM_PATH: &str = "/confirm";

/// What an authority sends back through the browser (RFC 6749 § 4.1.2).
pub(crate) struct Answer {
    pub(crate) state: String,
    pub(crate) outcome: Result<SecretString, AnswerError>,
    pub(crate) by_post: bool,
}

/// The error of an authorization response.
pub(crate) struct AnswerError {
    pub(crate) error: String,
    pub(crate) description: String,
}

/// What the listener answers to the browser.
pub(crate) enum Reply {
    /// A page, with this status.
    Page(StatusCode, Page),
    /// On to the page that tells how it went, at its secret name.
    Result(SecretString),
    /// On to the authority's page.
    Authority(SecretString),
}

/// Who decides what the requests mean.
pub(crate) trait Visitor: Send + Sync + 'static {
    /// The authority's answer has come.
    fn answered(&self, answer: Answer) -> impl Future<Output = Reply> + Send;
    /// The person confirmed, with the secret of the page.
    fn confirmed(&self, secret: &str) -> impl Future<Output = Reply> + Send;
    /// How it went so far, for whoever knows the page's secret name.
    fn result(&self, name: &str) -> Reply;
    /// The way to the authority, once for each name.
    fn start(&self, name: &str) -> Reply;
}

pub(super) async fn answer<B>(request: Request<B>, port: u16, visitor: &impl Visitor) -> Response<Full<Bytes>>
where
    B: Body + Send,
    B::Data: Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let language = request
        .headers()
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .map_or_else(Language::current, Language::of_accept_language);
    let reply = if is_for_us(request.headers(), port) { route(request, visitor).await } else { stranger() };
    match reply {
        Reply::Page(status, page) => respond(status, page.html(language)),
        Reply::Result(name) => see_other(&format!("{RESULT_PATH}{}", name.expose_secret())),
        Reply::Authority(address) => see_other(address.expose_secret()),
    }
}

/// 303, so that the browser asks with GET and the answer's body goes no further.
fn see_other(address: &str) -> Response<Full<Bytes>> {
    let mut response = respond(StatusCode::SEE_OTHER, String::new());
    if let Ok(mut location) = HeaderValue::from_str(address) {
        location.set_sensitive(true);
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

/// The address that a browser opener is given: it leads to the authority once.
pub(crate) fn start_address(port: u16, name: &SecretString) -> SecretString {
    format!("http://localhost:{port}{START_PATH}{}", name.expose_secret()).into()
}

/// Another name that leads here is somebody's trick (DNS rebinding).
fn is_for_us(headers: &HeaderMap, port: u16) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| host == format!("{name}:{port}"))
}

async fn route<B>(request: Request<B>, visitor: &impl Visitor) -> Reply
where
    B: Body + Send,
    B::Data: Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let path = request.uri().path().to_owned();
    match (request.method().clone(), path.as_str()) {
        (Method::GET, "/") => match read_answer(request.uri().query().unwrap_or_default().as_bytes(), false) {
            Some(answer) => visitor.answered(answer).await,
            None => stranger(),
        },
        (Method::GET, path) if path.starts_with(RESULT_PATH) => visitor.result(&path[RESULT_PATH.len()..]),
        (Method::GET, path) if path.starts_with(START_PATH) => visitor.start(&path[START_PATH.len()..]),
        (Method::POST, "/") => match form(request).await.and_then(|body| read_answer(&body, true)) {
            Some(answer) => visitor.answered(answer).await,
            None => stranger(),
        },
        (Method::POST, CONFIRM_PATH) => match form(request).await.and_then(|body| field(&body, "secret")) {
            Some(secret) => visitor.confirmed(&secret).await,
            None => stranger(),
        },
        _ => Reply::Page(StatusCode::NOT_FOUND, Page::Unknown),
    }
}

/// Whatever belongs to no sign-in changes nothing.
pub(crate) fn stranger() -> Reply {
    Reply::Page(StatusCode::BAD_REQUEST, Page::Unknown)
}

async fn form<B>(request: Request<B>) -> Option<Bytes>
where
    B: Body + Send,
    B::Data: Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let kind = request.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    if !kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        return None;
    }
    let body = Limited::new(request.into_body(), BODY_LIMIT).collect();
    Some(tokio::time::timeout(BODY_TIME, body).await.ok()?.ok()?.to_bytes())
}

fn field(form: &[u8], name: &str) -> Option<String> {
    url::form_urlencoded::parse(form).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

pub(super) fn read_answer(form: &[u8], by_post: bool) -> Option<Answer> {
    let state = field(form, "state")?;
    let outcome = match (field(form, "code"), field(form, "error")) {
        (Some(code), None) => Ok(code.into()),
        (_, Some(error)) => {
            Err(AnswerError { error, description: field(form, "error_description").unwrap_or_default() })
        }
        (None, None) => return None,
    };
    Some(Answer { state, outcome, by_post })
}

fn respond(status: StatusCode, html: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(html)));
    *response.status_mut() = status;
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        ),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
