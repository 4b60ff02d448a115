use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use secrecy::SecretString;

use crate::account::{AccountName, AccountSpec};
use crate::desk::{Desk, Outlook};
use crate::event::{Answer, Ask, AskerId, Effect, Event, NotFound, Refusal, SignInId, StoreTrouble};
use crate::moment::Moment;
use crate::reminder::Reminder;
use crate::session::{Ended, Session};
use crate::sign_in::{AttemptStage, SignInState};
use crate::view::{AccountView, View};

/// Ended sign-ins that a late `sign_in.wait` can still hear of.
const ENDED_REMEMBERED: usize = 256;

/// The state machine of all accounts.
pub struct Broker {
    desk: Desk,
    accounts: BTreeMap<AccountName, Entry>,
    due: BTreeSet<(Duration, AccountName)>,
    ended: VecDeque<(SignInId, SignInState)>,
    reminder: Reminder,
}

struct Entry {
    session: Session,
    due: Option<Duration>,
    shown: AccountView,
}

impl Broker {
    /// A broker without accounts; the seed spreads refreshes in time.
    pub fn new(seed: u64) -> Self {
        Self {
            desk: Desk::new(seed),
            accounts: BTreeMap::new(),
            due: BTreeSet::new(),
            ended: VecDeque::new(),
            reminder: Reminder::default(),
        }
    }

    /// Takes in what has happened and says what is to be done.
    pub fn handle(&mut self, event: Event, now: Moment) -> Vec<Effect> {
        self.desk.now = now;
        self.take_in(event);
        let due: Vec<_> = self.due.iter().take_while(|(at, _)| *at <= now.boot).map(|(_, name)| name.clone()).collect();
        for name in due {
            self.with(&name, |_, _| None);
        }
        if let Some(accounts) = self.reminder.take_due(now.boot) {
            self.desk.put(Effect::Remind(accounts));
            self.desk.put(Effect::Publish);
        }
        self.desk.take_effects()
    }

    /// When [`Event::Tick`] is next worth sending, by the boot clock; never once everything is ending.
    pub fn wake_at(&self) -> Option<Duration> {
        if self.desk.outlook == Outlook::Ending {
            return None;
        }
        self.due.first().map(|(at, _)| *at).into_iter().chain(self.reminder.due()).min()
    }

    /// Whether something is in the air that would be lost if everything ended now.
    pub fn is_busy(&self) -> bool {
        self.accounts.values().any(|entry| entry.session.is_busy(&self.desk))
    }

    /// What may be seen, whole.
    pub fn view(&self) -> View {
        View {
            accounts: self.accounts.values().map(|entry| entry.shown.clone()).collect(),
            store: self.desk.store_trouble,
        }
    }

    /// The account of this name, or of this login where that is unambiguous.
    ///
    /// # Errors
    /// Says which accounts are known, or which ones share the login.
    pub fn find(&self, name_or_login: &str) -> Result<AccountName, NotFound> {
        let name = AccountName::from(name_or_login);
        if self.accounts.contains_key(&name) {
            return Ok(name);
        }
        let same_login = |entry: &&Entry| entry.session.spec.login.eq_ignore_ascii_case(name_or_login);
        let mut found: Vec<_> =
            self.accounts.values().filter(same_login).map(|entry| entry.session.spec.name.clone()).collect();
        match found.len() {
            1 => Ok(found.remove(0)),
            0 => Err(NotFound::Unknown(self.accounts.keys().cloned().collect())),
            _ => Err(NotFound::Ambiguous(found)),
        }
    }

    fn take_in(&mut self, event: Event) {
        match event {
            Event::Tick => {}
            Event::Ending => {
                self.desk.outlook = Outlook::Ending;
                self.each(|session, desk| session.save_at_last(desk));
            }
            Event::RemindAgainAfter(repeat) => self.reminder.repeat_after(repeat),
            Event::Asked(ask) => self.asked(ask),
            Event::Withdrawn(asker) => self.where_it(
                |session| session.knows(asker),
                |session, _| {
                    session.withdraw(asker);
                    None
                },
            ),
            Event::Configured(specs) => self.configured(specs),
            Event::StoreRead(rows) => {
                self.set_store_trouble(None);
                for (name, kept) in rows {
                    self.with(&name, |session, desk| {
                        session.restore(kept, desk);
                        None
                    });
                }
            }
            Event::StoreFailed(trouble) => {
                self.set_store_trouble(Some(trouble));
                self.each(|_, _| {});
            }
            Event::StoreReplaced => {
                self.each(|session, desk| session.save_anew(desk));
                self.desk.put(Effect::Publish);
            }
            Event::Refreshed(ticket, outcome) => {
                self.where_it(
                    |session| session.expects(ticket),
                    |session, desk| {
                        session.refreshed(ticket, outcome, desk);
                        None
                    },
                );
            }
            Event::Saved(ticket, outcome) => {
                self.where_it(|session| session.expects(ticket), |session, desk| session.saved(ticket, outcome, desk));
            }
            Event::Rejected { asker, account, access } => self.rejected(asker, &account, &access),
            Event::RetryAsked(name) => self.with(&name, |session, desk| {
                session.hurry(desk);
                None
            }),
            Event::NetworkChanged => self.each(|session, desk| session.hurry(desk)),
            Event::SignedOut(name) => self.with(&name, |session, desk| session.sign_out(desk)),
            Event::SignInAsked { asker, account } => self.sign_in_asked(asker, &account),
            Event::SignInReady(id) => self.with_attempt(&id, |session, desk| {
                session.attempt(&id)?.ready(desk);
                None
            }),
            Event::SignInRedeeming(id) => self.with_attempt(&id, |session, _| {
                session.attempt(&id)?.stage = AttemptStage::Redeeming;
                None
            }),
            Event::SignInRedeemed(id, person, tokens) => {
                self.with_attempt(&id, |session, desk| session.redeemed(&id, person, tokens, desk));
            }
            Event::SignInConfirmed(id) => self.with_attempt(&id, |session, desk| session.confirmed(&id, desk)),
            Event::SignInFailed(id, failure) => self.end_attempt(&id, SignInState::of_failure(&failure)),
            Event::SignInCancelled(id) => self.end_attempt(&id, SignInState::Cancelled),
            Event::SignInAwaited { asker, sign_in, wait, seen } => self.sign_in_awaited(asker, &sign_in, wait, seen),
        }
    }

    fn asked(&mut self, ask: Ask) {
        let Some(entry) = self.accounts.get_mut(&ask.account) else { return self.no_account(ask.asker) };
        if let Some(token) = entry.session.serve_at_once(&ask, &self.desk) {
            return self.desk.answer(ask.asker, Answer::Token(token));
        }
        let name = ask.account.clone();
        self.with(&name, |session, desk| {
            session.ask(ask, desk);
            None
        });
    }

    fn rejected(&mut self, asker: AskerId, account: &AccountName, access: &SecretString) {
        if !self.accounts.contains_key(account) {
            return self.no_account(asker);
        }
        self.with(account, |session, desk| {
            let answer = session.reject(access, desk);
            desk.answer(asker, answer);
            None
        });
    }

    fn no_account(&mut self, asker: AskerId) {
        let known = self.accounts.keys().cloned().collect();
        self.desk.answer(asker, Answer::Refused(Refusal::NoAccount(NotFound::Unknown(known))));
    }

    fn configured(&mut self, specs: Vec<AccountSpec>) {
        let mut before = std::mem::take(&mut self.accounts);
        self.due.clear();
        let mut unread = Vec::new();
        let mut names = Vec::new();
        for spec in specs {
            names.push(spec.name.clone());
            let kept = before.remove(&spec.name);
            let session = match kept {
                Some(entry) if entry.session.spec.authority == spec.authority => {
                    let mut session = entry.session;
                    session.spec = spec;
                    session
                }
                Some(entry) => {
                    unread.push(spec.name.clone());
                    self.forget(entry);
                    Session::new(spec)
                }
                None => {
                    unread.push(spec.name.clone());
                    Session::new(spec)
                }
            };
            let shown = session.view(&self.desk);
            self.accounts.insert(session.spec.name.clone(), Entry { session, due: None, shown });
        }
        for entry in before.into_values() {
            self.forget(entry);
        }
        for name in names {
            self.with(&name, |_, _| None);
        }
        if !unread.is_empty() {
            self.desk.put(Effect::Load(unread));
        }
        self.desk.put(Effect::Publish);
    }

    fn forget(&mut self, entry: Entry) {
        self.reminder.forget(&entry.session.spec.name);
        let ended = entry.session.forget(&mut self.desk);
        self.remember(ended);
    }

    fn sign_in_asked(&mut self, asker: AskerId, account: &AccountName) {
        if !self.accounts.contains_key(account) {
            return self.no_account(asker);
        }
        self.with(account, |session, desk| {
            session.sign_in(asker, desk);
            None
        });
    }

    fn sign_in_awaited(&mut self, asker: AskerId, id: &SignInId, wait: Duration, seen: u32) {
        if let Some((_, state)) = self.ended.iter().find(|(ended, _)| ended == id) {
            return self.desk.answer(asker, Answer::SignIn(state.clone()));
        }
        if !self.accounts.values().any(|entry| entry.session.is_signing_in(id)) {
            return self.desk.answer(asker, Answer::Refused(Refusal::UnknownSignIn));
        }
        self.where_it(
            |session| session.is_signing_in(id),
            |session, desk| {
                session.attempt(id)?.wait(asker, wait, seen, desk);
                None
            },
        );
    }

    fn end_attempt(&mut self, id: &SignInId, state: SignInState) {
        self.with_attempt(id, |session, desk| session.finish(state, desk));
    }

    /// A sign-in that is not under way is stale: nothing happens.
    fn with_attempt(&mut self, id: &SignInId, act: impl FnOnce(&mut Session, &mut Desk) -> Ended) {
        self.where_it(|session| session.is_signing_in(id) && !session.is_past_stopping(), act);
    }

    fn set_store_trouble(&mut self, trouble: Option<StoreTrouble>) {
        if self.desk.store_trouble != trouble {
            self.desk.store_trouble = trouble;
            self.desk.put(Effect::Publish);
        }
    }

    fn each(&mut self, mut act: impl FnMut(&mut Session, &mut Desk)) {
        let names: Vec<_> = self.accounts.keys().cloned().collect();
        for name in names {
            self.with(&name, |session, desk| {
                act(session, desk);
                None
            });
        }
    }

    /// Lets something happen to the account it concerns; what concerns none is stale, and nothing happens.
    fn where_it(&mut self, concerns: impl Fn(&Session) -> bool, act: impl FnOnce(&mut Session, &mut Desk) -> Ended) {
        let concerned = self.accounts.iter().find(|(_, entry)| concerns(&entry.session));
        if let Some(name) = concerned.map(|(name, _)| name.clone()) {
            self.with(&name, act);
        }
    }

    /// Lets something happen to an account, does what is due there, and notes when it is due again.
    fn with(&mut self, name: &AccountName, act: impl FnOnce(&mut Session, &mut Desk) -> Ended) {
        let Some(entry) = self.accounts.get_mut(name) else { return };
        let desk = &mut self.desk;
        let acted = act(&mut entry.session, desk);
        let advanced = entry.session.advance(desk);
        let due = entry.session.due();
        if due != entry.due {
            if let Some(at) = entry.due {
                self.due.remove(&(at, name.clone()));
            }
            entry.due = due;
        }
        if let Some(at) = due {
            self.due.insert((at, name.clone()));
        }
        let shown = entry.session.view(desk);
        if shown != entry.shown {
            self.reminder.note(name, shown.state, desk.now.boot);
            entry.shown = shown;
            desk.put(Effect::Publish);
        }
        self.remember(acted);
        self.remember(advanced);
    }

    fn remember(&mut self, ended: Ended) {
        let Some(ended) = ended else { return };
        if self.ended.len() == ENDED_REMEMBERED {
            self.ended.pop_front();
        }
        self.ended.push_back(ended);
    }
}
