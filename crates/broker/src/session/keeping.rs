//! Between memory and disk: what is read at the start, what is written, and what waits for it.

use std::time::Duration;

use secrecy::SecretString;

use super::{Ended, Row, Saves, Session};
use crate::account::{Person, ResourceKey};
use crate::desk::Desk;
use crate::event::{Effect, Kept, StoreTrouble, Stored, Ticket};
use crate::failure::{Kind, Reason, Trouble};
use crate::grant::{AccessToken, Grant};
use crate::schedule::{self, KEEP_ALIVE};
use crate::sign_in::{AttemptStage, SignInState};

impl Session {
    /// The store's word on the account. A sign-in of the meantime lives in memory only; it goes to the disk
    /// now, unless the account turns out to be pinned to somebody else.
    pub(crate) fn restore(&mut self, kept: Kept, desk: &mut Desk) {
        if let Row::Known = self.row {
            return;
        }
        self.row = Row::Known;
        let same = |person: &Person| match &kept {
            Kept::SignIn(stored) => stored.person.identity.is_same(&person.identity),
            Kept::Nothing | Kept::Elsewhere => true,
        };
        match (&self.grant, &self.person) {
            (Grant::Unread, _) => {}
            (_, Some(person)) if same(person) => return self.save_again(desk),
            (_, _) => {
                self.tokens.clear();
                self.suspended.clear();
                self.spent.clear();
            }
        }
        self.saves = Saves::Settled;
        match kept {
            Kept::Nothing => self.grant = Grant::SignedOut(Reason::NeverSignedIn),
            Kept::Elsewhere => {
                let trouble = Trouble::new(Kind::SignIn, Reason::BoundElsewhere);
                self.grant = Grant::NeedsSignIn { refresh: None, trouble, retry_at: Duration::MAX };
            }
            Kept::SignIn(stored) => self.take_up(stored, desk),
        }
    }

    fn take_up(&mut self, stored: Stored, desk: &mut Desk) {
        let now = desk.now;
        for token in stored.tokens {
            let key = token.key.clone();
            if let Some(token) = AccessToken::restored(token, now, desk.jitter()) {
                self.tokens.insert(key, token);
            }
        }
        let rested = now.wall.saturating_sub(stored.refreshed).min(KEEP_ALIVE);
        self.keep_alive_at = now.boot + (KEEP_ALIVE - rested);
        self.person = Some(stored.person);
        self.endpoint = stored.endpoint;
        self.grant = match (stored.refresh, stored.ended) {
            (Some(refresh), None) => Grant::Resting { refresh },
            (refresh, ended) => Grant::NeedsSignIn {
                refresh,
                trouble: Trouble::new(Kind::SignIn, ended.unwrap_or(Reason::Revoked)),
                retry_at: now.boot,
            },
        };
    }

    /// Brings the disk up to memory's state, in the background.
    pub(super) fn save_again(&mut self, desk: &mut Desk) {
        if let Row::Unread = self.row {
            // Reading the row leads back here.
            self.saves = Saves::Refused { failures: 1, retry: desk.now.boot + schedule::BACK_OFF_LONGEST };
            return;
        }
        let ended = if let Grant::NeedsSignIn { refresh: None, trouble, .. } = &self.grant {
            Some(trouble.reason)
        } else {
            None
        };
        let Some(stored) = self.stored(self.grant.refresh(), None, ended, desk) else { return };
        let ticket = desk.ticket();
        let failures = self.failed_saves();
        self.saves = Saves::Writing { ticket, failures };
        desk.put(Effect::Save(ticket, self.spec.name.clone(), stored));
    }

    /// The disk has forgotten everything; what is on its way there arrives all the same.
    pub(crate) fn save_anew(&mut self, desk: &mut Desk) {
        match self.grant {
            Grant::Unread | Grant::SignedOut(_) | Grant::Saving { .. } => {}
            Grant::Resting { .. }
            | Grant::Refreshing { .. }
            | Grant::Unreachable { .. }
            | Grant::NeedsSignIn { .. } => self.save_again(desk),
        }
    }

    /// There will be no later try.
    pub(crate) fn save_at_last(&mut self, desk: &mut Desk) {
        if let (Row::Known, Saves::Refused { .. }) = (&self.row, &self.saves) {
            self.save_again(desk);
        }
    }

    pub(super) fn stored(
        &self,
        refresh: Option<&SecretString>,
        landed: Option<(&ResourceKey, &AccessToken)>,
        ended: Option<Reason>,
        desk: &Desk,
    ) -> Option<Stored> {
        let boot = desk.now.boot;
        let replaced = |key: &ResourceKey| landed.is_some_and(|(landed, _)| landed == key);
        let kept = self.tokens.iter().filter(|(key, token)| !replaced(key) && !token.left(boot).is_zero());
        Some(Stored {
            refresh: refresh.cloned(),
            person: self.person.clone()?,
            endpoint: self.endpoint.clone(),
            tokens: kept.chain(landed).map(|(key, token)| token.stored(key, desk.now)).collect(),
            ended,
            refreshed: desk.now.wall,
        })
    }

    pub(crate) fn saved(&mut self, ticket: Ticket, outcome: Result<(), StoreTrouble>, desk: &mut Desk) -> Ended {
        let failures = self.failed_saves() + 1;
        let settled = match outcome {
            Ok(()) => Saves::Settled,
            Err(_) => Saves::Refused { failures, retry: desk.now.boot + schedule::save_again(failures) },
        };
        if let Grant::Saving { ticket: current, .. } = &self.grant
            && *current == ticket
        {
            self.saves = settled;
            return self.settle(desk);
        }
        if matches!(self.saves, Saves::Writing { ticket: at, .. } | Saves::Late { ticket: at, .. } if at == ticket) {
            self.saves = settled;
        }
        None
    }

    /// How often in a row the disk has refused.
    fn failed_saves(&self) -> u32 {
        match self.saves {
            Saves::Settled => 0,
            Saves::Late { .. } => 1,
            Saves::Writing { failures, .. } | Saves::Refused { failures, .. } => failures,
        }
    }

    /// What was held back until it was saved goes out.
    pub(super) fn settle(&mut self, desk: &mut Desk) -> Ended {
        if let Grant::Saving { refresh, landed, .. } = self.grant.take() {
            self.tokens.extend(landed);
            self.grant = Grant::Resting { refresh };
        }
        let attempt = self.attempt.take_if(|attempt| matches!(attempt.stage, AttemptStage::Saving))?;
        let login = self.person.as_ref().map_or(&self.spec.login, |person| &person.username).clone();
        let state = SignInState::SignedIn { account: self.spec.name.clone(), login };
        Some(attempt.end(state, desk))
    }
}
