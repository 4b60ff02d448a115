//! Many profiles at once: all of them are judged, and all are saved or none.

use std::collections::HashSet;

use ipc::{Authentication, Fault, ImportedProfiles, NamedProfile, ProfileImport, ProfileVerdict, Reply};
use texts::{Language, text};
use tokio::sync::oneshot;
use tracing::info;

use super::Desk;
use super::accounts::config_fault;
use super::profiles::may_be_named;
use crate::config;
use crate::profiles;
use crate::said;

impl Desk {
    pub(super) fn profile_import(&mut self, params: &ProfileImport, language: Language) -> Result<Reply, Fault> {
        let verdicts = judged(&params.profiles, language);
        let saved = !params.dry_run.unwrap_or_default() && !verdicts.iter().any(|verdict| verdict.wrong);
        if saved {
            self.save_all(&params.profiles, language)?;
        }
        Ok(ImportedProfiles { saved, verdicts }.into())
    }

    fn save_all(&mut self, profiles: &[NamedProfile], language: Language) -> Result<(), Fault> {
        let named = profiles.iter().map(|named| (&*named.id, &named.profile));
        let uses: Vec<_> = profiles.iter().filter_map(|named| self.used_account(&named.profile)).collect();
        config::set_profiles(&self.config_file, named, &uses).map_err(|error| config_fault(language, &error))?;
        self.take_up_own_edit(language)?;
        info!(count = profiles.len(), "profiles imported");
        for named in profiles.iter().filter(|named| named.profile.authentication == Authentication::OAuth2) {
            // One that stays behind opens nothing: it is bound to its own server.
            let (told, _) = oneshot::channel();
            self.store.erase_password(named.id.clone(), told);
        }
        Ok(())
    }
}

fn judged(profiles: &[NamedProfile], language: Language) -> Vec<ProfileVerdict> {
    let mut seen = HashSet::new();
    let mut verdicts = Vec::new();
    for (index, NamedProfile { id, profile, .. }) in (0..).zip(profiles) {
        let mut add = |wrong, field: Option<&str>, text| {
            verdicts.push(ProfileVerdict { index, wrong, field: field.map(str::to_owned), text });
        };
        if !may_be_named(id, profile) {
            add(true, Some("id"), text(language, "error-profile-id", &[]));
        } else if !seen.insert(id) {
            add(true, Some("id"), text(language, "profile-twice", &[("profile", id)]));
        }
        match profiles::connection(profile) {
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

    use super::*;

    fn point(id: &str, change: impl FnOnce(&mut Profile)) -> NamedProfile {
        let mut profile = Profile {
            kind: ProfileKind::Documents,
            authentication: Authentication::OAuth2,
            login: Some("anna@firma.pl".into()),
            ..Profile::default()
        };
        change(&mut profile);
        NamedProfile { id: id.into(), profile, has_password: false }
    }

    #[test]
    fn each_mistake_is_told_by_its_place_and_its_setting() {
        let profiles = [
            point("faktury", |_| {}),
            point("bad id", |profile| profile.port = Some(0)),
            point("faktury", |profile| profile.server = Some("imap://x".into())),
            point("kadry", |profile| profile.port = Some(587)),
            point("mail_server", |_| {}),
        ];
        let told = judged(&profiles, Language::English);
        let found: Vec<_> = told.iter().map(|it| (it.index, it.wrong, it.field.as_deref().unwrap_or("-"))).collect();
        let want = [
            (1, true, "id"),
            (1, true, "port"),
            (2, true, "id"),
            (2, true, "server"),
            (3, false, "-"),
            (4, true, "id"),
        ];
        assert_eq!(found, want, "{told:?}");
        assert!(told[2].text.contains("faktury") && told[4].text.contains("usual for smtp"), "{told:?}");
    }
}
