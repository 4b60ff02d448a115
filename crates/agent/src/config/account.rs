use std::collections::BTreeMap;

use broker::{AccountName, AccountSpec, Detail, Resource};
use ipc::limits::NAME;
use mail::office365::Cloud;
use serde::{Deserialize, Serialize};
use url::{Host, Url};

use super::App;

/// One account, with everything it needs from `[app]` filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AccountConfig {
    pub(crate) name: AccountName,
    pub(crate) login: String,
    pub(crate) client_id: String,
    pub(crate) authority: AuthorityConfig,
    pub(crate) resources: Vec<Resource>,
    pub(crate) response_mode: ResponseMode,
    pub(crate) allowed_tenants: Vec<String>,
    /// Whether it is for a form that has not been saved yet.
    pub(crate) provisional: bool,
}

/// Who signs the person in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AuthorityConfig {
    /// A Microsoft cloud, by the address of its sign-in service, and a tenant.
    Microsoft { host: Url, tenant: String },
    /// Another OpenID provider.
    Issuer(Url),
}

/// How the authorization code comes back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ResponseMode {
    /// In a POST body (OAuth 2.0 Form Post Response Mode).
    #[default]
    FormPost,
    /// In the address.
    Query,
}

/// `[accounts."NAME"]` as it stands in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) login: Option<String>,
    pub(crate) issuer: Option<String>,
    pub(crate) client_id: Option<String>,
    pub(crate) cloud: Option<String>,
    pub(crate) tenant: Option<String>,
    pub(crate) response_mode: ResponseMode,
    /// Scopes by the name of the resource; without any, Office 365 mail.
    pub(crate) resources: BTreeMap<String, Vec<String>>,
    pub(crate) allowed_tenants: Vec<String>,
    pub(crate) provisional: bool,
}

/// A setting that cannot be used, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rejected(pub(crate) Detail);

impl Rejected {
    pub(crate) fn new(id: &'static str, args: &[(&'static str, &str)]) -> Self {
        Self(Detail { id, args: args.iter().map(|(name, value)| (*name, (*value).to_owned())).collect() })
    }
}

/// Mail; where it is declared, the sign-in itself brings its token.
pub(crate) const MAIL: &str = "mail";

impl AccountConfig {
    pub(crate) fn new(name: &str, entry: Entry, app: &App) -> Result<Self, Rejected> {
        let login = entry.login.unwrap_or_else(|| name.to_owned());
        if name.is_empty() || name.chars().any(char::is_control) || !is_address(&login) {
            return Err(Rejected::new("error-login-no-address", &[("login", &login)]));
        }
        if name.len() > NAME || login.len() > NAME {
            return Err(Rejected::new("error-name-too-long", &[("limit", &NAME.to_string())]));
        }
        let client_id = entry.client_id.or_else(|| app.client_id.clone()).filter(|id| !id.trim().is_empty());
        let Some(client_id) = client_id else { return Err(Rejected::new("error-no-client-id", &[])) };
        let cloud = entry.cloud.or_else(|| app.cloud.clone());
        let (cloud, host) = parse_cloud(cloud.as_deref())?;
        let authority = match entry.issuer {
            Some(issuer) => AuthorityConfig::Issuer(parse_issuer(&issuer)?),
            None => AuthorityConfig::Microsoft {
                host,
                tenant: entry.tenant.or_else(|| app.tenant.clone()).unwrap_or_else(|| "organizations".to_owned()),
            },
        };
        let mut resources: Vec<_> =
            entry.resources.into_iter().map(|(name, scopes)| Resource { name, scopes }).collect();
        resources.sort_by_key(|resource| resource.name != MAIL);
        if resources.is_empty() {
            let scopes = cloud.mail_scopes().map(str::to_owned).to_vec();
            resources.push(Resource { name: MAIL.to_owned(), scopes });
        }
        Ok(Self {
            name: name.into(),
            login,
            client_id,
            authority,
            resources,
            response_mode: entry.response_mode,
            allowed_tenants: entry.allowed_tenants,
            provisional: entry.provisional,
        })
    }

    /// The issuer to discover (OpenID Connect Discovery 1.0 § 4), without a slash at its end.
    pub(crate) fn issuer(&self) -> String {
        match &self.authority {
            AuthorityConfig::Microsoft { host, tenant } => {
                format!("{}/{tenant}/v2.0", host.as_str().trim_end_matches('/'))
            }
            AuthorityConfig::Issuer(url) => url.as_str().trim_end_matches('/').to_owned(),
        }
    }

    /// Authority and application in one word: a change of it makes the old sign-in worthless.
    pub(crate) fn authority_key(&self) -> String {
        format!("{} {}", self.issuer(), self.client_id)
    }

    /// What the broker needs to know.
    pub(crate) fn spec(&self) -> AccountSpec {
        AccountSpec {
            name: self.name.clone(),
            login: self.login.clone(),
            authority: self.authority_key(),
            resources: self.resources.clone(),
        }
    }
}

/// <https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud>
fn authority_host(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Global => "https://login.microsoftonline.com",
        Cloud::UsGovernment => "https://login.microsoftonline.us",
        Cloud::China => "https://login.partner.microsoftonline.cn",
    }
}

fn is_address(login: &str) -> bool {
    let Some((local, domain)) = login.split_once('@') else { return false };
    let plain =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c == '@' || c.is_whitespace() || c.is_control());
    plain(local) && plain(domain)
}

/// A cloud by its name; one that is not known here by the address of its sign-in service.
fn parse_cloud(name: Option<&str>) -> Result<(Cloud, Url), Rejected> {
    let name = name.unwrap_or_else(|| Cloud::default().name());
    if name.contains("://") {
        return Ok((Cloud::default(), parse_issuer(name)?));
    }
    let unknown = || {
        let known = Cloud::ALL.map(Cloud::name).join(", ");
        Rejected::new("error-unknown-cloud", &[("cloud", name), ("known", &known)])
    };
    let cloud = name.parse().map_err(|_| unknown())?;
    Ok((cloud, parse_issuer(authority_host(cloud))?))
}

fn parse_issuer(issuer: &str) -> Result<Url, Rejected> {
    let no_url = || Rejected::new("error-issuer-no-url", &[("issuer", issuer)]);
    let url = Url::parse(issuer).map_err(|_| no_url())?;
    if url.host().is_none() || url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
        return Err(no_url());
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(Rejected::new("error-issuer-no-https", &[("issuer", issuer)])),
        _ => Err(no_url()),
    }
}

/// Plain HTTP is for this machine alone.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl From<&ipc::AccountAdd> for Entry {
    fn from(account: &ipc::AccountAdd) -> Self {
        Self {
            login: account.login.clone(),
            issuer: account.issuer.clone(),
            client_id: account.client_id.clone(),
            cloud: account.cloud.clone(),
            tenant: account.tenant.clone(),
            response_mode: match account.response_mode {
                Some(ipc::ResponseMode::Query) => ResponseMode::Query,
                Some(ipc::ResponseMode::FormPost) | None => ResponseMode::FormPost,
            },
            resources: account.resources.clone(),
            allowed_tenants: Vec::new(),
            provisional: account.provisional.unwrap_or_default(),
        }
    }
}
