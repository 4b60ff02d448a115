//! The one loop: everything that happens comes in here, and everything the broker decides is carried out here.

mod accounts;
mod checks;
mod importing;
mod keeping;
mod profiles;
mod publishing;
mod refused;
mod requests;
mod settings;
mod wishes;

use std::collections::{HashMap, VecDeque};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use broker::{AccountName, Answer, AskerId, Broker, Effect, Event, SignInId, Trouble};
use ipc::{Done, Erased, Fault, Message, Reminder, Reply, Snapshot};
use mail::sasl::Mechanism;
use secrecy::SecretString;
use texts::Language;
use tokio::sync::{mpsc, oneshot, watch};
use tracing::{info, warn};

use self::checks::Checks;
use self::keeping::StoreRetry;
use self::refused::Refused;
use self::wishes::Wished;
use crate::authority::{Authorities, Wire};
use crate::clock;
use crate::config::{AccountConfig, Config, ConfigError, KeyPlace};
use crate::input::{Input, Inputs};
use crate::key;
use crate::paths::Paths;
use crate::platform::{self, Alarm, Word};
use crate::redirect::start_address;
use crate::said;
use crate::sign_in::{SignIn, Told, random};
use crate::store::Store;
use crate::view::Configured;

/// As many ended sign-ins as the broker remembers.
const SIGN_INS_REMEMBERED: usize = 256;

/// Answers go out before the endpoint does.
const FAREWELL: Duration = Duration::from_millis(50);
/// A request to the authority may take so long when the agent has to end; Windows ends a session that takes longer.
const LANDING_PATIENCE: Duration = Duration::from_secs(4);

/// What the loop owns.
pub(crate) struct Desk {
    broker: Broker,
    store: Store,
    authorities: Arc<Authorities>,
    config_file: PathBuf,
    state: PathBuf,
    /// What the configuration said when it was last right.
    config: Config,
    /// Where the key is kept for as long as the agent runs.
    key_place: KeyPlace,
    /// Counts them.
    edition: u64,
    /// What is wrong with it now.
    config_trouble: Option<Message>,
    /// Why nobody gets a token.
    closed: Option<Message>,
    /// Which settings of the person the policy has put its own in place of.
    overruled: Option<Message>,
    inputs: mpsc::UnboundedSender<Input>,
    snapshots: watch::Sender<Arc<Snapshot>>,
    started: Instant,
    configured: Configured,
    waiting: HashMap<u64, Waiting>,
    erasing: Vec<Erasing>,
    sign_ins: HashMap<SignInId, OpenSignIn>,
    over: VecDeque<SignInId>,
    unread: Vec<AccountName>,
    store_retry: StoreRetry,
    /// Who has unlocked the store, and is answered once it is read.
    unlocking: Vec<(requests::Answer, Language)>,
    checks: Checks,
    refused: Refused,
    /// What holds for as long as the agent runs.
    standing: Vec<Message>,
    reminder: Option<Reminder>,
    /// For callers that do not name a language.
    language: Language,
}

/// A program that waits, and the shape of the answer it wants.
struct Waiting {
    answer: oneshot::Sender<Result<Reply, Fault>>,
    language: Language,
    asked: String,
    account: Option<Arc<AccountConfig>>,
    wants: Wants,
}

/// What a program asked for.
enum Wants {
    Token { sasl: Option<Mechanism> },
    Credential(Box<profiles::Prepared>),
    Rejection,
    SignInStart { with_address: bool, starter: String, reason: Option<String> },
    SignInWait,
}

/// A program that waits until an account's row is gone from the disk.
struct Erasing {
    account: AccountName,
    answer: oneshot::Sender<Result<Reply, Fault>>,
    language: Language,
    erased: Erased,
}

/// A sign-in under way, or one that has ended lately.
struct OpenSignIn {
    account: AccountName,
    told: mpsc::UnboundedSender<Told>,
    /// The listener's port and the authority's page, while they are there.
    page: Option<(u16, SecretString)>,
    starters: Vec<String>,
    wish: Wished,
}

impl Desk {
    pub(crate) fn new(
        paths: &Paths,
        key: KeyPlace,
        wire: Wire,
        inputs: mpsc::UnboundedSender<Input>,
        snapshots: watch::Sender<Arc<Snapshot>>,
    ) -> anyhow::Result<Self> {
        let seed = getrandom::u64().context("the system gives no random numbers")?;
        let standing = key::notice(key, &paths.state).into_iter().collect();
        let done = inputs.clone();
        let store = Store::start(&paths.state, key, move |input| done.tell(input));
        Ok(Self {
            broker: Broker::new(seed),
            store: store.context("no thread for the store")?,
            authorities: Arc::new(Authorities::new(wire)),
            config_file: paths.config_file(),
            state: paths.state.clone(),
            config: Config::default(),
            key_place: key,
            edition: 0,
            config_trouble: None,
            closed: None,
            overruled: None,
            inputs,
            snapshots,
            started: Instant::now(),
            configured: HashMap::new(),
            waiting: HashMap::new(),
            erasing: Vec::new(),
            sign_ins: HashMap::new(),
            over: VecDeque::new(),
            unread: Vec::new(),
            store_retry: StoreRetry::Idle,
            unlocking: Vec::new(),
            checks: Checks::default(),
            refused: Refused::default(),
            standing,
            reminder: None,
            language: Language::current(),
        })
    }

    /// Takes up the configured accounts, then runs until somebody asks for the end.
    pub(crate) async fn run(
        mut self,
        config: Result<Config, ConfigError>,
        mut inbox: mpsc::UnboundedReceiver<Input>,
    ) -> io::Result<()> {
        let mut alarm = Alarm::new()?;
        self.closed = accounts::closed_by(&config);
        self.config_trouble.clone_from(&self.closed);
        let config = config.map(|config| self.without_provisional(config));
        self.configure(config.unwrap_or_default());
        loop {
            alarm.set(self.broker.wake_at())?;
            tokio::select! {
                input = inbox.recv() => match input {
                    Some(Input::Stop) | None => break,
                    Some(input) => self.take(input),
                },
                rung = alarm.rung() => {
                    rung?;
                    self.drive(Event::Tick);
                }
            }
        }
        self.end(inbox).await;
        Ok(())
    }

    /// Lets what is in the air land and be saved: a refresh token that was rotated in this very moment is the only one
    /// that is still good.
    async fn end(mut self, mut inbox: mpsc::UnboundedReceiver<Input>) {
        platform::tell_supervisor(&Word::Stopping);
        self.drive(Event::Ending);
        let limit = tokio::time::Instant::now() + LANDING_PATIENCE;
        while self.broker.is_busy()
            && let Ok(Some(input)) = tokio::time::timeout_at(limit, inbox.recv()).await
        {
            self.take(input);
        }
        tokio::time::sleep(FAREWELL).await;
        self.store.close();
    }

    fn take(&mut self, input: Input) {
        match input {
            Input::Event(event) => self.drive(event),
            Input::Call(request) => self.request(request),
            Input::Loaded(rows) => self.loaded(rows),
            Input::Erased(account, outcome) => self.erased(&account, outcome),
            Input::Gone(number) => {
                if self.waiting.remove(&number).is_some() {
                    self.drive(Event::Withdrawn(AskerId(number)));
                }
            }
            Input::SignInAddress { id, port, address } => {
                if let Some(open) = self.sign_ins.get_mut(&id) {
                    open.page = Some((port, address));
                }
            }
            Input::ConfigTouched => self.read_config_again(),
            Input::ConfigRead(edition, read) => self.config_read(edition, read),
            Input::SetAside(path) => self.store_set_aside(&path),
            Input::StartedAfresh => self.started_afresh(),
            Input::RetryStore => self.store_is_worth_a_try(),
            Input::PasswordKept(params, saved, former, answer, language) => {
                self.write_profile(&params, saved, Some(former), answer, language);
            }
            Input::Unlocked(outcome, answer, language) => self.unlocked(outcome, answer, language),
            // Whoever asked may be gone, as the agent ends.
            Input::Pulse(answer) => drop(answer.send(())),
            Input::Stop => {}
        }
    }

    fn configure(&mut self, config: Config) {
        let accounts = config.accounts.iter().cloned();
        self.configured = accounts.map(|account| (account.name.clone(), Arc::new(account))).collect();
        let settings = config.overruled.join(", ");
        let is_overruled = !config.overruled.is_empty();
        self.overruled = is_overruled.then(|| Message::new("notice-policy-overrules").with("settings", settings));
        self.config = config;
        self.edition += 1;
        let chosen = self.config.desktop.language.as_deref().and_then(|language| language.parse().ok());
        self.language = chosen.unwrap_or_else(Language::current);
        self.drive(Event::RemindAgainAfter(self.config.reminders.repeat()));
        let specs = self.configured.values().map(|account| account.spec()).collect();
        self.drive(Event::Configured(specs));
    }

    fn drive(&mut self, event: Event) {
        for effect in self.broker.handle(event, clock::now()) {
            self.carry_out(effect);
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Answer(asker, answer) => self.answer(asker, answer),
            Effect::Refresh { ticket, account, key, refresh, endpoint, claims } => {
                let Some(config) = self.configured.get(&account).cloned() else { return };
                let (authorities, inputs) = (Arc::clone(&self.authorities), self.inputs.clone());
                info!(%account, resource = key.resource, "refreshing");
                tokio::spawn(async move {
                    let refreshed = authorities.refresh(&config, &key, &refresh, &endpoint, claims.as_deref()).await;
                    match &refreshed {
                        Ok(new) => info!(%account, resource = key.resource, life = new.life.as_secs(), "refreshed"),
                        Err(failure) => {
                            let trouble = Trouble::from(failure);
                            warn!(
                                %account,
                                resource = key.resource,
                                cause = said::cause(failure),
                                kind = ?trouble.kind,
                                aadsts = trouble.aadsts,
                                correlation_id = trouble.correlation_id,
                                "not refreshed"
                            );
                        }
                    }
                    inputs.event(Event::Refreshed(ticket, refreshed));
                });
            }
            Effect::Load(accounts) => self.load(accounts),
            Effect::Save(ticket, account, stored) => {
                if let Some(place) = self.place(&account) {
                    self.store.save(ticket, place, stored);
                }
            }
            Effect::Erase(account) => self.store.erase(account),
            Effect::OpenSignIn { sign_in, account, claims } => self.open_sign_in(sign_in, &account, claims),
            Effect::Show(id, stage) => self.tell(&id, Told::Show(stage)),
            Effect::CloseSignIn(id) => self.close_sign_in(id),
            Effect::Remind(accounts) => self.remind(&accounts),
            Effect::Publish => self.publish(),
        }
    }

    fn open_sign_in(&mut self, id: SignInId, account: &AccountName, claims: Option<String>) {
        let Some(config) = self.configured.get(account).cloned() else { return };
        let (told, orders) = mpsc::unbounded_channel();
        self.sign_ins.insert(
            id.clone(),
            OpenSignIn { account: account.clone(), told, page: None, starters: Vec::new(), wish: Wished::default() },
        );
        info!(%account, sign_in = id.0, "a sign-in begins");
        let (authorities, inputs) = (Arc::clone(&self.authorities), self.inputs.clone());
        tokio::spawn(SignIn { id, account: config, claims, authorities, inputs }.run(orders));
    }

    fn tell(&self, id: &SignInId, told: Told) {
        if let Some(open) = self.sign_ins.get(id) {
            // A sign-in whose listener could not be opened is not there to hear of its end.
            let _ = open.told.send(told);
        }
    }

    fn close_sign_in(&mut self, id: SignInId) {
        self.tell(&id, Told::Close);
        if let Some(open) = self.sign_ins.get_mut(&id) {
            open.page = None;
            open.wish.taken_up();
        }
        self.over.push_back(id);
        if self.over.len() > SIGN_INS_REMEMBERED
            && let Some(oldest) = self.over.pop_front()
        {
            self.sign_ins.remove(&oldest);
        }
    }

    fn answer(&mut self, asker: AskerId, answer: Answer) {
        let Some(waiting) = self.waiting.remove(&asker.0) else { return };
        let Waiting { answer: door, language, asked, account, wants } = waiting;
        let account = account.as_deref();
        let reply = match (answer, wants) {
            (Answer::Token(token), Wants::Token { sasl }) => requests::token(token, sasl, language),
            (Answer::Token(token), Wants::Credential(prepared)) => prepared.with_token(token, language),
            (Answer::SignInStarted(id), Wants::SignInStart { with_address, starter, reason }) => {
                Ok(self.started(&id, with_address, starter, reason))
            }
            (Answer::SignIn(state), Wants::SignInStart { .. }) => {
                let state = requests::state(language, state, account);
                if let ipc::SignInState::Failed { error } = state {
                    Err(error)
                } else {
                    Ok(ipc::SignInStarted { sign_in: asked, state, open_url: None, authorize_url: None }.into())
                }
            }
            (Answer::Noted, _) => Ok(Done::default().into()),
            (Answer::SignIn(state), _) => Ok(requests::state(language, state, account).into()),
            (Answer::Refused(refusal), _) => Err(said::fault(language, &refusal, account, &asked)),
            (Answer::Token(_) | Answer::SignInStarted(_), _) => {
                Err(said::simply(language, ipc::FaultCode::Internal, "error-internal", &[]))
            }
        };
        // Whoever asked may have gone in this very moment.
        let _ = door.send(reply);
    }

    fn started(&mut self, id: &SignInId, with_address: bool, starter: String, reason: Option<String>) -> Reply {
        let state = ipc::SignInState::Waiting {};
        let mut started = ipc::SignInStarted { sign_in: id.0.clone(), state, open_url: None, authorize_url: None };
        if let Some(open) = self.sign_ins.get_mut(id) {
            if with_address {
                open.wish.taken_up();
            } else {
                open.wish.made(&starter, reason);
            }
            open.starters.push(starter);
            if let (true, Some((port, address))) = (with_address, &open.page) {
                let name = random();
                started.open_url = Some(start_address(*port, &name));
                started.authorize_url = Some(address.clone());
                self.tell(id, Told::Admit(name));
            }
            self.publish();
        }
        started.into()
    }
}
