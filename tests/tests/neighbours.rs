//! Nobody waits for a stranger: one account's cached token goes out while everybody else of the same agent waits.
//!
//! Nothing is timed. That an answer overtakes is seen by the order of the lines where both come over one connection,
//! and elsewhere by the silence that is still there when the answer has come.

use anyhow::Result;
use serde_json::{Value, json};
use signet_e2e::agent::{Endpoint as Connection, SigningIn};
use signet_e2e::rig::control::{Drop, Endpoint, Fault};
use signet_e2e::rig::{ALICE, BIURO, BOB, KSIEGOWOSC, User};
use signet_e2e::{Agent, Desktop, Keyring, Options, Rig};

/// So many lists are more than all sockets and pipes on the way hold, and less than the agent keeps for one client.
const LISTS: u64 = 900;

/// Alice's token is at hand. Bob's authority can be made to hang. The keyring gives no answer, so that Księgowość is
/// signed in only on a disk that nobody can read; Alice and Bob signed in later, and live in memory.
struct Street {
    agent: Agent,
    rig: Rig,
    keyring: Keyring,
    _desktop: Desktop,
    /// Alice's.
    token: String,
    /// Księgowość's.
    on_disk: String,
}

/// A client that has asked, and waits for somebody.
struct Waiting {
    whom: &'static str,
    connection: Connection,
    asked: u64,
}

/// A client that has sent the beginning of a line.
struct Stalled {
    sent: usize,
    connection: Connection,
    missing: String,
}

impl Street {
    fn build() -> Result<Self> {
        let rig = Rig::start(Options::without_mail())?;
        let desktop = Desktop::start()?;
        let keyring = desktop.unlock("own")?;
        let mut agent = Agent::signed_in_by_forms(&rig, KSIEGOWOSC, desktop.agent_options())?;
        let on_disk = agent.token(KSIEGOWOSC.login)?;
        agent.stop()?;
        keyring.fall_silent()?;
        agent.launch()?;
        for person in [ALICE, BOB] {
            agent.signet(&["accounts", "add", person.login])?.line()?;
            agent.sign_in_by_forms(person.login, person)?;
        }
        let token = agent.token(ALICE.login)?;
        Ok(Self { agent, rig, keyring, _desktop: desktop, token, on_disk })
    }

    /// Asks for a token that does not come for now.
    fn ask_in_vain(&self, whom: &'static str, person: User, force: bool) -> Result<Waiting> {
        let mut connection = self.agent.endpoint()?;
        let params = json!({ "account": person.login, "force": force, "wait_seconds": 120 });
        let asked = connection.send("token.get", params)?;
        Ok(Waiting { whom, connection, asked })
    }

    fn wait_for_the_authority(&self) -> Result<Waiting> {
        self.rig.control().forget_requests()?;
        self.rig.control().fault(&Fault { drop: Some(Drop::Hold), ..Fault::default() })?;
        let waiting = self.ask_in_vain("the authority", BOB, true)?;
        self.rig.control().await_requests(Endpoint::Token, 1)?;
        Ok(waiting)
    }

    /// A program waits for a sign-in, and its page is open.
    fn wait_for_the_person(&self) -> Result<(Waiting, SigningIn)> {
        self.agent.signet(&["accounts", "add", BIURO.login])?.line()?;
        let mut connection = self.agent.endpoint()?;
        let started = connection.ask("sign_in.start", json!({ "account": BIURO.login }))?;
        let params = json!({ "sign_in": started["result"]["sign_in"], "wait_seconds": 120 });
        let asked = connection.send("sign_in.wait", params)?;
        let page = self.agent.begin_sign_in(BIURO.login)?;
        Ok((Waiting { whom: "the person", connection, asked }, page))
    }

    /// One client for each byte that a line may end at too early.
    fn stall_everywhere(&self) -> Result<Vec<Stalled>> {
        let line = line(2, "token.get", &json!({ "account": ALICE.login }));
        let stalled = (0..line.len()).map(|sent| {
            let mut connection = self.agent.endpoint()?;
            let (part, missing) = line.split_at(sent);
            // They come in one piece, so whoever has answered the first has the other too.
            connection.send_part(&format!("{}{part}", line_of_status(1)))?;
            connection.answer(1)?;
            Ok(Stalled { sent, connection, missing: missing.to_owned() })
        });
        stalled.collect()
    }

    /// A subscriber that goes on asking and reads nothing of what comes.
    fn subscribe_and_turn_away(&self) -> Result<Connection> {
        let mut connection = self.agent.endpoint()?;
        connection.ask("agent.subscribe", json!({}))?;
        let lists: String = (2..2 + LISTS).map(|id| line(id, "account.list", &json!({}))).collect();
        connection.send_part(&lists)?;
        Ok(connection)
    }

    #[track_caller]
    fn check_token(&self, answer: &Value, circumstance: &str) {
        assert_eq!(answer["result"]["access_token"], *self.token, "{circumstance}: {answer}");
    }
}

impl Waiting {
    /// Alice's token, asked for later over the same connection, has to come first.
    fn check_overtaken(&mut self, street: &Street) -> Result<()> {
        let id = self.connection.send("token.get", json!({ "account": ALICE.login }))?;
        let first: Value = serde_json::from_str(&self.connection.line()?.expect("an answer"))?;
        assert_eq!(first["id"], id, "who waits for {} is not answered yet", self.whom);
        street.check_token(&first, self.whom);
        self.check_silent()
    }

    fn check_silent(&self) -> Result<()> {
        assert!(self.connection.is_silent()?, "who waits for {} is still waiting", self.whom);
        Ok(())
    }

    fn answer(&mut self) -> Result<Value> {
        self.connection.answer(self.asked)
    }
}

fn line(id: u64, method: &str, params: &Value) -> String {
    format!("{}\n", json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))
}

fn line_of_status(id: u64) -> String {
    line(id, "agent.status", &json!({}))
}

#[test]
fn a_cached_token_goes_out_while_everybody_else_waits_and_then_all_are_answered() -> Result<()> {
    let street = Street::build()?;
    let mut kept = street.agent.endpoint()?;
    let (person, mut page) = street.wait_for_the_person()?;
    let keyring = street.ask_in_vain("the keyring", KSIEGOWOSC, false)?;
    let mut waiting = [street.wait_for_the_authority()?, keyring, person];
    let silent = street.agent.endpoint()?;
    let stalled = street.stall_everywhere()?;
    let mut unread = street.subscribe_and_turn_away()?;

    for connection in [&mut street.agent.endpoint()?, &mut kept] {
        street.check_token(&connection.ask("token.get", json!({ "account": ALICE.login }))?, "a connection of its own");
    }
    assert_eq!(street.agent.token(ALICE.login)?, street.token, "by the command");
    for waiting in &mut waiting {
        waiting.check_overtaken(&street)?;
    }
    for Stalled { sent, connection, .. } in &stalled {
        assert!(connection.is_silent()?, "who has sent {sent} bytes of a line gets no answer");
    }
    assert!(silent.is_silent()?, "nor does who has sent nothing");
    assert!(!page.has_ended()?, "the sign-in is still open");
    assert!(street.rig.control().requests(Endpoint::Token)?.iter().all(|asked| asked.status.is_none()));

    for id in 2..2 + LISTS {
        let answer = unread.answer(id)?;
        let is_list = answer["result"]["accounts"].is_array();
        assert!(is_list || answer["error"]["data"]["code"] == "limit", "what it asked is answered: {answer}");
    }
    for Stalled { sent, mut connection, missing } in stalled {
        connection.send_part(&missing)?;
        street.check_token(&connection.answer(2)?, &format!("who finishes a line after {sent} bytes"));
    }
    let [mut authority, mut keyring, mut person] = waiting;
    street.rig.control().cancel_faults()?;
    let refreshed = authority.answer()?;
    let refreshed = refreshed["result"]["access_token"].as_str().expect("Bob's token comes once his authority answers");
    assert_eq!(street.rig.control().owner(refreshed)?.as_deref(), Some(BOB.login));
    street.agent.forms().walk(page.address(), BIURO)?;
    assert_eq!(person.answer()?["result"]["state"], "signed_in", "once the person has come");
    assert_eq!(page.end()?.code, 0);
    street.keyring.recover()?;
    assert_eq!(keyring.answer()?["result"]["access_token"], *street.on_disk, "once the keyring answers");

    let mut told = unread.notification("agent.changed")?["params"].take();
    while told["accounts"].as_array().is_none_or(|all| all.iter().any(|account| account["state"] != "ready")) {
        told = unread.notification("agent.changed")?["params"].take();
    }
    Ok(())
}
