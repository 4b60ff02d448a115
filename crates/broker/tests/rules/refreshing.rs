use std::time::Duration;

use broker::{AskerId, Event, StoreTrouble};

use super::*;

const ALICE: &str = "alice@firma.pl";
const BOB: &str = "bob@firma.pl";

#[test]
fn a_good_token_is_served_at_once_and_nobody_asks_the_authority() {
    let mut world = World::signed_in(ALICE);
    world.ask(1, ALICE);
    assert_eq!(world.told(1).as_deref(), Some("stored-access"));
    assert!(world.flights().is_empty(), "the token had an hour to live");
}

#[test]
fn askers_of_the_same_thing_share_one_flight() {
    let mut world = World::new(&[ALICE]);
    world.restore(ALICE, 1);
    world.pass(2);
    for asker in 1..=50 {
        world.ask(asker, ALICE);
    }
    assert_eq!(world.flights().len(), 1, "fifty askers, one request");
    world.land("new");
    world.save();
    for asker in 1..=50 {
        assert_eq!(world.told(asker).as_deref(), Some("new-access"), "asker {asker}");
    }
}

#[test]
fn other_resources_of_an_account_queue_behind_the_one_in_the_air() {
    let mut world = World::new(&[ALICE]);
    world.restore(ALICE, 1);
    world.pass(2);
    world.ask(1, ALICE);
    world.ask_with(2, ALICE, |ask| Ask { key: Some(key("graph")), ..ask });
    assert_eq!(world.flights().len(), 1, "one spender at a time");
    world.land("mail");
    assert_eq!(world.flights().len(), 1, "the new refresh token is not on disk yet");
    world.save();
    assert_eq!(world.flights().iter().map(|(_, to)| to.as_str()).collect::<Vec<_>>(), ["mail", "graph"]);
    world.land("graph");
    world.save();
    assert_eq!(world.told(2).as_deref(), Some("graph-access"));
}

#[test]
fn a_landing_with_an_old_ticket_changes_nothing() {
    let mut world = World::new(&[ALICE]);
    world.restore(ALICE, 1);
    world.pass(2);
    world.ask(1, ALICE);
    let old = world.last_flight();
    world.on(Event::SignedOut(ALICE.into()));
    let before = world.broker.view();
    let effects = world.on(Event::Refreshed(old, Ok(tokens("late", ALICE))));
    assert_eq!((effects, world.broker.view()), (0, before), "nobody is signed in any more");
}

#[test]
fn everybody_is_answered_in_time_even_if_the_authority_hangs() {
    let mut world = World::new(&[ALICE]);
    world.restore(ALICE, 1);
    world.pass(2);
    world.ask(1, ALICE);
    world.pass(9);
    assert_eq!(world.told(1), None, "its time is not over");
    world.pass(1);
    assert_eq!(world.told(1).as_deref(), Some("TimedOut"));
    world.land("slow");
    world.save();
    world.ask(2, ALICE);
    assert_eq!(world.told(2).as_deref(), Some("slow-access"), "what the first waited for went on");
}

#[test]
fn another_account_s_hanging_authority_delays_nobody() {
    let mut world = World::new(&[ALICE, BOB]);
    world.restore(ALICE, 1);
    world.restore(BOB, HOUR);
    world.pass(2);
    world.ask(1, ALICE);
    world.ask(2, BOB);
    assert_eq!((world.told(1), world.told(2).as_deref()), (None, Some("stored-access")));
}

#[test]
fn a_token_in_use_is_refreshed_before_its_end_and_one_nobody_asked_for_is_not() {
    let mut world = World::new(&[ALICE, BOB]);
    world.restore(ALICE, HOUR);
    world.restore(BOB, HOUR);
    world.ask(1, ALICE);
    world.pass(HOUR - 721);
    world.pass(1);
    assert_eq!(world.flights().len(), 1, "twelve minutes of an hour are left: Alice's is due");
    world.land("new");
    world.save();
    world.ask(2, ALICE);
    assert_eq!(world.told(2).as_deref(), Some("new-access"));
}

#[test]
fn a_sign_in_that_nobody_uses_is_kept_alive_once_a_day() {
    let mut world = World::signed_in(ALICE);
    world.pass(23 * HOUR);
    assert!(world.flights().is_empty());
    world.pass(HOUR);
    assert_eq!(world.flights().len(), 1);
    world.land("daily");
    world.save();
    world.pass(23 * HOUR);
    assert_eq!(world.flights().len(), 1, "the next one is due a day later");
    world.pass(HOUR);
    assert_eq!(world.flights().len(), 2);
}

#[test]
fn one_resource_is_refreshed_at_most_once_a_minute_whatever_its_life() {
    let mut world = World::new(&[ALICE]);
    world.restore(ALICE, 1);
    world.pass(2);
    let short = |name| NewTokens { life: Duration::from_secs(5), ..tokens(name, ALICE) };
    world.ask(1, ALICE);
    let ticket = world.last_flight();
    world.on(Event::Refreshed(ticket, Ok(short("one"))));
    world.save();
    world.pass(6);
    world.ask(2, ALICE);
    assert_eq!(world.flights().len(), 1, "only six seconds have passed");
    assert!(world.told(2).is_some_and(|told| told.starts_with("TooSoon(5")), "{:?}", world.told(2));
    world.pass(54);
    world.ask(3, ALICE);
    assert_eq!(world.flights().len(), 2);
}

#[test]
fn force_gives_a_new_token_but_not_twice_in_a_minute() {
    let mut world = World::signed_in(ALICE);
    let forced = |ask| Ask { force: true, ..ask };
    world.ask_with(1, ALICE, forced);
    assert_eq!(world.told(1), None);
    world.land("new");
    world.save();
    assert_eq!(world.told(1).as_deref(), Some("new-access"));
    world.ask_with(2, ALICE, forced);
    assert_eq!(world.told(2).as_deref(), Some("new-access"), "this one is seconds old");
    assert_eq!(world.flights().len(), 1);
}

#[test]
fn a_passing_failure_keeps_the_sign_in_and_heals_by_itself() {
    let mut world = World::new(&[ALICE]);
    world.restore(ALICE, 1);
    world.pass(2);
    world.ask(1, ALICE);
    world.fail(unreachable());
    assert_eq!(world.told(1), None, "the next try comes within the time it waits");
    world.pass(1);
    assert_eq!(world.flights().len(), 2);
    world.land("healed");
    world.save();
    assert_eq!(world.told(1).as_deref(), Some("healed-access"));
}

#[test]
fn retry_after_is_honoured_and_told() {
    let mut world = World::new(&[ALICE]);
    world.restore(ALICE, 1);
    world.pass(2);
    world.ask(1, ALICE);
    world.fail(busy_for(120));
    let told = world.told(1).expect("nothing comes within ten seconds");
    assert!(told.starts_with("Unreachable(120s"), "{told}");
    world.pass(119);
    assert_eq!(world.flights().len(), 1);
    world.pass(1);
    assert_eq!(world.flights().len(), 2);
}

#[test]
fn a_changed_network_is_worth_a_try_at_once() {
    let mut world = World::new(&[ALICE]);
    world.restore(ALICE, 1);
    world.pass(2);
    world.ask(1, ALICE);
    world.fail(busy_for(120));
    world.on(Event::NetworkChanged);
    assert_eq!(world.flights().len(), 2);
}

#[test]
fn a_verdict_ends_the_sign_in_but_a_valid_token_is_served_to_its_end() {
    let mut world = World::signed_in(ALICE);
    world.ask_with(1, ALICE, |ask| Ask { force: true, ..ask });
    world.fail(refused("invalid_grant", "bad_token", 50_173));
    assert_eq!(world.told(1).as_deref(), Some("stored-access"), "it lives for nearly an hour");
    assert_eq!(world.last_save().1, None, "the worthless refresh token is erased from the disk");
    world.pass(HOUR);
    world.ask(2, ALICE);
    let told = world.told(2).unwrap_or_default();
    assert!(told.contains("PasswordChanged") && told.contains("50173"), "{told}");
    assert_eq!(world.flights().len(), 1, "a dead sign-in is not asked about again");
}

#[test]
fn consent_missing_for_one_resource_leaves_the_others_alone() {
    let mut world = World::signed_in(ALICE);
    world.ask_with(1, ALICE, |ask| Ask { key: Some(key("graph")), ..ask });
    world.fail(refused("invalid_grant", "consent_required", 65_001));
    assert!(world.told(1).is_some_and(|told| told.contains("ConsentRequired")), "{:?}", world.told(1));
    world.ask(2, ALICE);
    assert_eq!(world.told(2).as_deref(), Some("stored-access"));
    world.ask_with(3, ALICE, |ask| Ask { key: Some(key("graph")), ..ask });
    assert_eq!(world.flights().len(), 1, "a suspended resource is not asked for again");
}

#[test]
fn the_loop_code_waits_five_minutes_and_ends_nothing() {
    let mut world = World::new(&[ALICE]);
    world.restore(ALICE, 1);
    world.pass(2);
    world.ask(1, ALICE);
    world.fail(refused("invalid_grant", "bad_token", 50_196));
    world.pass(299);
    assert_eq!(world.flights().len(), 1);
    world.pass(1);
    assert_eq!(world.flights().len(), 2, "the refresh token is still there to be tried");
}

#[test]
fn a_refresh_for_another_person_is_refused() {
    let mut world = World::new(&[ALICE]);
    world.restore(ALICE, 1);
    world.pass(2);
    world.ask(1, ALICE);
    let ticket = world.last_flight();
    world.on(Event::Refreshed(ticket, Ok(tokens("new", "mallory@firma.pl"))));
    assert!(world.told(1).is_some_and(|told| told.contains("IdentityChanged")), "{:?}", world.told(1));
}

#[test]
fn sign_out_answers_those_who_wait() {
    let mut world = World::new(&[ALICE]);
    world.restore(ALICE, 1);
    world.pass(2);
    world.ask(1, ALICE);
    world.on(Event::SignedOut(ALICE.into()));
    assert!(world.told(1).is_some_and(|told| told.contains("SignedOut")), "{:?}", world.told(1));
}

#[test]
fn whoever_withdraws_is_not_answered_and_what_it_waited_for_goes_on() {
    let mut world = World::new(&[ALICE]);
    world.restore(ALICE, 1);
    world.pass(2);
    world.ask(1, ALICE);
    world.on(Event::Withdrawn(AskerId(1)));
    world.land("new");
    world.save();
    assert_eq!(world.told(1), None);
    world.ask(2, ALICE);
    assert_eq!(world.told(2).as_deref(), Some("new-access"));
}

#[test]
fn a_locked_keyring_is_told_as_what_it_is_and_never_as_a_missing_sign_in() {
    let mut world = World::new(&[ALICE]);
    world.ask(1, ALICE);
    world.on(Event::StoreFailed(StoreTrouble::KeyringLocked));
    assert_eq!(world.told(1).as_deref(), Some("Store(KeyringLocked)"));
    world.restore(ALICE, HOUR);
    world.ask(2, ALICE);
    assert_eq!(world.told(2).as_deref(), Some("stored-access"));
}

#[test]
fn a_clock_set_back_a_year_does_not_lengthen_a_token_s_life() {
    let mut world = World::signed_in(ALICE);
    world.now.wall -= Duration::from_secs(365 * 24 * HOUR);
    world.pass(HOUR + 1);
    world.ask(1, ALICE);
    assert_eq!(world.told(1), None, "the token has ended by the boot clock");
    assert_eq!(world.flights().len(), 1);
}

#[test]
fn a_stored_token_from_the_future_is_not_believed() {
    let mut world = World::new(&[ALICE]);
    let clock_set_back = Duration::from_secs(30 * 24 * HOUR);
    world.now.wall += clock_set_back;
    let stored = world.stored(ALICE, HOUR);
    world.now.wall -= clock_set_back;
    world.on(Event::StoreRead(vec![(ALICE.into(), Kept::SignIn(stored))]));
    world.ask(1, ALICE);
    assert_eq!(world.told(1), None, "how long it still lives cannot be known");
    assert_eq!(world.flights().len(), 1);
}
