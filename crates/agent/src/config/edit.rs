//! Changes that the agent makes to `config.toml`: everything else in the file stays as the person wrote it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use ipc::AccountAdd;
use toml_edit::{Array, DocumentMut, Item, Table, value};

use super::ConfigError;
use crate::platform;

/// Writes an account that is known to be good.
pub(crate) fn add_account(path: &Path, account: &AccountAdd) -> Result<(), ConfigError> {
    edit(path, |document| {
        let mut entry = Table::new();
        let optional = [
            ("login", &account.login),
            ("issuer", &account.issuer),
            ("client_id", &account.client_id),
            ("cloud", &account.cloud),
            ("tenant", &account.tenant),
        ];
        for (key, setting) in optional {
            if let Some(setting) = setting {
                entry[key] = value(setting);
            }
        }
        if let Some(ipc::ResponseMode::Query) = account.response_mode {
            entry["response_mode"] = value("query");
        }
        if !account.resources.is_empty() {
            let mut resources = Table::new();
            for (name, scopes) in &account.resources {
                resources[name.as_str()] = value(scopes.iter().collect::<Array>());
            }
            entry["resources"] = Item::Table(resources);
        }
        let accounts = document.entry("accounts").or_insert_with(|| {
            let mut accounts = Table::new();
            accounts.set_implicit(true);
            Item::Table(accounts)
        });
        if let Some(inline) = accounts.as_inline_table() {
            *accounts = Item::Table(inline.clone().into_table());
        }
        accounts[account.name.as_str()] = Item::Table(entry);
    })
}

/// Takes an account out.
pub(crate) fn remove_account(path: &Path, name: &str) -> Result<(), ConfigError> {
    edit(path, |document| {
        if let Some(accounts) = document.get_mut("accounts").and_then(Item::as_table_like_mut) {
            accounts.remove(name);
        }
    })
}

fn edit(path: &Path, change: impl FnOnce(&mut DocumentMut)) -> Result<(), ConfigError> {
    let failed = |cause| ConfigError::Io { path: path.to_owned(), cause };
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => "version = 1\n".to_owned(),
        Err(error) => return Err(failed(error)),
    };
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let (line, column) = super::position(&text, error.span().map_or(0, |span| span.start));
        ConfigError::Content { path: path.to_owned(), line, column, detail: error.message().to_owned() }
    })?;
    change(&mut document);
    replace(path, document.to_string().as_bytes()).map_err(failed)
}

/// Beside the old file first, then in its place: a crash leaves one of the two whole.
fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // A link to a file kept elsewhere stays a link.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let beside = path.with_extension("toml.new");
    let mut file = platform::open_private(&beside, OpenOptions::new().write(true).create(true).truncate(true))?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_keeps_the_person_s_comments_and_order() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        fs::write(&path, "# ours\nversion = 1 # always\n\n[app]\nclient_id = 'x' # from the administrator\n").unwrap();
        let account =
            AccountAdd { name: "biuro@firma.pl".into(), tenant: Some("firma.pl".into()), ..AccountAdd::default() };
        add_account(&path, &account).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(
            text.starts_with("# ours\nversion = 1 # always\n\n[app]\nclient_id = 'x' # from the administrator\n"),
            "{text}"
        );
        assert!(text.contains("[accounts.\"biuro@firma.pl\"]\ntenant = \"firma.pl\"\n"), "{text}");
        remove_account(&path, "biuro@firma.pl").unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains("biuro"), "{text}");
        assert!(text.contains("# from the administrator"), "{text}");
    }
}
