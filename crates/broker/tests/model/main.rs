//! The broker against its rules (design § 3 and § 4), told a second time and from outside.
//!
//! Whatever can happen happens in any order: late landings, time jumps, sign-ins, sign-outs, a store that fails,
//! changes of the configuration. After each event the rules are looked at; a rule that is broken names the seed.

mod happenings;
mod rejections;
mod seen;
mod watch;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use broker::{
    AccountName, AskerId, AuthorityError, Broker, Failure, Identity, Moment, NewTokens, NoAnswer, Person, ResourceKey,
    SignInId, Stored, Ticket, Transport,
};

/// Stories told: in every run, and in a full one.
const SEEDS: u64 = 400;
const SEEDS_IN_FULL: u64 = 20_000;
const STEPS: usize = 600;
/// More than one account lives through in a story.
const ERAS: u64 = 10_000;
const ACCOUNTS: [&str; 3] = ["anna", "biuro", "dms"];
const RESOURCES: [&str; 2] = ["mail", "graph"];
const ENDPOINT: &str = "https://login.example";

#[test]
fn the_rules_hold_whatever_happens_in_whatever_order() {
    let in_full = std::env::var_os("SIGNET_TEST_FULL").is_some();
    for seed in 0..if in_full { SEEDS_IN_FULL } else { SEEDS } {
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
    /// When something last set out that nobody waited for.
    last_turn: Option<Duration>,
    needing: BTreeMap<AccountName, Need>,
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
    /// The last try for each resource, but for those that met with trouble on the way.
    departed: BTreeMap<ResourceKey, Duration>,
    /// The last try for each resource.
    tried: BTreeMap<ResourceKey, Duration>,
    suspended: BTreeMap<ResourceKey, Duration>,
    /// The authority is left alone until then.
    rests_until: Duration,
    /// The last try met with trouble on the way: how long the broker waits now is its own affair.
    failing: bool,
    erased: bool,
    /// The last word of the authority was that the account needs somebody.
    judged: bool,
    /// The last word on these resources was that they need somebody.
    withheld: BTreeSet<ResourceKey>,
}

/// An account that is shown as needing somebody.
struct Need {
    since: Duration,
    told: bool,
}

struct Asker {
    account: Option<AccountName>,
    key: Option<ResourceKey>,
    min_valid: Duration,
    /// It wants a token newer than the cached one.
    fresh: bool,
    deadline: Option<Duration>,
    /// It says that a server refused this token.
    rejects: Option<String>,
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
    /// A server refused it.
    suspect: bool,
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

impl Asker {
    fn of_a_sign_in(deadline: Option<Duration>) -> Self {
        Self { account: None, key: None, min_valid: Duration::ZERO, fresh: false, deadline, rejects: None }
    }
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
            last_turn: None,
            needing: BTreeMap::new(),
            story: VecDeque::new(),
        };
        world.configure();
        world
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
            suspect: false,
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

/// What the browser brings when the person declines.
fn the_person_s_no() -> Failure {
    let error = AuthorityError { error: "access_denied".into(), codes: vec![65_004], ..AuthorityError::default() };
    Failure::Authority(Box::new(error))
}

/// Each kind of failure that a refresh can end with.
fn failures() -> [Failure; 7] {
    let said = |error: &str, suberror: Option<&str>, code: Option<u32>| {
        let (suberror, codes) = (suberror.map(str::to_owned), code.into_iter().collect());
        let error = AuthorityError { status: 400, error: error.into(), suberror, codes, ..AuthorityError::default() };
        Failure::Authority(Box::new(error))
    };
    [
        Transport::Timeout.into(),
        Failure::NoAnswer(NoAnswer {
            retry_after: Some(Duration::from_secs(120)),
            ..NoAnswer::from(Transport::Status(503))
        }),
        Transport::Garbage.into(),
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
