//! Tokens over the local endpoint: the first, its successor, and one from the sealed store.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use signet_e2e::agent::Endpoint;
use signet_e2e::rig::BIURO;
use signet_e2e::rig::control::{self, Control, Settings};

use crate::course::{Course, FIRST_LIFE, LATER_LIFE, Stage};
use crate::words::redacted;

/// How often the provider is asked whether Signet was there.
const LOOK: Duration = Duration::from_millis(100);
/// A refreshed token is on disk within milliseconds; a busy machine takes longer.
const SAVING: Duration = Duration::from_secs(5);

pub(crate) struct Token {
    pub(crate) access: String,
    expires_in: u64,
}

impl Course {
    /// As any program gets one: a line out, a line back.
    pub(crate) fn first_token(&mut self, stage: &Stage) -> Result<Token> {
        let request = request();
        let mut endpoint = stage.agent.endpoint()?;
        endpoint.send_line(&request)?;
        let line = endpoint.line()?.context("expected an answer of the agent, but it hung up")?;
        let token = read(&serde_json::from_str(&line)?)?;
        self.words.step("a program asks", &format!("> {request}"));
        self.words.more(&format!(
            "< {{\"access_token\":\"{}\",\"expires_in\":{},...}}",
            redacted(&token.access),
            token.expires_in
        ));
        ensure!(
            token.expires_in <= u64::from(FIRST_LIFE),
            "expected a token of {FIRST_LIFE} s at most, but it lives for {} s",
            token.expires_in
        );
        // What follows need not hurry.
        stage.rig.control().set(&Settings { access_ttl: Some(LATER_LIFE), ..Settings::default() })?;
        Ok(token)
    }

    /// Signet renews a token that programs use before it ends, without being asked.
    pub(crate) fn renewed_token(&mut self, stage: &Stage, first: &Token) -> Result<Token> {
        let control = stage.rig.control();
        self.words.step("waiting", &format!("that token lives for {FIRST_LIFE} s; Signet renews it before it ends"));
        let limit = Instant::now() + Duration::from_secs(FIRST_LIFE.into());
        while refreshes(control)?.iter().all(|answered| !answered) {
            ensure!(Instant::now() < limit, "expected a refresh before the token's end, but none came");
            stage.interrupts.pause(LOOK)?;
        }
        let second = self.another_token(stage, first)?;
        let asked = refreshes(control)?.len();
        ensure!(asked == 1, "expected one refresh at the provider, but it saw {asked}");
        self.words.step("token renewed", &format!("now {}, for {} s", redacted(&second.access), second.expires_in));
        self.words.more("the provider saw exactly one refresh");
        Ok(second)
    }

    fn another_token(&mut self, stage: &Stage, first: &Token) -> Result<Token> {
        let mut endpoint = stage.agent.endpoint()?;
        let limit = Instant::now() + SAVING;
        loop {
            let token = ask(&mut endpoint)?;
            if token.access != first.access {
                return Ok(token);
            }
            if Instant::now() > limit {
                bail!("expected another token after the refresh, but the agent still gives the first");
            }
            stage.interrupts.pause(LOOK)?;
        }
    }

    pub(crate) fn restart(&mut self, stage: &mut Stage, held: &Token) -> Result<()> {
        let before = stage.rig.control().requests(control::Endpoint::Token)?.len();
        let Stage { agent, rig, .. } = stage;
        let code = agent.stop()?;
        ensure!(code == Some(0), "expected the agent to end with code 0, but it was {code:?}");
        agent.launch().context("the agent starts again")?;
        let token = ask(&mut agent.endpoint()?)?;
        ensure!(token.access == held.access, "expected the token it had before, but it gives another one");
        let asked = rig.control().requests(control::Endpoint::Token)?.len() - before;
        ensure!(asked == 0, "expected it to ask nobody, but the provider saw {asked} requests");
        self.words
            .step("agent restarted", "it still has that token, from its sealed store; the provider was not asked");
        Ok(())
    }
}

fn request() -> String {
    let login = BIURO.login;
    format!(r#"{{"jsonrpc":"2.0","id":1,"method":"token.get","params":{{"account":"{login}","protocol":"imap"}}}}"#)
}

fn ask(endpoint: &mut Endpoint) -> Result<Token> {
    read(&endpoint.ask("token.get", json!({ "account": BIURO.login, "protocol": "imap" }))?)
}

fn read(response: &Value) -> Result<Token> {
    let result = &response["result"];
    let access = result["access_token"].as_str();
    let Some(access) = access else {
        bail!("expected a token, but the agent answered: {}", response["error"]);
    };
    Ok(Token { access: access.to_owned(), expires_in: result["expires_in"].as_u64().context("a life in seconds")? })
}

/// The refreshes the provider saw; whether each is answered well.
fn refreshes(control: &Control) -> Result<Vec<bool>> {
    let requests = control.requests(control::Endpoint::Token)?;
    let refreshes =
        requests.iter().filter(|request| request.params.get("grant_type").is_some_and(|kind| kind == "refresh_token"));
    Ok(refreshes.map(|request| request.status == Some(200)).collect())
}
