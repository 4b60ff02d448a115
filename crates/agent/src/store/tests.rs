use std::fs;

use broker::{Identity, Kept, Person, ResourceKey, StoredToken};
use rusqlite::Connection;
use secrecy::{ExposeSecret, SecretString};

use super::approval::{Approval, Decision, Use};
use super::*;

/// The schema of version 1, as its agents made it.
const VERSION_1: &str = "
    CREATE TABLE meta (id TEXT NOT NULL, proof BLOB) STRICT;
    INSERT INTO meta (id) VALUES ('0123456789abcdef');
    CREATE TABLE sign_in (
        account TEXT PRIMARY KEY, authority TEXT NOT NULL, endpoint TEXT NOT NULL, sealed BLOB NOT NULL
    ) STRICT;
    PRAGMA application_id = 1397182036;
    PRAGMA user_version = 1;
";

/// What version 2 had made of that.
const VERSION_2: &str = "
    ALTER TABLE meta ADD COLUMN key_place TEXT;
    CREATE TABLE approval (
        program TEXT NOT NULL, account TEXT NOT NULL, resource TEXT NOT NULL, sealed BLOB NOT NULL,
        PRIMARY KEY (program, account, resource)
    ) STRICT;
    PRAGMA user_version = 2;
";

fn cellar(state: &Path) -> Cellar {
    Cellar::new(state, KeyPlace::File, Arc::new(|| {}))
}

fn with_passphrase(state: &Path) -> Cellar {
    Cellar::new(state, KeyPlace::Passphrase, Arc::new(|| {}))
}

fn database(state: &Path) -> Connection {
    Connection::open(state.join(FILE)).unwrap()
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

fn save(cellar: &mut Cellar, place: &Place) -> Result<(), StoreTrouble> {
    cellar.mending(|cellar| {
        let (connection, key) = cellar.open()?;
        sign_in::write(connection, key, place, &stored())
    })
}

fn saved(state: &Path) {
    save(&mut cellar(state), &at("biuro", "A")).expect("the disk takes it");
}

fn kept(cellar: &mut Cellar, place: &Place) -> Result<&'static str, StoreTrouble> {
    let rows = cellar.mending(|cellar| cellar.load(std::slice::from_ref(place)))?;
    let [(_, kept)] = rows.as_slice() else { panic!("one row was asked for") };
    Ok(match kept {
        Kept::Nothing => "nothing",
        Kept::Elsewhere => "elsewhere",
        Kept::SignIn(stored) => {
            let refresh = stored.refresh.as_ref().map(ExposeSecret::expose_secret);
            assert_eq!(refresh, Some("the-refresh-token"));
            "the sign-in"
        }
    })
}

fn found(state: &Path, place: &Place) -> Result<&'static str, StoreTrouble> {
    kept(&mut cellar(state), place)
}

#[test]
fn what_was_saved_is_read_by_the_next_agent_and_stands_nowhere_in_clear() {
    let home = tempfile::tempdir().unwrap();
    saved(home.path());
    assert_eq!(found(home.path(), &at("biuro", "A")), Ok("the sign-in"));
    for file in fs::read_dir(home.path()).unwrap() {
        let content = fs::read(file.unwrap().path()).unwrap();
        for secret in ["the-refresh-token", "the-access-token"] {
            assert!(!content.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret} is in clear");
        }
    }
}

#[test]
fn a_row_opens_for_the_account_authority_and_endpoint_it_was_sealed_for_and_for_no_other() {
    for (change, place, want) in [
        ("", at("biuro", "B"), "elsewhere"),
        ("", at("other", "A"), "nothing"),
        ("UPDATE sign_in SET account = 'other'", at("other", "A"), "elsewhere"),
        ("UPDATE sign_in SET account = 'other'", at("biuro", "A"), "nothing"),
        ("UPDATE sign_in SET authority = 'B'", at("biuro", "B"), "elsewhere"),
        ("UPDATE sign_in SET authority = 'B'", at("biuro", "A"), "the sign-in"),
        ("UPDATE sign_in SET endpoint = 'https://evil.example'", at("biuro", "A"), "elsewhere"),
        ("UPDATE sign_in SET sealed = zeroblob(64)", at("biuro", "A"), "elsewhere"),
        ("INSERT INTO sign_in SELECT 'other', authority, endpoint, sealed FROM sign_in", at("other", "A"), "elsewhere"),
    ] {
        let home = tempfile::tempdir().unwrap();
        saved(home.path());
        database(home.path()).execute_batch(change).unwrap();
        assert_eq!(found(home.path(), &place), Ok(want), "{} of {} after {change:?}", place.account, place.authority);
    }
}

#[test]
fn a_lost_or_wrong_key_never_becomes_a_new_one_over_old_rows() {
    let home = tempfile::tempdir().unwrap();
    saved(home.path());
    let key = home.path().join("key");
    let right = fs::read(&key).unwrap();
    fs::remove_file(&key).unwrap();
    assert_eq!(found(home.path(), &at("biuro", "A")), Err(StoreTrouble::KeyMissing));
    assert!(!key.exists(), "no new key was made");
    fs::write(&key, [7; 32]).unwrap();
    assert_eq!(found(home.path(), &at("biuro", "A")), Err(StoreTrouble::KeyMissing), "another key");
    fs::write(&key, right).unwrap();
    assert_eq!(found(home.path(), &at("biuro", "A")), Ok("the sign-in"));
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
    save(&mut cellar, &at("biuro", "A")).unwrap();
    let connection = cellar.database.as_ref().unwrap();
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let damage = vec![0x5a; 3 * 4096];
    fs::write(home.path().join(FILE), &damage).unwrap();
    // SQLite may hold what was there before in its own memory.
    connection.execute_batch("PRAGMA shrink_memory").unwrap();
    save(&mut cellar, &at("biuro", "A")).unwrap();
    let [aside] = cellar.set_aside.as_slice() else { panic!("one file: {:?}", cellar.set_aside) };
    assert!(fs::read(aside).unwrap() == damage, "it is kept");
    drop(cellar);
    assert_eq!(found(home.path(), &at("biuro", "A")), Ok("the sign-in"));
}

#[test]
fn a_database_of_an_earlier_version_is_brought_up_and_keeps_its_rows() {
    check_brought_up(VERSION_1);
    check_brought_up(&[VERSION_1, VERSION_2].concat());
}

#[track_caller]
fn check_brought_up(schema: &str) {
    let home = tempfile::tempdir().unwrap();
    let key = Key::new([7; 32]);
    fs::write(home.path().join("key"), *key).unwrap();
    let old = database(home.path());
    old.execute_batch(schema).unwrap();
    let proof = seal::seal(&key, &seal::place("meta", &["0123456789abcdef"]), b"0123456789abcdef").unwrap();
    old.execute("UPDATE meta SET proof = ?1", [proof]).unwrap();
    sign_in::write(&old, &key, &at("biuro", "A"), &stored()).unwrap();
    drop(old);
    assert_eq!(found(home.path(), &at("biuro", "A")), Ok("the sign-in"));
    let new = database(home.path());
    let version = new.pragma_query_value(None, "user_version", |row| row.get::<_, i32>(0)).unwrap();
    assert_eq!(version, 3);
    let place = new.query_row("SELECT key_place FROM meta", [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(place, "file", "where the key is known to be from now on");
    for table in ["approval", "password"] {
        assert_eq!(new.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, u32>(0)), Ok(0));
    }
}

#[test]
fn a_step_that_fails_leaves_the_database_of_the_earlier_version_as_it_was() {
    let home = tempfile::tempdir().unwrap();
    let old = database(home.path());
    old.execute_batch(VERSION_1).unwrap();
    old.execute_batch("CREATE TABLE approval (in_the_way)").unwrap();
    drop(old);
    assert_eq!(found(home.path(), &at("biuro", "A")), Err(StoreTrouble::Disk));
    let schema = database(home.path())
        .query_row(
            "SELECT group_concat(sql) || (SELECT user_version FROM pragma_user_version) FROM sqlite_schema",
            [],
            |row| row.get::<_, String>(0),
        )
        .unwrap();
    assert!(!schema.contains("key_place") && schema.ends_with('1'), "{schema}");
}

#[test]
fn a_newer_signet_s_database_is_left_untouched_and_its_log_too() {
    let home = tempfile::tempdir().unwrap();
    saved(home.path());
    let newer = database(home.path());
    newer.execute_batch("PRAGMA user_version = 99; CREATE TABLE theirs (x)").unwrap();
    // As a crash leaves it: what was written last is in the log alone.
    let copies = [FILE, "state.db-wal"].map(|file| (file, fs::read(home.path().join(file)).unwrap()));
    drop(newer);
    for (file, content) in &copies {
        fs::write(home.path().join(file), content).unwrap();
    }
    assert_eq!(found(home.path(), &at("biuro", "A")), Err(StoreTrouble::Newer));
    let erased = cellar(home.path()).mending(|cellar| sign_in::erase(cellar.opened()?, &"biuro".into()));
    assert_eq!(erased, Err(StoreTrouble::Newer));
    for (file, content) in &copies {
        assert!(fs::read(home.path().join(file)).unwrap() == *content, "{file} was written to");
    }
    database(home.path()).execute_batch("DROP TABLE theirs; PRAGMA user_version = 3").unwrap();
    assert_eq!(found(home.path(), &at("biuro", "A")), Ok("the sign-in"));
}

#[test]
fn a_lost_key_is_made_anew_while_nothing_is_sealed() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(found(home.path(), &at("biuro", "A")), Ok("nothing"));
    fs::remove_file(home.path().join("key")).unwrap();
    assert_eq!(found(home.path(), &at("biuro", "A")), Ok("nothing"));
    assert!(home.path().join("key").exists());
}

#[test]
fn a_row_is_erased_even_while_its_key_is_away() {
    let home = tempfile::tempdir().unwrap();
    saved(home.path());
    fs::rename(home.path().join("key"), home.path().join("away")).unwrap();
    cellar(home.path()).mending(|cellar| sign_in::erase(cellar.opened()?, &"biuro".into())).unwrap();
    fs::rename(home.path().join("away"), home.path().join("key")).unwrap();
    assert_eq!(found(home.path(), &at("biuro", "A")), Ok("nothing"));
}

fn secret(text: &str) -> SecretString {
    text.into()
}

fn fetching() -> Use {
    Use { program: "/opt/dms/fetch".into(), account: "biuro".into(), resource: "mail".into() }
}

#[test]
fn another_passphrase_opens_everything_and_the_old_one_nothing() {
    let home = tempfile::tempdir().unwrap();
    let approval = Approval { decision: Decision::Allowed, at: Duration::from_secs(1) };
    let mut first = with_passphrase(home.path());
    assert_eq!(first.unlock(&Unlock::With(secret("old"))), Err(NotUnlocked::NoneChosen));
    assert_eq!(first.unlock(&Unlock::Try), Err(NotUnlocked::Trouble(StoreTrouble::PassphraseUnset)));
    first.unlock(&Unlock::Choose(secret("old"))).unwrap();
    save(&mut first, &at("biuro", "A")).unwrap();
    let (connection, key) = first.open().unwrap();
    fetching().decide(connection, key, approval).unwrap();
    let sealed = |connection: &Connection, table: &str| {
        connection.query_row(&format!("SELECT sealed FROM {table}"), [], |row| row.get::<_, Vec<u8>>(0)).unwrap()
    };
    let before = ["sign_in", "approval"].map(|table| sealed(connection, table));

    let change = |from: &str| Unlock::Change { from: secret(from), to: secret("new") };
    assert_eq!(first.unlock(&change("wrong")), Err(NotUnlocked::Wrong));
    first.unlock(&change("old")).unwrap();
    assert_eq!(kept(&mut first, &at("biuro", "A")), Ok("the sign-in"), "it stays open");
    for file in [FILE, "state.db-wal"] {
        let content = fs::read(home.path().join(file)).unwrap();
        let is_there = |old: &Vec<u8>| content.windows(old.len()).any(|part| part == old);
        assert!(!before.iter().any(is_there), "{file} still holds what the old passphrase opens");
    }
    drop(first);

    let mut next = with_passphrase(home.path());
    assert_eq!(kept(&mut next, &at("biuro", "A")), Err(StoreTrouble::PassphraseWanted));
    assert_eq!(next.unlock(&Unlock::With(secret("old"))), Err(NotUnlocked::Wrong));
    next.unlock(&Unlock::With(secret("new"))).unwrap();
    assert_eq!(kept(&mut next, &at("biuro", "A")), Ok("the sign-in"));
    let (connection, key) = next.open().unwrap();
    assert_eq!(fetching().decided(connection, key).unwrap(), Some(approval));
}

#[test]
fn a_key_that_is_to_be_kept_elsewhere_moves_there_and_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("key");
    saved(home.path());
    let mut passphrase = with_passphrase(home.path());
    assert_eq!(kept(&mut passphrase, &at("biuro", "A")), Err(StoreTrouble::PassphraseUnset));
    assert!(file.exists(), "as long as it opens the rows");
    passphrase.unlock(&Unlock::Choose(secret("chosen"))).unwrap();
    assert_eq!(kept(&mut passphrase, &at("biuro", "A")), Ok("the sign-in"));
    assert!(!file.exists(), "it opens nothing any more");
    drop(passphrase);

    let mut back = cellar(home.path());
    assert_eq!(kept(&mut back, &at("biuro", "A")), Err(StoreTrouble::PassphraseWanted));
    assert!(!file.exists(), "no new key over old rows");
    assert_eq!(back.unlock(&Unlock::With(secret("other"))), Err(NotUnlocked::Wrong));
    // As if a crash had come between the new key and the rows.
    fs::write(&file, [3; 32]).unwrap();
    assert_eq!(back.unlock(&Unlock::With(secret("chosen"))), Ok(()));
    assert_eq!(kept(&mut back, &at("biuro", "A")), Ok("the sign-in"));
    drop(back);
    assert_eq!(found(home.path(), &at("biuro", "A")), Ok("the sign-in"));
    assert_eq!(fs::read(&file).unwrap(), [3; 32]);
}

#[test]
fn starting_afresh_keeps_the_old_with_its_key_and_is_refused_while_nothing_is_wrong() {
    let home = tempfile::tempdir().unwrap();
    let part = |name: &str| home.path().join(name);
    saved(home.path());
    assert_eq!(cellar(home.path()).start_afresh(), Err(NotAfresh::NothingWrong));
    let right = fs::read(part("key")).unwrap();
    fs::write(part("key"), [7; 32]).unwrap();
    let mut cellar = cellar(home.path());
    assert_eq!(kept(&mut cellar, &at("biuro", "A")), Err(StoreTrouble::KeyMissing));
    assert_eq!(cellar.start_afresh(), Ok(part("state.db.old-1")));
    assert_eq!(kept(&mut cellar, &at("biuro", "A")), Ok("nothing"));
    assert_eq!(fs::read(part("state.db.old-1.key")).unwrap(), [7; 32]);
    assert_ne!(fs::read(part("key")).unwrap(), [7; 32], "a key of its own");
    drop(cellar);

    fs::rename(part("state.db.old-1"), part(FILE)).unwrap();
    fs::write(part("key"), right).unwrap();
    assert_eq!(found(home.path(), &at("biuro", "A")), Ok("the sign-in"), "nothing was lost");
}

#[test]
fn a_forgotten_passphrase_is_no_dead_end() {
    let home = tempfile::tempdir().unwrap();
    let mut first = with_passphrase(home.path());
    assert_eq!(first.start_afresh(), Err(NotAfresh::Trouble(StoreTrouble::PassphraseUnset)));
    first.unlock(&Unlock::Choose(secret("forgotten"))).unwrap();
    save(&mut first, &at("biuro", "A")).unwrap();
    drop(first);
    let mut next = with_passphrase(home.path());
    assert!(next.start_afresh().is_ok());
    assert_eq!(next.unlock(&Unlock::With(secret("other"))), Err(NotUnlocked::NoneChosen));
    next.unlock(&Unlock::Choose(secret("other"))).unwrap();
    assert_eq!(kept(&mut next, &at("biuro", "A")), Ok("nothing"));
}
