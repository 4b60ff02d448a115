//! The smallest application that signs people in: authorization code with PKCE on a loopback redirect.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use signet_e2e::rig::{CLIENT_ID, MAIL_SCOPES, Rig, TENANT};
use signet_e2e::{Browser, Seen, Visit};
use url::Url;

// RFC 7636 appendix B
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub(crate) const NONCE: &str = "n-0S6_WzA2Mj";
const STATE: &str = "af0ifjsldkj";

pub(crate) struct Application {
    pub(crate) browser: Browser,
    pub(crate) response_mode: ResponseMode,
    pub(crate) scopes: Vec<String>,
    pub(crate) prompt: Option<&'static str>,
    origin: String,
    plain_origin: String,
    redirect_port: u16,
    answers: Receiver<Answer>,
}

/// The parameters the provider sent to the redirect.
pub(crate) type Answer = BTreeMap<String, String>;

#[derive(Clone, Copy)]
pub(crate) enum ResponseMode {
    Query,
    FormPost,
}

impl Application {
    pub(crate) fn of(rig: &Rig) -> Self {
        let oidc = ["openid", "profile", "offline_access"];
        let redirect = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port for the redirect");
        let redirect_port = redirect.local_addr().expect("it is bound").port();
        let (heard, answers) = mpsc::channel();
        thread::spawn(move || listen(&redirect, &heard));
        Self {
            browser: Browser::new(rig),
            response_mode: ResponseMode::FormPost,
            scopes: oidc.into_iter().chain(MAIL_SCOPES).map(str::to_owned).collect(),
            prompt: None,
            origin: rig.origin(),
            plain_origin: rig.plain_origin(),
            redirect_port,
            answers,
        }
    }

    /// Signs a person in; gives what was seen and the answer, empty if none came.
    pub(crate) fn sign_in(&self, visit: impl Into<Visit>) -> Result<(Seen, Answer)> {
        let seen = self.browser.visit(self.authorize_url().as_str(), visit)?;
        Ok((seen, self.answers.try_recv().unwrap_or_default()))
    }

    fn authorize_url(&self) -> Url {
        let mut url: Url = self.endpoint(&self.origin, "authorize").parse().expect("an address");
        url.query_pairs_mut()
            .append_pair("client_id", CLIENT_ID)
            .append_pair("response_type", "code")
            .append_pair("response_mode", self.response_mode.name())
            .append_pair("redirect_uri", &self.redirect_uri())
            .append_pair("scope", &self.scopes.join(" "))
            .append_pair("state", STATE)
            .append_pair("nonce", NONCE)
            .append_pair("code_challenge", CHALLENGE)
            .append_pair("code_challenge_method", "S256");
        if let Some(prompt) = self.prompt {
            url.query_pairs_mut().append_pair("prompt", prompt);
        }
        url
    }

    /// Redeems a code, with further parameters.
    pub(crate) fn redeem(&self, code: &str, more: &[(&str, &str)]) -> Result<Value> {
        let redirect = self.redirect_uri();
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &redirect),
            ("code_verifier", VERIFIER),
        ];
        form.extend(more);
        self.token(&form)
    }

    /// Refreshes, with further parameters.
    pub(crate) fn refresh(&self, refresh_token: &str, more: &[(&str, &str)]) -> Result<Value> {
        let mut form = vec![("grant_type", "refresh_token"), ("refresh_token", refresh_token)];
        form.extend(more);
        self.token(&form)
    }

    /// The discovery document of a tenant, without TLS.
    pub(crate) fn discovery(&self, tenant: &str) -> Result<Value> {
        let address = format!("{}/{tenant}/v2.0/.well-known/openid-configuration", self.plain_origin);
        json_of(http().get(address).call()?)
    }

    fn token(&self, form: &[(&str, &str)]) -> Result<Value> {
        let all = form.iter().copied().chain([("client_id", CLIENT_ID)]);
        json_of(http().post(self.endpoint(&self.plain_origin, "token")).send_form(all)?)
    }

    fn endpoint(&self, origin: &str, name: &str) -> String {
        format!("{origin}/{TENANT}/oauth2/v2.0/{name}")
    }

    fn redirect_uri(&self) -> String {
        format!("http://localhost:{}", self.redirect_port)
    }
}

impl ResponseMode {
    fn name(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::FormPost => "form_post",
        }
    }
}

fn http() -> ureq::Agent {
    ureq::Agent::config_builder().proxy(None).http_status_as_error(false).build().into()
}

fn json_of(mut response: ureq::http::Response<ureq::Body>) -> Result<Value> {
    let body = response.body_mut().read_to_string()?;
    serde_json::from_str(&body).with_context(|| format!("{}: {body}", response.status()))
}

/// The claims of an answer's ID token.
pub(crate) fn claims(tokens: &Value) -> Value {
    let token = tokens["id_token"].as_str().expect("an ID token");
    decoded(token.split('.').nth(1).expect("a JWT has three parts"))
}

/// Base64url with JSON in it.
pub(crate) fn decoded(text: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).expect("base64url")).expect("JSON")
}

/// Each connection has a thread of its own, since browsers open some that they may never use.
fn listen(redirect: &TcpListener, heard: &Sender<Answer>) {
    for stream in redirect.incoming().flatten() {
        let heard = heard.clone();
        thread::spawn(move || serve(stream, &heard));
    }
}

/// Answers a request by GET or POST; its parameters are heard before the page is seen.
fn serve(stream: TcpStream, heard: &Sender<Answer>) -> Result<()> {
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let Some((name, value)) = header.split_once(':') else {
            break;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let path = request.split(' ').nth(1).context("a request has a path")?;
    let query = path.split_once('?').map_or("", |(_, query)| query).as_bytes();
    let fields = if body.is_empty() { query } else { &body };
    let answer: Answer = url::form_urlencoded::parse(fields).into_owned().collect();
    if answer.get("state").is_some_and(|state| state == STATE) {
        heard.send(answer)?;
    }
    let page = "<html lang=en><title>Signed in</title><h1>Signed in</h1></html>";
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close", page.len());
    Ok(write!(reader.into_inner(), "{head}\r\n\r\n{page}")?)
}
