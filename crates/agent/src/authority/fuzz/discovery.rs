use oauth2::CsrfToken;
use url::Url;

use super::account;
use crate::authority::{client, discovery};
use crate::config::{Entry, is_loopback};

pub(crate) fn discovery(document: &[u8]) {
    let by_address = Entry { issuer: Some("https://id.example/firma".into()), ..Entry::default() };
    let by_tenant = Entry { tenant: Some("firma.pl".into()), ..Entry::default() };
    for account in [by_address, by_tenant].map(account) {
        let issuer = account.issuer();
        let Ok(found) = discovery::read(Ok(document.to_vec()), &account, &issuer) else { continue };
        assert_eq!(origin(&found.issuer), origin(&issuer), "somebody else's document");
        for endpoint in [&found.authorization_endpoint, &found.token_endpoint] {
            assert!(endpoint.scheme() == "https" || is_loopback(endpoint), "in clear: {endpoint}");
        }
        assert_eq!(origin(&found.token_origin()), found.token_origin(), "a sealed row is bound to it");
        let (address, _) = client(&account, &found)
            .unwrap_or_else(|failure| panic!("what was accepted can be asked: {failure:?}"))
            .authorize_url(CsrfToken::new_random)
            .url();
        assert_eq!(address.origin(), found.authorization_endpoint.origin());
        assert!(address.query_pairs().any(|(name, value)| name == "client_id" && value == "client"), "{address}");
    }
}

fn origin(address: &str) -> String {
    Url::parse(address).expect("an address").origin().ascii_serialization()
}
