//! What is kept from one run of the agent to the next, and what is kept nowhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::json;
use signet_e2e::agent::Said;
use signet_e2e::rig::ALICE;
use signet_e2e::rig::control::{Endpoint, Fault, Settings, Times};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

fn life(seconds: u32) -> Settings {
    Settings { access_ttl: Some(seconds), ..Settings::default() }
}

fn forced(agent: &Agent) -> Result<String> {
    let answer = agent.endpoint()?.ask("token.get", json!({ "account": ALICE.login, "force": true }))?;
    Ok(answer["result"]["access_token"].as_str().with_context(|| answer.to_string())?.to_owned())
}

#[test]
fn a_token_outlives_the_agent_and_nobody_has_to_be_asked() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = Agent::signed_in(&rig, ALICE, AgentOptions::default())?;
    let token = agent.token(ALICE.login)?;
    for crash in [false, true] {
        rig.control().forget_requests()?;
        if crash {
            agent.kill()?;
        } else {
            assert_eq!(agent.stop()?, Some(0), "it ends well when it is asked to");
        }
        assert_eq!(agent.signet(&["token", ALICE.login])?.code, 6, "nobody is there to ask");
        agent.launch()?;
        assert_eq!(agent.token(ALICE.login)?, token, "the same, straight from the store");
        for endpoint in [Endpoint::Discovery, Endpoint::Token, Endpoint::Authorize, Endpoint::Keys] {
            assert!(rig.control().requests(endpoint)?.is_empty(), "the provider was asked: {endpoint:?}");
        }
    }
    Ok(())
}

#[test]
fn the_sign_in_outlives_the_agent_and_its_access_token() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    rig.control().set(&life(1))?;
    let mut agent = Agent::signed_in(&rig, ALICE, AgentOptions::default())?;
    rig.control().set(&life(3_600))?;
    let mut last = agent.token(ALICE.login)?;
    for crash in [false, true] {
        if crash {
            agent.kill()?;
        } else {
            agent.stop()?;
        }
        agent.launch()?;
        rig.control().forget_requests()?;
        let next = forced(&agent)?;
        assert_ne!(next, last, "there is a new one");
        assert_eq!(rig.control().owner(&next)?.as_deref(), Some(ALICE.login));
        let requests = rig.control().requests(Endpoint::Token)?;
        assert_eq!(requests.len(), 1, "for one request");
        assert_eq!((&*requests[0].params["grant_type"], requests[0].status), ("refresh_token", Some(200)));
        last = next;
    }
    Ok(())
}

#[test]
fn signing_out_and_removing_erase_for_good() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = Agent::signed_in(&rig, ALICE, AgentOptions::default())?;
    let refusal = |agent: &Agent| agent.signet(&["token", ALICE.login]).map(|said| (said.code, said.stdout));
    let said = agent.signet(&["sign-out", ALICE.login])?;
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.stderr.starts_with("Signed out: alice@contoso.example. "), "{said:?}");
    assert!(said.stderr.contains("myaccount.microsoft.com"), "erased here is not revoked there: {said:?}");
    assert_eq!(refusal(&agent)?, (3, String::new()));
    agent.kill()?;
    agent.launch()?;
    assert_eq!(refusal(&agent)?, (3, String::new()), "also for the next agent");

    assert_eq!(agent.sign_in(ALICE.login, ALICE)?.said.code, 0);
    let said = agent.signet(&["accounts", "remove", ALICE.login])?;
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.stderr.contains("erased from this computer"), "{said:?}");
    assert_eq!(refusal(&agent)?, (7, String::new()));
    agent.stop()?;
    agent.launch()?;
    assert_eq!(refusal(&agent)?, (7, String::new()));
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    assert_eq!(refusal(&agent)?, (3, String::new()), "an account of the same name begins anew");
    Ok(())
}

/// Secrets, and everything that was seen of Signet from outside.
#[derive(Default)]
struct Search {
    secrets: BTreeSet<String>,
    seen: Vec<(String, Vec<u8>)>,
}

impl Search {
    fn hide(&mut self, secret: &str) {
        assert!(secret.len() >= 8, "too short to be told from anything else: {secret}");
        self.secrets.extend([secret.to_owned(), STANDARD.encode(secret), URL_SAFE_NO_PAD.encode(secret)]);
    }

    /// All that the provider gave out or was told.
    fn hide_all_of(&mut self, rig: &Rig) -> Result<()> {
        for token in rig.control().issued()? {
            self.hide(&token);
        }
        for endpoint in [Endpoint::Authorize, Endpoint::Token] {
            for request in rig.control().requests(endpoint)? {
                for name in ["code", "code_verifier", "refresh_token", "nonce", "state"] {
                    request.params.get(name).into_iter().for_each(|secret| self.hide(secret));
                }
            }
        }
        Ok(())
    }

    fn said(&mut self, what: &str, said: Said) {
        self.seen.push((format!("{what}: standard output"), said.stdout.into()));
        self.seen.push((format!("{what}: standard error"), said.stderr.into()));
    }

    fn run(&mut self, agent: &Agent, arguments: &[&str]) -> Result<()> {
        self.said(&arguments.join(" "), agent.signet(arguments)?);
        Ok(())
    }

    fn files(&mut self, directory: &Path) -> Result<()> {
        for entry in fs::read_dir(directory)? {
            let (path, kind) = entry.and_then(|entry| Ok((entry.path(), entry.file_type()?)))?;
            if kind.is_dir() {
                self.files(&path)?;
            } else if kind.is_file() && !path.parent().is_some_and(|parent| parent.ends_with("bin")) {
                self.seen.push((path.display().to_string(), fs::read(&path)?));
            }
        }
        Ok(())
    }

    /// The command line and environment of everything that runs from the agent's home.
    fn processes(&mut self, agent: &Agent) -> Result<()> {
        let mut found = 0;
        for entry in fs::read_dir("/proc")? {
            let process = entry?.path();
            let Ok(program) = fs::read_link(process.join("exe")) else { continue };
            if !program.starts_with(agent.home()) {
                continue;
            }
            found += 1;
            for file in ["cmdline", "environ"] {
                if let Ok(content) = fs::read(process.join(file)) {
                    self.seen.push((format!("{} of {}", file, program.display()), content));
                }
            }
        }
        assert!(found >= 2, "the agent and its keeper were looked at");
        Ok(())
    }

    fn look(&mut self, agent: &Agent) -> Result<()> {
        self.files(agent.home())?;
        self.processes(agent)
    }

    fn found(&self) -> Vec<String> {
        let mut found = BTreeSet::new();
        for (place, content) in &self.seen {
            let text = String::from_utf8_lossy(content);
            let here = self.secrets.iter().filter(|secret| text.contains(secret.as_str()));
            found.extend(here.map(|secret| format!("{place}: {}...", &secret[..8])));
        }
        found.into_iter().collect()
    }
}

#[test]
fn no_secret_lies_about_in_clear() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let environment = vec![("SIGNET_LOG".to_owned(), "trace".to_owned())];
    let mut agent = Agent::start(&rig, AgentOptions { environment, ..AgentOptions::default() })?;
    let mut search = Search::default();
    search.hide(ALICE.password);
    search.run(&agent, &["accounts", "add", ALICE.login])?;
    let waiting = agent.begin_sign_in(ALICE.login)?;
    search.look(&agent)?;
    agent.browser().visit(waiting.address(), ALICE)?;
    search.said("sign-in", waiting.end()?);
    let printed = agent.token(ALICE.login)?;
    agent.signet(&["token", ALICE.login, "--sasl", "xoauth2"])?.line()?;
    search.look(&agent)?;

    assert_ne!(forced(&agent)?, printed, "it was refreshed");
    search.look(&agent)?;
    agent.kill()?;
    search.files(agent.home())?;
    agent.launch()?;
    rig.control().fault(&Fault { aadsts: Some(90_033), times: Times::Always, ..Fault::default() })?;
    forced(&agent)?;
    for arguments in [&["status"][..], &["status", "--json"], &["accounts", "list"], &["accounts", "list", "--json"]] {
        search.run(&agent, arguments)?;
    }
    search.look(&agent)?;
    rig.control().cancel_faults()?;
    search.hide_all_of(&rig)?;
    search.run(&agent, &["sign-out", ALICE.login])?;
    search.look(&agent)?;
    agent.stop()?;
    search.files(agent.home())?;

    assert!(search.secrets.len() > 20, "there was something to be found");
    assert!(search.seen.iter().any(|(place, _)| place.ends_with("state.db-wal")), "the journal was read too");
    assert_eq!(search.found(), Vec::<String>::new());
    search.seen.push(("what was printed".to_owned(), printed.into()));
    assert!(!search.found().is_empty(), "the search finds what is there");
    Ok(())
}
