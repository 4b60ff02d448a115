use broker::{Event, Kept, StoreTrouble};

use super::*;

const ALICE: &str = "alice@firma.pl";

fn asked_and_landed() -> World {
    let mut world = World::new(&[ALICE]);
    world.restore(ALICE, 1);
    world.pass(2);
    world.ask(1, ALICE);
    world.land("new");
    world
}

/// A sign-in to the end.
fn sign_in(world: &mut World) {
    let id = world.sign_in(9, ALICE);
    world.on(Event::SignInReady(id.clone()));
    world.on(Event::SignInRedeeming(id.clone()));
    world.on(Event::SignInRedeemed(id, person(ALICE), tokens("new", ALICE)));
}

#[test]
fn nobody_gets_a_token_before_the_refresh_token_that_came_with_it_is_on_disk() {
    let mut world = asked_and_landed();
    assert_eq!(world.told(1), None);
    assert_eq!(world.last_save().1.as_deref(), Some("new-refresh"));
    world.save();
    assert_eq!(world.told(1).as_deref(), Some("new-access"));
}

#[test]
fn a_disk_that_refuses_is_told_and_tried_again_while_memory_serves() {
    let mut world = asked_and_landed();
    let (ticket, _) = world.last_save();
    world.on(Event::Saved(ticket, Err(StoreTrouble::Disk)));
    assert_eq!(world.told(1).as_deref(), Some("new-access"), "withholding it would save nothing");
    assert!(world.broker.view().accounts[0].unsaved, "the alarm is raised");
    world.pass(5);
    let (again, refresh) = world.last_save();
    assert_ne!(again, ticket, "a second try");
    assert_eq!(refresh.as_deref(), Some("new-refresh"));
    assert!(world.broker.view().accounts[0].unsaved, "the alarm goes on while it is under way");
    world.on(Event::Saved(again, Err(StoreTrouble::Disk)));
    world.pass(9);
    assert_eq!(world.last_save().0, again, "the pauses grow");
    world.pass(1);
    assert_ne!(world.last_save().0, again);
    world.save();
    assert!(!world.broker.view().accounts[0].unsaved, "the alarm is over");
}

#[test]
fn a_disk_that_gives_no_answer_is_waited_for_two_seconds() {
    let mut world = asked_and_landed();
    world.pass(1);
    assert_eq!(world.told(1), None);
    world.pass(1);
    assert_eq!(world.told(1).as_deref(), Some("new-access"));
    assert!(world.broker.view().accounts[0].unsaved);
}

#[test]
fn a_store_that_was_replaced_gets_what_memory_has() {
    let mut world = World::signed_in(ALICE);
    world.on(Event::StoreReplaced);
    assert_eq!(world.last_save().1.as_deref(), Some("stored-refresh"));
    world.save();
    world.ask(1, ALICE);
    assert_eq!(world.told(1).as_deref(), Some("stored-access"));
}

#[test]
fn an_agent_that_is_to_end_lets_land_what_is_in_the_air_and_begins_nothing() {
    let mut world = World::new(&[ALICE]);
    world.restore(ALICE, 1);
    world.pass(2);
    assert!(!world.broker.is_busy());
    world.ask(1, ALICE);
    world.ask_with(2, ALICE, |ask| Ask { key: Some(key("graph")), ..ask });
    world.on(Event::Ending);
    assert!(world.broker.is_busy(), "a refresh token is being spent");
    world.land("new");
    assert!(world.broker.is_busy(), "its successor is on its way to the disk");
    world.save();
    assert!(!world.broker.is_busy());
    assert_eq!((world.told(1).as_deref(), world.flights().len()), (Some("new-access"), 1), "Graph is not begun");
}

#[test]
fn an_agent_that_is_to_end_waits_for_a_store_that_is_still_being_read_before_it_can_be_written() {
    let mut world = World::new(&[ALICE]);
    sign_in(&mut world);
    world.on(Event::Ending);
    assert!(world.broker.is_busy(), "the sign-in is in memory alone");
    world.on(Event::StoreRead(vec![(ALICE.into(), Kept::Nothing)]));
    assert_eq!(world.last_save().1.as_deref(), Some("new-refresh"));
    assert!(world.broker.is_busy(), "it is on its way to the disk");
    world.save();
    assert!(!world.broker.is_busy());
}

#[test]
fn an_agent_that_is_to_end_does_not_wait_for_a_store_that_cannot_be_read() {
    let mut world = World::new(&[ALICE]);
    world.on(Event::StoreFailed(StoreTrouble::KeyringLocked));
    sign_in(&mut world);
    world.on(Event::Ending);
    assert!(!world.broker.is_busy());
}

#[test]
fn a_disk_that_has_refused_is_tried_once_more_at_the_end() {
    let mut world = asked_and_landed();
    let (refused, _) = world.last_save();
    world.on(Event::Saved(refused, Err(StoreTrouble::Disk)));
    world.on(Event::Ending);
    assert_ne!(world.last_save().0, refused);
    assert!(world.broker.is_busy());
    world.save();
    assert!(!world.broker.is_busy());
}

#[test]
fn a_save_that_belongs_to_an_ended_sign_in_changes_nothing() {
    let mut world = asked_and_landed();
    let (ticket, _) = world.last_save();
    world.on(Event::SignedOut(ALICE.into()));
    let before = world.broker.view();
    assert_eq!(world.on(Event::Saved(ticket, Ok(()))), 0);
    assert_eq!(world.broker.view(), before);
}

#[test]
fn a_row_that_is_not_for_these_settings_is_no_sign_in_and_is_told_as_what_it_is() {
    let mut world = World::new(&[ALICE]);
    world.ask(1, ALICE);
    world.on(Event::StoreRead(vec![(ALICE.into(), Kept::Elsewhere)]));
    assert!(
        world.told(1).is_some_and(|told| told.contains("kind: SignIn, reason: BoundElsewhere")),
        "{:?}",
        world.told(1)
    );
    world.on(Event::NetworkChanged);
    world.pass(24 * HOUR);
    assert!(world.flights().is_empty(), "there is nothing to spend");
}
