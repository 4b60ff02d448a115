//! Answers that take their time, or never come.

use std::thread;

use anyhow::Result;
use serde_json::json;
use signet_e2e::rig::control::{Drop, Endpoint, Fault};
use signet_e2e::rig::{ALICE, BOB};

use super::scene::Scene;

#[test]
fn a_slow_answer_is_waited_for() -> Result<()> {
    let scene = Scene::start()?;
    let late = Fault { delay: Some(1_500), ..Fault::default() };
    let in_pieces = Fault { dribble: Some(150), ..Fault::default() };
    for (login, slow) in [("late@contoso.example", late), ("in-pieces@contoso.example", in_pieces)] {
        let person = scene.newcomer(login)?;
        let first = scene.agent.token(login)?;
        scene.befall(person, "refresh_token", &slow)?;
        let second = scene.forced(person)?;
        assert_ne!(second, first, "{login}: the refresh was waited for");
        scene.befall(person, "authorization_code", &slow)?;
        scene.sign_in(person)?;
        assert_ne!(scene.agent.token(login)?, second, "{login}: and so was the redemption");
        assert_eq!(scene.row(person)?["state"], "ready");
    }
    scene.bob_notices_nothing()
}

#[test]
fn while_one_account_s_refresh_hangs_everything_else_goes_on() -> Result<()> {
    let scene = Scene::start()?;
    scene.sign_in(ALICE)?;
    let (hers, bobs) = (scene.agent.token(ALICE.login)?, scene.agent.token(BOB.login)?);
    scene.rig.control().forget_requests()?;
    scene.befall(ALICE, "refresh_token", &Fault { drop: Some(Drop::Hang), ..Fault::default() })?;
    let mut patient = scene.agent.endpoint()?;
    let asked = json!({ "account": ALICE.login, "force": true, "wait_seconds": 120 });
    let hanging = patient.send("token.get", asked)?;
    assert_eq!(scene.rig.control().await_requests(Endpoint::Token, 1)?.len(), 1);

    assert_eq!(scene.agent.token(ALICE.login)?, hers, "her own valid token is served meanwhile");
    assert_eq!(scene.row(ALICE)?["state"], "ready", "nothing is wrong yet");
    scene.bob_notices_nothing()?;
    assert_ne!(scene.forced(BOB)?, bobs, "Bob is even refreshed");
    scene.sign_in(ALICE)?;
    let answer = patient.answer(hanging)?;
    let given = answer["result"]["access_token"].as_str().unwrap_or_else(|| panic!("no token: {answer}"));
    assert!(given != hers && given == scene.agent.token(ALICE.login)?, "who waited has what the sign-in brought");
    let hung = scene.rig.control().requests(Endpoint::Token)?;
    assert_eq!(hung[0].status, None, "all that time it hung");
    Ok(())
}

#[test]
fn while_one_account_s_redemption_hangs_everything_else_goes_on() -> Result<()> {
    let scene = Scene::start()?;
    scene.sign_in(ALICE)?;
    let hers = scene.agent.token(ALICE.login)?;
    scene.rig.control().forget_requests()?;
    let waiting = scene.agent.begin_sign_in(ALICE.login)?;
    let answer = scene.agent.forms().walk_to_answer(waiting.address(), ALICE)?;
    scene.befall(ALICE, "authorization_code", &Fault { drop: Some(Drop::Hang), ..Fault::default() })?;
    thread::scope(|browser| {
        let page = browser.spawn(|| answer.deliver());
        scene.rig.control().await_requests(Endpoint::Token, 1)?;
        assert_eq!(scene.agent.token(ALICE.login)?, hers, "her valid token is served meanwhile");
        let refreshed = scene.forced(ALICE)?;
        assert_ne!(refreshed, hers, "and what the sign-in of before left is refreshed");
        scene.bob_notices_nothing()?;
        scene.sign_in(BOB)?;
        waiting.interrupt()?;
        assert_eq!(waiting.end()?.code, 1, "the person need not wait either");
        assert_eq!(page.join().expect("no panic")?, "The sign-in was cancelled");
        assert_eq!(scene.agent.token(ALICE.login)?, refreshed, "the sign-in of before is as it was");
        assert_eq!(scene.rig.control().requests(Endpoint::Token)?[0].status, None, "all that time it hung");
        Ok(())
    })
}
