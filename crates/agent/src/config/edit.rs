//! Changes that the agent makes to `config.toml`: everything else in the file stays as the person wrote it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use ipc::AccountAdd;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, value};

use super::{Config, ConfigError, shape, text_or_default};
use crate::platform;

const PROVISIONAL: &str = "provisional";

/// Writes an account that is known to be good.
pub(crate) fn add_account(path: &Path, account: &AccountAdd) -> Result<(), ConfigError> {
    edit(path, added(account))
}

pub(super) fn added(account: &AccountAdd) -> impl FnOnce(&mut DocumentMut) {
    move |document| {
        let mut entry = Table::new();
        write(&mut entry, account);
        let accounts = document.entry("accounts").or_insert_with(|| {
            let mut accounts = Table::new();
            accounts.set_implicit(true);
            Item::Table(accounts)
        });
        if let Some(inline) = accounts.as_inline_table() {
            *accounts = Item::Table(inline.clone().into_table());
        }
        accounts[account.name.as_str()] = Item::Table(entry);
    }
}

/// Writes what is given into an account that is there; the rest stays.
pub(crate) fn set_account(path: &Path, account: &AccountAdd) -> Result<(), ConfigError> {
    edit(path, set(account))
}

pub(super) fn set(account: &AccountAdd) -> impl FnOnce(&mut DocumentMut) {
    move |document| {
        let entry = document.get_mut("accounts").and_then(|accounts| accounts.get_mut(&account.name));
        if let Some(entry) = entry.and_then(Item::as_table_like_mut) {
            write(entry, account);
        }
    }
}

fn write(entry: &mut dyn TableLike, account: &AccountAdd) {
    let optional = [
        ("login", &account.login),
        ("issuer", &account.issuer),
        ("client_id", &account.client_id),
        ("cloud", &account.cloud),
        ("tenant", &account.tenant),
    ];
    for (key, setting) in optional {
        if let Some(setting) = setting {
            entry.insert(key, value(setting));
        }
    }
    let mode = account.response_mode.map(|mode| match mode {
        ipc::ResponseMode::FormPost => "form_post",
        ipc::ResponseMode::Query => "query",
    });
    if let Some(mode) = mode {
        entry.insert("response_mode", value(mode));
    }
    match account.provisional {
        Some(true) => drop(entry.insert(PROVISIONAL, value(true))),
        Some(false) => drop(entry.remove(PROVISIONAL)),
        None => {}
    }
    if !account.resources.is_empty() {
        let scopes = |(name, scopes): (&String, &Vec<String>)| (name.clone(), scopes.iter().collect::<Array>());
        entry.insert("resources", value(account.resources.iter().map(scopes).collect::<InlineTable>()));
    }
}

/// Whatever it was made for is saved: from now on it is an account as any other.
pub(super) fn keep_account(document: &mut DocumentMut, name: &str) {
    let accounts = document.get_mut("accounts").and_then(Item::as_table_like_mut);
    if let Some(entry) = accounts.and_then(|accounts| accounts.get_mut(name)?.as_table_like_mut()) {
        entry.remove(PROVISIONAL);
    }
}

/// Takes an account out.
pub(crate) fn remove_account(path: &Path, name: &str) -> Result<(), ConfigError> {
    edit(path, removed(name))
}

pub(super) fn removed(name: &str) -> impl FnOnce(&mut DocumentMut) {
    move |document| {
        if let Some(accounts) = document.get_mut("accounts").and_then(Item::as_table_like_mut) {
            accounts.remove(name);
        }
    }
}

pub(super) fn edit(path: &Path, change: impl FnOnce(&mut DocumentMut)) -> Result<(), ConfigError> {
    let text = text_or_default(path)?;
    let changed = changed(path, &text, change)?;
    replace(path, changed.as_bytes()).map_err(|cause| ConfigError::Io { path: path.to_owned(), cause })
}

/// What stands beside the old value, a comment above all, stays beside the new one.
pub(super) fn write_value(section: &mut dyn TableLike, key: &str, item: Item) {
    match (section.get_mut(key).and_then(Item::as_value_mut), item) {
        (Some(old), Item::Value(mut new)) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        (_, item) => drop(section.insert(key, item)),
    }
}

/// The text after a change; one that could not be read again is an error.
pub(super) fn changed(path: &Path, text: &str, change: impl FnOnce(&mut DocumentMut)) -> Result<String, ConfigError> {
    let places =
        shape::read(text).map_err(|mistake| ConfigError::Content { path: path.to_owned(), mistakes: vec![mistake] })?;
    let mut document = places.into_mut();
    change(&mut document);
    let changed = document.to_string();
    Config::parse_here(path, &changed)?;
    Ok(changed)
}

/// Puts a file in a file's place, by way of one beside it: a crash leaves one of the two whole.
///
/// # Errors
/// The system refuses; the old file is as it was.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // A link to a file kept elsewhere stays a link.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let beside = path.with_extension("toml.new");
    let mut file = platform::open_private(&beside, OpenOptions::new().write(true).create(true).truncate(true))?;
    file.write_all(content)?;
    file.sync_all()?;
    drop(file);
    platform::replace(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(content: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        fs::write(&path, content).unwrap();
        (home, path)
    }

    fn account(name: &str) -> AccountAdd {
        AccountAdd { name: name.into(), ..AccountAdd::default() }
    }

    #[test]
    fn an_edit_keeps_the_person_s_comments_and_order() {
        let ours = "# ours\nversion = 1 # always\n\n[app]\nclient_id = 'x' # from the administrator\n";
        let (_home, path) = file(ours);
        add_account(&path, &AccountAdd { tenant: Some("firma.pl".into()), ..account("biuro@firma.pl") }).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(ours), "{text}");
        assert!(text.contains("[accounts.\"biuro@firma.pl\"]\ntenant = \"firma.pl\"\n"), "{text}");
        remove_account(&path, "biuro@firma.pl").unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains("biuro"), "{text}");
        assert!(text.contains("# from the administrator"), "{text}");
    }

    #[test]
    fn an_inline_table_takes_a_further_account() {
        let (_home, path) = file("version = 1\napp = { client_id = 'x' }\naccounts = { dms = { login = 'a@b.pl' } }\n");
        add_account(&path, &account("biuro@firma.pl")).unwrap();
        let names: Vec<_> = Config::read(&path).unwrap().accounts.into_iter().map(|it| it.login).collect();
        assert_eq!(names, ["biuro@firma.pl", "a@b.pl"]);
    }

    #[test]
    fn a_change_replaces_what_is_given_and_writes_nothing_that_could_not_be_read_again() {
        let (_home, path) = file("version = 1\napp.client_id = 'x'\n[accounts.dms]\nlogin = 'a@b.pl' # kept\n");
        set_account(&path, &AccountAdd { tenant: Some("firma.pl".into()), ..account("dms") }).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("login = 'a@b.pl' # kept\ntenant = \"firma.pl\""), "{text}");
        set_account(&path, &AccountAdd { cloud: Some("mars".into()), ..account("dms") }).unwrap_err();
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}
