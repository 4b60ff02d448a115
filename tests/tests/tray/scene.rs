use anyhow::{Context, Result, ensure};
use serde_json::json;
use signet_e2e::agent::{KeyPlace, Opener, Seat, Tray};
use signet_e2e::rig::control::{Revocation, Settings};
use signet_e2e::rig::{ALICE, User};
use signet_e2e::{Agent, AgentOptions, Browser, Desktop, Options, Rig};

/// A home in which nothing runs yet, and a desktop that has neither a tray nor notifications yet.
pub(crate) struct Scene {
    // Ended in this order.
    pub(crate) agent: Agent,
    pub(crate) opener: Opener,
    pub(crate) desktop: Desktop,
    pub(crate) rig: Rig,
}

impl Scene {
    pub(crate) fn set() -> Result<Self> {
        Self::set_with(|options| options)
    }

    pub(crate) fn set_with(change: impl FnOnce(AgentOptions) -> AgentOptions) -> Result<Self> {
        let rig = Rig::start(Options::without_mail())?;
        let desktop = Desktop::start()?;
        let options = change(AgentOptions { key: KeyPlace::File, ..desktop.agent_options() });
        let agent = Agent::at_rest(&rig, options)?;
        let opener = Opener::place(&agent)?;
        Ok(Self { agent, opener, desktop, rig })
    }

    /// The same with one account, to which nobody has signed in.
    pub(crate) fn with_account() -> Result<Self> {
        let mut scene = Self::set()?;
        scene.agent.launch()?;
        scene.add(ALICE)?;
        scene.agent.stop()?;
        Ok(scene)
    }

    /// The same with one account, whose person has signed in to it.
    pub(crate) fn signed_in() -> Result<Self> {
        let mut scene = Self::set()?;
        scene.sign_in_before()?;
        Ok(scene)
    }

    /// The same with a token that has ended.
    pub(crate) fn lapsing() -> Result<Self> {
        let mut scene = Self::set()?;
        scene.have_tokens_end()?;
        scene.sign_in_before()?;
        Ok(scene)
    }

    pub(crate) fn sign_in_before(&mut self) -> Result<()> {
        self.agent.launch()?;
        self.add(ALICE)?;
        self.agent.sign_in_by_forms(ALICE.login, ALICE)?;
        self.agent.stop()?;
        Ok(())
    }

    /// Starts the tray app on a display that it will not need.
    pub(crate) fn start_tray(&self) -> Result<Tray> {
        self.agent.start_tray(&Seat::at(":no-such-display").opening_by(&self.opener))
    }

    pub(crate) fn add(&self, person: User) -> Result<()> {
        self.agent.signet(&["accounts", "add", person.login])?.line().map(|_| ())
    }

    /// Ends what an account has, as a changed password does, and has Signet notice. Whoever signs in from then on gets
    /// tokens that last.
    pub(crate) fn end_sign_in(&self, login: &str) -> Result<()> {
        self.rig.control().revoke(login, Revocation::Password)?;
        let mut connection = self.agent.endpoint()?;
        let mut code = json!(null);
        while code != "sign_in_required" {
            code = connection.ask("token.get", json!({ "account": login }))?["error"]["data"]["code"].take();
        }
        self.rig.control().set(&lasting(3_600))
    }

    /// From now on tokens end at once, so that each is asked for anew.
    pub(crate) fn have_tokens_end(&self) -> Result<()> {
        self.rig.control().set(&lasting(1))
    }

    /// The person signs in, in a real browser, at the page that has been opened.
    pub(crate) fn visit(&mut self, person: User) -> Result<()> {
        let address = self.opener.given().with_context(|| self.agent.log().unwrap_or_default())?;
        let seen = Browser::new(&self.rig).visit(&address, person)?;
        ensure!(seen.title == "Congratulations! You are signed in", "{seen:?}");
        Ok(())
    }

    /// The same, by what the page's forms send.
    pub(crate) fn walk(&mut self, person: User) -> Result<()> {
        let address = self.opener.given().with_context(|| self.agent.log().unwrap_or_default())?;
        let title = self.agent.forms().walk(&address, person)?;
        ensure!(!title.is_empty(), "a last page");
        Ok(())
    }
}

fn lasting(seconds: u32) -> Settings {
    Settings { access_ttl: Some(seconds), ..Settings::default() }
}
