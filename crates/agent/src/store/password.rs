//! Passwords of profiles: sealed, and bound to where they may be sent.

use ipc::ProfileEncryption;
use rusqlite::{Connection, OptionalExtension, params};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::database::Refused;
use super::sealed;
use crate::key::Key;
use crate::seal::{self, place};

/// Whose password it is, and the only server that it may go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PasswordPlace {
    pub(crate) profile: String,
    /// Host, port and encryption in one word: a change of any of them makes the password worthless.
    pub(crate) server: String,
    pub(crate) login: String,
}

impl PasswordPlace {
    pub(crate) fn new(profile: &str, settings: &mail::settings::Settings, encryption: ProfileEncryption) -> Self {
        let server = format!("{}:{} {encryption:?}", settings.host, settings.port);
        Self { profile: profile.to_owned(), server, login: settings.login.clone() }
    }

    /// Answers what was in its place.
    pub(super) fn write(&self, connection: &Connection, key: &Key, password: &SecretString) -> Result<Former, Refused> {
        let former = Former::of(&self.profile, connection)?;
        let bound = bound(&self.profile, &self.server, &self.login);
        let sealed = sealed(key, &bound, password.expose_secret().as_bytes())?;
        connection.execute(
            "INSERT OR REPLACE INTO password (profile, server, login, sealed) VALUES (?1, ?2, ?3, ?4)",
            params![self.profile, self.server, self.login, sealed],
        )?;
        Ok(former)
    }

    /// None if none is kept, or the one that is belongs elsewhere.
    pub(super) fn read(&self, connection: &Connection, key: &Key) -> Result<Option<SecretString>, Refused> {
        let row = connection
            .query_row("SELECT sealed FROM password WHERE profile = ?1", params![self.profile], |row| {
                row.get::<_, Vec<u8>>(0)
            })
            .optional()?;
        let bound = bound(&self.profile, &self.server, &self.login);
        let opened = row.and_then(|sealed| seal::open(key, &bound, &sealed).ok());
        Ok(opened.and_then(|plain: Zeroizing<Vec<u8>>| std::str::from_utf8(&plain).ok().map(SecretString::from)))
    }
}

/// A profile's row as it was before a password was kept, should the profile not be written after all. It stays sealed.
#[derive(Debug)]
pub(crate) struct Former {
    profile: String,
    row: Option<(String, String, Vec<u8>)>,
}

impl Former {
    fn of(profile: &str, connection: &Connection) -> Result<Self, Refused> {
        let row = connection
            .query_row("SELECT server, login, sealed FROM password WHERE profile = ?1", params![profile], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        Ok(Self { profile: profile.to_owned(), row })
    }

    pub(super) fn put_back(&self, connection: &Connection) -> Result<(), Refused> {
        let Some((server, login, sealed)) = &self.row else { return erase(connection, &self.profile) };
        connection.execute(
            "INSERT OR REPLACE INTO password (profile, server, login, sealed) VALUES (?1, ?2, ?3, ?4)",
            params![self.profile, server, login, sealed],
        )?;
        Ok(())
    }
}

/// What the row is bound to.
pub(super) fn bound(profile: &str, server: &str, login: &str) -> Vec<u8> {
    place("password", &[profile, server, login])
}

pub(super) fn erase(connection: &Connection, profile: &str) -> Result<(), Refused> {
    connection.execute("DELETE FROM password WHERE profile = ?1", params![profile])?;
    Ok(())
}

/// Those that are kept, which needs no key.
pub(super) fn kept(connection: &Connection) -> Result<Vec<PasswordPlace>, Refused> {
    let mut rows = connection.prepare("SELECT profile, server, login FROM password")?;
    let rows =
        rows.query_map([], |row| Ok(PasswordPlace { profile: row.get(0)?, server: row.get(1)?, login: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::database;

    fn at(profile: &str, server: &str, login: &str) -> PasswordPlace {
        PasswordPlace { profile: profile.into(), server: server.into(), login: login.into() }
    }

    #[test]
    fn a_password_opens_for_its_own_server_and_login_alone() {
        let home = tempfile::tempdir().unwrap();
        let connection = database::open(&home.path().join("state.db")).unwrap();
        let key = Key::new([1; 32]);
        let place = at("faktury", "poczta.firma.pl:993 Tls", "biuro");
        place.write(&connection, &key, &"hunter2".into()).unwrap();
        assert_eq!(kept(&connection).unwrap(), std::slice::from_ref(&place));
        let read = |place: &PasswordPlace| {
            let password = place.read(&connection, &key).unwrap();
            password.map(|password| password.expose_secret().to_owned())
        };
        assert_eq!(read(&place).as_deref(), Some("hunter2"));
        for elsewhere in [
            at("faktury", "evil.example:993 Tls", "biuro"),
            at("faktury", "poczta.firma.pl:143 None", "biuro"),
            at("faktury", "poczta.firma.pl:993 Tls", "other"),
            at("kadry", "poczta.firma.pl:993 Tls", "biuro"),
        ] {
            assert_eq!(read(&elsewhere), None, "{elsewhere:?}");
        }
        let raw: Vec<u8> = connection.query_row("SELECT sealed FROM password", [], |row| row.get(0)).unwrap();
        assert!(!raw.windows(7).any(|part| part == b"hunter2"), "it lies sealed");
        connection.execute("UPDATE password SET server = 'evil.example:993 Tls'", []).unwrap();
        assert_eq!(read(&at("faktury", "evil.example:993 Tls", "biuro")), None, "a row that was moved");
        erase(&connection, "faktury").unwrap();
        assert_eq!(read(&place), None);
    }

    #[test]
    fn what_was_kept_before_can_be_put_back_and_nothing_too() {
        let home = tempfile::tempdir().unwrap();
        let connection = database::open(&home.path().join("state.db")).unwrap();
        let key = Key::new([1; 32]);
        let (old, new) = (at("faktury", "poczta.firma.pl:993 Tls", "biuro"), at("faktury", "x.pl:993 Tls", "biuro"));
        let nothing = old.write(&connection, &key, &"hunter2".into()).unwrap();
        let former = new.write(&connection, &key, &"hunter3".into()).unwrap();
        former.put_back(&connection).unwrap();
        let password = old.read(&connection, &key).unwrap();
        assert_eq!(password.map(|it| it.expose_secret().to_owned()).as_deref(), Some("hunter2"));
        assert!(!format!("{former:?}").contains("hunter"));
        nothing.put_back(&connection).unwrap();
        assert_eq!(kept(&connection).unwrap(), []);
    }
}
