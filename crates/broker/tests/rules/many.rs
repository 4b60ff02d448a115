//! What many accounts do to the authority and to their person, and how a lasting trouble is shown.

use broker::{Event, Kind, ViewState};

use super::*;

const ALICE: &str = "alice@firma.pl";

fn names(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("{number:03}@firma.pl")).collect()
}

/// So many accounts whose sign-ins were last used a day ago: each of them is due.
fn all_due(names: &[String]) -> World {
    let mut world = World::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let rows = names.iter().map(|name| (name.as_str().into(), Kept::SignIn(world.stored(name, HOUR)))).collect();
    world.on(Event::StoreRead(rows));
    world.now.boot += Duration::from_secs(24 * HOUR);
    world.on(Event::Tick);
    world
}

/// Lets the broker be woken as it wishes, for so many seconds, and says when it sent how many requests.
fn woken_for(world: &mut World, seconds: u64) -> Vec<usize> {
    let end = world.now.boot + Duration::from_secs(seconds);
    let mut sent = Vec::new();
    while let Some(at) = world.broker.wake_at().filter(|at| *at <= end) {
        world.now.boot = at;
        let before = world.flights().len();
        world.on(Event::Tick);
        sent.push(world.flights().len() - before);
    }
    sent
}

fn states(world: &World) -> Vec<ViewState> {
    world.broker.view().accounts.into_iter().map(|account| account.state).collect()
}

fn reminders(world: &World) -> Vec<usize> {
    let told = world.effects.iter().filter_map(|effect| match effect {
        Effect::Remind(names) => Some(names.len()),
        _ => None,
    });
    told.collect()
}

#[test]
fn a_hundred_accounts_that_are_due_at_once_ask_one_by_one() {
    let mut world = all_due(&names(100));
    assert_eq!(world.flights().len(), 1, "the first sets out at once");
    let sent = woken_for(&mut world, 10);
    assert!(sent.iter().all(|count| *count <= 1), "never two at a time: {sent:?}");
    assert_eq!(world.flights().len(), 100, "within ten seconds everybody's turn has come");
}

#[test]
fn turns_that_a_suspend_has_made_late_do_not_come_all_at_once() {
    let mut world = all_due(&names(100));
    world.now.boot += Duration::from_secs(8 * HOUR);
    let before = world.flights().len();
    world.on(Event::NetworkChanged);
    assert_eq!(world.flights().len(), before + 1);
    let sent = woken_for(&mut world, 10);
    assert!(sent.iter().all(|count| *count <= 1), "never two at a time: {sent:?}");
}

#[test]
fn whoever_is_waited_for_does_not_queue() {
    let names = names(100);
    let mut world = all_due(&names);
    world.ask_with(1, &names[99], |ask| Ask { force: true, ..ask });
    assert_eq!(world.flights().len(), 2, "the others are still waiting for their turns");
}

#[test]
fn a_hundred_accounts_that_lapse_together_are_one_reminder() {
    let mut world = all_due(&names(100));
    let end = world.now.boot + Duration::from_secs(60);
    let mut landed = 0;
    while let Some(at) = world.broker.wake_at().filter(|at| *at <= end) {
        for (ticket, _) in world.flights().split_off(landed) {
            landed += 1;
            world.on(Event::Refreshed(ticket, Err(refused("invalid_grant", "bad_token", 50_173))));
        }
        world.now.boot = at;
        world.on(Event::Tick);
    }
    assert_eq!(reminders(&world), [100]);
    assert!(states(&world).iter().all(|state| *state == ViewState::NeedsSignIn));
}

#[test]
fn a_verdict_is_shown_until_the_authority_takes_it_back() {
    let name = ALICE;
    let mut world = World::signed_in(name);
    world.ask_with(1, name, |ask| Ask { force: true, ..ask });
    world.fail(refused("interaction_required", "basic_action", 50_076));
    assert_eq!(states(&world), [ViewState::NeedsSignIn]);
    world.pass(60);
    world.on(Event::RetryAsked(name.into()));
    assert_eq!((world.flights().len(), states(&world)), (2, vec![ViewState::NeedsSignIn]), "during the retry too");
    world.fail(unreachable());
    assert_eq!(states(&world), [ViewState::NeedsSignIn], "and when the retry came to nothing");
    world.pass(60);
    world.on(Event::RetryAsked(name.into()));
    world.land("healed");
    world.save();
    assert_eq!(states(&world), [ViewState::Ready]);
    assert_eq!(reminders(&world), [1], "told of once");
}

#[test]
fn a_changed_network_lets_a_withheld_resource_be_tried_but_shows_no_success() {
    let name = ALICE;
    let mut world = World::signed_in(name);
    world.ask_with(1, name, |ask| Ask { force: true, ..ask });
    world.fail(refused("invalid_grant", "consent_required", 65_001));
    assert_eq!(world.told(1).as_deref(), Some("stored-access"), "what still lives is served");
    world.pass(HOUR);
    world.ask(2, name);
    assert!(world.told(2).is_some_and(|told| told.contains("ConsentRequired")), "{:?}", world.told(2));
    world.on(Event::NetworkChanged);
    assert_eq!(states(&world), [ViewState::NeedsSignIn], "nothing has been heard yet");
    world.ask(3, name);
    world.land("healed");
    world.save();
    assert_eq!(world.told(3).as_deref(), Some("healed-access"));
    assert_eq!(states(&world), [ViewState::Ready]);
}

#[test]
fn trouble_on_the_way_is_shown_while_the_next_try_is_in_the_air() {
    let name = ALICE;
    let mut world = World::signed_in(name);
    world.ask_with(1, name, |ask| Ask { force: true, ..ask });
    assert_eq!(states(&world), [ViewState::Ready], "an ordinary refresh is no trouble");
    world.fail(unreachable());
    world.pass(1);
    assert_eq!((world.flights().len(), states(&world)), (2, vec![ViewState::Unreachable]));
    world.land("healed");
    assert_eq!(states(&world), [ViewState::Ready]);
}

#[test]
fn an_error_that_nobody_knows_is_told_as_passing() {
    let mut world = World::signed_in(ALICE);
    world.ask_with(1, ALICE, |ask| Ask { force: true, ..ask });
    world.fail(refused("something_new", "", 0));
    let shown = world.broker.view().accounts.remove(0);
    let trouble = shown.trouble.expect("why it is unreachable");
    let told = (shown.state, trouble.kind, trouble.reason.code());
    assert_eq!(told, (ViewState::Unreachable, Kind::Transient, "unreachable"));
}
