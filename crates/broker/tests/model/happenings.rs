//! What can happen, each thing at any time.

use std::time::Duration;

use broker::{
    AccountName, AccountSpec, Ask, Broker, Event, Failure, Kept, NewTokens, NoAnswer, Person, Resource, SignInId,
    StoreTrouble,
};
use secrecy::ExposeSecret;

use super::{
    Account, Asker, ERAS, Flight, Order, RESOURCES, Token, World, failures, key, login, person, the_person_s_no,
};

impl World {
    pub(super) fn step(&mut self) {
        match self.dice.roll(28) {
            0..6 => self.pass_time(),
            6..12 => self.ask(),
            12..15 => self.land(),
            15..19 => self.work_off_an_order(),
            19 => self.withdraw(),
            20..24 => self.sign_in(),
            24 => match self.dice.roll(7) {
                0 => self.sign_out(),
                1 => self.reconfigure(),
                2 => self.restart(),
                3 => self.retry(),
                4 => self.replace_the_store(),
                _ => self.change_network(),
            },
            25..27 => self.reject(),
            _ => self.await_sign_in(),
        }
    }

    pub(super) fn pass_time(&mut self) {
        let second = Duration::from_secs(1);
        let to_wake = self.broker.wake_at().map_or(second, |at| at.saturating_sub(self.now.boot));
        let steps = [Duration::from_millis(1), second, 5 * second, 61 * second, 600 * second, to_wake, to_wake];
        let mut step = steps[self.dice.roll(steps.len())];
        if self.dice.roll(40) == 0 {
            step = [3_600, 7 * 3_600, 25 * 3_600].map(Duration::from_secs)[self.dice.roll(3)];
        }
        self.now.boot += step;
        self.now.wall += step;
        if self.dice.roll(50) == 0 {
            let steps_back = Duration::from_secs(100_000);
            self.now.wall =
                if self.dice.roll(2) == 0 { self.now.wall + steps_back } else { self.now.wall - steps_back };
        }
        self.happens(Event::Tick);
    }

    pub(super) fn ask(&mut self) {
        let account = self.an_account();
        let key = key(RESOURCES[self.dice.roll(2)]);
        let asker = self.new_asker();
        let min_valid = Duration::from_secs([0, 60, 300, 4_000][self.dice.roll(4)]);
        let wait = Duration::from_secs([0, 1, 10, 120][self.dice.roll(4)]);
        let (force, claims) = (self.dice.roll(6) == 0, (self.dice.roll(12) == 0).then(|| "{}".to_owned()));
        let fresh = force || claims.is_some();
        let deadline = Some(self.now.boot + wait);
        let (for_whom, what) = (Some(account.clone()), Some(key.clone()));
        let waiting = Asker { account: for_whom, key: what, min_valid, fresh, deadline, rejects: None };
        let at_hand = self.at_hand(&waiting, waiting.min_valid).map(|token| token.suspect);
        let could_be_better = !wait.is_zero() && self.may_depart(&account, &key);
        self.askers.insert(asker, waiting);
        let ask = Ask { asker, account, key: Some(key), min_valid: Some(min_valid), force, claims, wait };
        self.happens(Event::Asked(ask));
        match at_hand.filter(|_| !fresh) {
            Some(false) if self.askers.contains_key(&asker) => {
                self.broken("a good token is at hand, and its asker has to wait")
            }
            Some(true) if could_be_better && !self.askers.contains_key(&asker) => {
                self.broken("a suspect token is handed out although a better one can be had")
            }
            Some(_) | None => {}
        }
    }

    pub(super) fn withdraw(&mut self) {
        let Some(asker) = self.askers.keys().nth(self.dice.roll(4)).copied() else { return };
        self.askers.remove(&asker);
        self.happens(Event::Withdrawn(asker));
    }

    /// A flight lands, the current one or one that was given up long ago.
    pub(super) fn land(&mut self) {
        if self.flights.is_empty() {
            return;
        }
        let Flight { ticket, account: name, key, .. } = self.flights.remove(self.dice.roll(self.flights.len()));
        let is_current = self.accounts.get(&name).is_some_and(|account| account.flight == Some(ticket));
        let (boot, verdict) = (self.now.boot, self.dice.roll(12));
        let outcome = match verdict {
            0..5 => Ok(self.mint(&name, &key, None)),
            failed => Err(failures()[failed - 5].clone()),
        };
        let new_person = outcome.as_ref().ok().and_then(|new| new.person.as_ref());
        let pinned = self.accounts.get(&name).and_then(|account| account.pinned.as_ref());
        let somebody_else = new_person.is_some_and(|person| pinned != Some(&person.identity.subject));
        if let Ok(new) = &outcome
            && (somebody_else || !is_current)
        {
            self.tokens.remove(new.access.expose_secret());
        }
        if is_current && let Some(account) = self.accounts.get_mut(&name) {
            account.flight = None;
            let rest = |seconds| boot + Duration::from_secs(seconds);
            match &outcome {
                Ok(_) if somebody_else => (account.erased, account.refresh, account.judged) = (true, None, true),
                Ok(new) => {
                    account.suspended.remove(&key);
                    account.withheld.remove(&key);
                    (account.judged, account.failing) = (false, false);
                    account.refresh =
                        new.refresh.as_ref().map(|it| it.expose_secret().to_owned()).or(account.refresh.take());
                    // Nothing may be written before the row is read, so that nothing is waited for either.
                    if let Some(token) = self.tokens.get_mut(new.access.expose_secret()) {
                        token.settled = account.in_memory;
                    }
                }
                // Trouble on the way: the next try is a matter of the back-off, not of the spacing.
                Err(Failure::NoAnswer(NoAnswer { retry_after, .. })) => {
                    account.departed.remove(&key);
                    account.failing = true;
                    account.rests_until = boot + retry_after.unwrap_or(Duration::from_millis(750));
                }
                Err(Failure::Authority(error)) => match error.suberror.as_deref() {
                    Some("bad_token") => (account.erased, account.refresh, account.judged) = (true, None, true),
                    Some("consent_required") => {
                        (account.judged, account.failing) = (false, false);
                        account.withheld.insert(key.clone());
                        account.suspended.insert(key, rest(6 * 3_600));
                    }
                    Some(_) => {
                        account.departed.remove(&key);
                        account.failing = true;
                        account.rests_until = rest(300);
                    }
                    None => (account.rests_until, account.judged) = (rest(6 * 3_600), true),
                },
                Err(Failure::Unacceptable(..)) => {}
            }
        }
        self.happens(Event::Refreshed(ticket, outcome));
    }

    /// The store's thread does one thing after the other, at its leisure, and may fail at each.
    pub(super) fn work_off_an_order(&mut self) {
        let Some(order) = self.orders.pop_front() else { return };
        let fails = self.dice.roll(5) == 0;
        match order {
            Order::Load(places) if fails => {
                self.orders.push_back(Order::Load(places));
                self.happens(Event::StoreFailed(StoreTrouble::KeyringLocked));
            }
            Order::Load(places) => self.read(places),
            Order::Save(ticket, account, authority, stored) => {
                if !fails {
                    self.disk.insert(account, (authority, stored));
                }
                self.settle(|token| token.saving.is_some_and(|(saving, _)| saving == ticket));
                self.happens(Event::Saved(ticket, if fails { Err(StoreTrouble::Disk) } else { Ok(()) }));
            }
            Order::Erase(account) => drop(self.disk.remove(&account)),
        }
    }

    /// Rows of an authority that an account has no more are the agent's to hold back.
    pub(super) fn read(&mut self, places: Vec<(AccountName, u64)>) {
        let mut rows = Vec::new();
        for (name, authority) in places {
            let Some(account) = self.accounts.get_mut(&name).filter(|account| account.authority == authority) else {
                continue;
            };
            let stored = self.disk.get(&name).filter(|(of, _)| *of == authority).map(|(_, stored)| stored.clone());
            let somebody_else =
                stored.as_ref().is_some_and(|stored| account.pinned.as_ref() != Some(&stored.person.identity.subject));
            if account.in_memory && somebody_else {
                account.era += 1;
                account.flight = None;
                account.rests_until = Duration::ZERO;
                account.served.clear();
                account.departed.clear();
                account.suspended.clear();
                account.withheld.clear();
                (account.judged, account.failing) = (false, false);
            }
            let keeps = std::mem::take(&mut account.in_memory) && !somebody_else;
            let era = account.era;
            for token in self.tokens.values_mut().filter(|token| keeps && token.account == name && token.era == era) {
                token.settled = true;
            }
            let is_news = !std::mem::replace(&mut account.read, true) && !keeps;
            if let Some(stored) = stored.as_ref().filter(|_| is_news) {
                account.pinned = Some(stored.person.identity.subject.clone());
                account.refresh = stored.refresh.as_ref().map(|refresh| refresh.expose_secret().to_owned());
                account.erased = stored.refresh.is_none();
                for token in &stored.tokens {
                    // After a restart there is only the wall clock to go by, and a token from the future is none.
                    let ends = token.issued.min(self.now.wall) + token.life;
                    let is_good = ends > self.now.wall && token.issued <= self.now.wall + Duration::from_secs(300);
                    if is_good && let Some(known) = self.tokens.get_mut(token.access.expose_secret()) {
                        known.ends = self.now.boot + (ends - self.now.wall);
                        // That it was suspect is not kept.
                        (known.era, known.settled, known.suspect) = (account.era, true, false);
                    }
                }
            }
            rows.push((name, stored.map_or(Kept::Nothing, Kept::SignIn)));
        }
        self.happens(Event::StoreRead(rows));
    }

    pub(super) fn sign_in(&mut self) {
        let open: Vec<_> = self.sign_ins.keys().cloned().collect();
        let Some(id) = open.get(self.dice.roll(open.len().max(1))).filter(|_| self.dice.roll(8) > 0).cloned() else {
            let (asker, account) = (self.new_asker(), self.an_account());
            let deadline = Some(self.now.boot + Duration::from_secs(902));
            self.askers.insert(asker, Asker::of_a_sign_in(deadline));
            return self.happens(Event::SignInAsked { asker, account });
        };
        match self.dice.roll(16) {
            0..5 => self.happens(Event::SignInReady(id)),
            5..7 => self.answer_comes(id),
            7..11 => self.redeem(id),
            11..13 => self.confirm(id),
            13 => self.happens(Event::SignInFailed(id, the_person_s_no())),
            14 => self.happens(Event::SignInCancelled(id)),
            _ => self.happens(Event::SignInFailed(id, failures()[0].clone())),
        }
    }

    /// A further answer of the authority takes the place of what the person was asked about.
    pub(super) fn answer_comes(&mut self, id: SignInId) {
        if let Some(sign_in) = self.sign_ins.get_mut(&id) {
            sign_in.asked = None;
        }
        self.happens(Event::SignInRedeeming(id));
    }

    pub(super) fn redeem(&mut self, id: SignInId) {
        let (name, taken_on) = (self.sign_ins[&id].account.clone(), self.sign_ins[&id].taken_on);
        if let Some(sign_in) = self.sign_ins.get_mut(&id) {
            sign_in.asked = None;
        }
        let person = person(&name, ["right", "right", "right", "other"][self.dice.roll(4)]);
        let new = self.mint(&name, &key(RESOURCES[0]), Some(&id));
        let pinned = self.accounts[&name].pinned.as_ref().map(|pinned| *pinned == person.identity.subject);
        match pinned {
            _ if taken_on => {}
            Some(false) => drop(self.tokens.remove(new.access.expose_secret())),
            None if person.username != login(&name) => {
                if let Some(sign_in) = self.sign_ins.get_mut(&id) {
                    sign_in.asked = Some((person.clone(), new.clone()));
                }
            }
            Some(true) | None => self.take_on(&id, &person, &new),
        }
        self.happens(Event::SignInRedeemed(id, person, new));
    }

    pub(super) fn confirm(&mut self, id: SignInId) {
        let asked = self.sign_ins.get_mut(&id).and_then(|sign_in| sign_in.asked.take());
        if let Some((person, new)) = asked {
            self.take_on(&id, &person, &new);
        }
        self.happens(Event::SignInConfirmed(id));
    }

    /// What holds once the right person has signed in.
    pub(super) fn take_on(&mut self, id: &SignInId, person: &Person, new: &NewTokens) {
        let Some(sign_in) = self.sign_ins.get_mut(id) else { return };
        let Some(account) = self.accounts.get_mut(&sign_in.account) else { return };
        (sign_in.taken_on, sign_in.asked) = (true, None);
        let newcomer = account.pinned.replace(person.identity.subject.clone()) != account.pinned;
        account.refresh = new.refresh.as_ref().map(|refresh| refresh.expose_secret().to_owned());
        account.in_memory = !account.read;
        account.erased = false;
        account.flight = None;
        account.rests_until = Duration::ZERO;
        account.departed.clear();
        account.suspended.clear();
        account.withheld.clear();
        (account.judged, account.failing) = (false, false);
        if newcomer {
            account.served.clear();
            account.era += 1;
        }
        let (era, in_memory) = (account.era, account.in_memory);
        // What was on its way to the disk gives way to the new sign-in.
        let given_up =
            |token: &&mut Token| !in_memory && token.account == sign_in.account && token.era == era && !token.settled;
        for token in self.tokens.values_mut().filter(given_up) {
            token.era = u64::MAX;
        }
        let access = new.access.expose_secret().to_owned();
        if let Some(token) = self.tokens.get_mut(&access) {
            (token.era, token.settled) = (era, in_memory);
        }
        if in_memory {
            self.settle(|_| false);
        }
    }

    pub(super) fn await_sign_in(&mut self) {
        let Some(id) = self.sign_ins.keys().next().cloned() else { return };
        let asker = self.new_asker();
        let wait = Duration::from_secs([0, 10, 120][self.dice.roll(3)]);
        let deadline = Some(self.now.boot + wait);
        self.askers.insert(asker, Asker::of_a_sign_in(deadline));
        let seen = u32::from(self.dice.roll(2) == 0);
        self.happens(Event::SignInAwaited { asker, sign_in: id, wait, seen });
    }

    pub(super) fn sign_out(&mut self) {
        let name = self.an_account();
        if let Some(account) = self.accounts.get_mut(&name) {
            let (authority, era) = (account.authority, account.era + 1);
            *account = Account { authority, era, read: true, ..Account::default() };
        }
        self.happens(Event::SignedOut(name));
    }

    pub(super) fn change_network(&mut self) {
        for account in self.accounts.values_mut() {
            account.suspended.clear();
            account.rests_until = Duration::ZERO;
        }
        self.happens(Event::NetworkChanged);
    }

    /// The disk was damaged: everything on it is gone.
    fn replace_the_store(&mut self) {
        self.disk.clear();
        self.happens(Event::StoreReplaced);
    }

    /// The person wants another try for one account.
    pub(super) fn retry(&mut self) {
        let name = self.an_account();
        if let Some(account) = self.accounts.get_mut(&name) {
            account.suspended.clear();
            account.rests_until = Duration::ZERO;
        }
        self.happens(Event::RetryAsked(name));
    }

    /// An account leaves, comes back, or gets another authority.
    pub(super) fn reconfigure(&mut self) {
        let name = self.an_account();
        let authority = self.accounts.get(&name).map_or(0, |account| account.authority);
        self.newcomers += 1;
        match self.accounts.remove(&name) {
            Some(_) if self.dice.roll(2) == 0 => {}
            Some(_) | None => {
                let fresh = Account { authority: authority + 1, era: self.newcomers * ERAS, ..Account::default() };
                self.accounts.insert(name, fresh);
            }
        }
        self.configure();
    }

    pub(super) fn restart(&mut self) {
        self.broker = Broker::new(self.dice.next());
        self.askers.clear();
        self.flights.clear();
        self.sign_ins.clear();
        self.orders.clear();
        self.last_turn = None;
        self.needing.clear();
        for account in self.accounts.values_mut() {
            *account = Account { authority: account.authority, era: account.era + 1, ..Account::default() };
        }
        self.configure();
    }

    pub(super) fn configure(&mut self) {
        let resources = RESOURCES.map(|name| Resource { name: name.into(), scopes: vec![name.into()] }).to_vec();
        let spec = |(name, account): (&AccountName, &Account)| AccountSpec {
            name: name.clone(),
            login: login(name),
            authority: account.authority.to_string(),
            resources: resources.clone(),
        };
        let specs = self.accounts.iter().map(spec).collect();
        self.happens(Event::Configured(specs));
    }
}
