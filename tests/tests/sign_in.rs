//! A person signs in: the browser, the command line and the endpoint together.

use std::net::{Ipv4Addr, TcpStream};

use anyhow::Result;
use serde_json::{Value, json};
use signet_e2e::agent::{Said, SignIn};
use signet_e2e::rig::control::Endpoint;
use signet_e2e::rig::{ALICE, BOB, CAROL, CLIENT_ID, TENANT, User};
use signet_e2e::{Agent, AgentOptions, Options, Person, Redirect, Rig, Visit};

const SIGNED_IN: &str = "Congratulations! You are signed in";
const CONFIRM: &str = "Is this the right account?";
const WRONG_PERSON: &str = "This is another account";

/// Lets the browser remember that somebody is signed in to the provider, who then asks for no password.
fn browser_of(agent: &mut Agent, somebody: User) -> Result<tempfile::TempDir> {
    let profile = tempfile::tempdir()?;
    agent.browser().profile = Some(profile.path().to_owned());
    agent.signet(&["accounts", "add", "elsewhere", "--login", somebody.login])?.line()?;
    let sign_in = agent.sign_in("elsewhere", Person::from(somebody).staying_signed_in())?;
    assert_eq!(sign_in.said.code, 0, "{sign_in:?}");
    agent.signet(&["accounts", "remove", "elsewhere"])?.line()?;
    Ok(profile)
}

fn agent_of(rig: &Rig, account: User) -> Result<Agent> {
    let agent = Agent::start(rig, AgentOptions::default())?;
    agent.signet(&["accounts", "add", account.login])?.line()?;
    Ok(agent)
}

fn state(agent: &Agent, account: User) -> Result<Value> {
    let list: Value = serde_json::from_str(&agent.signet(&["accounts", "list", "--json"])?.line()?)?;
    let row = list["accounts"].as_array().and_then(|rows| rows.iter().find(|row| row["name"] == account.login));
    Ok(row.map_or(Value::Null, |row| row["state"].clone()))
}

fn last_line(said: &Said) -> &str {
    said.stderr.lines().last().unwrap_or_default()
}

fn is_bobs(rig: &Rig, agent: &Agent) -> Result<bool> {
    let requests = rig.control().requests(Endpoint::Token)?.len();
    let token = agent.token(ALICE.login)?;
    assert_eq!(rig.control().requests(Endpoint::Token)?.len(), requests, "a fresh token needs no refresh");
    Ok(rig.control().owner(&token)?.as_deref() == Some(BOB.login))
}

#[test]
fn consent_is_asked_for_once_and_remembered_by_the_provider() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = agent_of(&rig, ALICE)?;
    let SignIn { seen, said } = agent.sign_in(ALICE.login, ALICE)?;
    assert_eq!(seen.pages, ["password", "keep", "consent"], "the login is known, so only the password is asked for");
    assert_eq!(seen.title, SIGNED_IN);
    assert_eq!((said.code, last_line(&said)), (0, "Signed in as alice@contoso.example"), "{said:?}");
    assert_eq!(said.stdout, "", "the address is all that goes to standard output");
    assert_eq!(state(&agent, ALICE)?, "ready");

    let again = agent.sign_in(ALICE.login, ALICE)?;
    assert_eq!(again.seen.pages, ["password", "keep"], "consent was given before");
    let other = agent_of(&rig, ALICE)?;
    let elsewhere = other.sign_in(ALICE.login, ALICE)?;
    assert_eq!(elsewhere.seen.pages, ["password", "keep"], "consent is for the application, not for one computer");
    for sign_in in [again, elsewhere] {
        assert_eq!((sign_in.said.code, &*sign_in.seen.title), (0, SIGNED_IN), "{sign_in:?}");
    }
    assert!(!agent.token(ALICE.login)?.is_empty());
    Ok(())
}

#[test]
fn a_second_factor_is_the_browsers_business() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = agent_of(&rig, CAROL)?;
    let SignIn { seen, said } = agent.sign_in(CAROL.login, CAROL)?;
    assert_eq!(seen.pages, ["password", "code", "keep", "consent"]);
    assert_eq!((said.code, last_line(&said)), (0, "Signed in as carol@contoso.example"), "{said:?}");
    Ok(())
}

#[test]
fn declined_consent_is_told_everywhere_and_leaves_nothing() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = agent_of(&rig, ALICE)?;
    let SignIn { seen, said } = agent.sign_in(ALICE.login, Person::from(ALICE).declining())?;
    assert_eq!(seen.title, "You did not give permission", "the page says so");
    assert_eq!(said.code, 8, "{said:?}");
    assert!(last_line(&said).contains("declined in the browser"), "{said:?}");
    assert!(rig.control().requests(Endpoint::Token)?.is_empty(), "there was nothing to redeem");
    assert_eq!(state(&agent, ALICE)?, "signed_out");
    agent.stop()?;
    agent.launch()?;
    assert_eq!(agent.signet(&["token", ALICE.login])?.code, 3, "nothing was stored");
    assert_eq!(agent.sign_in(ALICE.login, ALICE)?.said.code, 0, "and a next try may succeed");
    Ok(())
}

#[test]
fn an_administrator_s_no_is_told_as_theirs_with_its_number_and_id() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = agent_of(&rig, ALICE)?;
    let correlation = "1f0e9d8c-7b6a-4948-b726-150403020100";
    for aadsts in [90_094, 50_002] {
        rig.control().bar(ALICE.login, aadsts, correlation)?;
        let waiting = agent.begin_sign_in(ALICE.login)?;
        let mut program = agent.endpoint()?;
        let joined = program.ask("sign_in.start", json!({ "account": ALICE.login }))?;
        assert_eq!(agent.forms().walk(waiting.address(), ALICE)?, "The sign-in did not succeed", "{aadsts}: the page");
        let waited = program.ask("sign_in.wait", json!({ "sign_in": joined["result"]["sign_in"] }))?["result"].take();
        assert_eq!((&waited["state"], &waited["data"]["kind"]), (&json!("failed"), &json!("admin")), "{waited}");
        assert_eq!((&waited["data"]["code"], &waited["data"]["aadsts"]), (&json!("admin_required"), &json!(aadsts)));
        assert_eq!(waited["data"]["correlation_id"], correlation, "{waited}");
        let said = waiting.end()?;
        assert_eq!(said.code, 4, "{said:?}");
        assert!(said.stderr.contains(correlation), "{said:?}");
        let page = format!("{}/{TENANT}/adminconsent?client_id={CLIENT_ID}", rig.origin());
        let is_by_consent = aadsts == 90_094;
        assert_eq!(waited["data"]["action"].as_str(), is_by_consent.then_some(&*page), "{waited}");
        assert_eq!(last_line(&said).ends_with(&page), is_by_consent, "{said:?}");
        let offered = agent.await_account(ALICE.login, |_| true)?["consent_url"].take();
        assert_eq!(offered.as_str(), is_by_consent.then_some(&*page), "{aadsts}");
        assert!(!said.stderr.contains("declined"), "{said:?}");
    }
    Ok(())
}

#[test]
fn the_wrong_person_is_told_and_makes_way_for_the_right_one() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = agent_of(&rig, ALICE)?;
    let _profile = browser_of(&mut agent, BOB)?;
    let waiting = agent.begin_sign_in(ALICE.login)?;
    let mut program = agent.endpoint()?;
    let joined = program.ask("sign_in.start", json!({ "account": ALICE.login }))?;
    let seen = agent.browser().visit(waiting.address(), BOB)?;
    assert_eq!((&*seen.title, seen.pages.len()), (CONFIRM, 0), "the browser knew Bob: {seen:?}");
    assert!(seen.text.contains("Is bob@contoso.example the login for alice@contoso.example?"), "{seen:?}");

    let waited = program.ask("sign_in.wait", json!({ "sign_in": joined["result"]["sign_in"], "wait_seconds": 120 }))?;
    assert_eq!(waited["result"]["state"], "wrong_person", "{waited}");
    assert_eq!(waited["result"]["signed_in_as"], BOB.login);
    assert_eq!(agent.signet(&["token", ALICE.login])?.code, 3, "nobody has signed in yet");

    let seen = agent.browser().visit(&seen.url, Visit::from(ALICE).then_as(ALICE))?;
    assert_eq!(seen.pages, ["click #other-account", "pick", "email", "password", "keep", "consent"]);
    assert_eq!(seen.title, SIGNED_IN);
    let said = waiting.end()?;
    assert_eq!((said.code, last_line(&said)), (0, "Signed in as alice@contoso.example"), "{said:?}");
    assert!(said.stderr.contains("bob@contoso.example signed in, but"), "the command line told it too: {said:?}");
    assert!(!is_bobs(&rig, &agent)?);
    Ok(())
}

#[test]
fn until_the_person_confirms_another_login_nothing_is_stored_and_then_it_is_pinned() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = agent_of(&rig, ALICE)?;
    let profile = browser_of(&mut agent, BOB)?;
    let waiting = agent.begin_sign_in(ALICE.login)?;
    assert_eq!(agent.browser().visit(waiting.address(), BOB)?.title, CONFIRM);
    agent.kill()?;
    drop(waiting);
    agent.launch()?;
    assert_eq!(state(&agent, ALICE)?, "signed_out", "an agent that dies while it asks has stored nothing");

    let SignIn { seen, said } = agent.sign_in(ALICE.login, Visit::from(BOB).then_click("#confirm-login"))?;
    assert_eq!((&*seen.title, &*seen.pages), (SIGNED_IN, &["click #confirm-login".to_owned()][..]));
    assert_eq!(said.code, 0, "{said:?}");
    assert!(is_bobs(&rig, &agent)?);

    agent.browser().profile = None;
    let waiting = agent.begin_sign_in(ALICE.login)?;
    let seen = agent.browser().visit(waiting.address(), ALICE)?;
    assert_eq!(seen.title, WRONG_PERSON, "the account is Bob's now, even for Alice: {seen:?}");
    assert!(!seen.text.contains("Yes, this is the login"), "there is nothing to confirm: {seen:?}");
    assert!(is_bobs(&rig, &agent)?, "the old sign-in is as it was");
    agent.browser().profile = Some(profile.path().to_owned());
    let seen = agent.browser().visit(&seen.url, Visit::from(BOB).then_as(Person { pick: None, ..BOB.into() }))?;
    assert_eq!(seen.title, SIGNED_IN, "{seen:?}");
    assert_eq!(waiting.end()?.code, 0);
    Ok(())
}

#[test]
fn an_account_stays_with_its_person() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = Agent::signed_in(&rig, ALICE, AgentOptions::default())?;
    let token = agent.token(ALICE.login)?;
    let _profile = browser_of(&mut agent, BOB)?;
    let waiting = agent.begin_sign_in(ALICE.login)?;
    let seen = agent.browser().visit(waiting.address(), BOB)?;
    assert_eq!(seen.title, WRONG_PERSON);
    assert!(seen.text.contains("Nothing was saved"), "{seen:?}");
    assert!(!seen.text.contains("Yes, this is the login"), "somebody else cannot confirm: {seen:?}");
    assert_eq!(agent.token(ALICE.login)?, token, "the old sign-in serves on");

    let seen = agent.browser().visit(&seen.url, Visit::from(ALICE).then_as(ALICE))?;
    assert_eq!(seen.title, SIGNED_IN, "{seen:?}");
    let said = waiting.end()?;
    assert_eq!((said.code, last_line(&said)), (0, "Signed in as alice@contoso.example"), "{said:?}");
    assert_ne!(agent.token(ALICE.login)?, token, "the new sign-in brought its own");
    Ok(())
}

#[test]
fn a_sign_in_that_is_called_off_ends_for_everybody() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = agent_of(&rig, ALICE)?;
    for by_the_program in [false, true] {
        let waiting = agent.begin_sign_in(ALICE.login)?;
        let redirect = Redirect::of(waiting.address())?;
        let mut program = agent.endpoint()?;
        let joined = program.ask("sign_in.start", json!({ "account": ALICE.login }))?;
        let sign_in = &joined["result"]["sign_in"];
        let seen = agent.browser().visit(waiting.address(), Visit::from(ALICE).leaving_after(1))?;
        assert!(seen.left, "the browser was closed: {seen:?}");
        if by_the_program {
            assert_eq!(program.ask("sign_in.cancel", json!({ "sign_in": sign_in }))?["result"], json!({}));
        } else {
            waiting.interrupt()?;
        }
        let said = waiting.end()?;
        assert_eq!((said.code, last_line(&said)), (1, "Error: The sign-in was cancelled."), "{said:?}");
        let waited = program.ask("sign_in.wait", json!({ "sign_in": sign_in, "wait_seconds": 120 }))?;
        assert_eq!(waited["result"], json!({ "state": "cancelled" }));

        // The last page stays up for a while: closed or not, nothing can be made of the listener any more.
        if TcpStream::connect((Ipv4Addr::LOCALHOST, redirect.port)).is_ok() {
            let late = redirect.post(&[("code", "0.AAA"), ("state", &redirect.state)])?;
            assert_eq!(late.status, 303, "{late:?}");
            assert_eq!(redirect.get(&late.headers["location"])?.title(), "The sign-in was cancelled");
        }
        assert!(rig.control().requests(Endpoint::Token)?.is_empty(), "no code was redeemed");
        assert_eq!(state(&agent, ALICE)?, "signed_out");
    }
    Ok(())
}

#[test]
fn a_second_sign_in_joins_the_first() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = agent_of(&rig, ALICE)?;
    let (first, second) = (agent.begin_sign_in(ALICE.login)?, agent.begin_sign_in(ALICE.login)?);
    assert_eq!(first.address(), second.address());
    let seen = agent.browser().visit(second.address(), ALICE)?;
    assert_eq!(seen.title, SIGNED_IN, "{seen:?}");
    for said in [first.end()?, second.end()?] {
        assert_eq!((said.code, last_line(&said)), (0, "Signed in as alice@contoso.example"), "{said:?}");
    }
    assert_eq!(rig.control().requests(Endpoint::Token)?.len(), 1, "one code, redeemed once");
    Ok(())
}

#[test]
fn the_closing_page_speaks_the_browsers_language_and_the_command_line_its_own() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = Agent::start(&rig, AgentOptions { language: Some("pl".to_owned()), ..AgentOptions::default() })?;
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    let polish = ["✓", "Gratulacje! Zostałeś zalogowany", "Zamknij kartę i wróć do aplikacji"];
    let english = ["✓", SIGNED_IN, "Close this tab and return to the application"];
    for (language, words) in [("pl-PL", polish), ("en-GB", english)] {
        agent.browser().language = language.to_owned();
        let SignIn { seen, said } = agent.sign_in(ALICE.login, ALICE)?;
        let lines: Vec<_> = seen.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, words, "{language}");
        assert_eq!((&*seen.title, &*seen.language), (words[1], &language[..2]));
        assert_eq!((said.code, last_line(&said)), (0, "Zalogowano użytkownika alice@contoso.example"), "{said:?}");
    }
    Ok(())
}

#[test]
fn the_last_page_keeps_nothing_and_runs_nothing() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = agent_of(&rig, ALICE)?;
    let waiting = agent.begin_sign_in(ALICE.login)?;
    let redirect = Redirect::of(waiting.address())?;
    let seen = agent.browser().visit(waiting.address(), ALICE)?;
    let page = redirect.get(&redirect.result_path(&seen.url)?)?;
    assert_eq!((page.status, page.title()), (200, SIGNED_IN));
    assert_eq!(page.headers["cache-control"], "no-store");
    assert_eq!(page.headers["referrer-policy"], "no-referrer");
    let policy = &page.headers["content-security-policy"];
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("script-src"), "{policy}");
    assert!(!page.body.contains("<script") && !page.body.contains("http"), "{}", page.body);
    assert_eq!(waiting.end()?.code, 0);
    Ok(())
}

#[test]
fn an_account_may_take_the_answer_in_the_query() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = Agent::start(&rig, AgentOptions::default())?;
    agent.signet(&["accounts", "add", ALICE.login, "--response-mode", "query"])?.line()?;
    let waiting = agent.begin_sign_in(ALICE.login)?;
    let redirect = Redirect::of(waiting.address())?;
    let seen = agent.browser().visit(waiting.address(), ALICE)?;
    assert_eq!(seen.title, SIGNED_IN);
    redirect.result_path(&seen.url)?;
    assert_eq!(waiting.end()?.code, 0);
    assert!(!rig.control().requests(Endpoint::Authorize)?[0].params.contains_key("response_mode"), "query is usual");
    Ok(())
}

#[test]
fn a_code_by_get_is_refused_where_a_post_was_asked_for() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = agent_of(&rig, ALICE)?;
    let waiting = agent.begin_sign_in(ALICE.login)?;
    let redirect = Redirect::of(waiting.address())?;
    let refused = redirect.get(&format!("/?code=0.AAA&state={}", redirect.state))?;
    assert_eq!((refused.status, refused.title()), (400, "The sign-in was refused for safety"));
    assert!(rig.control().requests(Endpoint::Token)?.is_empty(), "it was not redeemed");
    let seen = agent.browser().visit(waiting.address(), ALICE)?;
    assert_eq!(seen.title, SIGNED_IN, "the answer by POST still counts: {seen:?}");
    assert_eq!(waiting.end()?.code, 0);
    assert_eq!(rig.control().requests(Endpoint::Authorize)?[0].params["response_mode"], "form_post");
    Ok(())
}
