//! The broker's rules, one sentence a test.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test picks out the effects that it is about")]

mod many;
mod refreshing;
mod rejecting;
mod saving;
mod signing_in;

use std::time::Duration;

use broker::{
    AccountName, AccountSpec, Answer, Ask, AskerId, AuthorityError, Broker, Effect, Event, Failure, Identity, Kept,
    Moment, NewTokens, NoAnswer, Person, Resource, ResourceKey, SignInId, Stored, StoredToken, Ticket, Transport,
};
use secrecy::{ExposeSecret, SecretString};

const HOUR: u64 = 3600;

/// A broker with a clock of its own, and everything it wanted done.
struct World {
    broker: Broker,
    now: Moment,
    effects: Vec<Effect>,
}

impl World {
    /// These accounts are configured, and the store has nothing for them.
    fn new(accounts: &[&str]) -> Self {
        let now = Moment { boot: Duration::from_secs(1_000), wall: Duration::from_secs(1_790_000_000) };
        let mut world = Self { broker: Broker::new(7), now, effects: Vec::new() };
        world.on(Event::Configured(accounts.iter().copied().map(spec).collect()));
        world
    }

    /// One account, signed in, with an hour's token for mail.
    fn signed_in(account: &str) -> Self {
        let mut world = Self::new(&[account]);
        world.restore(account, HOUR);
        world
    }

    fn restore(&mut self, account: &str, life: u64) {
        let stored = self.stored(account, life);
        self.on(Event::StoreRead(vec![(account.into(), Kept::SignIn(stored))]));
    }

    /// What the store has of an account whose token was issued just now.
    fn stored(&self, account: &str, life: u64) -> Stored {
        let tokens = vec![StoredToken {
            key: mail(),
            access: "stored-access".into(),
            scopes: mail().scopes,
            issued: self.now.wall,
            life: Duration::from_secs(life),
        }];
        Stored {
            refresh: Some("stored-refresh".into()),
            person: person(account),
            endpoint: "https://id.example".into(),
            tokens,
            ended: None,
            refreshed: self.now.wall,
        }
    }

    /// Lets something happen, and gives what follows from it.
    fn on(&mut self, event: Event) -> usize {
        let effects = self.broker.handle(event, self.now);
        assert!(
            self.broker.wake_at().is_none_or(|at| at > self.now.boot),
            "the loop would spin: due at {:?}, now {:?}",
            self.broker.wake_at(),
            self.now.boot
        );
        let count = effects.len();
        self.effects.extend(effects);
        count
    }

    fn pass(&mut self, seconds: u64) {
        self.now.boot += Duration::from_secs(seconds);
        self.now.wall += Duration::from_secs(seconds);
        self.on(Event::Tick);
    }

    fn ask(&mut self, asker: u64, account: &str) {
        self.ask_with(asker, account, |ask| ask);
    }

    fn ask_with(&mut self, asker: u64, account: &str, change: impl FnOnce(Ask) -> Ask) {
        let ask = Ask {
            asker: AskerId(asker),
            account: account.into(),
            key: None,
            min_valid: None,
            force: false,
            claims: None,
            wait: Duration::from_secs(10),
        };
        self.on(Event::Asked(change(ask)));
    }

    /// What this asker was told, if it was; being told twice is a fault.
    fn told(&self, asker: u64) -> Option<String> {
        let answers = self.effects.iter().filter_map(|effect| match effect {
            Effect::Answer(AskerId(to), answer) if *to == asker => Some(words(answer)),
            _ => None,
        });
        let answers: Vec<_> = answers.collect();
        assert!(answers.len() <= 1, "asker {asker} was answered more than once: {answers:?}");
        answers.into_iter().next()
    }

    /// The refreshes that set out, in order: ticket and resource.
    fn flights(&self) -> Vec<(Ticket, String)> {
        let flights = self.effects.iter().filter_map(|effect| match effect {
            Effect::Refresh { ticket, key, .. } => Some((*ticket, key.resource.clone())),
            _ => None,
        });
        flights.collect()
    }

    fn last_flight(&self) -> Ticket {
        self.flights().last().expect("a refresh should have set out").0
    }

    /// The newest save: its ticket and the refresh token in it.
    fn last_save(&self) -> (Ticket, Option<String>) {
        let saves = self.effects.iter().rev().filter_map(|effect| match effect {
            Effect::Save(ticket, _, stored) => {
                let refresh = stored.refresh.as_ref().map(|secret| secret.expose_secret().to_owned());
                Some((*ticket, refresh))
            }
            _ => None,
        });
        saves.into_iter().next().expect("something should have been saved")
    }

    fn land(&mut self, name: &str) {
        let ticket = self.last_flight();
        self.on(Event::Refreshed(ticket, Ok(tokens(name, "alice@firma.pl"))));
    }

    fn save(&mut self) {
        let (ticket, _) = self.last_save();
        self.on(Event::Saved(ticket, Ok(())));
    }

    fn fail(&mut self, failure: Failure) {
        let ticket = self.last_flight();
        self.on(Event::Refreshed(ticket, Err(failure)));
    }

    fn sign_in(&mut self, asker: u64, account: &str) -> SignInId {
        self.on(Event::SignInAsked { asker: AskerId(asker), account: account.into() });
        let opened = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::OpenSignIn { sign_in, .. } => Some(sign_in.clone()),
            _ => None,
        });
        opened.expect("a sign-in should have been opened")
    }
}

fn words(answer: &Answer) -> String {
    match answer {
        Answer::Token(token) => token.access.expose_secret().to_owned(),
        Answer::SignInStarted(_) => "started".to_owned(),
        Answer::SignIn(state) => format!("{state:?}"),
        Answer::Noted => "noted".to_owned(),
        Answer::Refused(refusal) => format!("{refusal:?}"),
    }
}

fn spec(name: &str) -> AccountSpec {
    let resource = |name: &str| Resource { name: name.into(), scopes: vec![format!("https://{name}.example/all")] };
    AccountSpec {
        name: AccountName::from(name),
        login: name.to_owned(),
        authority: "https://id.example client".into(),
        resources: vec![resource("mail"), resource("graph")],
    }
}

fn key(resource: &str) -> ResourceKey {
    ResourceKey { resource: resource.into(), scopes: vec![format!("https://{resource}.example/all")] }
}

fn mail() -> ResourceKey {
    key("mail")
}

fn person(username: &str) -> Person {
    Person { identity: Identity { subject: format!("id of {username}"), home: None }, username: username.into() }
}

/// An hour's tokens: access and refresh token have the name in them.
fn tokens(name: &str, username: &str) -> NewTokens {
    NewTokens {
        access: SecretString::from(format!("{name}-access")),
        life: Duration::from_secs(HOUR),
        refresh_in: None,
        scopes: mail().scopes,
        refresh: Some(SecretString::from(format!("{name}-refresh"))),
        person: Some(person(username)),
        endpoint: "https://id.example".into(),
    }
}

fn refused(error: &str, suberror: &str, code: u32) -> Failure {
    let suberror = (!suberror.is_empty()).then(|| suberror.to_owned());
    Failure::Authority(Box::new(AuthorityError {
        status: 400,
        error: error.into(),
        suberror,
        codes: vec![code],
        ..AuthorityError::default()
    }))
}

fn unreachable() -> Failure {
    Transport::Timeout.into()
}

/// A 503 that asks to be left alone for so long.
fn busy_for(seconds: u64) -> Failure {
    let retry_after = Some(Duration::from_secs(seconds));
    Failure::NoAnswer(NoAnswer { retry_after, ..NoAnswer::from(Transport::Status(503)) })
}
