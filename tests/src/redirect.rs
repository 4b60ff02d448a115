//! The listener that waits for a sign-in's answer, as anybody on the computer can reach it.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpStream};

use anyhow::{Context, Result, ensure};
use url::Url;
use url::form_urlencoded::Serializer;

/// Where a sign-in's answer goes to.
#[derive(Clone, Debug)]
pub struct Redirect {
    pub port: u16,
    /// What an answer of the provider has to carry.
    pub state: String,
}

/// What the listener said.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    /// By their names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Redirect {
    /// The one that this authorize request names.
    pub fn of(authorize_url: &str) -> Result<Self> {
        let parameters: BTreeMap<_, _> = Url::parse(authorize_url)?.query_pairs().into_owned().collect();
        let uri = Url::parse(parameters.get("redirect_uri").context("a redirect_uri")?)?;
        let port = uri.port().context("the redirect has a port")?;
        Ok(Self { port, state: parameters.get("state").context("a state")?.clone() })
    }

    /// The path of the page that tells how the sign-in went. Its name is secret: the browser was sent there.
    pub fn result_path(&self, address: &str) -> Result<String> {
        let page = Url::parse(address)?;
        let is_own = page.port() == Some(self.port) && page.path().starts_with("/done/") && page.query().is_none();
        ensure!(is_own, "{address} is no result page of this sign-in");
        Ok(page.path().to_owned())
    }

    /// Connects without saying anything.
    pub fn connect(&self, address: impl Into<IpAddr>) -> Result<TcpStream> {
        Ok(TcpStream::connect((address.into(), self.port))?)
    }

    pub fn get(&self, path: &str) -> Result<Reply> {
        self.ask(&self.head("GET", path, &self.host(), ""))
    }

    /// Posts a form, as the provider's page does.
    pub fn post(&self, form: &[(&str, &str)]) -> Result<Reply> {
        self.post_to(&self.host(), form)
    }

    /// Posts a form that says it is for this host.
    pub fn post_to(&self, host: &str, form: &[(&str, &str)]) -> Result<Reply> {
        let body = Serializer::new(String::new()).extend_pairs(form).finish();
        let more = format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n", body.len());
        self.ask(&format!("{}{body}", self.head("POST", "/", host, &more)))
    }

    /// Says anything, and reads what comes until the connection ends.
    pub fn ask(&self, request: &str) -> Result<Reply> {
        let mut stream = self.connect(Ipv4Addr::LOCALHOST)?;
        // Whoever refuses a request early need not read the rest of it.
        let sent = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let read = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes);
        Reply::parse(&text).with_context(|| format!("no answer: {sent:?} {read:?} {text:?}"))
    }

    fn head(&self, method: &str, path: &str, host: &str, more: &str) -> String {
        format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n")
    }

    fn host(&self) -> String {
        format!("localhost:{}", self.port)
    }
}

impl Reply {
    fn parse(text: &str) -> Option<Self> {
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        Some(Self { status, headers, body: body.to_owned() })
    }

    /// The title of the page.
    pub fn title(&self) -> &str {
        let inside = self.body.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
        inside.map_or("", |(title, _)| title)
    }
}
