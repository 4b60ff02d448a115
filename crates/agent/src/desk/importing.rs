//! Many profiles at once: all of them are judged, and all are saved or none.

use std::collections::HashSet;

use ipc::{Authentication, Fault, ImportedProfiles, ListedProfile, NamedProfile, ProfileImport, ProfileVerdict};
use mail::office365::Cloud;
use mail::settings::Wrong;
use texts::{Language, text};
use tokio::sync::oneshot;
use tracing::info;

use super::Desk;
use super::accounts::config_fault;
use super::profiles::{is_id, is_of_its_kind};
use super::requests::{Answer, reply};
use crate::config;
use crate::profiles::{self, MAIL_SERVER, Mistake};
use crate::said;

/// More verdicts than anybody reads before mending something, and few enough for an answer's line.
const MOST_VERDICTS: usize = 2_000;

impl Desk {
    pub(super) fn profile_import(&mut self, params: ProfileImport, answer: Answer, language: Language) {
        let mut verdicts = judged(&params.profiles, self.config.cloud(), language);
        verdicts.extend(self.without_account(&params.profiles, language));
        // Each stands among what else there is to say of its line.
        verdicts.sort_by_key(|verdict| verdict.index);
        let is_wrong = verdicts.iter().any(|verdict| verdict.wrong);
        verdicts.truncate(MOST_VERDICTS);
        let saved = !params.dry_run.unwrap_or_default() && !is_wrong;
        let profiles: Vec<_> = params.profiles.into_iter().map(|listed| listed.named).collect();
        if let Err(fault) = if saved { self.save_all(&profiles, language) } else { Ok(()) } {
            return reply(answer, Err(fault));
        }
        let by_password = |named: &NamedProfile| !is_wrong && named.profile.takes_password();
        self.with_passwords(profiles.into_iter().filter(by_password).collect(), move |profiles| {
            let lacking = profiles.into_iter().filter(|named| !named.has_password);
            let without_password = lacking.map(|named| named.id).collect();
            reply(answer, Ok(ImportedProfiles { saved, verdicts, without_password }.into()));
        });
    }

    fn save_all(&mut self, profiles: &[NamedProfile], language: Language) -> Result<(), Fault> {
        self.go_by_file(language)?;
        let named = profiles.iter().map(|named| (&*named.id, &named.profile));
        let uses: Vec<_> = profiles.iter().filter_map(|named| self.used_account(&named.profile)).collect();
        config::set_profiles(&self.config_file, named, &uses).map_err(|error| config_fault(language, &error))?;
        self.go_by_file(language)?;
        info!(count = profiles.len(), "profiles imported");
        for named in profiles.iter().filter(|named| named.profile.authentication == Authentication::OAuth2) {
            // One that stays behind opens nothing: it is bound to its own server.
            let (told, _) = oneshot::channel();
            self.store.erase_password(named.id.clone(), told);
        }
        Ok(())
    }

    /// Once for each account that is not there yet, at the first profile that works by it.
    fn without_account(&self, listed: &[ListedProfile], language: Language) -> Vec<ProfileVerdict> {
        let mut told = HashSet::new();
        let of = |(index, ListedProfile { named, .. }): (u32, &ListedProfile)| {
            let connection = profiles::connection(&named.profile, self.config.cloud()).ok()?;
            let text = said::told(language, &self.no_account(&connection)?);
            let field = if profiles::names_account(&named.profile) { "account" } else { "login" };
            let verdict = ProfileVerdict { index, wrong: false, field: Some(field.to_owned()), text };
            told.insert(verdict.text.clone()).then_some(verdict)
        };
        (0..).zip(listed).filter_map(of).collect()
    }
}

fn judged(listed: &[ListedProfile], cloud: Cloud, language: Language) -> Vec<ProfileVerdict> {
    let mut seen = HashSet::new();
    let mut verdicts = Vec::new();
    for (index, ListedProfile { named: NamedProfile { id, profile, .. }, password }) in (0..).zip(listed) {
        let mut add = |wrong, field: Option<&str>, text| {
            verdicts.push(ProfileVerdict { index, wrong, field: field.map(str::to_owned), text });
        };
        if id == MAIL_SERVER {
            add(true, Some("id"), text(language, "profile-no-point", &[]));
            continue;
        }
        if !is_id(id) {
            add(true, Some("id"), text(language, "error-profile-id", &[]));
        } else if !seen.insert(id) {
            add(true, Some("id"), text(language, "profile-twice", &[("profile", id)]));
        }
        if password.is_some() {
            add(true, Some("password"), text(language, "cli-import-password", &[]));
        }
        // What else may be wrong with it depends on its kind.
        let judged = match is_of_its_kind(id, profile) {
            true => profiles::connection(profile, cloud),
            false => Err(vec![Mistake { field: "kind", wrong: Wrong::Kind }]),
        };
        match judged {
            Ok(connection) => {
                connection.doubts().iter().for_each(|doubt| add(false, None, said::told(language, doubt)));
            }
            Err(mistakes) => {
                mistakes.iter().for_each(|it| add(true, Some(it.field), said::told(language, &it.said())));
            }
        }
    }
    verdicts
}

#[cfg(test)]
mod tests {
    use ipc::{Profile, ProfileKind};
    use serde::de::IgnoredAny;

    use super::*;

    fn point(id: &str, change: impl FnOnce(&mut Profile)) -> ListedProfile {
        let mut profile = Profile {
            kind: ProfileKind::Documents,
            authentication: Authentication::OAuth2,
            login: Some("anna@firma.pl".into()),
            ..Profile::default()
        };
        change(&mut profile);
        NamedProfile { id: id.into(), profile, has_password: false }.into()
    }

    #[test]
    fn each_mistake_is_told_by_its_place_and_its_setting() {
        let profiles = [
            point("faktury", |_| {}),
            point("bad id", |profile| profile.port = Some(0)),
            point("faktury", |profile| profile.server = Some("imap://x".into())),
            point("kadry", |profile| profile.port = Some(587)),
            point("mail_server", |_| {}),
            point("biuro", |profile| profile.kind = ProfileKind::MailServer),
            ListedProfile { password: Some(IgnoredAny), ..point("zarzad", |_| {}) },
        ];
        let told = judged(&profiles, Cloud::Global, Language::English);
        let found: Vec<_> = told.iter().map(|it| (it.index, it.wrong, it.field.as_deref().unwrap_or("-"))).collect();
        let want = [
            (1, true, "id"),
            (1, true, "port"),
            (2, true, "id"),
            (2, true, "server"),
            (3, false, "-"),
            (4, true, "id"),
            (5, true, "kind"),
            (6, true, "password"),
        ];
        assert_eq!(found, want, "{told:?}");
        assert!(told[2].text.contains("faktury") && told[4].text.contains("usual for smtp"), "{told:?}");
        assert!(
            told[5].text.contains("signet profile set mail_server") && told[6].text.contains("attachments"),
            "{told:?}"
        );
    }
}
