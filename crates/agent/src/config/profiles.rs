//! `[mail_server]` and `[points.ID]`: the profiles as they stand in the file.

use std::collections::BTreeMap;
use std::path::Path;

use broker::AccountName;
use ipc::{NamedProfile, Profile, ProfileKind};
use serde::{Deserialize, Serialize};
use toml_edit::{DocumentMut, Item, Table};

use super::{ConfigError, edit};
use crate::profiles::{self, MAIL_SERVER};

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Profiles {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mail_server: Option<Box<Profile>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) points: BTreeMap<String, Profile>,
}

impl Profiles {
    /// Whether one of them works by this account's tokens.
    pub(crate) fn use_account(&self, name: &str, login: &str) -> bool {
        let all = self.mail_server.iter().map(|profile| &**profile).chain(self.points.values());
        all.filter_map(profiles::account).any(|used| used == name || used.eq_ignore_ascii_case(login))
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Profile> {
        if id == MAIL_SERVER { self.mail_server.as_deref() } else { self.points.get(id) }
    }

    /// The mail server first, then the points by their ids.
    pub(crate) fn named(&self) -> impl Iterator<Item = NamedProfile> {
        let outgoing = self.mail_server.iter().map(|profile| (MAIL_SERVER, &**profile));
        let points = self.points.iter().map(|(id, profile)| (id.as_str(), profile));
        let named = |(id, profile): (&str, &Profile)| NamedProfile {
            id: id.to_owned(),
            profile: profile.clone(),
            has_password: false,
        };
        outgoing.chain(points).map(named)
    }

    /// What a point is for is part of it; a section without that word makes documents.
    pub(super) fn settled(mut self) -> Self {
        for point in self.points.values_mut().filter(|point| point.kind == ProfileKind::MailServer) {
            point.kind = ProfileKind::Documents;
        }
        self
    }
}

/// Writes profiles, all or none; what stands beside their settings, comments above all, stays. The accounts that they use are
/// provisional no longer.
pub(crate) fn set_profiles<'p>(
    path: &Path,
    profiles: impl IntoIterator<Item = (&'p str, &'p Profile)>,
    uses: &[AccountName],
) -> Result<(), ConfigError> {
    edit::edit(path, |document| {
        uses.iter().for_each(|account| edit::keep_account(document, account.as_str()));
        profiles.into_iter().for_each(|(id, profile)| set(document, id, profile));
    })
}

fn set(document: &mut DocumentMut, id: &str, profile: &Profile) {
    let mut new = toml_edit::ser::to_document(profile).map(DocumentMut::into_table).unwrap_or_default();
    if id == MAIL_SERVER {
        new.remove("kind");
    }
    let Some(section) = section(document, id) else { return };
    let gone: Vec<_> = section.iter().map(|(key, _)| key.to_owned()).filter(|key| !new.contains_key(key)).collect();
    for key in gone {
        section.remove(&key);
    }
    for (key, item) in new {
        edit::write_value(section, &key, item);
    }
}

pub(crate) fn remove_profile(path: &Path, id: &str) -> Result<(), ConfigError> {
    edit::edit(path, |document| {
        if id == MAIL_SERVER {
            document.remove(MAIL_SERVER);
        } else if let Some(points) = document.get_mut("points").and_then(Item::as_table_like_mut) {
            points.remove(id);
        }
    })
}

fn section<'d>(document: &'d mut DocumentMut, id: &str) -> Option<&'d mut dyn toml_edit::TableLike> {
    let section = || Item::Table(Table::new());
    if id == MAIL_SERVER {
        return document.entry(MAIL_SERVER).or_insert_with(section).as_table_like_mut();
    }
    let points = document.entry("points").or_insert_with(|| {
        let mut points = Table::new();
        points.set_implicit(true);
        Item::Table(points)
    });
    points.as_table_like_mut()?.entry(id).or_insert_with(section).as_table_like_mut()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::Config;
    use super::*;

    #[test]
    fn a_profile_is_written_read_changed_and_removed_and_comments_stay() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        fs::write(&path, "version = 1\n[points.faktury] # invoices\nkind = 'documents'\nport = 993 # TLS\n").unwrap();
        let point = Profile { kind: ProfileKind::Attachments, port: Some(143), ..Profile::default() };
        let outgoing = Profile { email: Some("biuro@firma.pl".into()), ..Profile::default() };
        set_profiles(&path, [("faktury", &point), ("kadry", &point)], &[]).unwrap();
        set_profiles(&path, [(MAIL_SERVER, &outgoing)], &[]).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("[points.faktury] # invoices\n") && text.contains("port = 143 # TLS\n"), "{text}");
        let read = Config::parse(&path, &text).unwrap().profiles;
        assert_eq!(read.named().map(|named| named.id).collect::<Vec<_>>(), ["mail_server", "faktury", "kadry"]);
        assert_eq!((read.get("faktury"), read.get(MAIL_SERVER)), (Some(&point), Some(&outgoing)), "{text}");
        for id in ["kadry", MAIL_SERVER, "nobody"] {
            remove_profile(&path, id).unwrap();
        }
        let left = Config::read(&path).unwrap().profiles;
        assert_eq!(left.named().map(|named| named.id).collect::<Vec<_>>(), ["faktury"]);
    }
}
