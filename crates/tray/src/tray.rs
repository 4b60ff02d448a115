//! The tray's mind: what happens goes in, what is to be done comes out.

use std::collections::BTreeSet;
use std::mem;
use std::time::Instant;

use desktop::Page;
use ipc::{AccountState, Snapshot};
use texts::{Language, text};

use crate::arguments::Start;
use crate::event::{AgentEnd, Effect, Event, Undone, View};
use crate::menu::{Choice, menu};
use crate::mood::{Mood, title};
use crate::notices::{Button, Change, Notice, Notices, Stay, Topic, needing};
use crate::outcome::{self, Outcome};
use crate::platform::NO_ENGINE;
use crate::standing::{Standing, idle};

/// Where the agent runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Host {
    /// In this process, so it ends with it.
    Here,
    /// The same, and nobody has answered so far.
    Late,
    /// In another, or nowhere.
    Elsewhere,
}

pub(crate) struct Tray {
    /// The system's language.
    system: Language,
    /// The language spoken: the person's choice, where they have made one.
    language: Language,
    host: Host,
    standing: Standing,
    /// Who has started it, until the agent has first said how everything stands.
    start: Option<Start>,
    notices: Notices,
    /// The accounts whose sign-ins the tray waits for.
    signing_in: BTreeSet<String>,
    /// Those of which it was last told that nobody could be signed in.
    failed: BTreeSet<String>,
    drawn: View,
}

impl Tray {
    /// A tray that is about to start the agent.
    pub(crate) fn new(system: Language, start: Start) -> Self {
        let standing = Standing::Starting;
        let drawn = view(&standing, system);
        Self {
            system,
            language: system,
            host: Host::Here,
            standing,
            start: Some(start),
            notices: Notices::default(),
            signing_in: BTreeSet::new(),
            failed: BTreeSet::new(),
            drawn,
        }
    }

    /// What there is to be seen.
    pub(crate) fn view(&self) -> &View {
        &self.drawn
    }

    /// What is to be done at this moment.
    pub(crate) fn handle(&mut self, event: Event, now: Instant) -> Vec<Effect> {
        match event {
            Event::Changed(snapshot) => {
                let chosen = snapshot.language.as_ref().and_then(|language| language.parse().ok());
                self.language = chosen.unwrap_or(self.system);
                if self.host == Host::Late {
                    self.host = Host::Here;
                }
                let welcome = self.welcome(&snapshot);
                let mut effects = self.stand(Standing::Running(snapshot), now);
                effects.extend(welcome);
                effects
            }
            Event::Lost => self.lose(now),
            Event::AgentEnded(end) => self.agent_ended(end, now),
            Event::Chosen(choice) => self.choose(choice, now),
            Event::Clicked => self.click(),
            Event::Pressed(topic, button) => self.press(&topic, button, now),
            Event::Closed(topic) => {
                self.notices.put_away(&topic);
                Vec::new()
            }
            Event::NoticesLost => {
                self.notices.forget_standing();
                self.tell(now)
            }
            Event::Woken => self.tell(now),
            Event::SignInEnded { account, outcome } => {
                self.signing_in.remove(&account);
                self.tell_outcome(account, outcome)
            }
            // Its sign-in is waited for all the same.
            Event::PageUnopened { account, outcome } => self.tell_outcome(account, outcome),
            Event::Refused(undone, why) => vec![Effect::Tell(self.refusal(undone, why))],
            Event::Unshown => {
                let needs = text(self.language, NO_ENGINE, &[]);
                vec![Effect::Tell(self.refusal(Undone::Window, needs))]
            }
            Event::Terminated => self.end(),
        }
    }

    /// Whoever starts it for the first time sees where to begin.
    fn welcome(&mut self, snapshot: &Snapshot) -> Option<Effect> {
        let is_new = self.start.take() == Some(Start::ByHand) && snapshot.accounts.is_empty();
        is_new.then_some(Effect::Window(None))
    }

    fn stand(&mut self, standing: Standing, now: Instant) -> Vec<Effect> {
        self.standing = standing;
        let mut effects = self.draw();
        effects.extend(self.withdraw_overtaken());
        effects.extend(self.tell(now));
        effects
    }

    fn tell_outcome(&mut self, account: String, outcome: Outcome) -> Vec<Effect> {
        let Some(notice) = outcome::notice(&account, outcome, self.language) else {
            // Whatever was told of it on the way is over too.
            let told = self.failed.take(&account);
            return told.map(|account| Effect::Tell(Change::Withdraw(Topic::SignIn(account)))).into_iter().collect();
        };
        if notice.mood == Mood::Attention {
            self.failed.insert(account.clone());
        } else {
            self.failed.remove(&account);
        }
        vec![Effect::Tell(Change::Show(Topic::SignIn(account), notice))]
    }

    /// A sign-in that failed is no news once somebody has signed in from elsewhere, or the account is gone.
    fn withdraw_overtaken(&mut self) -> Vec<Effect> {
        let Standing::Running(snapshot) = &self.standing else { return Vec::new() };
        let lasts = |account: &str| {
            let found = snapshot.accounts.iter().find(|view| view.name == account);
            found.is_some_and(|view| view.state != AccountState::Ready)
        };
        let over = self.failed.extract_if(.., |account| !lasts(account));
        over.map(|account| Effect::Tell(Change::Withdraw(Topic::SignIn(account)))).collect()
    }

    /// The whole of it, where anything of it has changed.
    fn draw(&mut self) -> Vec<Effect> {
        let view = view(&self.standing, self.language);
        if view == self.drawn {
            return Vec::new();
        }
        self.drawn = view.clone();
        vec![Effect::Draw(view)]
    }

    fn tell(&mut self, now: Instant) -> Vec<Effect> {
        let wake = self.notices.hear(&self.standing, now).map(Effect::Wake);
        let changes = self.notices.update(&self.standing, self.language).into_iter().map(Effect::Tell);
        wake.into_iter().chain(changes).collect()
    }

    fn choose(&mut self, choice: Choice, now: Instant) -> Vec<Effect> {
        match choice {
            Choice::SignIn(account) => self.sign_in(account),
            Choice::Cancel(sign_in) => self.cancel(sign_in, now),
            Choice::Unlock => vec![Effect::Unlock(self.language)],
            Choice::Open => vec![Effect::Window(None)],
            Choice::Accounts => vec![Effect::Window(Some(Page::Accounts))],
            Choice::Speak(language) => vec![Effect::Speak(language)],
            Choice::Start => self.start_agent(now),
            Choice::Quit => self.end(),
        }
    }

    /// Does what is wanted most: where one account waits, or the only one there is has nobody signed in, its sign-in.
    fn click(&mut self) -> Vec<Effect> {
        let only = match &self.standing {
            Standing::Running(snapshot) => match *idle(snapshot) {
                [only] if only.state != AccountState::SignedOut || snapshot.accounts.len() == 1 => {
                    Some(only.name.clone())
                }
                _ => None,
            },
            Standing::Starting | Standing::NotRunning => None,
        };
        only.map_or_else(|| vec![Effect::Window(None)], |account| self.sign_in(account))
    }

    fn press(&mut self, topic: &Topic, button: Button, now: Instant) -> Vec<Effect> {
        self.notices.put_away(topic);
        let mut effects = vec![Effect::Tell(Change::Withdraw(topic.clone()))];
        effects.extend(match (button, topic) {
            (Button::NotNow, _) => self.turn_down(now),
            (Button::Unlock, _) => vec![Effect::Unlock(self.language)],
            (Button::SignIn, Topic::SignIn(account)) => self.sign_in(account.clone()),
            (Button::SignIn, Topic::Wishes) => self.sign_in_wished(),
            (Button::SignIn, _) => self.sign_in_needing(),
            (Button::Open, Topic::Reminder | Topic::SignIn(_) | Topic::Wishes) => {
                vec![Effect::Window(Some(Page::Accounts))]
            }
            (Button::Open, _) => vec![Effect::Window(None)],
        });
        effects
    }

    /// Calls off all that programs wish for and the person is told of.
    fn turn_down(&mut self, now: Instant) -> Vec<Effect> {
        let Standing::Running(snapshot) = &self.standing else { return Vec::new() };
        let wishes = self.notices.wishes(snapshot);
        wishes.iter().for_each(|wish| self.notices.refuse(wish, now));
        wishes.into_iter().map(|wish| Effect::Cancel(wish.sign_in.clone())).collect()
    }

    fn cancel(&mut self, sign_in: String, now: Instant) -> Vec<Effect> {
        if let Standing::Running(snapshot) = &self.standing
            && let Some(wish) = snapshot.wishes.iter().find(|wish| wish.sign_in == sign_in)
        {
            self.notices.refuse(wish, now);
        }
        vec![Effect::Cancel(sign_in)]
    }

    /// Which account it was that a reminder named may have changed since.
    fn sign_in_needing(&mut self) -> Vec<Effect> {
        let Standing::Running(snapshot) = &self.standing else { return self.sign_in_to(&[]) };
        let names: Vec<String> = needing(snapshot).into_iter().map(|account| account.name.clone()).collect();
        self.sign_in_to(&names)
    }

    /// Further wishes may have come meanwhile.
    fn sign_in_wished(&mut self) -> Vec<Effect> {
        let Standing::Running(snapshot) = &self.standing else { return self.sign_in_to(&[]) };
        let names: Vec<String> = self.notices.wishes(snapshot).into_iter().map(|wish| wish.account.clone()).collect();
        self.sign_in_to(&names)
    }

    /// Where it is not a single account, the person chooses.
    fn sign_in_to(&mut self, accounts: &[String]) -> Vec<Effect> {
        match accounts {
            [only] => self.sign_in(only.clone()),
            _ => vec![Effect::Window(Some(Page::Accounts))],
        }
    }

    fn sign_in(&mut self, account: String) -> Vec<Effect> {
        if !self.signing_in.insert(account.clone()) {
            return vec![Effect::OpenPage(account, self.language)];
        }
        let last = Change::Withdraw(Topic::SignIn(account.clone()));
        vec![Effect::Tell(last), Effect::SignIn(account, self.language)]
    }

    fn refusal(&self, undone: Undone, why: String) -> Change {
        let id = match undone {
            Undone::Unlock => "tray-unlock-failed",
            Undone::Speak => "tray-not-set",
            Undone::Window => "tray-no-window",
            Undone::Agent => "tray-not-started",
        };
        let title = text(self.language, id, &[]);
        let (buttons, stay, mood) = (Vec::new(), Stay::Briefly, Mood::Attention);
        Change::Show(Topic::Refusal, Notice { title, body: why, buttons, stay, mood })
    }

    fn lose(&mut self, now: Instant) -> Vec<Effect> {
        match self.host {
            Host::Elsewhere => self.stand(Standing::NotRunning, now),
            // It has not ended, so it is about to answer.
            Host::Here | Host::Late => {
                self.host = Host::Late;
                self.stand(Standing::Starting, now)
            }
        }
    }

    /// A second one would find the first in its place, and nobody would know whose that is.
    fn start_agent(&mut self, now: Instant) -> Vec<Effect> {
        match self.host {
            Host::Here | Host::Late => Vec::new(),
            Host::Elsewhere => {
                self.host = Host::Late;
                let mut effects = self.stand(Standing::Starting, now);
                effects.push(Effect::StartAgent);
                effects
            }
        }
    }

    fn agent_ended(&mut self, end: AgentEnd, now: Instant) -> Vec<Effect> {
        let host = mem::replace(&mut self.host, Host::Elsewhere);
        match (end, host) {
            (AgentEnd::Asked, _) => vec![Effect::End],
            (AgentEnd::Failed(why), _) => self.go_without(&why.sentence(self.language), now),
            (AgentEnd::Elsewhere { pid }, Host::Late) => {
                self.go_without(&text(self.language, "tray-agent-mute", &[("pid", &pid)]), now)
            }
            // It is about to answer.
            (AgentEnd::Elsewhere { .. }, Host::Here | Host::Elsewhere) => Vec::new(),
        }
    }

    fn go_without(&mut self, why: &str, now: Instant) -> Vec<Effect> {
        let mut effects = self.stand(Standing::NotRunning, now);
        effects.push(Effect::Tell(self.refusal(Undone::Agent, why.to_owned())));
        effects
    }

    fn end(&self) -> Vec<Effect> {
        match self.host {
            Host::Here | Host::Late => vec![Effect::StopAgent],
            Host::Elsewhere => vec![Effect::End],
        }
    }
}

fn view(standing: &Standing, language: Language) -> View {
    View { mood: Mood::of(standing), title: title(standing, language), menu: menu(standing, language) }
}

#[cfg(test)]
mod tests;
