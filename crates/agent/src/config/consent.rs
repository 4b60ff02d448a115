//! Where an administrator approves an account's application for everybody of the organisation.

use url::Url;

use super::{AccountConfig, AuthorityConfig};

/// Tenants that stand for people of many, who sign in with accounts of organisations among others.
const MANY: [&str; 2] = ["common", "organizations"];
/// Microsoft's tenant of personal accounts, by its name and its id: it has no administrator.
const PERSONAL: [&str; 2] = ["consumers", "9188040d-6c67-4c5b-b112-36a304b66dad"];

impl AccountConfig {
    /// The page of Microsoft's where an administrator consents; other providers have none that is known.
    ///
    /// <https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent>
    pub(crate) fn consent_address(&self) -> Option<Url> {
        let AuthorityConfig::Microsoft { host, tenant } = &self.authority else { return None };
        let is_one_of = |names: [&str; 2]| names.iter().any(|name| tenant.eq_ignore_ascii_case(name));
        if is_one_of(PERSONAL) {
            return None;
        }
        // The page does not know `common`: it takes whose administrator signs in.
        let tenant = if is_one_of(MANY) { "organizations" } else { tenant };
        let mut address = host.clone();
        address.path_segments_mut().ok()?.pop_if_empty().extend([tenant, "adminconsent"]);
        address.query_pairs_mut().append_pair("client_id", &self.client_id);
        Some(address)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{App, Entry};
    use super::*;

    #[test]
    fn it_is_of_the_account_s_own_application_tenant_and_cloud() {
        let app = || App {
            client_id: Some("app".into()),
            tenant: Some("firma.pl".into()),
            cloud: Some("us-government".into()),
        };
        let some = |word: &str| Some(word.to_owned());
        let global = || Entry { cloud: some("global"), ..Entry::default() };
        for (entry, want) in [
            (Entry::default(), Some("https://login.microsoftonline.us/firma.pl/adminconsent?client_id=app")),
            (
                Entry { client_id: some("own"), tenant: some("inna.pl"), ..global() },
                Some("https://login.microsoftonline.com/inna.pl/adminconsent?client_id=own"),
            ),
            (
                Entry { cloud: some("https://id.example/"), client_id: some("a&b"), ..Entry::default() },
                Some("https://id.example/firma.pl/adminconsent?client_id=a%26b"),
            ),
            (
                Entry { tenant: some("common"), ..global() },
                Some("https://login.microsoftonline.com/organizations/adminconsent?client_id=app"),
            ),
            (Entry { tenant: some("consumers"), ..global() }, None),
            (Entry { issuer: some("https://id.example"), ..global() }, None),
        ] {
            let account = AccountConfig::new("biuro@firma.pl", entry, &app()).unwrap();
            assert_eq!(account.consent_address().as_ref().map(Url::as_str), want);
        }
    }
}
