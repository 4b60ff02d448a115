//! A person's way through the provider's pages without a browser: the same requests in a tenth of the time.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use ureq::http::Response;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body};
use url::Url;

use crate::rig::{MFA_CODE, Rig, User};

/// More than any sign-in has: a loop is noticed instead of followed.
const MOST_PAGES: usize = 30;
/// A code redemption may take Signet's whole patience.
const PATIENCE: Duration = Duration::from_secs(60);

/// Fills forms in, each walk with cookies of its own.
#[derive(Clone, Debug)]
pub struct Forms {
    origin: String,
    ca: PathBuf,
}

impl Forms {
    pub fn new(rig: &Rig) -> Self {
        Self { origin: rig.origin(), ca: rig.ca() }
    }

    /// Walks from an address through the provider's pages to Signet's last page, and gives its title.
    pub fn walk(&self, address: &str, person: User) -> Result<String> {
        self.walk_to_answer(address, person)?.deliver()
    }

    /// Walks through the provider's pages up to its answer for Signet, which is not delivered yet.
    pub fn walk_to_answer(&self, address: &str, person: User) -> Result<Answer> {
        let http = self.client()?;
        let mut place = Url::parse(address)?;
        let mut response = http.get(place.as_str()).call()?;
        for _ in 0..MOST_PAGES {
            if let Some(next) = next_place(&place, &response)? {
                place = next;
                if !self.is_providers(&place) {
                    return Ok(Answer { http, place, fields: None });
                }
                response = http.get(place.as_str()).call()?;
                continue;
            }
            let page = body(&mut response)?;
            let (action, fields) = filled_in(&page, person).with_context(|| format!("at {}: {page}", place.path()))?;
            place = place.join(action)?;
            if !self.is_providers(&place) {
                return Ok(Answer { http, place, fields: Some(owned(fields)) });
            }
            response = http.post(place.as_str()).send_form(&fields)?;
        }
        bail!("the sign-in goes round in circles")
    }

    fn is_providers(&self, place: &Url) -> bool {
        place.as_str().starts_with(&self.origin)
    }

    fn client(&self) -> Result<Agent> {
        let ca = Certificate::from_pem(&fs::read(&self.ca)?)?;
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::new_with_certs(&[ca]))
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = Agent::config_builder()
            .proxy(None)
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(PATIENCE))
            .tls_config(tls);
        Ok(config.build().into())
    }
}

/// The provider's answer in the person's browser, on its way to Signet.
#[derive(Debug)]
pub struct Answer {
    http: Agent,
    place: Url,
    /// None where the address itself carries it.
    fields: Option<BTreeMap<String, String>>,
}

impl Answer {
    /// Brings it to Signet, and gives the title of its last page.
    pub fn deliver(self) -> Result<String> {
        let Self { http, mut place, fields } = self;
        let mut response = match &fields {
            Some(fields) => http.post(place.as_str()).send_form(fields)?,
            None => http.get(place.as_str()).call()?,
        };
        while let Some(next) = next_place(&place, &response)? {
            place = next;
            response = http.get(place.as_str()).call()?;
        }
        let page = body(&mut response)?;
        Ok(between(&page, "<title>", "</title>").unwrap_or_default().to_owned())
    }
}

fn next_place(place: &Url, response: &Response<Body>) -> Result<Option<Url>> {
    let location = response.headers().get("location");
    location.map(|next| Ok(place.join(next.to_str()?)?)).transpose()
}

fn owned(fields: BTreeMap<&str, String>) -> BTreeMap<String, String> {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Where a page's form goes, and what this person puts into it.
fn filled_in(page: &str, person: User) -> Result<(&str, BTreeMap<&str, String>)> {
    if page.contains("name=\"hiddenform\"") {
        let action = between(page, "action=\"", "\"").context("an address")?;
        let field = |input| Some((between(input, "name=\"", "\"")?, plain(between(input, "value=\"", "\"")?)));
        return Ok((action, page.split("<input type=\"hidden\"").skip(1).filter_map(field).collect()));
    }
    ensure!(!page.contains("role=\"alert\""), "the page complains");
    let step = between(page, "name=\"step\" value=\"", "\"").context("no form")?;
    let mut fields = BTreeMap::from([("step", step.to_owned())]);
    match step {
        "email" => fields.insert("loginfmt", person.login.to_owned()),
        "password" => fields.insert("passwd", person.password.to_owned()),
        "code" => fields.insert("otc", MFA_CODE.to_owned()),
        "keep" => fields.insert("keep", "no".to_owned()),
        "pick" => fields.insert("account", person.login.to_owned()),
        "consent" => None,
        other => bail!("an unknown page: {other}"),
    };
    Ok(("", fields))
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(inside, _)| inside)
}

fn plain(html: &str) -> String {
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    signs.iter().fold(html.to_owned(), |text, (escaped, sign)| text.replace(escaped, sign))
}

fn body(response: &mut Response<Body>) -> Result<String> {
    Ok(response.body_mut().read_to_string()?)
}
