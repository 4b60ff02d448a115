//! What is due: answers, departures, refusals. One rule after the other, after every event.

use std::time::Duration;

use super::{Ended, Saves, Session, handed_out};
use crate::account::ResourceKey;
use crate::desk::{Desk, Outlook};
use crate::event::{Answer, Effect, Refusal};
use crate::failure::{Kind, Reason, Transport, Trouble};
use crate::grant::{AccessToken, Before, Flight, Grant};
use crate::schedule::{self, FLIGHT_LIMIT, IN_USE, REFRESH_SPACING};
use crate::sign_in::{Attempt, AttemptStage};
use crate::view::{AccountView, ViewState};
use crate::waiting::Waiting;

impl Session {
    /// Does what is due: answers, gives up, sets out. Called after every event that concerns the account.
    pub(crate) fn advance(&mut self, desk: &mut Desk) -> Ended {
        let ended = self.give_up(desk);
        self.serve(desk);
        self.depart(desk);
        self.refuse(desk);
        ended
    }

    fn give_up(&mut self, desk: &mut Desk) -> Ended {
        let boot = desk.now.boot;
        let mut ended = None;
        if let Grant::Refreshing { flight, .. } = &self.grant
            && flight.give_up <= boot
        {
            self.refreshed(flight.ticket, Err(Transport::Timeout.into()), desk);
        }
        if let Grant::Saving { patience, ticket, .. } = &self.grant
            && *patience <= boot
        {
            self.saves = Saves::Late { ticket: *ticket, retry: boot + schedule::save_again(1) };
            ended = self.settle(desk);
        }
        if matches!(self.saves, Saves::Refused { retry, .. } | Saves::Late { retry, .. } if retry <= boot) {
            self.save_again(desk);
        }
        if let Some(attempt) = &mut self.attempt {
            attempt.time_out(desk);
            if attempt.expires <= boot && !matches!(attempt.stage, AttemptStage::Saving) {
                let state = attempt.overdue_state();
                ended = self.finish(state, desk);
            }
        }
        ended
    }

    fn serve(&mut self, desk: &mut Desk) {
        let boot = desk.now.boot;
        let Self { spec, tokens, waiting, .. } = self;
        waiting.retain(|waiting| {
            let Some(token) = tokens.get_mut(&waiting.key).filter(|token| waiting.content_with(token, boot)) else {
                return true;
            };
            token.asked = Some(boot);
            desk.answer(waiting.asker, Answer::Token(handed_out(spec, token, boot)));
            false
        });
    }

    /// Spends the refresh token for the first who needs it, if nothing else is in the air.
    fn depart(&mut self, desk: &mut Desk) {
        if desk.outlook == Outlook::Ending {
            return;
        }
        let boot = desk.now.boot;
        let wanted = self.waiting.iter().find(|waiting| self.rested_at(&waiting.key) <= boot);
        let wanted_key = wanted.map(|waiting| waiting.key.clone());
        let (refresh, before, key) = match &self.grant {
            Grant::Resting { refresh } => (refresh, Before::Rest, wanted_key.or_else(|| self.due_key(boot))),
            Grant::Unreachable { refresh, failures, retry_at, key, failure } if *retry_at <= boot => {
                let before = Before::Failed { failure: failure.clone(), failures: *failures };
                (refresh, before, wanted_key.or_else(|| Some(key.clone())))
            }
            Grant::NeedsSignIn { refresh: Some(refresh), retry_at, trouble } if *retry_at <= boot => {
                (refresh, Before::Judged(trouble.clone()), wanted_key.or_else(|| self.first_key()))
            }
            Grant::Unread
            | Grant::SignedOut(_)
            | Grant::Refreshing { .. }
            | Grant::Saving { .. }
            | Grant::Unreachable { .. }
            | Grant::NeedsSignIn { .. } => return,
        };
        let Some(key) = key else {
            self.turn = None;
            return;
        };
        if self.waiting.is_empty()
            && let Err(turn) = desk.take_turn(self.turn)
        {
            self.turn = Some(turn);
            return;
        }
        let refresh = refresh.clone();
        let claims = wanted.filter(|waiting| waiting.key == key).and_then(|waiting| waiting.claims.clone());
        let ticket = desk.ticket();
        self.turn = None;
        self.spent.insert(key.clone(), boot);
        desk.put(Effect::Refresh {
            ticket,
            account: self.spec.name.clone(),
            key: key.clone(),
            refresh: refresh.clone(),
            endpoint: self.endpoint.clone(),
            claims,
        });
        let flight = Flight { ticket, key, before, give_up: boot + FLIGHT_LIMIT };
        self.grant = Grant::Refreshing { refresh, flight };
    }

    fn first_key(&self) -> Option<ResourceKey> {
        self.spec.resources.first().map(ResourceKey::from)
    }

    /// From when on the refresh token may be spent for this.
    pub(super) fn rested_at(&self, key: &ResourceKey) -> Duration {
        let spaced = self.spent.get(key).map_or(Duration::ZERO, |spent| *spent + REFRESH_SPACING);
        self.suspended.get(key).map_or(spaced, |suspension| suspension.until.max(spaced))
    }

    /// What the background has to refresh now.
    fn due_key(&self, boot: Duration) -> Option<ResourceKey> {
        self.refresh_times().filter(|(_, at)| *at <= boot).min_by_key(|(_, at)| *at).map(|(key, _)| key)
    }

    /// When the background refreshes what: tokens in use that near their end, and the sign-in itself once a day.
    fn refresh_times(&self) -> impl Iterator<Item = (ResourceKey, Duration)> {
        let tokens = self.tokens.iter().filter_map(|(key, token)| {
            let at = token.refresh_at.max(self.rested_at(key));
            (at <= token.asked? + IN_USE).then(|| (key.clone(), at))
        });
        let keep_alive = self.first_key().map(|key| {
            let at = self.keep_alive_at.max(self.rested_at(&key));
            (key, at)
        });
        tokens.chain(keep_alive)
    }

    /// Tells those for whom nothing will come what stands in the way.
    fn refuse(&mut self, desk: &mut Desk) {
        for waiting in std::mem::take(&mut self.waiting) {
            match self.refusal(&waiting, desk) {
                None if waiting.deadline <= desk.now.boot => {
                    let answer = match waiting.newer_than {
                        Some(_) => Answer::Refused(Refusal::TimedOut),
                        None => self.what_is_left(&waiting, Refusal::TimedOut, desk),
                    };
                    desk.answer(waiting.asker, answer);
                }
                None => self.waiting.push(waiting),
                Some(refusal) => desk.answer(waiting.asker, self.what_is_left(&waiting, refusal, desk)),
            }
        }
    }

    /// A token that still lives is served to its end, even if no better one can be had.
    fn what_is_left(&self, waiting: &Waiting, refusal: Refusal, desk: &Desk) -> Answer {
        let boot = desk.now.boot;
        match self.tokens.get(&waiting.key).filter(|token| token.lives(boot)) {
            Some(token) => Answer::Token(handed_out(&self.spec, token, boot)),
            None => Answer::Refused(refusal),
        }
    }

    fn refusal(&self, waiting: &Waiting, desk: &Desk) -> Option<Refusal> {
        let boot = desk.now.boot;
        let lives = self.tokens.get(&waiting.key).is_some_and(|token| token.lives(boot));
        let in_the_air = matches!(&self.grant, Grant::Refreshing { flight, .. } if flight.key == waiting.key);
        let withheld = !in_the_air && self.rested_at(&waiting.key) > boot;
        if let Some(suspension) = self.suspended.get(&waiting.key).filter(|_| withheld) {
            return Some(Refusal::Trouble(suspension.trouble.clone()));
        }
        match &self.grant {
            Grant::Unread => desk.store_trouble.map(Refusal::Store),
            Grant::SignedOut(reason) => Some(Refusal::Trouble(Trouble::new(Kind::SignIn, *reason))),
            Grant::NeedsSignIn { trouble, .. } => Some(Refusal::Trouble(trouble.clone())),
            Grant::Unreachable { failure, retry_at, .. } => {
                let too_long = lives || *retry_at >= waiting.deadline;
                too_long.then(|| Refusal::Unreachable(retry_at.saturating_sub(boot), failure.clone()))
            }
            Grant::Resting { .. } => {
                let rested_at = self.rested_at(&waiting.key);
                (lives || rested_at >= waiting.deadline).then(|| Refusal::TooSoon(rested_at.saturating_sub(boot)))
            }
            Grant::Refreshing { .. } | Grant::Saving { .. } => None,
        }
    }

    /// When this account next needs attention, by the boot clock.
    pub(crate) fn due(&self) -> Option<Duration> {
        let grant = match &self.grant {
            Grant::Refreshing { flight, .. } => Some(flight.give_up),
            Grant::Saving { patience, .. } => Some(*patience),
            Grant::Unreachable { retry_at, .. } | Grant::NeedsSignIn { refresh: Some(_), retry_at, .. } => {
                Some(self.in_turn(*retry_at))
            }
            Grant::Resting { .. } => {
                let wanted = self.waiting.iter().map(|waiting| self.rested_at(&waiting.key));
                self.refresh_times().map(|(_, at)| self.in_turn(at)).chain(wanted).min()
            }
            Grant::Unread | Grant::SignedOut(_) | Grant::NeedsSignIn { refresh: None, .. } => None,
        };
        let saves = match self.saves {
            Saves::Refused { retry, .. } | Saves::Late { retry, .. } => Some(retry),
            Saves::Settled | Saves::Writing { .. } => None,
        };
        let waiting = self.waiting.iter().map(|waiting| waiting.deadline).min();
        [grant, saves, waiting, self.attempt.as_ref().and_then(Attempt::due)].into_iter().flatten().min()
    }

    /// Whether the disk is known to lack something; that the next try is on its way changes nothing.
    fn is_unsaved(&self) -> bool {
        match self.saves {
            Saves::Settled => false,
            Saves::Writing { failures, .. } => failures > 0,
            Saves::Refused { .. } | Saves::Late { .. } => true,
        }
    }

    /// What nobody waits for is due no sooner than its turn.
    fn in_turn(&self, at: Duration) -> Duration {
        self.turn.filter(|_| self.waiting.is_empty()).map_or(at, |turn| turn.max(at))
    }

    pub(crate) fn view(&self, desk: &Desk) -> AccountView {
        let first = self.first_key();
        let token = first.as_ref().and_then(|key| self.tokens.get(key));
        let suspension = first.as_ref().and_then(|key| self.suspended.get(key));
        let (state, trouble) = match &self.grant {
            Grant::Unread if desk.store_trouble.is_some() => {
                (ViewState::Unreachable, Some(Trouble::new(Kind::UserChoice, Reason::SessionLost)))
            }
            Grant::Unread => (ViewState::SignedOut, None),
            Grant::SignedOut(reason) => (ViewState::SignedOut, Some(Trouble::new(Kind::SignIn, *reason))),
            Grant::NeedsSignIn { trouble, .. }
            | Grant::Refreshing { flight: Flight { before: Before::Judged(trouble), .. }, .. } => {
                (ViewState::NeedsSignIn, Some(trouble.clone()))
            }
            Grant::Unreachable { failure, .. }
            | Grant::Refreshing { flight: Flight { before: Before::Failed { failure, .. }, .. }, .. } => {
                (ViewState::Unreachable, Some(Trouble::passing(failure)))
            }
            Grant::Resting { .. } | Grant::Refreshing { .. } | Grant::Saving { .. } => match suspension {
                Some(suspension) => (ViewState::NeedsSignIn, Some(suspension.trouble.clone())),
                None => (ViewState::Ready, None),
            },
        };
        let signing_in = self.attempt.is_some() && state != ViewState::Ready;
        AccountView {
            name: self.spec.name.clone(),
            login: self.spec.login.clone(),
            state: if signing_in { ViewState::SigningIn } else { state },
            trouble,
            expires: token.map(AccessToken::expires),
            sign_in: self.attempt.as_ref().map(|attempt| attempt.id.clone()),
            failed: self.failed.clone(),
            unsaved: self.is_unsaved(),
        }
    }
}
