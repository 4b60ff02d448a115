use ::http::header::LOCATION;
use broker::Failure;
use secrecy::ExposeSecret;
use url::Url;

use super::{Authorities, discovery, id_token};
use crate::config::AccountConfig;

/// Any port will do where they do not count (RFC 8252 § 7.3); nobody listens there.
const PORT: u16 = 8400;

/// What comes of asking for a sign-in that nobody is to see.
pub(crate) struct Probed {
    /// Where the answer would have to lead.
    pub(crate) redirect: Url,
    /// Where it does lead.
    pub(crate) redirected: Option<Url>,
    /// What would be shown instead.
    pub(crate) page: String,
}

impl Authorities {
    /// Whether the authority is what it should be, and what time it is there.
    pub(crate) async fn look(&self, account: &AccountConfig) -> (Result<(), Failure>, Option<String>) {
        let (discovered, date) = discovery::look(&self.wire, account, &account.issuer()).await;
        (discovered.map(|_| ()), date)
    }

    /// Asks for a sign-in that needs nobody (OpenID Connect Core 1.0 § 3.1.2.1), which without a session ends at once.
    pub(crate) async fn probe(&self, account: &AccountConfig) -> Result<Probed, Failure> {
        let pending = self.authorize(account, PORT, None, false).await?;
        let no_address = |_| id_token::not_trusted("error-discovery-failed", &[("issuer", account.issuer())]);
        let mut address = Url::parse(pending.url.expose_secret()).map_err(no_address)?;
        // In the address, where it can be read; and of nobody in particular.
        let kept = |name: &str| !matches!(name, "response_mode" | "login_hint");
        let pairs: Vec<_> = address.query_pairs().into_owned().filter(|(name, _)| kept(name)).collect();
        address.query_pairs_mut().clear().extend_pairs(pairs).append_pair("prompt", "none");
        let answer = self.wire.whatever(address.as_str()).await?;
        let location = answer.headers.get(LOCATION).and_then(|location| location.to_str().ok());
        Ok(Probed {
            redirect: Url::parse(&pending.redirect).map_err(no_address)?,
            redirected: location.and_then(|location| address.join(location).ok()),
            page: String::from_utf8_lossy(&answer.body).into_owned(),
        })
    }
}
