use std::time::Duration;

use broker::{AskerId, Event};

use super::*;

const ALICE: &str = "alice@firma.pl";

fn reject(world: &mut World, asker: u64, access: &str) -> Option<String> {
    let event = Event::Rejected { asker: AskerId(asker), account: ALICE.into(), access: access.into() };
    world.on(event);
    world.told(asker)
}

#[test]
fn a_token_that_a_server_refused_is_replaced_at_once() {
    let mut world = World::signed_in(ALICE);
    world.pass(300);
    assert_eq!(reject(&mut world, 1, "stored-access").as_deref(), Some("noted"));
    assert_eq!(world.flights().len(), 1, "nobody has to ask for the new one");
    world.ask(2, ALICE);
    assert_eq!(world.told(2), None, "the suspect one is not handed out while a better one is on its way");
    world.land("new");
    world.save();
    assert_eq!(world.told(2).as_deref(), Some("new-access"));
}

#[test]
fn a_suspect_token_is_better_than_none() {
    let mut world = World::signed_in(ALICE);
    world.pass(300);
    reject(&mut world, 1, "stored-access");
    world.ask(2, ALICE);
    world.fail(unreachable());
    assert_eq!(world.told(2).as_deref(), Some("stored-access"), "it still lives, and the authority does not answer");
}

#[test]
fn a_young_token_was_refused_for_another_reason_than_its_age() {
    let mut world = World::signed_in(ALICE);
    world.pass(299);
    assert_eq!(reject(&mut world, 1, "stored-access").as_deref(), Some("TooYoung(299s)"));
    assert!(world.flights().is_empty(), "a new one would be refused as well");
    world.ask(2, ALICE);
    assert_eq!(world.told(2).as_deref(), Some("stored-access"));
}

#[test]
fn a_token_that_was_replaced_already_may_be_rejected_without_harm() {
    let mut world = World::signed_in(ALICE);
    world.pass(300);
    assert_eq!(reject(&mut world, 1, "older-access").as_deref(), Some("noted"));
    assert_eq!(reject(&mut world, 2, "").as_deref(), Some("noted"));
    assert!(world.flights().is_empty());
}

#[test]
fn a_thousand_rejections_make_one_request() {
    let mut world = World::signed_in(ALICE);
    world.pass(300);
    for asker in 1..=500 {
        reject(&mut world, asker, "stored-access");
    }
    world.land("new");
    world.save();
    for asker in 501..=999 {
        reject(&mut world, asker, "stored-access");
    }
    assert!(reject(&mut world, 1_000, "new-access").is_some_and(|told| told.starts_with("TooYoung")));
    assert_eq!(world.flights().len(), 1);
}

#[test]
fn a_token_counts_from_when_it_was_issued_however_long_its_person_thought() {
    let mut world = World::new(&[ALICE]);
    world.on(Event::StoreRead(vec![(ALICE.into(), Kept::Nothing)]));
    let id = world.sign_in(1, ALICE);
    world.on(Event::SignInReady(id.clone()));
    world.on(Event::SignInRedeemed(id.clone(), person("anna@firma.pl"), tokens("new", "anna@firma.pl")));
    world.pass(600);
    world.on(Event::SignInConfirmed(id));
    world.save();
    let view = world.broker.view();
    let ends = view.accounts[0].expires.expect("a token");
    assert_eq!(ends - world.now.boot, Duration::from_secs(HOUR - 600));
    assert_eq!(reject(&mut world, 2, "new-access").as_deref(), Some("noted"), "it is ten minutes old");
}
