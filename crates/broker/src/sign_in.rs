use std::time::Duration;

use crate::account::{AccountName, Person};
use crate::desk::Desk;
use crate::event::{Answer, AskerId, Effect, NewTokens, Refusal, SignInId, Stage};
use crate::failure::{Failure, Kind, Trouble};
use crate::schedule::SIGN_IN_LIMIT;
use crate::verdict;

/// How a sign-in stands, for those who wait for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInState {
    /// It ended well.
    SignedIn {
        /// Of which account.
        account: AccountName,
        /// The login that signed in.
        login: String,
    },
    /// The starter or a manager cancelled it.
    Cancelled,
    /// The person declined in the browser.
    Declined,
    /// Another person signed in. The page offers another account, so a later wait may still hear of a good end.
    WrongPerson {
        /// Who it was.
        signed_in_as: String,
        /// How many times so far.
        refusals: u32,
    },
    /// It failed.
    Failed(Trouble),
    /// Nobody finished it in time.
    Expired,
}

impl SignInState {
    /// How a sign-in ends that cannot come to a good end.
    pub(crate) fn of_failure(failure: &Failure) -> Self {
        if matches!(failure, Failure::Authority(error) if verdict::is_the_person_s_no(error)) {
            return Self::Declined;
        }
        let mut trouble = Trouble::from(failure);
        // Nobody can say that another sign-in would go better than this one.
        if trouble.kind == Kind::SignIn && trouble.aadsts.is_none() {
            trouble.kind = Kind::Configuration;
        }
        Self::Failed(trouble)
    }
}

/// One sign-in under way.
pub(crate) struct Attempt {
    pub(crate) id: SignInId,
    pub(crate) stage: AttemptStage,
    pub(crate) expires: Duration,
    starters: Vec<AskerId>,
    awaiting: Vec<Awaiting>,
    refusals: u32,
    refused: Option<Person>,
}

pub(crate) enum AttemptStage {
    /// The listener is not up yet.
    Opening,
    /// The person is in the browser.
    Waiting,
    /// The code is being redeemed.
    Redeeming,
    /// The person is asked whether the other login is right; until then nothing is stored.
    Confirming(Box<(Person, NewTokens, Duration)>),
    /// The new sign-in is on its way to the disk.
    Saving,
}

struct Awaiting {
    asker: AskerId,
    deadline: Duration,
    seen: u32,
}

impl Attempt {
    pub(crate) fn new(desk: &mut Desk) -> Self {
        let id = SignInId(format!("si-{:08x}", desk.number() >> 32));
        Self {
            id,
            stage: AttemptStage::Opening,
            expires: desk.now.boot + SIGN_IN_LIMIT,
            starters: Vec::new(),
            awaiting: Vec::new(),
            refusals: 0,
            refused: None,
        }
    }

    /// Somebody starts it, or joins.
    pub(crate) fn join(&mut self, asker: AskerId, desk: &mut Desk) {
        match self.stage {
            AttemptStage::Opening => self.starters.push(asker),
            AttemptStage::Waiting | AttemptStage::Redeeming | AttemptStage::Confirming(_) | AttemptStage::Saving => {
                desk.answer(asker, Answer::SignInStarted(self.id.clone()))
            }
        }
    }

    pub(crate) fn ready(&mut self, desk: &mut Desk) {
        if let AttemptStage::Opening = self.stage {
            self.stage = AttemptStage::Waiting;
            for asker in self.starters.drain(..) {
                desk.answer(asker, Answer::SignInStarted(self.id.clone()));
            }
        }
    }

    pub(crate) fn wait(&mut self, asker: AskerId, wait: Duration, seen: u32, desk: &mut Desk) {
        self.awaiting.push(Awaiting { asker, deadline: desk.now.boot + wait, seen });
        self.tell_of_refusals(desk);
    }

    /// The wrong person: nothing is kept, and the page offers another account.
    pub(crate) fn refuse(&mut self, person: Person, wanted: Person, desk: &mut Desk) {
        desk.put(Effect::Show(self.id.clone(), Stage::WrongPerson { came: person.clone(), wanted }));
        self.stage = AttemptStage::Waiting;
        self.count_refusal(person, desk);
    }

    /// Another login than the configured one, at a first sign-in: the person decides.
    pub(crate) fn ask_person(&mut self, person: Person, tokens: NewTokens, desk: &mut Desk) {
        desk.put(Effect::Show(self.id.clone(), Stage::Confirm(person.clone())));
        self.stage = AttemptStage::Confirming(Box::new((person.clone(), tokens, desk.now.boot)));
        self.count_refusal(person, desk);
    }

    /// The tokens held back for the person who has now confirmed, and since when; none if nothing was asked.
    pub(crate) fn take_confirmed(&mut self) -> Option<(Person, NewTokens, Duration)> {
        if !matches!(self.stage, AttemptStage::Confirming(_)) {
            return None;
        }
        match std::mem::replace(&mut self.stage, AttemptStage::Waiting) {
            AttemptStage::Confirming(held) => Some(*held),
            AttemptStage::Opening | AttemptStage::Waiting | AttemptStage::Redeeming | AttemptStage::Saving => None,
        }
    }

    fn count_refusal(&mut self, person: Person, desk: &mut Desk) {
        self.refusals += 1;
        self.refused = Some(person);
        self.tell_of_refusals(desk);
    }

    fn tell_of_refusals(&mut self, desk: &mut Desk) {
        let Some(person) = &self.refused else { return };
        let refusals = self.refusals;
        self.awaiting.retain(|awaiting| {
            let news = awaiting.seen < refusals;
            if news {
                let state = SignInState::WrongPerson { signed_in_as: person.username.clone(), refusals };
                desk.answer(awaiting.asker, Answer::SignIn(state));
            }
            !news
        });
    }

    /// The end: everybody is told, and the page too.
    pub(crate) fn end(self, state: SignInState, desk: &mut Desk) -> (SignInId, SignInState) {
        let stage = match &state {
            SignInState::SignedIn { .. } => Stage::SignedIn,
            SignInState::Cancelled => Stage::Cancelled,
            SignInState::Declined => Stage::Declined,
            SignInState::Expired | SignInState::WrongPerson { .. } => Stage::Expired,
            SignInState::Failed(trouble) => Stage::Failed(trouble.clone()),
        };
        desk.put(Effect::Show(self.id.clone(), stage));
        for asker in self.starters {
            desk.answer(asker, Answer::SignIn(state.clone()));
        }
        for awaiting in self.awaiting {
            desk.answer(awaiting.asker, Answer::SignIn(state.clone()));
        }
        desk.put(Effect::CloseSignIn(self.id.clone()));
        (self.id, state)
    }

    /// How it ends when its time is over.
    pub(crate) fn overdue_state(&self) -> SignInState {
        match &self.refused {
            Some(person) => SignInState::WrongPerson { signed_in_as: person.username.clone(), refusals: self.refusals },
            None => SignInState::Expired,
        }
    }

    pub(crate) fn time_out(&mut self, desk: &mut Desk) {
        let boot = desk.now.boot;
        self.awaiting.retain(|awaiting| {
            let over = awaiting.deadline <= boot;
            if over {
                desk.answer(awaiting.asker, Answer::Refused(Refusal::TimedOut));
            }
            !over
        });
    }

    pub(crate) fn knows(&self, asker: AskerId) -> bool {
        self.starters.contains(&asker) || self.awaiting.iter().any(|awaiting| awaiting.asker == asker)
    }

    pub(crate) fn withdraw(&mut self, asker: AskerId) {
        self.starters.retain(|starter| *starter != asker);
        self.awaiting.retain(|awaiting| awaiting.asker != asker);
    }

    /// A sign-in that is being saved ends with the disk's answer, or with the patience for it.
    pub(crate) fn due(&self) -> Option<Duration> {
        let expires = (!self.is_being_saved()).then_some(self.expires);
        self.awaiting.iter().map(|awaiting| awaiting.deadline).chain(expires).min()
    }

    pub(crate) fn is_being_redeemed(&self) -> bool {
        matches!(self.stage, AttemptStage::Redeeming | AttemptStage::Saving)
    }

    pub(crate) fn is_being_saved(&self) -> bool {
        matches!(self.stage, AttemptStage::Saving)
    }
}
