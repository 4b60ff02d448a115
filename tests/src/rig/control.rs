//! The provider's control door: what a test looks at and changes behind everybody's back.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::User;

/// Longer than any answer takes, and shorter than anybody's patience with a failing test.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client of the control door.
#[derive(Clone, Debug)]
pub struct Control {
    base: String,
    http: ureq::Agent,
}

impl Control {
    pub(super) fn new(origin: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .proxy(None)
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .build();
        Self { base: format!("{origin}/_rig"), http: config.into() }
    }

    /// Changes settings of the running provider.
    pub fn set(&self, settings: &Settings) -> Result<()> {
        self.post("settings", settings).map(|_: Value| ())
    }

    /// Tokens as a sign-in with these scopes would have given them, without a browser.
    pub fn mint(&self, order: &Mint<'_>) -> Result<Tokens> {
        self.post("mint", order)
    }

    /// An access token for mail, in all protocols.
    pub fn mail_token(&self, login: &str) -> Result<String> {
        let order = Mint { upn: login, ..Mint::default() };
        Ok(self.mint(&order)?.access_token)
    }

    /// Whose access token it is; nothing for one that the provider does not know.
    pub fn owner(&self, access_token: &str) -> Result<Option<String>> {
        self.post("owner", &json!({ "access_token": access_token }))
    }

    /// Every token and code that was given out and has not been revoked.
    pub fn issued(&self) -> Result<Vec<String>> {
        answer(self.http.get(self.at("issued")).call())
    }

    /// Gives a person other properties (`disabled`, `password`, `mfa`, `name`, `barred`), or makes one.
    pub fn put_user(&self, login: &str, properties: &Value) -> Result<()> {
        self.post("user", &json!({ "upn": login, "set": properties })).map(|_: Value| ())
    }

    /// Ends every sign-in of a person.
    pub fn revoke(&self, login: &str, cause: Revocation) -> Result<()> {
        self.post("user", &json!({ "upn": login, "revoke": cause })).map(|_: Value| ())
    }

    /// Lets a person have consented to scopes before any sign-in.
    pub fn consent(&self, login: &str, scopes: &[&str]) -> Result<()> {
        self.post("consent", &json!({ "upn": login, "scopes": scopes })).map(|_: Value| ())
    }

    /// Forgets all that a person has consented to.
    pub fn forget_consent(&self, login: &str) -> Result<()> {
        self.post("consent", &json!({ "upn": login, "forget": true })).map(|_: Value| ())
    }

    /// Lets an administrator's no, by its number, be the end of a person's sign-ins in the browser.
    pub fn bar(&self, login: &str, aadsts: u32, correlation_id: &str) -> Result<()> {
        self.put_user(login, &json!({ "barred": { "aadsts": aadsts, "correlation_id": correlation_id } }))
    }

    /// Makes a person of this login.
    pub fn new_person(&self, login: &'static str) -> Result<User> {
        let person = User { login, password: "pw-new" };
        self.put_user(login, &json!({ "password": person.password }))?;
        Ok(person)
    }

    /// Closes the provider's HTTPS port, or opens it; connections through it end.
    pub fn gate(&self, state: Gate) -> Result<()> {
        self.post("gate", &json!({ "state": state })).map(|_: Value| ())
    }

    /// Orders a failure.
    pub fn fault(&self, fault: &Fault) -> Result<()> {
        self.post("faults", fault).map(|_: Value| ())
    }

    /// Cancels the failures that have not happened yet, and releases what is held.
    pub fn cancel_faults(&self) -> Result<()> {
        answer(self.http.delete(self.at("faults")).call()).map(|_: Value| ())
    }

    /// The requests an endpoint has had since the start or the last [`Control::forget_requests`].
    pub fn requests(&self, endpoint: Endpoint) -> Result<Vec<Request>> {
        self.await_requests(endpoint, 0)
    }

    /// The same once there are at least `count` of them.
    pub fn await_requests(&self, endpoint: Endpoint, count: usize) -> Result<Vec<Request>> {
        let path = format!("requests?endpoint={}&at_least={count}", endpoint.name());
        answer(self.http.get(self.at(&path)).call())
    }

    /// Waits until no request is being carried out, of senders that have gone neither.
    pub fn await_quiet(&self) -> Result<()> {
        answer(self.http.get(self.at("quiet")).call()).map(|_: Value| ())
    }

    pub fn forget_requests(&self) -> Result<()> {
        answer(self.http.delete(self.at("requests")).call()).map(|_: Value| ())
    }

    fn post<A: DeserializeOwned>(&self, door: &str, body: &(impl Serialize + ?Sized)) -> Result<A> {
        answer(self.http.post(self.at(door)).send_json(body))
    }

    fn at(&self, path: &str) -> String {
        format!("{}/{path}", self.base)
    }
}

fn answer<A: DeserializeOwned>(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<A> {
    let mut response = response.context("the provider's control door")?;
    let body: Value = response.body_mut().with_config().limit(u64::MAX).read_json()?;
    if !response.status().is_success() {
        bail!("the control door refuses: {body}");
    }
    Ok(serde_json::from_value(body)?)
}

/// How the provider's HTTPS port stands. The plain one, with the control door, stays open.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Gate {
    Open,
    /// Nothing listens.
    Closed,
    /// Open, with a certificate of an authority that nobody trusts.
    Foreign,
    /// Open, with a certificate for another computer.
    Misnamed,
}

/// What a provider may be set to; what is left out stays as it is.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// Life of access tokens in seconds (3600).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_ttl: Option<u32>,
    /// Life of refresh tokens in seconds (90 days).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_ttl: Option<u32>,
    /// How refreshing treats the refresh token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh: Option<Refresh>,
    /// `refresh_in` of every token answer, in seconds; `Some(None)` leaves it out, which is the default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_in: Option<Option<u32>>,
    /// Characters of an access token (1800).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_length: Option<u32>,
    /// Seconds by which the provider's clock is ahead of this computer's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock_offset: Option<i64>,
}

/// How refreshing treats the refresh token.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Refresh {
    /// A new one each time; the old one stays good.
    Entra,
    /// A new one each time; replaying an old one ends the sign-in.
    Rotate,
    /// The same one each time.
    Static,
}

/// Why a person's sign-ins are ended.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Revocation {
    /// The password was changed (AADSTS50173).
    Password,
    /// An administrator ended the sessions (AADSTS50133).
    Session,
}

/// An order for tokens.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Mint<'a> {
    /// Login of the person.
    pub upn: &'a str,
    /// Scopes, of one resource or more; all mail scopes when left out. The access token is for the first resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<&'a str>,
    /// Life of the access token in seconds; negative for one that has expired.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl: Option<i32>,
    /// Whether a refresh token is wanted too.
    pub refresh: bool,
}

/// Minted tokens.
#[derive(Clone, Debug, Deserialize)]
pub struct Tokens {
    pub access_token: String,
    pub refresh_token: Option<String>,
}

/// A place where a fault can strike, and an entry of the log of requests; the mail protocols are logged by nobody.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Endpoint {
    Authorize,
    #[default]
    Token,
    Introspect,
    Discovery,
    Keys,
    Logout,
    /// Login at the Exchange-mannered ports.
    Imap,
    /// Login at the Exchange-mannered ports.
    Pop3,
    /// Login at the Exchange-mannered ports.
    Smtp,
}

impl Endpoint {
    fn name(self) -> String {
        json!(self).as_str().unwrap_or_default().to_owned()
    }
}

/// A failure ordered in advance. It waits for `after` matching requests to pass, and then strikes the next.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Fault {
    pub on: Endpoint,
    /// Parameters the request must have: form fields, and `user`, who logs in to mail, or whose code or refresh token
    /// is spent.
    #[serde(rename = "match", skip_serializing_if = "BTreeMap::is_empty")]
    pub matching: BTreeMap<String, String>,
    pub after: u32,
    pub times: Times,
    /// Milliseconds before anything else happens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay: Option<u64>,
    /// A refusal by its number, with what [`Fault::claims`] says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aadsts: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claims: Option<String>,
    /// HTTP status: of the refusal, or of an answer made of [`Fault::body`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drop: Option<Drop>,
    /// Carried out, the answer in ten pieces with so many milliseconds between them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dribble: Option<u64>,
    /// Mail only: the line to answer with, `%t` standing for the IMAP tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub say: Option<String>,
    /// Mail only: hang up after saying it.
    pub close: bool,
}

/// How often a fault strikes.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(untagged)]
pub enum Times {
    Exactly(u32),
    #[serde(serialize_with = "always")]
    Always,
}

fn always<S: serde::Serializer>(serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str("always")
}

impl Default for Times {
    fn default() -> Self {
        Self::Exactly(1)
    }
}

/// How a connection fails.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Drop {
    /// Reset before anything is carried out.
    Reset,
    /// Never answered.
    Hang,
    /// Carried out, the answer lost.
    Late,
    /// Half an answer.
    Truncate,
    /// Carried out and answered once the faults are cancelled.
    Hold,
}

/// A request as the provider saw it.
#[derive(Clone, Debug, Deserialize)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub endpoint: Endpoint,
    pub params: BTreeMap<String, String>,
    pub headers: BTreeMap<String, Value>,
    /// HTTP status, or nothing while it is unanswered.
    pub status: Option<u16>,
}
