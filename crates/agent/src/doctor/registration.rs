//! What an authority says of an application before anybody signs in.
//!
//! It is asked for a sign-in without a person (`prompt=none`, OpenID Connect Core 1.0 § 3.1.2.1). Whoever does not know
//! the application, or does not lead back to this computer, says so; whoever would, sends the browser back with the
//! word that somebody has to sign in. Whether the redirect stands under the right platform, whether public client flows
//! are allowed, and who has consented, is only told to a person who has signed in.

use broker::Failure;
use ipc::Message;
use url::Url;
use uuid::Uuid;

use super::finding::Finding;
use crate::authority::{Authorities, Probed};
use crate::config::{AccountConfig, AuthorityConfig};

/// What the authority has said.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Registration {
    /// It would lead the browser back here.
    Good,
    /// It shows a page and names nothing that is wrong.
    Untold,
    /// What stands in the configuration is no application ID at all.
    NoId,
    Refused(u32),
    Failed,
}

pub(super) async fn examine(authorities: &Authorities, account: &AccountConfig) -> Finding {
    let is_microsoft = matches!(account.authority, AuthorityConfig::Microsoft { .. });
    let registration = if is_microsoft && Uuid::try_parse(&account.client_id).is_err() {
        Registration::NoId
    } else {
        told(authorities.probe(account).await)
    };
    finding(&registration, account)
}

fn told(probed: Result<Probed, Failure>) -> Registration {
    match probed {
        Ok(Probed { redirected: Some(to), redirect, .. }) if is_to(&to, &redirect) => told_by_redirect(&to),
        Ok(Probed { page, .. }) => number_in(&page).map_or(Registration::Untold, Registration::Refused),
        Err(_) => Registration::Failed,
    }
}

fn is_to(address: &Url, redirect: &Url) -> bool {
    (address.host(), address.port(), address.path()) == (redirect.host(), redirect.port(), redirect.path())
}

/// OpenID Connect Core 1.0 § 3.1.2.6: somebody has to sign in, choose or consent, as always at a first time.
fn told_by_redirect(address: &Url) -> Registration {
    const SOMEBODY: [&str; 4] =
        ["login_required", "interaction_required", "consent_required", "account_selection_required"];
    let value = |wanted: &str| address.query_pairs().find(|(name, _)| name == wanted).map(|(_, value)| value);
    match value("error") {
        Some(error) if !SOMEBODY.contains(&&*error) => {
            value("error_description").and_then(|it| number_in(&it)).map_or(Registration::Untold, Registration::Refused)
        }
        Some(_) | None => Registration::Good,
    }
}

/// Microsoft's number, as its pages and descriptions have it.
fn number_in(text: &str) -> Option<u32> {
    let (_, rest) = text.split_once("AADSTS")?;
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// A pure table.
fn finding(registration: &Registration, account: &AccountConfig) -> Finding {
    let tenant = match &account.authority {
        AuthorityConfig::Microsoft { tenant, .. } => tenant.clone(),
        AuthorityConfig::Issuer(issuer) => issuer.to_string(),
    };
    let said = |id: &str| Message::new(id).with("id", &account.client_id).with("tenant", &tenant);
    match registration {
        Registration::Good => Finding::fine(said("doctor-registration-good")),
        Registration::Untold => Finding::fine(said("doctor-registration-untold")),
        Registration::NoId => Finding::wrong(said("doctor-registration-no-id")),
        Registration::Failed => Finding::warning(said("doctor-registration-failed")),
        Registration::Refused(code) => refused(*code, said),
    }
}

fn refused(code: u32, said: impl Fn(&str) -> Message) -> Finding {
    let said = |id: &str| said(id).with("code", code.to_string());
    match code {
        700_016 | 700_011 => Finding::wrong(said("doctor-registration-unknown")),
        90_002 | 90_019 | 50_128 | 900_023 => Finding::wrong(said("doctor-registration-no-tenant")),
        50_194 | 50_059 => Finding::wrong(said("doctor-registration-single-tenant")),
        50_011 | 500_113 | 900_971 => Finding::wrong(said("doctor-registration-no-redirect")),
        9_002_325..=9_002_327 => Finding::wrong(said("doctor-registration-page")),
        7_000_218 => Finding::wrong(said("doctor-registration-secret")),
        7_000_112 | 70_001 | 1_000_031 => Finding::wrong(said("doctor-registration-disabled")),
        other if texts::exists(&format!("aadsts-{other}")) => {
            Finding::warning(said("doctor-registration-refused").because(Message::new(format!("aadsts-{other}"))))
        }
        _ => Finding::warning(said("doctor-registration-refused-by-number")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::check_words;
    use super::*;
    use crate::config::{App, Entry};

    const REDIRECT: &str = "http://localhost:8400/";

    fn probed(redirected: Option<&str>, page: &str) -> Registration {
        told(Ok(Probed {
            redirect: REDIRECT.parse().unwrap(),
            redirected: redirected.map(|to| to.parse().unwrap()),
            page: page.to_owned(),
        }))
    }

    #[test]
    fn what_the_authority_says_before_anybody_signs_in_is_understood() {
        let back = |query: &str| probed(Some(&format!("{REDIRECT}?{query}")), "");
        assert_eq!(back("error=login_required&error_description=AADSTS50058%3A+silent"), Registration::Good);
        assert_eq!(
            back("error=unauthorized_client&error_description=AADSTS700016%3A+x"),
            Registration::Refused(700_016)
        );
        assert_eq!(back("error=server_error"), Registration::Untold);
        assert_eq!(probed(None, "<p>AADSTS50011: The redirect URI"), Registration::Refused(50_011));
        assert_eq!(probed(None, "<html>Sign in to your account"), Registration::Untold);
        let elsewhere = probed(Some("https://elsewhere.example/?error=login_required"), "");
        assert_eq!(elsewhere, Registration::Untold, "another address is no answer");
    }

    #[test]
    fn each_answer_has_its_finding() {
        let entry = Entry { client_id: Some("x".into()), ..Entry::default() };
        let account = AccountConfig::new("biuro@firma.pl", entry, &App::default()).unwrap();
        let check = |registration, want: &str| {
            let finding = finding(&registration, &account);
            assert_eq!(finding.said.id, format!("doctor-registration-{want}"));
            check_words([finding]);
        };
        check(Registration::Good, "good");
        check(Registration::Untold, "untold");
        check(Registration::NoId, "no-id");
        check(Registration::Failed, "failed");
        check(Registration::Refused(700_016), "unknown");
        check(Registration::Refused(90_002), "no-tenant");
        check(Registration::Refused(50_194), "single-tenant");
        check(Registration::Refused(50_011), "no-redirect");
        check(Registration::Refused(9_002_327), "page");
        check(Registration::Refused(7_000_218), "secret");
        check(Registration::Refused(7_000_112), "disabled");
        check(Registration::Refused(50_105), "refused");
        check(Registration::Refused(1), "refused-by-number");
    }
}
