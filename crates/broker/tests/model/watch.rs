//! The rules themselves: what is looked at after each event.

use std::time::Duration;

use broker::{AccountName, Answer, AskerId, Effect, Event, Refusal, SignInState, Stage, Stored, Ticket};
use secrecy::ExposeSecret;

use super::{Asker, ENDPOINT, Flight, Order, SignIn, Token, World};

impl World {
    /// One event, and a look at every rule.
    pub(super) fn happens(&mut self, event: Event) {
        self.story.push_back(format!("{:?} {event:?}", self.now.boot));
        if self.story.len() > 40 {
            self.story.pop_front();
        }
        let boot = self.now.boot;
        self.settle(|token| token.saving.is_some_and(|(_, since)| since + Duration::from_secs(2) <= boot));
        for effect in self.broker.handle(event, self.now) {
            self.story.push_back(format!("    → {effect:?}"));
            self.carry_out(effect);
        }
        self.look_at_the_clock();
        self.look_at_the_view();
    }

    pub(super) fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Answer(asker, answer) => self.answered(asker, &answer),
            Effect::Refresh { ticket, account, key, refresh, endpoint, .. } => {
                if endpoint != ENDPOINT {
                    self.broken("a refresh token is sent elsewhere");
                }
                self.departs(
                    Flight { ticket, account, key, give_up: self.now.boot + Duration::from_secs(60) },
                    refresh.expose_secret(),
                );
            }
            Effect::Load(names) => {
                let place = |name: AccountName| self.accounts.get(&name).map(|account| (name, account.authority));
                let places = names.into_iter().filter_map(place).collect();
                self.orders.push_back(Order::Load(places));
            }
            Effect::Save(ticket, account, stored) => self.saving(ticket, account, stored),
            Effect::Erase(account) => self.orders.push_back(Order::Erase(account)),
            Effect::OpenSignIn { sign_in, account, .. } => {
                let opened = SignIn { account, started: self.now.boot, asked: None, taken_on: false };
                if self.sign_ins.insert(sign_in, opened).is_some() {
                    self.broken("two sign-ins have one id");
                }
            }
            Effect::CloseSignIn(id) => {
                if self.sign_ins.remove(&id).is_none() {
                    self.broken("a sign-in ends twice");
                }
            }
            Effect::Show(id, Stage::Cancelled | Stage::Declined | Stage::Expired | Stage::Failed(_)) => {
                let in_force = |token: &Token| {
                    let era = self.accounts.get(&token.account).map(|account| account.era);
                    token.sign_in.as_ref() == Some(&id) && era == Some(token.era)
                };
                if self.tokens.values().any(in_force) {
                    self.broken("a sign-in is in force that is said to have come to nothing");
                }
            }
            Effect::Remind(names) => self.reminded(&names),
            Effect::Show(..) | Effect::Publish => {}
        }
    }

    /// One spender; the newest refresh token; no faster than the authority bears.
    pub(super) fn departs(&mut self, flight: Flight, refresh: &str) {
        let boot = self.now.boot;
        let Some(account) = self.accounts.get_mut(&flight.account) else {
            self.broken("a refresh for an account that is not configured");
        };
        let spaced = account.departed.get(&flight.key).is_none_or(|last| *last + Duration::from_secs(60) <= boot);
        let suspended = account.suspended.get(&flight.key).is_some_and(|until| *until > boot);
        let wrong = if account.flight.is_some() {
            Some("two refreshes are in the air for one account")
        } else if account.erased || account.refresh.as_deref() != Some(refresh) {
            Some("a refresh token is spent that is not the newest")
        } else if !spaced {
            Some("one resource is refreshed twice in a minute")
        } else if suspended {
            Some("a suspended resource is refreshed")
        } else if account.rests_until > boot {
            Some("the authority is not left alone for as long as it asked")
        } else {
            None
        };
        let awaited = self.askers.values().any(|asker| asker.account.as_ref() == Some(&flight.account));
        let turn = (!awaited).then_some(boot).or(self.last_turn);
        let in_turn = awaited || self.last_turn.is_none_or(|last| last + Duration::from_millis(100) <= boot);
        self.last_turn = turn;
        let wrong = wrong.or((!in_turn).then_some("requests that nobody waits for set out in a crowd"));
        account.departed.insert(flight.key.clone(), boot);
        account.tried.insert(flight.key.clone(), boot);
        account.flight = Some(flight.ticket);
        self.flights.push(flight);
        if let Some(wrong) = wrong {
            self.broken(wrong);
        }
    }

    pub(super) fn saving(&mut self, ticket: Ticket, name: AccountName, stored: Stored) {
        let Some(account) = self.accounts.get(&name) else {
            self.broken("something is saved for an account that is not configured");
        };
        if !account.read {
            self.broken("something is written over a row that has not been read");
        }
        let refresh = stored.refresh.as_ref().map(ExposeSecret::expose_secret);
        if refresh != account.refresh.as_deref() {
            self.broken("what is saved is not the newest refresh token");
        }
        if account.pinned.as_ref() != Some(&stored.person.identity.subject) {
            self.broken("what is saved is of another person than the pinned one");
        }
        let (era, authority) = (account.era, account.authority);
        for saved in &stored.tokens {
            match self.tokens.get_mut(saved.access.expose_secret()) {
                Some(token) if token.account == name && token.era == era => {
                    token.saving.get_or_insert((ticket, self.now.boot));
                }
                Some(_) | None => self.broken("a token is saved that should be forgotten"),
            }
        }
        self.orders.push_back(Order::Save(ticket, name, authority, stored));
    }

    pub(super) fn settle(&mut self, which: impl Fn(&Token) -> bool) {
        for token in self.tokens.values_mut().filter(|token| which(token)) {
            token.settled = true;
        }
        for (text, token) in self.tokens.iter().filter(|(_, token)| token.settled) {
            let Some(account) = self.accounts.get_mut(&token.account).filter(|it| it.era == token.era) else {
                continue;
            };
            let newest = account.served.get(&token.key).and_then(|served| self.tokens.get(served));
            if newest.is_none_or(|newest| newest.number <= token.number) {
                account.served.insert(token.key.clone(), text.clone());
            }
        }
    }

    pub(super) fn answered(&mut self, id: AskerId, answer: &Answer) {
        let Some(asker) = self.askers.remove(&id) else { self.broken("somebody is answered who does not wait") };
        if let Some(access) = &asker.rejects {
            return self.rejection_answered(&asker, access, answer);
        }
        match answer {
            Answer::Token(given) => match self.tokens.get(given.access.expose_secret()) {
                None => self.broken("a token is handed out that came from a stale flight"),
                Some(token) => {
                    let account = &self.accounts[&token.account];
                    if asker.account.as_ref() != Some(&token.account) || asker.key.as_ref() != Some(&token.key) {
                        self.broken("a token is handed out that was not asked for");
                    } else if token.era != account.era {
                        self.broken("a token is handed out that should be forgotten");
                    } else if !token.settled {
                        self.broken("a token is handed out before its refresh token is on disk");
                    } else if token.ends <= self.now.boot {
                        self.broken("a token is handed out that has ended");
                    }
                }
            },
            Answer::Refused(refusal) => {
                let served_to_its_end = !(asker.fresh && *refusal == Refusal::TimedOut);
                if served_to_its_end && self.at_hand(&asker, Duration::ZERO).is_some() {
                    self.broken("a program is refused while a token still lives");
                }
            }
            Answer::Noted => self.broken("something is noted that was not said"),
            Answer::SignIn(SignInState::SignedIn { .. }) | Answer::SignIn(_) | Answer::SignInStarted(_) => {}
        }
    }

    /// The token that this asker could be given at once.
    pub(super) fn at_hand(&self, asker: &Asker, min_valid: Duration) -> Option<&Token> {
        let account = self.accounts.get(asker.account.as_ref()?)?;
        let token = self.tokens.get(account.served.get(asker.key.as_ref()?)?)?;
        let left = token.ends.saturating_sub(self.now.boot);
        let wanted = min_valid.min(token.life.saturating_sub(Duration::from_secs(60)));
        (token.era == account.era && !left.is_zero() && left >= wanted).then_some(token)
    }
}
