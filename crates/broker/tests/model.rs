//! The broker against its rules (design § 3 and § 4), told a second time and from outside.
//!
//! Whatever can happen happens in any order: late landings, time jumps, sign-ins, sign-outs, a store that fails,
//! changes of the configuration. After each event the rules are looked at; a rule that is broken names the seed.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use broker::{
    AccountName, AccountSpec, Answer, Ask, AskerId, AuthorityError, Broker, Effect, Event, Failure, Identity, Moment,
    NewTokens, Person, Refusal, Resource, ResourceKey, SignInId, SignInState, Stage, StoreTrouble, Stored, Ticket,
    Transport,
};
use secrecy::ExposeSecret;

const SEEDS: u64 = 400;
const STEPS: usize = 600;
/// More than one account lives through in a story.
const ERAS: u64 = 10_000;
const ACCOUNTS: [&str; 3] = ["anna", "biuro", "dms"];
const RESOURCES: [&str; 2] = ["mail", "graph"];
const ENDPOINT: &str = "https://login.example";

#[test]
fn the_rules_hold_whatever_happens_in_whatever_order() {
    for seed in 0..SEEDS {
        let mut world = World::new(seed);
        for _ in 0..STEPS {
            world.step();
        }
    }
}

/// Everything around the broker, and what it may be held to.
struct World {
    seed: u64,
    dice: Dice,
    broker: Broker,
    now: Moment,
    accounts: BTreeMap<AccountName, Account>,
    askers: BTreeMap<AskerId, Asker>,
    asked: u64,
    flights: Vec<Flight>,
    orders: VecDeque<Order>,
    disk: BTreeMap<AccountName, (u64, Stored)>,
    tokens: BTreeMap<String, Token>,
    minted: u64,
    /// Accounts that came anew: each has eras of its own.
    newcomers: u64,
    sign_ins: BTreeMap<SignInId, SignIn>,
    story: VecDeque<String>,
}

/// What the rules know of an account.
#[derive(Default)]
struct Account {
    /// Number of its authority: grows with each change of it.
    authority: u64,
    /// Grows whenever what was before must not be seen again: sign-out, another authority, removal, restart.
    era: u64,
    read: bool,
    /// Somebody signed in before the disk was read: nothing may be written until it is.
    in_memory: bool,
    pinned: Option<String>,
    refresh: Option<String>,
    served: BTreeMap<ResourceKey, String>,
    flight: Option<Ticket>,
    departed: BTreeMap<ResourceKey, Duration>,
    suspended: BTreeMap<ResourceKey, Duration>,
    /// The authority is left alone until then.
    rests_until: Duration,
    erased: bool,
}

struct Asker {
    account: Option<AccountName>,
    key: Option<ResourceKey>,
    min_valid: Duration,
    /// It wants a token newer than the cached one.
    fresh: bool,
    deadline: Option<Duration>,
}

struct Flight {
    ticket: Ticket,
    account: AccountName,
    key: ResourceKey,
    give_up: Duration,
}

enum Order {
    Load(Vec<(AccountName, u64)>),
    Save(Ticket, AccountName, u64, Stored),
    Erase(AccountName),
}

struct Token {
    number: u64,
    account: AccountName,
    era: u64,
    key: ResourceKey,
    life: Duration,
    ends: Duration,
    saving: Option<(Ticket, Duration)>,
    /// The disk has answered, or its patience is over.
    settled: bool,
    sign_in: Option<SignInId>,
}

struct SignIn {
    account: AccountName,
    started: Duration,
    /// A person whose login differs: what to take on if it is confirmed.
    asked: Option<(Person, NewTokens)>,
    /// The right person has signed in; nothing stops it any more.
    taken_on: bool,
}

impl World {
    fn new(seed: u64) -> Self {
        let boot = Duration::from_secs(500);
        let mut world = Self {
            seed,
            dice: Dice(seed),
            broker: Broker::new(seed),
            now: Moment { boot, wall: Duration::from_secs(1_790_000_000) },
            accounts: ACCOUNTS.map(|name| (name.into(), Account::default())).into(),
            askers: BTreeMap::new(),
            asked: 0,
            flights: Vec::new(),
            orders: VecDeque::new(),
            disk: BTreeMap::new(),
            tokens: BTreeMap::new(),
            minted: 0,
            newcomers: 0,
            sign_ins: BTreeMap::new(),
            story: VecDeque::new(),
        };
        world.configure();
        world
    }

    fn step(&mut self) {
        match self.dice.roll(26) {
            0..6 => self.pass_time(),
            6..12 => self.ask(),
            12..15 => self.land(),
            15..19 => self.work_off_an_order(),
            19 => self.withdraw(),
            20..24 => self.sign_in(),
            24 => match self.dice.roll(6) {
                0 => self.sign_out(),
                1 => self.reconfigure(),
                2 => self.restart(),
                _ => self.change_network(),
            },
            _ => self.await_sign_in(),
        }
    }

    fn pass_time(&mut self) {
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

    fn ask(&mut self) {
        let account = self.an_account();
        let key = key(RESOURCES[self.dice.roll(2)]);
        let asker = self.new_asker();
        let min_valid = Duration::from_secs([0, 60, 300, 4_000][self.dice.roll(4)]);
        let wait = Duration::from_secs([0, 1, 10, 120][self.dice.roll(4)]);
        let (force, claims) = (self.dice.roll(6) == 0, (self.dice.roll(12) == 0).then(|| "{}".to_owned()));
        let fresh = force || claims.is_some();
        let deadline = Some(self.now.boot + wait);
        let waiting = Asker { account: Some(account.clone()), key: Some(key.clone()), min_valid, fresh, deadline };
        let at_hand = self.accounts.contains_key(&account) && self.at_hand(&waiting, waiting.min_valid).is_some();
        self.askers.insert(asker, waiting);
        let ask = Ask { asker, account, key: Some(key), min_valid: Some(min_valid), force, claims, wait };
        self.happens(Event::Asked(ask));
        if at_hand && !fresh && self.askers.contains_key(&asker) {
            self.broken("a good token is at hand, and its asker has to wait");
        }
    }

    fn withdraw(&mut self) {
        let Some(asker) = self.askers.keys().nth(self.dice.roll(4)).copied() else { return };
        self.askers.remove(&asker);
        self.happens(Event::Withdrawn(asker));
    }

    /// A flight lands, the current one or one that was given up long ago.
    fn land(&mut self) {
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
                Ok(_) if somebody_else => (account.erased, account.refresh) = (true, None),
                Ok(new) => {
                    account.suspended.remove(&key);
                    account.refresh =
                        new.refresh.as_ref().map(|it| it.expose_secret().to_owned()).or(account.refresh.take());
                }
                // Trouble on the way: the next try is a matter of the back-off, not of the spacing.
                Err(Failure::Transport(_, retry_after)) => {
                    account.departed.remove(&key);
                    account.rests_until = boot + retry_after.unwrap_or(Duration::from_millis(750));
                }
                Err(Failure::Authority(error)) => match error.suberror.as_deref() {
                    Some("bad_token") => (account.erased, account.refresh) = (true, None),
                    Some("consent_required") => drop(account.suspended.insert(key, rest(6 * 3_600))),
                    Some(_) => {
                        account.departed.remove(&key);
                        account.rests_until = rest(300);
                    }
                    None => account.rests_until = rest(6 * 3_600),
                },
                Err(Failure::Unacceptable(..)) => {}
            }
        }
        self.happens(Event::Refreshed(ticket, outcome));
    }

    /// The store's thread does one thing after the other, at its leisure, and may fail at each.
    fn work_off_an_order(&mut self) {
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
    fn read(&mut self, places: Vec<(AccountName, u64)>) {
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
                        (known.era, known.settled) = (account.era, true);
                    }
                }
            }
            rows.push((name, stored));
        }
        self.happens(Event::StoreRead(rows));
    }

    fn sign_in(&mut self) {
        let open: Vec<_> = self.sign_ins.keys().cloned().collect();
        let Some(id) = open.get(self.dice.roll(open.len().max(1))).filter(|_| self.dice.roll(8) > 0).cloned() else {
            let (asker, account) = (self.new_asker(), self.an_account());
            let deadline = Some(self.now.boot + Duration::from_secs(902));
            let waiting = Asker { account: None, key: None, min_valid: Duration::ZERO, fresh: false, deadline };
            self.askers.insert(asker, waiting);
            return self.happens(Event::SignInAsked { asker, account });
        };
        match self.dice.roll(16) {
            0..5 => self.happens(Event::SignInReady(id)),
            5..7 => self.answer_comes(id),
            7..11 => self.redeem(id),
            11..13 => self.confirm(id),
            13 => self.happens(Event::SignInDeclined(id)),
            14 => self.happens(Event::SignInCancelled(id)),
            _ => self.happens(Event::SignInFailed(id, failures()[0].clone())),
        }
    }

    /// A further answer of the authority takes the place of what the person was asked about.
    fn answer_comes(&mut self, id: SignInId) {
        if let Some(sign_in) = self.sign_ins.get_mut(&id) {
            sign_in.asked = None;
        }
        self.happens(Event::SignInRedeeming(id));
    }

    fn redeem(&mut self, id: SignInId) {
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

    fn confirm(&mut self, id: SignInId) {
        let asked = self.sign_ins.get_mut(&id).and_then(|sign_in| sign_in.asked.take());
        if let Some((person, new)) = asked {
            self.take_on(&id, &person, &new);
        }
        self.happens(Event::SignInConfirmed(id));
    }

    /// What holds once the right person has signed in.
    fn take_on(&mut self, id: &SignInId, person: &Person, new: &NewTokens) {
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

    fn await_sign_in(&mut self) {
        let Some(id) = self.sign_ins.keys().next().cloned() else { return };
        let asker = self.new_asker();
        let wait = Duration::from_secs([0, 10, 120][self.dice.roll(3)]);
        let deadline = Some(self.now.boot + wait);
        self.askers
            .insert(asker, Asker { account: None, key: None, min_valid: Duration::ZERO, fresh: false, deadline });
        let seen = u32::from(self.dice.roll(2) == 0);
        self.happens(Event::SignInAwaited { asker, sign_in: id, wait, seen });
    }

    fn sign_out(&mut self) {
        let name = self.an_account();
        if let Some(account) = self.accounts.get_mut(&name) {
            let (authority, era) = (account.authority, account.era + 1);
            *account = Account { authority, era, read: true, ..Account::default() };
        }
        self.happens(Event::SignedOut(name));
    }

    fn change_network(&mut self) {
        for account in self.accounts.values_mut() {
            account.suspended.clear();
            account.rests_until = Duration::ZERO;
        }
        self.happens(Event::NetworkChanged);
    }

    /// An account leaves, comes back, or gets another authority.
    fn reconfigure(&mut self) {
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

    fn restart(&mut self) {
        self.broker = Broker::new(self.dice.next());
        self.askers.clear();
        self.flights.clear();
        self.sign_ins.clear();
        self.orders.clear();
        for account in self.accounts.values_mut() {
            *account = Account { authority: account.authority, era: account.era + 1, ..Account::default() };
        }
        self.configure();
    }

    fn configure(&mut self) {
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

    /// One event, and a look at every rule.
    fn happens(&mut self, event: Event) {
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
    }

    fn carry_out(&mut self, effect: Effect) {
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
            Effect::Show(..) | Effect::Publish => {}
        }
    }

    /// One spender; the newest refresh token; no faster than the authority bears.
    fn departs(&mut self, flight: Flight, refresh: &str) {
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
        account.departed.insert(flight.key.clone(), boot);
        account.flight = Some(flight.ticket);
        self.flights.push(flight);
        if let Some(wrong) = wrong {
            self.broken(wrong);
        }
    }

    fn saving(&mut self, ticket: Ticket, name: AccountName, stored: Stored) {
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

    fn settle(&mut self, which: impl Fn(&Token) -> bool) {
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

    fn answered(&mut self, id: AskerId, answer: &Answer) {
        let Some(asker) = self.askers.remove(&id) else { self.broken("somebody is answered who does not wait") };
        match answer {
            Answer::Token(given) => match self.tokens.get(given.access.expose_secret()) {
                None => self.broken("a token is handed out that came from a stale flight"),
                Some(token) => {
                    let account = &self.accounts[&token.account];
                    if asker.account.as_ref() != Some(&token.account) || asker.key.as_ref() != Some(&token.key) {
                        self.broken("a token is handed out that was not asked for");
                    } else if token.era != account.era {
                        self.broken("a token is handed out that should be forgotten");
                    } else if account.read && !token.settled {
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
            Answer::SignIn(SignInState::SignedIn { .. }) | Answer::SignIn(_) | Answer::SignInStarted(_) => {}
        }
    }

    /// The token that this asker could be given at once.
    fn at_hand(&self, asker: &Asker, min_valid: Duration) -> Option<&Token> {
        let account = self.accounts.get(asker.account.as_ref()?)?;
        let token = self.tokens.get(account.served.get(asker.key.as_ref()?)?)?;
        let left = token.ends.saturating_sub(self.now.boot);
        let wanted = min_valid.min(token.life.saturating_sub(Duration::from_secs(60)));
        (token.era == account.era && !left.is_zero() && left >= wanted).then_some(token)
    }

    /// Nobody waits too long, nothing lasts for ever, and the loop has time to sleep.
    fn look_at_the_clock(&mut self) {
        let boot = self.now.boot;
        if self.broker.wake_at().is_some_and(|at| at <= boot) {
            self.broken("the broker wants to be woken in the past");
        }
        if self.askers.values().any(|asker| asker.deadline.is_some_and(|deadline| deadline <= boot)) {
            self.broken("somebody waits in vain");
        }
        let limit = Duration::from_secs(15 * 60 + 2);
        if self.sign_ins.values().any(|sign_in| sign_in.started + limit <= boot) {
            self.broken("a sign-in does not end");
        }
        for flight in self.flights.iter().filter(|flight| flight.give_up <= boot) {
            let Some(account) = self.accounts.get_mut(&flight.account) else { continue };
            if account.flight == Some(flight.ticket) {
                account.flight = None;
                account.departed.remove(&flight.key);
            }
        }
        let shown: BTreeSet<_> =
            self.broker.view().accounts.into_iter().filter_map(|account| account.sign_in).collect();
        if !shown.iter().eq(self.sign_ins.keys()) {
            self.broken("the view shows other sign-ins than there are");
        }
    }

    fn mint(&mut self, name: &AccountName, key: &ResourceKey, sign_in: Option<&SignInId>) -> NewTokens {
        self.minted += 1;
        let access = format!("access-{}", self.minted);
        let life = Duration::from_secs([20, 600, 3_600, 3_600, 100_000][self.dice.roll(5)]);
        let rotated = sign_in.is_some() || self.dice.roll(3) > 0;
        let token = Token {
            number: self.minted,
            account: name.clone(),
            era: match sign_in {
                // Not before the right person is known.
                Some(_) => u64::MAX,
                None => self.accounts.get(name).map_or(u64::MAX, |account| account.era),
            },
            key: key.clone(),
            life,
            ends: self.now.boot + life,
            saving: None,
            settled: false,
            sign_in: sign_in.cloned(),
        };
        self.tokens.insert(access.clone(), token);
        NewTokens {
            access: access.into(),
            life,
            refresh_in: (self.dice.roll(4) == 0).then_some(life / 3),
            scopes: key.scopes.clone(),
            refresh: rotated.then(|| format!("refresh-{}", self.minted).into()),
            person: match (sign_in, self.dice.roll(12)) {
                (None, 0) => Some(person(name, "somebody else")),
                (None, 1..6) => self.accounts.get(name).and_then(|account| account.pinned.as_deref()).map(pinned),
                _ => None,
            },
            endpoint: ENDPOINT.into(),
        }
    }

    fn an_account(&mut self) -> AccountName {
        ACCOUNTS[self.dice.roll(ACCOUNTS.len())].into()
    }

    fn new_asker(&mut self) -> AskerId {
        self.asked += 1;
        AskerId(self.asked)
    }

    fn broken(&self, rule: &str) -> ! {
        let story = self.story.iter().map(String::as_str).collect::<Vec<_>>().join("\n");
        panic!("{rule} (seed {})\n{story}", self.seed);
    }
}

/// Each kind of failure that a refresh can end with.
fn failures() -> [Failure; 7] {
    let said = |error: &str, suberror: Option<&str>, code: Option<u32>| {
        let (suberror, codes) = (suberror.map(str::to_owned), code.into_iter().collect());
        let error = AuthorityError { status: 400, error: error.into(), suberror, codes, ..AuthorityError::default() };
        Failure::Authority(Box::new(error))
    };
    [
        Failure::Transport(Transport::Timeout, None),
        Failure::Transport(Transport::Status(503), Some(Duration::from_secs(120))),
        Failure::Transport(Transport::Garbage, None),
        said("invalid_grant", Some("bad_token"), None),
        said("invalid_grant", Some("consent_required"), None),
        said("invalid_grant", Some("basic_action"), Some(50_196)),
        said("invalid_grant", None, None),
    ]
}

fn key(resource: &str) -> ResourceKey {
    ResourceKey { resource: resource.into(), scopes: vec![resource.into()] }
}

fn login(name: &AccountName) -> String {
    format!("{name}@firma.pl")
}

fn person(name: &AccountName, who: &str) -> Person {
    let username = if who == "right" { login(name) } else { format!("{who}@firma.pl") };
    Person { identity: Identity { subject: format!("{who} {name}"), home: None }, username }
}

fn pinned(subject: &str) -> Person {
    Person { identity: Identity { subject: subject.into(), home: None }, username: subject.into() }
}

/// SplitMix64: the same seed tells the same story.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn roll(&mut self, sides: usize) -> usize {
        usize::try_from(self.next() % sides as u64).unwrap_or_default()
    }
}
