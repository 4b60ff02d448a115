//! `signet sign-in` where there is a desktop: what it has the browser's opener open.

use anyhow::{Context, Result};
use signet_e2e::agent::Opener;
use signet_e2e::rig::ALICE;
use signet_e2e::rig::control::Endpoint;
use signet_e2e::{Agent, AgentOptions, Options, Redirect, Rig};
use url::Url;

fn on_a_desktop() -> Result<(Rig, Agent, Opener)> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::start(&rig, AgentOptions::default())?;
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    let opener = Opener::place(&agent)?;
    Ok((rig, agent, opener))
}

/// The listener behind what an opener was given. Every process of the computer can read that, and nothing else of it.
#[track_caller]
fn check_is_start(given: &str) -> Redirect {
    let parts = given.strip_prefix("http://localhost:").and_then(|rest| rest.split_once("/start/"));
    let Some((port, name)) = parts else { panic!("not the way over the agent's own listener: {given}") };
    let is_word = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    assert!(name.len() >= 43 && name.chars().all(is_word), "a name of 256 bits and nothing behind it: {given}");
    Redirect { port: port.parse().expect("a port"), state: String::new() }
}

#[test]
fn the_opener_is_given_a_way_to_the_authority_that_is_good_once() -> Result<()> {
    let (rig, agent, mut opener) = on_a_desktop()?;
    let sign_in = agent.begin_sign_in_by(&mut opener, ALICE.login)?;
    let given = sign_in.address().to_owned();
    let redirect = check_is_start(&given);
    let path = Url::parse(&given)?.path().to_owned();

    let first = redirect.get(&path)?;
    assert_eq!(first.status, 303, "on to the authority: {first:?}");
    let authorize = first.headers.get("location").context("where to")?;
    assert!(authorize.starts_with(&rig.origin()), "{authorize}");
    let parameters: std::collections::BTreeMap<_, _> = Url::parse(authorize)?.query_pairs().into_owned().collect();
    assert_eq!(Redirect::of(authorize)?.port, redirect.port, "the answer comes back to the same listener");
    for name in ["state", "nonce", "code_challenge"] {
        let secret = parameters.get(name).with_context(|| format!("{authorize} has no {name}"))?;
        assert!(!given.contains(secret), "whoever sees the opener's command line knows the {name}");
    }
    let again = redirect.get(&path)?;
    assert_eq!((again.status, again.headers.get("location")), (400, None), "who comes second is told nothing");
    assert!(!again.body.contains(&parameters["state"]), "{again:?}");

    sign_in.interrupt()?;
    let said = sign_in.end()?;
    assert_eq!((said.code, &*said.stdout), (1, ""), "{said:?}");
    assert!(said.stderr.contains(authorize), "the person may open the page themselves: {said:?}");
    assert!(rig.control().requests(Endpoint::Authorize)?.is_empty(), "nobody but the browser goes to the authority");
    Ok(())
}

#[test]
fn the_browser_that_the_opener_starts_signs_in_and_nobody_waits_for_the_opener() -> Result<()> {
    let (rig, mut agent, mut opener) = on_a_desktop()?;
    let sign_in = agent.begin_sign_in_by(&mut opener, ALICE.login)?;
    check_is_start(sign_in.address());
    let seen = agent.browser().visit(sign_in.address(), ALICE)?;
    assert_eq!(seen.title, "Congratulations! You are signed in", "{seen:?}");
    let said = sign_in.end().context("the opener has not ended, and the command has")?;
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(said.stderr.lines().last(), Some("Signed in as alice@contoso.example"), "{said:?}");
    assert!(!said.stderr.contains("No browser could be opened"), "{said:?}");
    assert_eq!(rig.control().owner(&agent.token(ALICE.login)?)?.as_deref(), Some(ALICE.login));
    Ok(())
}

#[test]
fn each_sign_in_command_has_its_opener_given_a_name_of_its_own() -> Result<()> {
    let (_rig, agent, mut opener) = on_a_desktop()?;
    let first = agent.begin_sign_in_by(&mut opener, ALICE.login)?;
    let second = agent.begin_sign_in_by(&mut opener, ALICE.login)?;
    let (one, other) = (first.address().to_owned(), second.address().to_owned());
    let redirect = check_is_start(&one);
    assert_eq!(redirect.port, check_is_start(&other).port, "both wait for the same sign-in");
    assert_ne!(one, other, "a name is good once, so that each gets its own");
    let mut there = Vec::new();
    for address in [&other, &one] {
        let reply = redirect.get(Url::parse(address)?.path())?;
        assert_eq!(reply.status, 303, "{reply:?}");
        there.push(reply.headers.get("location").cloned());
    }
    assert_eq!(there[0], there[1], "both lead to the one page");
    first.interrupt()?;
    for sign_in in [first, second] {
        assert_eq!(sign_in.end()?.code, 1, "one sign-in was cancelled, and both are told");
    }
    Ok(())
}
