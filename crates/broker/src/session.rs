//! One account from the first sign-in to sign-out: what it holds, who waits, what is in the air.

mod advance;
mod keeping;
mod signing_in;

use std::collections::BTreeMap;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use crate::account::{AccountSpec, Person, ResourceKey};
use crate::desk::Desk;
use crate::event::{Answer, Ask, AskerId, Effect, NewTokens, NotFound, Refusal, SignInId, Ticket, Token};
use crate::failure::{Failure, Kind, Reason, Trouble};
use crate::grant::{AccessToken, Before, Flight, Grant, Repute};
use crate::schedule::{
    self, DEFAULT_MIN_VALID, KEEP_ALIVE, REFRESH_SPACING, REJECT_AGE, SAVE_PATIENCE, SUSPENSION, VERDICT_REST,
};
use crate::sign_in::{Attempt, SignInState};
use crate::verdict::{Verdict, judge};
use crate::view::FailedSignIn;
use crate::waiting::Waiting;

pub(crate) struct Session {
    pub(crate) spec: AccountSpec,
    grant: Grant,
    row: Row,
    /// Whom the account is pinned to.
    person: Option<Person>,
    /// Where the refresh token came from, and may go to.
    endpoint: String,
    tokens: BTreeMap<ResourceKey, AccessToken>,
    suspended: BTreeMap<ResourceKey, Suspension>,
    spent: BTreeMap<ResourceKey, Duration>,
    waiting: Vec<Waiting>,
    attempt: Option<Attempt>,
    /// The last sign-in, where it failed: until the next begins, tokens come or somebody signs out.
    failed: Option<FailedSignIn>,
    /// Claims of a verdict that the next sign-in has to satisfy.
    claims: Option<String>,
    keep_alive_at: Duration,
    /// When it may ask the authority without anybody waiting, once it has to.
    turn: Option<Duration>,
    saves: Saves,
}

/// A verdict on one resource. It holds until a token comes; from `until` on the authority may be asked again.
struct Suspension {
    trouble: Trouble,
    until: Duration,
}

/// Whether it is known what the disk has of the account.
enum Row {
    /// Not yet: nothing may be written over what may be there.
    Unread,
    /// Yes.
    Known,
}

/// Whether memory and disk agree.
enum Saves {
    Settled,
    /// So many tries have failed before this one.
    Writing {
        ticket: Ticket,
        failures: u32,
    },
    /// The disk refused; the sign-in lives in memory until a later try.
    Refused {
        failures: u32,
        retry: Duration,
    },
    /// The disk has not answered in time; it may still, and is asked anew after this.
    Late {
        ticket: Ticket,
        retry: Duration,
    },
}

/// A finished sign-in, for the broker's memory of ended ones.
pub(crate) type Ended = Option<(SignInId, SignInState)>;

impl Session {
    pub(crate) fn new(spec: AccountSpec) -> Self {
        Self {
            spec,
            grant: Grant::Unread,
            row: Row::Unread,
            person: None,
            endpoint: String::new(),
            tokens: BTreeMap::new(),
            suspended: BTreeMap::new(),
            spent: BTreeMap::new(),
            waiting: Vec::new(),
            attempt: None,
            failed: None,
            claims: None,
            keep_alive_at: Duration::MAX,
            turn: None,
            saves: Saves::Settled,
        }
    }

    /// A cached token goes out without touching anything else, if it is good and has been asked for lately.
    pub(crate) fn serve_at_once(&mut self, ask: &Ask, desk: &Desk) -> Option<Token> {
        const LATELY: Duration = Duration::from_secs(60 * 60);
        if ask.force || ask.claims.is_some() {
            return None;
        }
        let boot = desk.now.boot;
        let token = match &ask.key {
            Some(key) => self.tokens.get_mut(key)?,
            None => {
                let first = self.spec.resources.first()?;
                self.tokens.iter_mut().find(|(key, _)| key.resource == first.name && key.scopes == first.scopes)?.1
            }
        };
        let lately = token.asked.is_some_and(|asked| boot.saturating_sub(asked) < LATELY);
        if !lately || !token.is_good_for(ask.min_valid.unwrap_or(DEFAULT_MIN_VALID), boot) {
            return None;
        }
        token.asked = Some(boot);
        Some(handed_out(&self.spec, token, boot))
    }

    pub(crate) fn ask(&mut self, ask: Ask, desk: &mut Desk) {
        let Some(key) = ask.key.or_else(|| self.spec.resources.first().map(ResourceKey::from)) else {
            return desk.answer(ask.asker, Answer::Refused(Refusal::UnknownResource(Vec::new())));
        };
        let declared = self.spec.resources.iter().find(|resource| resource.name == key.resource);
        if !declared.is_some_and(|resource| key.scopes.iter().all(|scope| resource.scopes.contains(scope))) {
            let known = self.spec.resources.iter().map(|resource| resource.name.clone()).collect();
            return desk.answer(ask.asker, Answer::Refused(Refusal::UnknownResource(known)));
        }
        let boot = desk.now.boot;
        let fresh_wanted = (ask.force || ask.claims.is_some()) && self.rested_at(&key) <= boot;
        let newer_than = fresh_wanted.then(|| match (&self.row, self.tokens.get(&key)) {
            (Row::Known, Some(token)) => token.issued,
            (Row::Known, None) => Duration::ZERO,
            // What the store will bring was issued before.
            (Row::Unread, _) => boot,
        });
        if let Some(token) = self.tokens.get_mut(&key) {
            token.asked = Some(boot);
        }
        self.waiting.push(Waiting {
            asker: ask.asker,
            key,
            min_valid: ask.min_valid.unwrap_or(DEFAULT_MIN_VALID),
            newer_than,
            claims: ask.claims,
            deadline: boot + ask.wait,
        });
    }

    /// A server refused this token: a better one is got, and until it comes this one goes out only for want of any.
    pub(crate) fn reject(&mut self, access: &SecretString, desk: &Desk) -> Answer {
        let boot = desk.now.boot;
        // One that is no longer here has been replaced already.
        let Some(token) = self.tokens.values_mut().find(|token| is_same(&token.secret, access)) else {
            return Answer::Noted;
        };
        let age = boot.saturating_sub(token.issued);
        if age < REJECT_AGE {
            return Answer::Refused(Refusal::TooYoung(age));
        }
        token.repute = Repute::Suspect;
        token.refresh_at = boot;
        token.asked = Some(boot);
        Answer::Noted
    }

    /// Whether this program waits here.
    pub(crate) fn knows(&self, asker: AskerId) -> bool {
        self.waiting.iter().any(|waiting| waiting.asker == asker)
            || self.attempt.as_ref().is_some_and(|attempt| attempt.knows(asker))
    }

    /// Whether a landing with this ticket is awaited here.
    pub(crate) fn expects(&self, ticket: Ticket) -> bool {
        let in_the_air = match &self.grant {
            Grant::Refreshing { flight, .. } => Some(flight.ticket),
            Grant::Saving { ticket, .. } => Some(*ticket),
            Grant::Unread
            | Grant::SignedOut(_)
            | Grant::Resting { .. }
            | Grant::Unreachable { .. }
            | Grant::NeedsSignIn { .. } => None,
        };
        in_the_air == Some(ticket)
            || matches!(self.saves, Saves::Writing { ticket: current, .. } | Saves::Late { ticket: current, .. } if current == ticket)
    }

    /// Whether this sign-in is under way here.
    pub(crate) fn is_signing_in(&self, id: &SignInId) -> bool {
        self.attempt.as_ref().is_some_and(|attempt| attempt.id == *id)
    }

    /// Whether the right person has signed in already, and only the disk is waited for.
    pub(crate) fn is_past_stopping(&self) -> bool {
        self.attempt.as_ref().is_some_and(Attempt::is_being_saved)
    }

    /// Whether a refresh token is being spent, or what came of it is on its way to the disk.
    pub(crate) fn is_busy(&self, desk: &Desk) -> bool {
        matches!(self.grant, Grant::Refreshing { .. } | Grant::Saving { .. })
            || matches!(self.saves, Saves::Writing { .. })
            || self.attempt.as_ref().is_some_and(Attempt::is_being_redeemed)
            || self.is_unsaved_until_read() && desk.store_trouble.is_none()
    }

    /// Whether there is a sign-in that goes to the disk once it is known what the disk has.
    fn is_unsaved_until_read(&self) -> bool {
        matches!(self.row, Row::Unread) && self.person.is_some()
    }

    pub(crate) fn withdraw(&mut self, asker: AskerId) {
        self.waiting.retain(|waiting| waiting.asker != asker);
        if let Some(attempt) = &mut self.attempt {
            attempt.withdraw(asker);
        }
    }

    pub(crate) fn refreshed(&mut self, ticket: Ticket, outcome: Result<NewTokens, Failure>, desk: &mut Desk) {
        let Grant::Refreshing { refresh, flight } = &self.grant else { return };
        if flight.ticket != ticket {
            return;
        }
        let (refresh, flight) = (refresh.clone(), flight.clone());
        let somebody_else = |new: &NewTokens| match (&self.person, &new.person) {
            (Some(pinned), Some(person)) => !pinned.identity.is_same(&person.identity),
            (None, _) | (_, None) => false,
        };
        match outcome {
            Ok(new) if somebody_else(&new) => {
                self.end(None, Trouble::new(Kind::SignIn, Reason::IdentityChanged), desk);
            }
            Ok(new) => {
                self.suspended.remove(&flight.key);
                self.land(refresh, flight.key, new, desk.now.boot, desk);
            }
            Err(failure) => self.failed(refresh, flight, failure, desk),
        }
    }

    /// New tokens: first to the disk, then to those who wait.
    fn land(&mut self, spent: SecretString, key: ResourceKey, new: NewTokens, issued: Duration, desk: &mut Desk) {
        let mut token = AccessToken::landed(&new, issued, desk.jitter());
        token.asked = self.tokens.get(&key).and_then(|old| old.asked);
        self.failed = None;
        self.keep_alive_at = desk.now.boot + KEEP_ALIVE;
        let refresh = new.refresh.unwrap_or(spent);
        let ticket = desk.ticket();
        let stored = self.stored(Some(&refresh), Some((&key, &token)), None, desk);
        let patience = match (&self.row, stored) {
            (Row::Known, Some(stored)) => {
                desk.put(Effect::Save(ticket, self.spec.name.clone(), stored));
                desk.now.boot + SAVE_PATIENCE
            }
            (Row::Unread, _) | (Row::Known, None) => desk.now.boot,
        };
        self.grant = Grant::Saving { refresh, ticket, landed: Some((key, token)), patience };
    }

    fn failed(&mut self, refresh: SecretString, flight: Flight, failure: Failure, desk: &mut Desk) {
        let boot = desk.now.boot;
        let (at_least, retry_after) = match &failure {
            Failure::Authority(error) => match judge(error) {
                Verdict::Erase(trouble) => return self.end(None, trouble, desk),
                Verdict::Keep(trouble) => return self.end(Some(refresh), trouble, desk),
                Verdict::Suspend(trouble) => {
                    if error.claims.is_some() {
                        self.claims = error.claims.clone();
                    }
                    self.suspended.insert(flight.key, Suspension { trouble, until: boot + SUSPENSION });
                    self.grant = Grant::Resting { refresh };
                    return;
                }
                Verdict::Transient(at_least) => (at_least, error.retry_after),
            },
            Failure::NoAnswer(answer) => (Duration::ZERO, answer.retry_after),
            Failure::Unacceptable(..) => (Duration::ZERO, None),
        };
        let failures = flight.before.failures() + 1;
        let pause = schedule::back_off(failures, retry_after, desk.jitter()).max(at_least);
        self.grant = match flight.before {
            // Nothing has been heard that would lift the verdict.
            Before::Judged(trouble) => {
                Grant::NeedsSignIn { refresh: Some(refresh), trouble, retry_at: boot + pause.max(VERDICT_REST) }
            }
            Before::Rest | Before::Failed { .. } => {
                Grant::Unreachable { refresh, key: flight.key, failure, failures, retry_at: boot + pause }
            }
        };
    }

    /// A verdict on the whole account. Tokens that still live are served to their end.
    fn end(&mut self, refresh: Option<SecretString>, trouble: Trouble, desk: &mut Desk) {
        self.grant = Grant::NeedsSignIn { refresh, trouble, retry_at: desk.now.boot + VERDICT_REST };
        self.save_again(desk);
    }

    pub(crate) fn sign_out(&mut self, desk: &mut Desk) -> Ended {
        self.grant = Grant::SignedOut(Reason::SignedOut);
        self.row = Row::Known;
        self.person = None;
        self.tokens.clear();
        self.suspended.clear();
        self.spent.clear();
        self.claims = None;
        self.failed = None;
        self.saves = Saves::Settled;
        desk.put(Effect::Erase(self.spec.name.clone()));
        self.finish(SignInState::Cancelled, desk)
    }

    /// The account leaves the configuration: whoever waits is told.
    pub(crate) fn forget(mut self, desk: &mut Desk) -> Ended {
        for waiting in self.waiting.drain(..) {
            desk.answer(waiting.asker, Answer::Refused(Refusal::NoAccount(NotFound::Unknown(Vec::new()))));
        }
        self.finish(SignInState::Cancelled, desk)
    }

    /// What failed is worth another try at once.
    pub(crate) fn hurry(&mut self, desk: &Desk) {
        for suspension in self.suspended.values_mut() {
            suspension.until = desk.now.boot;
        }
        let rested = self.spent.values().max().map_or(Duration::ZERO, |spent| *spent + REFRESH_SPACING);
        match &mut self.grant {
            Grant::Unreachable { retry_at, .. } => *retry_at = desk.now.boot,
            Grant::NeedsSignIn { retry_at, .. } => *retry_at = desk.now.boot.max(rested),
            Grant::Unread
            | Grant::SignedOut(_)
            | Grant::Resting { .. }
            | Grant::Refreshing { .. }
            | Grant::Saving { .. } => {}
        }
    }
}

/// Compares in the same time wherever the difference is.
fn is_same(one: &SecretString, other: &SecretString) -> bool {
    let (one, other) = (one.expose_secret().as_bytes(), other.expose_secret().as_bytes());
    one.len() == other.len() && one.iter().zip(other).fold(0, |seen, (one, other)| seen | (one ^ other)) == 0
}

fn handed_out(spec: &AccountSpec, token: &AccessToken, boot: Duration) -> Token {
    Token {
        access: token.secret.clone(),
        expires_in: token.left(boot),
        scopes: token.scopes.clone(),
        account: spec.name.clone(),
        login: spec.login.clone(),
    }
}
