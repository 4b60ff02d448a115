//! An account that something befalls, and Bob's beside it.

use anyhow::Result;
use serde_json::{Value, json};
use signet_e2e::rig::control::{Fault, Settings};
use signet_e2e::rig::{BOB, User};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

/// Tokens of a sign-in live half an hour, those of a refresh an hour. The end of Bob's lies between: so the list of
/// accounts tells whether there was a refresh.
const FIRST_LIFE: u32 = 1_800;
const BOBS_LIFE: u32 = 2_700;
const LATER_LIFE: u32 = 3_600;

const FAILED: &str = "The sign-in did not succeed";

pub(crate) struct Scene {
    pub(crate) rig: Rig,
    pub(crate) agent: Agent,
    bobs: String,
    bobs_end: String,
}

/// How a failure on the way is told: the message, and the HTTP status in it.
#[derive(Clone, Copy)]
pub(crate) struct Told {
    pub(crate) message: &'static str,
    pub(crate) status: Option<u16>,
}

/// An account that fails to refresh, with the token it had before.
pub(crate) struct Failing {
    person: User,
    token: String,
}

impl Told {
    pub(crate) fn status(status: u16) -> Self {
        Self { message: "error-unreachable-detail-status", status: Some(status) }
    }

    pub(crate) fn message(message: &'static str) -> Self {
        Self { message, status: None }
    }
}

impl Scene {
    pub(crate) fn start() -> Result<Self> {
        let rig = Rig::start(Options::without_mail())?;
        let agent = Agent::start(&rig, AgentOptions::default())?;
        Self::on(rig, agent)
    }

    /// The scene on a rig and an agent that somebody has prepared.
    pub(crate) fn on(rig: Rig, agent: Agent) -> Result<Self> {
        let mut scene = Self { rig, agent, bobs: String::new(), bobs_end: String::new() };
        scene.sign_in_for(BOBS_LIFE, BOB)?;
        scene.bobs = scene.agent.token(BOB.login)?;
        scene.bobs_end = scene.row(BOB)?["expires_at"].as_str().expect("a time").to_owned();
        Ok(scene)
    }

    /// Somebody new, who has signed in.
    pub(crate) fn newcomer(&self, login: &'static str) -> Result<User> {
        let person = self.rig.control().new_person(login)?;
        self.sign_in(person)?;
        Ok(person)
    }

    /// Signs somebody in, to an account that is added if it is not there. A refresh is possible at once then, however
    /// short ago the last one was.
    pub(crate) fn sign_in(&self, person: User) -> Result<()> {
        self.sign_in_for(FIRST_LIFE, person)
    }

    fn sign_in_for(&self, life: u32, person: User) -> Result<()> {
        if self.row(person)?.is_null() {
            self.agent.signet(&["accounts", "add", person.login])?.line()?;
        }
        self.rig.control().set(&Settings { access_ttl: Some(life), ..Settings::default() })?;
        self.agent.sign_in_by_forms(person.login, person)?;
        self.rig.control().set(&Settings { access_ttl: Some(LATER_LIFE), ..Settings::default() })
    }

    /// Orders a failure for what this person's account asks the token endpoint for.
    pub(crate) fn befall(&self, person: User, grant_type: &str, fault: &Fault) -> Result<()> {
        let whose = [("user", person.login), ("grant_type", grant_type)];
        let matching = whose.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        self.rig.control().fault(&Fault { matching, ..fault.clone() })
    }

    /// Has the agent refresh while it cannot, and checks that nothing is lost.
    pub(crate) fn fails_to_refresh(&self, person: User, told: Told) -> Result<Failing> {
        let name = person.login;
        let token = self.agent.token(name)?;
        assert_eq!(self.forced(person)?, token, "{name}: what is still valid is served");
        let row = self.agent.await_account(name, |row| row["state"] != "ready")?;
        let (state, message) = (&row["state"], &row["reason"]["id"]);
        assert_eq!((state, message), (&json!("unreachable"), &json!(told.message)), "{name}: {row}");
        let status = told.status.map_or(Value::Null, |status| json!(status.to_string()));
        assert_eq!(row["reason"]["args"]["status"], status, "{name}: {row}");
        assert!(!self.was_refreshed(&row), "{name}: the token that is there is told: {row}");
        assert_eq!(self.agent.token(name)?, token, "{name}: the command is served too");
        self.bob_notices_nothing()?;
        Ok(Failing { person, token })
    }

    /// Waits until an account that failed has refreshed without anybody asking.
    pub(crate) fn heals(&self, failing: &Failing) -> Result<()> {
        let name = failing.person.login;
        // Between two tries an account is unreachable, and it may look ready while one is in the air.
        let is_over = |row: &Value| match row["state"].as_str() {
            Some("ready") => self.was_refreshed(row),
            other => other != Some("unreachable"),
        };
        let row = self.agent.await_account(name, is_over)?;
        assert_eq!((&row["state"], &row["reason"]), (&json!("ready"), &Value::Null), "{name}: {row}");
        let token = self.agent.token(name)?;
        assert_ne!(token, failing.token, "{name}: the next token is there");
        assert_eq!(self.rig.control().owner(&token)?.as_deref(), Some(name), "the sign-in is still this person's");
        Ok(())
    }

    /// Lets something befall a redemption, and checks that it is told and the sign-in of before is as it was.
    pub(crate) fn fails_to_redeem(&self, person: User, told: Told, befall: impl FnOnce() -> Result<()>) -> Result<()> {
        let name = person.login;
        let token = self.agent.token(name)?;
        let waiting = self.agent.begin_sign_in(name)?;
        let mut program = self.agent.endpoint()?;
        let joined = program.ask("sign_in.start", json!({ "account": name }))?;
        let wait = json!({ "sign_in": joined["result"]["sign_in"], "wait_seconds": 120 });
        let wait = program.send("sign_in.wait", wait)?;
        let answer = self.agent.forms().walk_to_answer(waiting.address(), person)?;
        befall()?;
        assert_eq!(answer.deliver()?, FAILED, "{name}: the person sees it");
        let ended = program.answer(wait)?["result"].take();
        assert_eq!(ended["state"], "failed", "{name}: {ended}");
        let data = &ended["data"];
        assert_eq!((&data["kind"], &data["code"]), (&json!("transient"), &json!("unreachable")), "{name}: {ended}");
        let said = waiting.end()?;
        assert_eq!(said.code, 5, "{name}: trying again may help: {said:?}");
        assert!(said.stderr.contains(&words(told)), "{name}: {said:?}");
        assert_eq!(self.row(person)?["state"], "ready", "{name}: the sign-in of before is as it was");
        assert_eq!(self.agent.token(name)?, token, "{name}: and its token is served");
        self.bob_notices_nothing()
    }

    /// Bob's token is served and his account stands as if nothing had happened.
    pub(crate) fn bob_notices_nothing(&self) -> Result<()> {
        assert_eq!(self.agent.token(BOB.login)?, self.bobs, "somebody else is served as before");
        let row = self.row(BOB)?;
        assert_eq!((&row["state"], &row["reason"]), (&json!("ready"), &Value::Null), "and nothing is wrong there");
        Ok(())
    }

    fn was_refreshed(&self, row: &Value) -> bool {
        row["expires_at"].as_str().is_some_and(|end| end > &*self.bobs_end)
    }

    /// A token by a request that wants a new one.
    pub(crate) fn forced(&self, person: User) -> Result<String> {
        let asked = json!({ "account": person.login, "force": true });
        let answer = self.agent.endpoint()?.ask("token.get", asked)?;
        let token = answer["result"]["access_token"].as_str();
        Ok(token.unwrap_or_else(|| panic!("no token for {}: {answer}", person.login)).to_owned())
    }

    /// An account in the list, or null.
    pub(crate) fn row(&self, person: User) -> Result<Value> {
        let mut list = self.agent.endpoint()?.ask("account.list", json!({}))?["result"]["accounts"].take();
        let rows = list.as_array_mut().expect("a list");
        Ok(rows.iter_mut().find(|row| row["name"] == person.login).map_or(Value::Null, Value::take))
    }
}

/// The English of a failure on the way, up to its first argument.
fn words(told: Told) -> String {
    match (told.message, told.status) {
        (_, Some(status)) => format!("localhost answered with HTTP status {status}."),
        ("error-unreachable-detail-not-json", _) => "localhost answered with something else than JSON.".to_owned(),
        ("error-unreachable-detail-reset", _) => "localhost broke off the connection.".to_owned(),
        ("error-unreachable-detail-connect", _) => "No connection to localhost could be made.".to_owned(),
        ("error-unreachable-detail-tls", _) => "No secure connection to localhost could be made.".to_owned(),
        ("error-unreachable-detail-dns", _) => "The name localhost cannot be found.".to_owned(),
        ("error-unreachable-detail-proxy", _) => "The proxy did not let the request to localhost through.".to_owned(),
        (other, None) => panic!("no words for {other}"),
    }
}
