//! The person's part: a sign-in under way, beside whatever the account already holds.

use std::time::Duration;

use super::{Ended, Session};
use crate::account::{Person, ResourceKey};
use crate::desk::Desk;
use crate::event::{AskerId, Effect, NewTokens, SignInId};
use crate::failure::{Kind, Reason, Trouble};
use crate::sign_in::{Attempt, AttemptStage, SignInState};
use crate::view::FailedSignIn;

impl Session {
    pub(crate) fn sign_in(&mut self, asker: AskerId, desk: &mut Desk) {
        let attempt = match &mut self.attempt {
            Some(attempt) => attempt,
            None => {
                self.failed = None;
                let attempt = Attempt::new(desk);
                desk.put(Effect::OpenSignIn {
                    sign_in: attempt.id.clone(),
                    account: self.spec.name.clone(),
                    claims: self.claims.clone(),
                });
                self.attempt.insert(attempt)
            }
        };
        attempt.join(asker, desk);
    }

    /// The sign-in under way, if it is this one; anything about another one is stale.
    pub(crate) fn attempt(&mut self, id: &SignInId) -> Option<&mut Attempt> {
        self.attempt.as_mut().filter(|attempt| attempt.id == *id)
    }

    /// The browser came back with a person: is it the right one?
    pub(crate) fn redeemed(&mut self, id: &SignInId, person: Person, new: NewTokens, desk: &mut Desk) -> Ended {
        let pinned = self.person.clone();
        let login = person.username.eq_ignore_ascii_case(&self.spec.login);
        let attempt = self.attempt(id)?;
        match pinned {
            Some(pinned) if !pinned.identity.is_same(&person.identity) => attempt.refuse(person, pinned, desk),
            None if !login => attempt.ask_person(person, new, desk),
            Some(_) | None => return self.accept(person, new, desk.now.boot, desk),
        }
        None
    }

    pub(crate) fn confirmed(&mut self, id: &SignInId, desk: &mut Desk) -> Ended {
        let attempt = self.attempt(id)?;
        let (person, new, issued) = attempt.take_confirmed()?;
        self.accept(person, new, issued, desk)
    }

    fn accept(&mut self, person: Person, new: NewTokens, issued: Duration, desk: &mut Desk) -> Ended {
        let Some(refresh) = new.refresh.clone() else {
            return self.finish(SignInState::Failed(Trouble::new(Kind::Configuration, Reason::NoRefreshToken)), desk);
        };
        let key = self.spec.resources.first().map(ResourceKey::from)?;
        if let Some(attempt) = &mut self.attempt {
            attempt.stage = AttemptStage::Saving;
        }
        if self.person.as_ref().is_none_or(|pinned| !pinned.identity.is_same(&person.identity)) {
            self.tokens.clear();
        }
        self.person = Some(person);
        self.endpoint.clone_from(&new.endpoint);
        self.suspended.clear();
        self.spent.clear();
        self.claims = None;
        self.land(refresh, key, new, issued, desk);
        None
    }

    /// Ends the sign-in under way; what the account held before stays as it is.
    pub(crate) fn finish(&mut self, state: SignInState, desk: &mut Desk) -> Ended {
        let attempt = self.attempt.take()?;
        if let SignInState::Failed(trouble) = &state {
            let (sign_in, trouble, at) = (attempt.id.clone(), trouble.clone(), desk.now.boot);
            self.failed = Some(FailedSignIn { sign_in, trouble, at });
        }
        Some(attempt.end(state, desk))
    }
}
