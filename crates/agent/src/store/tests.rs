use std::fs;

use broker::{Identity, Person, ResourceKey, StoredToken};
use secrecy::ExposeSecret;

use super::*;

fn cellar(state: &Path) -> Cellar {
    Cellar::new(state, KeySource::file(state))
}

fn at(account: &str, authority: &str) -> Place {
    Place { account: account.into(), authority: authority.to_owned() }
}

fn stored() -> Stored {
    let key = ResourceKey { resource: "mail".into(), scopes: vec!["imap".into()] };
    let token = StoredToken {
        key,
        access: "the-access-token".into(),
        scopes: vec!["imap".into()],
        issued: Duration::from_secs(1_000),
        life: Duration::from_secs(3_600),
    };
    Stored {
        refresh: Some("the-refresh-token".into()),
        person: Person {
            identity: Identity { subject: "oid.tid".into(), home: Some("uid.utid".into()) },
            username: "biuro@firma.pl".into(),
        },
        endpoint: "https://id.example".into(),
        tokens: vec![token],
        ended: None,
        refreshed: Duration::from_secs(2_000),
    }
}

fn saved(state: &Path) {
    let saved = cellar(state).mending(|cellar| cellar.save(&at("biuro", "A"), &stored()));
    saved.expect("the disk takes it");
}

fn refresh_token(state: &Path, place: Place) -> Result<Option<String>, StoreTrouble> {
    let rows = cellar(state).mending(|cellar| cellar.load(std::slice::from_ref(&place)))?;
    let stored = rows.into_iter().next().and_then(|(_, stored)| stored);
    Ok(stored.and_then(|stored| stored.refresh).map(|refresh| refresh.expose_secret().to_owned()))
}

#[test]
fn what_was_saved_is_read_by_the_next_agent_and_stands_nowhere_in_clear() {
    let home = tempfile::tempdir().unwrap();
    saved(home.path());
    assert_eq!(refresh_token(home.path(), at("biuro", "A")), Ok(Some("the-refresh-token".into())));
    for file in fs::read_dir(home.path()).unwrap() {
        let content = fs::read(file.unwrap().path()).unwrap();
        for secret in ["the-refresh-token", "the-access-token"] {
            assert!(!content.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret} is in clear");
        }
    }
}

#[test]
fn a_row_moved_to_another_account_authority_or_endpoint_does_not_open() {
    for change in ["account = 'other'", "authority = 'B'", "endpoint = 'https://evil.example'"] {
        let home = tempfile::tempdir().unwrap();
        saved(home.path());
        let database = Connection::open(home.path().join(FILE)).unwrap();
        database.execute(&format!("UPDATE sign_in SET {change}"), []).unwrap();
        for place in [at("biuro", "A"), at("other", "A"), at("biuro", "B")] {
            assert_eq!(refresh_token(home.path(), place), Ok(None), "after {change}");
        }
    }
}

#[test]
fn a_lost_or_wrong_key_never_becomes_a_new_one_over_old_rows() {
    let home = tempfile::tempdir().unwrap();
    saved(home.path());
    let key = home.path().join("key");
    let right = fs::read(&key).unwrap();
    fs::remove_file(&key).unwrap();
    assert_eq!(refresh_token(home.path(), at("biuro", "A")), Err(StoreTrouble::KeyMissing));
    assert!(!key.exists(), "no new key was made");
    fs::write(&key, [7; 32]).unwrap();
    assert_eq!(refresh_token(home.path(), at("biuro", "A")), Err(StoreTrouble::KeyMissing), "another key");
    fs::write(&key, right).unwrap();
    assert_eq!(refresh_token(home.path(), at("biuro", "A")), Ok(Some("the-refresh-token".into())));
}

#[test]
fn a_database_that_is_damaged_or_another_program_s_is_set_aside_and_kept() {
    for content in [b"this is no database, and never was one".to_vec(), vec![0x5a; 8192]] {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join(FILE), &content).unwrap();
        saved(home.path());
        assert_eq!(fs::read(home.path().join("state.db.broken-1")).unwrap(), content);
    }
    let home = tempfile::tempdir().unwrap();
    Connection::open(home.path().join(FILE)).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
    saved(home.path());
    assert!(home.path().join("state.db.broken-1").exists(), "another program's tables");
}

#[test]
fn a_database_that_is_damaged_while_it_is_open_is_set_aside_and_begun_anew() {
    let home = tempfile::tempdir().unwrap();
    let mut cellar = cellar(home.path());
    let save = |cellar: &mut Cellar| cellar.mending(|cellar| cellar.save(&at("biuro", "A"), &stored()));
    save(&mut cellar).unwrap();
    let connection = cellar.database.as_ref().unwrap();
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let damage = vec![0x5a; 3 * 4096];
    fs::write(home.path().join(FILE), &damage).unwrap();
    // SQLite may hold what was there before in its own memory.
    connection.execute_batch("PRAGMA shrink_memory").unwrap();
    save(&mut cellar).unwrap();
    let [aside] = cellar.set_aside.as_slice() else { panic!("one file: {:?}", cellar.set_aside) };
    assert!(fs::read(aside).unwrap() == damage, "it is kept");
    drop(cellar);
    assert_eq!(refresh_token(home.path(), at("biuro", "A")), Ok(Some("the-refresh-token".into())));
}

#[test]
fn a_newer_signet_s_database_is_left_untouched() {
    let home = tempfile::tempdir().unwrap();
    saved(home.path());
    let newer = |sql: &str| Connection::open(home.path().join(FILE)).unwrap().execute_batch(sql).unwrap();
    newer("PRAGMA user_version = 2");
    assert_eq!(refresh_token(home.path(), at("biuro", "A")), Err(StoreTrouble::Disk));
    newer("PRAGMA user_version = 1");
    assert_eq!(refresh_token(home.path(), at("biuro", "A")), Ok(Some("the-refresh-token".into())));
}

#[test]
fn a_lost_key_is_made_anew_while_nothing_is_sealed() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(refresh_token(home.path(), at("biuro", "A")), Ok(None));
    fs::remove_file(home.path().join("key")).unwrap();
    assert_eq!(refresh_token(home.path(), at("biuro", "A")), Ok(None));
    assert!(home.path().join("key").exists());
}

#[test]
fn a_row_is_erased_even_while_its_key_is_away() {
    let home = tempfile::tempdir().unwrap();
    saved(home.path());
    fs::rename(home.path().join("key"), home.path().join("away")).unwrap();
    cellar(home.path()).mending(|cellar| cellar.erase(&"biuro".into())).unwrap();
    fs::rename(home.path().join("away"), home.path().join("key")).unwrap();
    assert_eq!(refresh_token(home.path(), at("biuro", "A")), Ok(None));
}
