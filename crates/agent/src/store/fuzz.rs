use std::time::Duration;

use broker::{AccountSpec, Broker, Event, Kept, Moment, Resource};
use serde_json::Value;

use super::row;
use crate::key::Key;
use crate::seal::{self, place};

const SECRET: &str = "a-secret-that-nobody-may-see";
const ENDPOINT: &str = "https://id.example";

pub(crate) fn store_row(bytes: &[u8]) {
    let (key, here) = (Key::new([7; 32]), place("sign_in", &["biuro", ENDPOINT]));
    assert_eq!(seal::open(&key, &here, bytes), Err(seal::NotOurs), "nobody without the key has sealed it");
    let mut sealed = seal::seal(&key, &here, bytes).expect("random numbers");
    assert_eq!(*seal::open(&key, &here, &sealed).expect("it was sealed here"), bytes);
    if let Some(byte) = sealed.get_mut(bytes.len() / 2) {
        *byte ^= 1;
        assert_eq!(seal::open(&key, &here, &sealed), Err(seal::NotOurs), "a changed row opens");
    }
    let Some(stored) = row::read(bytes, ENDPOINT.into()) else { return };
    let written = row::write(&stored);
    let again = row::read(&written, ENDPOINT.into()).expect("what was written can be read");
    assert_eq!(row::write(&again), written);
    shows_no_secret(bytes);
    the_broker_goes_by_it(stored);
}

fn shows_no_secret(bytes: &[u8]) {
    let Ok(mut row) = serde_json::from_slice::<Value>(bytes) else { return };
    // The fuzzer learns the mark; what holds it from the start shows nothing.
    if row.to_string().contains(SECRET) {
        return;
    }
    if row["refresh"].is_string() {
        row["refresh"] = SECRET.into();
    }
    for token in row["tokens"].as_array_mut().into_iter().flatten() {
        token["access"] = SECRET.into();
    }
    let stored = row::read(row.to_string().as_bytes(), ENDPOINT.into()).expect("the same row");
    assert!(!format!("{stored:?}").contains(SECRET), "{stored:?}");
}

/// Whatever times it holds.
fn the_broker_goes_by_it(stored: broker::Stored) {
    let mut now = Moment { boot: Duration::from_secs(1_000), wall: Duration::from_secs(1_800_000_000) };
    let resource = Resource { name: "mail".into(), scopes: vec!["imap".into()] };
    let spec = AccountSpec {
        name: "biuro".into(),
        login: "biuro@firma.pl".into(),
        authority: ENDPOINT.into(),
        resources: vec![resource],
    };
    let mut broker = Broker::new(1);
    broker.handle(Event::Configured(vec![spec]), now);
    broker.handle(Event::StoreRead(vec![("biuro".into(), Kept::SignIn(stored))]), now);
    for _ in 0..3 {
        now.boot = broker.wake_at().map_or(now.boot, |at| at.max(now.boot));
        broker.handle(Event::Tick, now);
        broker.view();
    }
}
