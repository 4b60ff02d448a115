//! The settings that are not an account's, and what has to be found out for them.

use std::sync::Arc;

use ipc::{
    Done, Fault, FaultCode, Finding, FoundTenant, Level, Message, RegistrationTest, Reply, SettingsSet, TenantFind,
    TestedRegistration,
};
use texts::Language;
use tracing::info;

use super::Desk;
use super::accounts::config_fault;
use super::requests::{Answer, reply};
use crate::config::{self, AccountConfig, App, NotSet};
use crate::doctor;
use crate::said;

impl Desk {
    pub(super) fn settings(&self) -> Reply {
        config::settings(&self.config_file, &self.state, &self.config).into()
    }

    pub(super) fn settings_set(&mut self, params: &SettingsSet, language: Language) -> Result<Reply, Fault> {
        config::set_settings(&self.config_file, params).map_err(|not_set| match not_set {
            NotSet::Wrong { field, said } => wrong_field(language, field, &said),
            NotSet::Config(error) => config_fault(language, &error),
        })?;
        info!("settings were changed");
        self.go_by_file(language)?;
        Ok(Done::default().into())
    }

    /// Beside the loop: the authority is asked.
    pub(super) fn tenant_find(&self, params: &TenantFind, answer: Answer, language: Language) {
        let given = params.domain.trim();
        let Some(domain) = domain(given) else {
            let said = Message::new("error-no-domain").with("domain", given);
            return reply(answer, Err(wrong_field(language, "domain", &said)));
        };
        let account = match self.application("any", Some(&domain), params.cloud.as_deref(), language) {
            Ok(account) => account,
            Err(fault) => return reply(answer, Err(fault)),
        };
        let authorities = Arc::clone(&self.authorities);
        tokio::spawn(async move {
            let found = authorities.tenant(&account).await;
            let found = found.map(|tenant| FoundTenant { tenant }.into());
            reply(answer, found.map_err(|failure| said::no_tenant(language, &failure, &account, &domain)));
        });
    }

    /// The same: what `signet doctor` finds out about an account's authority, for settings that are not saved yet.
    pub(super) fn registration_test(&self, params: &RegistrationTest, answer: Answer, language: Language) {
        let (tenant, cloud) = (params.tenant.as_deref(), params.cloud.as_deref());
        let account = match self.application(params.client_id.trim(), tenant, cloud, language) {
            Ok(account) => account,
            Err(fault) => return reply(answer, Err(fault)),
        };
        let network = self.config.network.clone();
        let folder = self.config_file.parent().unwrap_or(&self.config_file).to_owned();
        tokio::task::spawn_blocking(move || {
            let findings = doctor::look_at_authority(&network, &folder, &account);
            let findings = findings.iter().map(|finding| shown(finding, language)).collect();
            reply(answer, Ok(TestedRegistration { findings }.into()));
        });
    }

    /// An account with these settings; those that are left out are as they are configured.
    fn application(
        &self,
        client_id: &str,
        tenant: Option<&str>,
        cloud: Option<&str>,
        language: Language,
    ) -> Result<AccountConfig, Fault> {
        let given = |value: Option<&str>| value.map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned);
        let app = App {
            client_id: Some(client_id.to_owned()),
            tenant: given(tenant).or_else(|| self.config.app.tenant.clone()),
            cloud: given(cloud).or_else(|| self.config.app.cloud.clone()),
        };
        config::application(&app).map_err(|rejected| said::rejected(language, &rejected))
    }
}

fn wrong_field(language: Language, field: &str, said: &Message) -> Fault {
    Fault::new(FaultCode::Configuration, said::told(language, said)).with_field(field)
}

/// The domain, or that of an address, as the DNS has it.
fn domain(given: &str) -> Option<String> {
    let domain = given.rsplit_once('@').map_or(given, |(_, domain)| domain);
    match url::Host::parse(domain) {
        Ok(url::Host::Domain(name)) if name.contains('.') => Some(name),
        Ok(_) | Err(_) => None,
    }
}

fn shown(finding: &doctor::Finding, language: Language) -> Finding {
    let said = [Some(&finding.said), finding.mend.as_ref()].into_iter().flatten();
    Finding {
        level: match finding.level {
            doctor::Level::Fine => Level::Fine,
            doctor::Level::Warning => Level::Warning,
            doctor::Level::Wrong => Level::Wrong,
        },
        text: said.map(|message| said::told(language, message)).collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_had_from_an_address_too() {
        let check = |given: &str, want: Option<&str>| assert_eq!(domain(given).as_deref(), want, "of {given:?}");
        check("firma.pl", Some("firma.pl"));
        check("biuro@Firma.PL", Some("firma.pl"));
        check("żółw.pl", Some("xn--w-uga1v8h.pl"));
        for no_domain in ["", "firma", "firma pl", "https://firma.pl", "10.0.0.1", "firma.pl/x", "biuro@"] {
            check(no_domain, None);
        }
    }
}
