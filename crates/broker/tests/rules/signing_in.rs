use broker::{AskerId, Event, Reason, SignInId, Stage, ViewState};

use super::*;

const ALICE: &str = "alice@firma.pl";
const BOB: &str = "bob@firma.pl";

/// Alice's sign-in, with the page open.
fn opened(world: &mut World) -> SignInId {
    let id = world.sign_in(1, ALICE);
    world.on(Event::SignInReady(id.clone()));
    id
}

fn redeemed(world: &mut World, id: &SignInId, username: &str) {
    world.on(Event::SignInRedeeming(id.clone()));
    world.on(Event::SignInRedeemed(id.clone(), person(username), tokens("new", username)));
}

fn waits(world: &mut World, asker: u64, id: &SignInId, seen: u32) {
    let wait = Duration::from_secs(120);
    world.on(Event::SignInAwaited { asker: AskerId(asker), sign_in: id.clone(), wait, seen });
}

fn shown(world: &World) -> Option<&Stage> {
    world.effects.iter().rev().find_map(|effect| match effect {
        Effect::Show(_, stage) => Some(stage),
        _ => None,
    })
}

fn fresh() -> World {
    let mut world = World::new(&[ALICE]);
    world.on(Event::StoreRead(vec![(ALICE.into(), Kept::Nothing)]));
    world
}

#[test]
fn the_right_person_is_signed_in_once_the_tokens_are_saved() {
    let mut world = fresh();
    let id = opened(&mut world);
    assert_eq!(world.told(1).as_deref(), Some("started"));
    waits(&mut world, 2, &id, 0);
    redeemed(&mut world, &id, "Alice@Firma.pl");
    assert_eq!((world.told(2), shown(&world)), (None, None), "nothing is on disk yet");
    world.save();
    assert!(world.told(2).is_some_and(|told| told.starts_with("SignedIn")), "{:?}", world.told(2));
    assert_eq!(shown(&world), Some(&Stage::SignedIn));
    world.ask(3, ALICE);
    assert_eq!(world.told(3).as_deref(), Some("new-access"));
}

#[test]
fn a_second_sign_in_joins_the_first() {
    let mut world = fresh();
    let first = opened(&mut world);
    assert_eq!(world.sign_in(2, ALICE), first);
    assert_eq!(world.told(2).as_deref(), Some("started"));
}

#[test]
fn at_a_first_sign_in_another_login_is_asked_about_and_nothing_is_stored_until_confirmed() {
    let mut world = fresh();
    let id = opened(&mut world);
    redeemed(&mut world, &id, BOB);
    assert_eq!(shown(&world), Some(&Stage::Confirm(person(BOB))));
    assert!(!world.effects.iter().any(|effect| matches!(effect, Effect::Save(..))), "nobody has confirmed");
    world.on(Event::SignInConfirmed(id.clone()));
    world.save();
    assert_eq!(shown(&world), Some(&Stage::SignedIn));
    let again = world.sign_in(5, ALICE);
    world.on(Event::SignInReady(again.clone()));
    redeemed(&mut world, &again, ALICE);
    assert_eq!(
        shown(&world),
        Some(&Stage::WrongPerson { came: person(ALICE), wanted: person(BOB) }),
        "the account is pinned to Bob now"
    );
}

#[test]
fn a_wrong_person_is_refused_and_the_right_one_can_still_come() {
    let mut world = World::signed_in(ALICE);
    let id = opened(&mut world);
    waits(&mut world, 2, &id, 0);
    redeemed(&mut world, &id, BOB);
    assert_eq!(shown(&world), Some(&Stage::WrongPerson { came: person(BOB), wanted: person(ALICE) }));
    assert!(world.told(2).is_some_and(|told| told.contains(BOB)), "whoever waits hears of it");
    waits(&mut world, 3, &id, 1);
    assert_eq!(world.told(3), None, "it knows of that refusal already");
    world.on(Event::SignInConfirmed(id.clone()));
    assert_eq!(world.told(3), None, "there was nothing to confirm");
    redeemed(&mut world, &id, ALICE);
    world.save();
    assert!(world.told(3).is_some_and(|told| told.starts_with("SignedIn")), "{:?}", world.told(3));
}

#[test]
fn a_failed_redemption_leaves_the_old_sign_in_as_it_was() {
    let mut world = World::signed_in(ALICE);
    let id = opened(&mut world);
    world.on(Event::SignInRedeeming(id.clone()));
    world.on(Event::SignInFailed(id, refused("invalid_grant", "bad_token", 50_173)));
    world.ask(2, ALICE);
    assert_eq!(world.told(2).as_deref(), Some("stored-access"));
    assert_eq!(world.broker.view().accounts[0].state, ViewState::Ready);
}

/// The reason of the last sign-in that failed.
fn failed(world: &World) -> Option<Reason> {
    world.broker.view().accounts[0].failed.as_ref().map(|failed| failed.trouble.reason)
}

/// A further sign-in of Alice's, which an administrator's no ends.
fn fails(world: &mut World, asker: u64) -> SignInId {
    let id = world.sign_in(asker, ALICE);
    world.on(Event::SignInReady(id.clone()));
    assert_eq!(failed(world), None, "it is under way");
    world.on(Event::SignInFailed(id.clone(), refused("access_denied", "", 90_094)));
    assert_eq!(failed(world), Some(Reason::AdminConsentRequired));
    id
}

#[test]
fn why_the_last_sign_in_failed_is_kept_until_something_better_comes() {
    let mut world = fresh();
    let first = fails(&mut world, 1);
    assert_eq!(world.broker.view().accounts[0].state, ViewState::SignedOut);
    assert_ne!(fails(&mut world, 2), first, "each has its own name");
    assert!(world.effects.iter().any(|effect| matches!(effect, Effect::Publish)), "whoever looks is told");

    let cancelled = world.sign_in(3, ALICE);
    world.on(Event::SignInCancelled(cancelled));
    assert_eq!(failed(&world), None, "that one did not fail");

    fails(&mut world, 4);
    world.on(Event::SignedOut(ALICE.into()));
    assert_eq!(failed(&world), None, "nobody wants to know any more");

    let mut world = World::signed_in(ALICE);
    fails(&mut world, 1);
    world.ask_with(2, ALICE, |ask| Ask { force: true, ..ask });
    world.land("fresh");
    assert_eq!(failed(&world), None, "tokens have come");

    fails(&mut world, 3);
    world.on(Event::Configured(Vec::new()));
    world.on(Event::Configured(vec![spec(ALICE)]));
    assert_eq!(failed(&world), None, "it is another account of that name");
}

#[test]
fn what_comes_back_after_a_cancel_is_dropped() {
    let mut world = fresh();
    let id = opened(&mut world);
    waits(&mut world, 2, &id, 0);
    world.on(Event::SignInCancelled(id.clone()));
    assert_eq!(world.told(2).as_deref(), Some("Cancelled"));
    let count = world.on(Event::SignInRedeemed(id.clone(), person(ALICE), tokens("late", ALICE)));
    assert_eq!(count, 0, "the sign-in is over");
    waits(&mut world, 3, &id, 0);
    assert_eq!(world.told(3).as_deref(), Some("Cancelled"), "a late asker hears how it ended");
}

#[test]
fn nobody_finishing_it_in_a_quarter_of_an_hour_ends_it() {
    let mut world = fresh();
    let id = opened(&mut world);
    world.pass(14 * 60);
    waits(&mut world, 2, &id, 0);
    world.pass(60);
    assert_eq!(world.told(2).as_deref(), Some("Expired"));
    assert!(world.effects.iter().any(|effect| matches!(effect, Effect::CloseSignIn(closed) if *closed == id)));
}

#[test]
fn tokens_without_a_refresh_token_are_no_sign_in() {
    let mut world = fresh();
    let id = opened(&mut world);
    waits(&mut world, 2, &id, 0);
    world.on(Event::SignInRedeeming(id.clone()));
    let short = NewTokens { refresh: None, ..tokens("new", ALICE) };
    world.on(Event::SignInRedeemed(id, person(ALICE), short));
    assert!(world.told(2).is_some_and(|told| told.contains("NoRefreshToken")), "{:?}", world.told(2));
}

#[test]
fn a_new_sign_in_carries_the_claims_of_the_verdict() {
    let mut world = World::signed_in(ALICE);
    world.ask_with(1, ALICE, |ask| Ask { force: true, ..ask });
    let Failure::Authority(mut error) = refused("interaction_required", "basic_action", 50_076) else { return };
    error.claims = Some(r#"{"access_token":{}}"#.into());
    world.fail(Failure::Authority(error));
    world.sign_in(2, ALICE);
    let claims = world.effects.iter().find_map(|effect| match effect {
        Effect::OpenSignIn { claims, .. } => claims.clone(),
        _ => None,
    });
    assert_eq!(claims.as_deref(), Some(r#"{"access_token":{}}"#));
}

#[test]
fn while_a_person_signs_in_again_the_old_tokens_go_on() {
    let mut world = World::signed_in(ALICE);
    opened(&mut world);
    world.ask(2, ALICE);
    assert_eq!(world.told(2).as_deref(), Some("stored-access"));
}
