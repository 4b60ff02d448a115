use AccountState::{NeedsSignIn, Ready, SignedOut, SigningIn};
use ipc::{AccountState, Fault, FaultCode, Snapshot};

use super::*;
use crate::fixture::{noticing, reminding, snapshot, wishing};
use crate::outcome::Outcome;

impl Tray {
    /// What it does where the time does not matter.
    fn hear(&mut self, event: Event) -> Vec<Effect> {
        self.handle(event, Instant::now())
    }
}

fn elsewhere() -> AgentEnd {
    AgentEnd::Elsewhere { pid: "4711".into() }
}

fn tray(snapshot: Snapshot) -> Tray {
    let mut tray = Tray::new(Language::English, Start::AtLogin);
    tray.hear(Event::Changed(Box::new(snapshot)));
    tray
}

fn choose(tray: &mut Tray, choice: Choice) -> Vec<Effect> {
    tray.hear(Event::Chosen(choice))
}

fn signs_in(account: &str) -> Vec<Effect> {
    let last = Change::Withdraw(Topic::SignIn(account.into()));
    vec![Effect::Tell(last), Effect::SignIn(account.into(), Language::English)]
}

#[test]
fn a_change_is_drawn_and_what_looks_the_same_is_not() {
    let mut tray = Tray::new(Language::English, Start::AtLogin);
    let drawn = tray.hear(Event::Changed(Box::new(snapshot(&[Ready]))));
    assert!(matches!(&*drawn, [Effect::Draw(View { mood: Mood::SignedIn, .. })]), "{drawn:?}");
    let newer = Snapshot { revision: 7, ..snapshot(&[Ready]) };
    assert_eq!(tray.hear(Event::Changed(Box::new(newer))), []);
}

#[test]
fn whoever_starts_it_for_the_first_time_is_shown_where_to_begin() {
    let first = |start, states: &[AccountState]| {
        let mut tray = Tray::new(Language::English, start);
        tray.hear(Event::Changed(Box::new(snapshot(states)))).contains(&Effect::Window(None))
    };
    assert!(first(Start::ByHand, &[]));
    assert!(!first(Start::AtLogin, &[]), "nothing comes up unasked at login");
    assert!(!first(Start::ByHand, &[Ready]));
    let mut tray = Tray::new(Language::English, Start::ByHand);
    tray.hear(Event::Changed(Box::new(snapshot(&[Ready]))));
    let last_removed = tray.hear(Event::Changed(Box::default()));
    assert!(!last_removed.contains(&Effect::Window(None)), "{last_removed:?}");
}

#[test]
fn an_agent_of_its_own_that_is_slow_to_answer_is_not_called_gone() {
    let mut tray = Tray::new(Language::English, Start::AtLogin);
    assert_eq!(tray.hear(Event::Lost), []);
    assert_eq!(tray.view().mood, Mood::Working);
}

#[test]
fn anothers_agent_that_is_lost_and_found_is_drawn_each_time() {
    let mut tray = tray(snapshot(&[Ready]));
    tray.hear(Event::AgentEnded(elsewhere()));
    let lost = tray.hear(Event::Lost);
    assert!(matches!(&*lost, [Effect::Draw(View { mood: Mood::Attention, .. })]), "{lost:?}");
    let found = tray.hear(Event::Changed(Box::new(snapshot(&[Ready]))));
    assert!(matches!(&*found, [Effect::Draw(View { mood: Mood::SignedIn, .. })]), "{found:?}");
}

#[test]
fn a_sign_in_is_waited_for_once_however_often_it_is_chosen() {
    let tray = &mut tray(snapshot(&[NeedsSignIn]));
    assert_eq!(choose(tray, Choice::SignIn("a".into())), signs_in("a"));
    assert_eq!(choose(tray, Choice::SignIn("a".into())), [Effect::OpenPage("a".into(), Language::English)]);
    tray.hear(Event::SignInEnded { account: "a".into(), outcome: Outcome::Cancelled });
    assert_eq!(choose(tray, Choice::SignIn("a".into())), signs_in("a"));
}

#[test]
fn a_page_that_does_not_open_leaves_its_sign_in_waited_for() {
    let tray = &mut tray(snapshot(&[NeedsSignIn]));
    choose(tray, Choice::SignIn("a".into()));
    let told = tray.hear(Event::PageUnopened { account: "a".into(), outcome: Outcome::NoBrowser });
    let [Effect::Tell(Change::Show(Topic::SignIn(_), notice))] = &*told else { panic!("{told:?}") };
    assert_eq!(notice.title, "The sign-in page of a could not be opened");
    assert!(notice.body.contains("copy the address"), "{notice:?}");
    assert_eq!(choose(tray, Choice::SignIn("a".into())), [Effect::OpenPage("a".into(), Language::English)]);
    let ended = tray.hear(Event::SignInEnded { account: "a".into(), outcome: Outcome::Cancelled });
    assert_eq!(ended, [Effect::Tell(Change::Withdraw(Topic::SignIn("a".into())))], "there is no page any more");
}

#[test]
fn a_failure_is_withdrawn_once_somebody_has_signed_in_or_the_account_is_gone() {
    for (after, want) in [(&[Ready][..], true), (&[], true), (&[NeedsSignIn], false), (&[SigningIn], false)] {
        let tray = &mut tray(snapshot(&[SignedOut]));
        tray.hear(Event::SignInEnded { account: "a".into(), outcome: Outcome::Declined });
        let withdrawn = Effect::Tell(Change::Withdraw(Topic::SignIn("a".into())));
        let mut changed = || tray.hear(Event::Changed(Box::new(snapshot(after))));
        assert_eq!(changed().contains(&withdrawn), want, "{after:?}");
        assert!(!changed().contains(&withdrawn), "{after:?}, once");
    }
    let tray = &mut tray(snapshot(&[SignedOut]));
    let outcome = Outcome::SignedIn { login: "a".into() };
    tray.hear(Event::SignInEnded { account: "a".into(), outcome });
    let after = tray.hear(Event::Changed(Box::new(snapshot(&[Ready]))));
    assert!(!after.iter().any(|effect| matches!(effect, Effect::Tell(_))), "a success stays: {after:?}");
}

#[test]
fn the_person_is_told_how_their_sign_in_went() {
    let refused = |code| Outcome::Failed(Fault::new(code, "why it did not."));
    for (outcome, want) in [
        (Outcome::SignedIn { login: "jan@firma.pl".into() }, Some(("Signed in as jan@firma.pl", None))),
        (Outcome::Cancelled, None),
        (Outcome::Lost, None),
        (Outcome::Declined, Some(("The sign-in to a did not succeed", Some(Button::SignIn)))),
        (Outcome::Expired, Some(("The sign-in to a did not succeed", Some(Button::SignIn)))),
        (refused(FaultCode::SignInRequired), Some(("The sign-in to a did not succeed", Some(Button::SignIn)))),
        (refused(FaultCode::AdminRequired), Some(("The sign-in to a did not succeed", Some(Button::Open)))),
    ] {
        let ended = Event::SignInEnded { account: "a".into(), outcome: outcome.clone() };
        let effects = tray(snapshot(&[Ready])).hear(ended);
        let told = effects.first().map(|effect| {
            let Effect::Tell(Change::Show(topic, notice)) = effect else { panic!("{effect:?}") };
            assert_eq!(*topic, Topic::SignIn("a".into()));
            (&*notice.title, notice.buttons.first().map(|(button, _)| *button))
        });
        assert_eq!(told, want, "{outcome:?}");
    }
}

#[test]
fn a_click_signs_in_the_only_account_that_waits_and_else_opens_the_window() {
    for (states, want) in [
        (&[NeedsSignIn, Ready][..], signs_in("a")),
        (&[NeedsSignIn, NeedsSignIn], vec![Effect::Window(None)]),
        (&[Ready], vec![Effect::Window(None)]),
        (&[SignedOut], signs_in("a")),
        (&[Ready, SignedOut], vec![Effect::Window(None)]),
        (&[], vec![Effect::Window(None)]),
    ] {
        assert_eq!(tray(snapshot(states)).hear(Event::Clicked), want, "{states:?}");
    }
    assert_eq!(Tray::new(Language::English, Start::AtLogin).hear(Event::Clicked), [Effect::Window(None)]);
}

#[test]
fn a_reminders_button_signs_in_whoever_needs_it_now() {
    let press = |states: &[AccountState]| {
        let mut tray = tray(reminding(snapshot(states), 1));
        tray.hear(Event::Pressed(Topic::Reminder, Button::SignIn)).split_off(1)
    };
    assert_eq!(press(&[NeedsSignIn]), signs_in("a"));
    assert_eq!(press(&[Ready, SigningIn]), signs_in("b"));
    assert_eq!(press(&[Ready, Ready]), [Effect::Window(Some(Page::Accounts))]);
}

#[test]
fn what_stands_in_the_way_of_a_sign_in_is_shown_where_the_accounts_are() {
    let effects = tray(snapshot(&[SignedOut])).hear(Event::Pressed(Topic::SignIn("a".into()), Button::Open));
    assert_eq!(effects[1..], [Effect::Window(Some(Page::Accounts))]);
}

/// A tray that has told of wishes for these accounts, and when it did.
fn wished(accounts: &[&str]) -> (Tray, Instant) {
    let mut tray = Tray::new(Language::English, Start::AtLogin);
    let start = Instant::now();
    let wishing =
        accounts.iter().fold(snapshot(&[SigningIn, SigningIn]), |snapshot, account| wishing(snapshot, account));
    let effects = tray.handle(Event::Changed(Box::new(wishing)), start);
    assert!(matches!(effects.last(), Some(Effect::Tell(Change::Show(Topic::Wishes, _)))), "{effects:?}");
    (tray, start)
}

#[test]
fn a_further_wish_is_told_when_the_moment_is_over() {
    let (mut tray, start) = wished(&["a"]);
    let both = wishing(wishing(snapshot(&[SigningIn, SigningIn]), "a"), "b");
    let effects = tray.handle(Event::Changed(Box::new(both)), start);
    let Some(Effect::Wake(after)) = effects.iter().find(|effect| matches!(effect, Effect::Wake(_))) else {
        panic!("{effects:?}")
    };
    assert_eq!(tray.handle(Event::Woken, start), [], "not yet");
    let told = tray.handle(Event::Woken, start + *after);
    assert!(matches!(&*told, [Effect::Tell(Change::Show(Topic::Wishes, _))]), "{told:?}");
}

fn cancelled(accounts: &[&str]) -> Vec<Effect> {
    accounts.iter().map(|account| Effect::Cancel(format!("wish-for-{account}"))).collect()
}

#[test]
fn a_wish_is_granted_or_called_off() {
    let press = |accounts: &[&str], button| {
        let (mut tray, now) = wished(accounts);
        tray.handle(Event::Pressed(Topic::Wishes, button), now).split_off(1)
    };
    assert_eq!(press(&["a"], Button::SignIn), signs_in("a"));
    assert_eq!(press(&["a"], Button::NotNow), cancelled(&["a"]));
    assert_eq!(press(&["a", "b"], Button::NotNow), cancelled(&["a", "b"]));
    let choose = [Effect::Window(Some(Page::Accounts))];
    assert_eq!(press(&["a", "b"], Button::Open), choose);
    assert_eq!(press(&["a", "b"], Button::SignIn), choose, "which was meant, nobody knows");
}

#[test]
fn a_wish_that_was_put_off_in_the_menu_is_turned_down_too() {
    let (mut tray, now) = wished(&["a"]);
    let put_off = tray.handle(Event::Chosen(Choice::Cancel("wish-for-a".into())), now);
    assert_eq!(put_off, cancelled(&["a"]));
    let again = Event::Changed(Box::new(wishing(snapshot(&[SigningIn, SigningIn]), "a")));
    assert_eq!(tray.handle(again, now), [Effect::Tell(Change::Withdraw(Topic::Wishes))]);
}

#[test]
fn the_persons_language_is_spoken_where_they_have_chosen_one() {
    let mut tray = tray(snapshot(&[Ready]));
    let speaking = |language: Option<&str>| {
        Event::Changed(Box::new(Snapshot { language: language.map(str::to_owned), ..snapshot(&[Ready]) }))
    };
    let title = |effects: Vec<Effect>| match &*effects {
        [Effect::Draw(view)] => view.title.clone(),
        other => panic!("{other:?}"),
    };
    tray.hear(Event::AgentEnded(elsewhere()));
    assert_eq!(title(tray.hear(speaking(Some("pl")))), "Signet: zalogowano");
    assert_eq!(title(tray.hear(Event::Lost)), "Signet: agent nie działa", "also while nobody says which");
    assert_eq!(title(tray.hear(speaking(None))), "Signet: signed in");
    assert_eq!(choose(&mut tray, Choice::Speak(Language::Polish)), [Effect::Speak(Language::Polish)]);
}

#[test]
fn what_was_answered_is_taken_away_and_not_shown_again() {
    let locked = || Event::Changed(Box::new(noticing(snapshot(&[]), &["error-keyring-denied"])));
    let mut tray = Tray::new(Language::English, Start::AtLogin);
    assert_eq!(tray.hear(locked()).len(), 2, "drawn and told");
    let topic = Topic::Concern(crate::standing::Concern::Keyring);
    let pressed = tray.hear(Event::Pressed(topic.clone(), Button::Unlock));
    assert_eq!(pressed, [Effect::Tell(Change::Withdraw(topic)), Effect::Unlock(Language::English)]);
    assert_eq!(tray.hear(locked()), []);
}

#[test]
fn what_was_refused_is_told() {
    let effects = tray(snapshot(&[])).hear(Event::Refused(Undone::Unlock, "because.".into()));
    let [Effect::Tell(Change::Show(Topic::Refusal, notice))] = &*effects else { panic!("{effects:?}") };
    assert_eq!((&*notice.title, &*notice.body), ("The saved sign-ins are still locked", "because."));
}

#[test]
fn a_window_that_nothing_can_show_is_told_of_with_what_may_be_missing() {
    let effects = tray(snapshot(&[])).hear(Event::Unshown);
    let [Effect::Tell(Change::Show(Topic::Refusal, notice))] = &*effects else { panic!("{effects:?}") };
    assert_eq!(notice.title, "The window cannot be opened");
    assert!(notice.body.contains(" is missing"), "{}", notice.body);
}

#[test]
fn an_agent_of_its_own_ends_first_and_then_the_tray() {
    let tray = &mut tray(snapshot(&[Ready]));
    assert_eq!(choose(tray, Choice::Quit), [Effect::StopAgent]);
    assert_eq!(tray.hear(Event::AgentEnded(AgentEnd::Asked)), [Effect::End]);
}

#[test]
fn anothers_agent_outlives_the_tray() {
    for end in [Event::Chosen(Choice::Quit), Event::Terminated] {
        let mut tray = Tray::new(Language::English, Start::AtLogin);
        assert_eq!(tray.hear(Event::AgentEnded(elsewhere())), []);
        assert_eq!(tray.hear(end), [Effect::End]);
    }
}

#[test]
fn an_agent_that_cannot_run_is_told_of_and_can_be_started_again() {
    let mut tray = Tray::new(Language::English, Start::AtLogin);
    let why = agent::StartError::Other(std::io::Error::other("no room").into());
    let effects = tray.hear(Event::AgentEnded(AgentEnd::Failed(why)));
    let [Effect::Draw(view), Effect::Tell(Change::Show(Topic::Refusal, notice))] = &*effects else {
        panic!("{effects:?}")
    };
    assert_eq!(view.title, "Signet: the agent is not running");
    assert_eq!((&*notice.title, &*notice.body), ("Signet's agent does not start", "no room"));
    let started = choose(&mut tray, Choice::Start);
    assert!(matches!(&*started, [Effect::Draw(View { mood: Mood::Working, .. }), Effect::StartAgent]), "{started:?}");
    assert_eq!(choose(&mut tray, Choice::Quit), [Effect::StopAgent], "it may run by now");
}

#[test]
fn an_agent_of_its_own_is_started_once_however_often_that_is_chosen() {
    let mut tray = tray(snapshot(&[Ready]));
    tray.hear(Event::AgentEnded(elsewhere()));
    tray.hear(Event::Lost);
    assert!(choose(&mut tray, Choice::Start).contains(&Effect::StartAgent));
    assert_eq!(choose(&mut tray, Choice::Start), [], "before it answers");
    tray.hear(Event::Changed(Box::new(snapshot(&[Ready]))));
    assert_eq!(choose(&mut tray, Choice::Start), [], "and after that");
    assert_eq!(choose(&mut tray, Choice::Quit), [Effect::StopAgent]);
}

#[test]
fn anothers_agent_that_does_not_answer_is_told_of() {
    let chosen = || {
        let mut tray = tray(snapshot(&[Ready]));
        tray.hear(Event::AgentEnded(elsewhere()));
        tray.hear(Event::Lost);
        choose(&mut tray, Choice::Start);
        tray
    };
    let late = || {
        let mut tray = Tray::new(Language::English, Start::AtLogin);
        tray.hear(Event::Lost);
        tray
    };
    for mut tray in [chosen(), late()] {
        let effects = tray.hear(Event::AgentEnded(elsewhere()));
        let [Effect::Draw(view), Effect::Tell(Change::Show(Topic::Refusal, notice))] = &*effects else {
            panic!("{effects:?}")
        };
        assert_eq!(view.title, "Signet: the agent is not running");
        assert!(notice.body.contains("4711") && notice.body.contains("does not answer"), "{}", notice.body);
        assert!(choose(&mut tray, Choice::Start).contains(&Effect::StartAgent), "it may be gone by then");
    }
}
