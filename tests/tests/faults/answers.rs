//! Answers that are none: each befalls an account of its own, all on one rig.

use anyhow::Result;
use signet_e2e::rig::control::{Drop, Fault, Times};

use super::scene::{Scene, Told};

/// More than any answer of an authority has.
const TOO_LARGE: usize = 1024 * 1024;
/// What must not be believed where it does not come from the authority, or not whole.
const VERDICT: &str = r#"{"error":"invalid_grant","suberror":"bad_token","error_codes":[50173]}"#;
const FORGED: &str = r#"{"access_token":"forged","refresh_token":"forged","token_type":"Bearer","expires_in":7200"#;

/// Whose account it befalls, what befalls it, and how that is told.
type Case = (&'static str, Fault, Told);

fn cases() -> Vec<Case> {
    let not_json = Told::message("error-unreachable-detail-not-json");
    let broken = Told::message("error-unreachable-detail-reset");
    let large = format!("{FORGED},\"padding\":\"{}\"}}", "x".repeat(TOO_LARGE));
    vec![
        ("429-that-asks-for-a-pause@contoso.example", pausing(429, 1), Told::status(429)),
        ("503-that-asks-for-a-pause@contoso.example", pausing(503, 2), Told::status(503)),
        ("407-with-a-page@contoso.example", answer(407, "<html>Log in to the proxy</html>"), Told::status(407)),
        ("407-with-a-verdict@contoso.example", answer(407, VERDICT), Told::status(407)),
        ("502-with-a-page@contoso.example", answer(502, "<html>Bad gateway</html>"), Told::status(502)),
        ("503-with-a-verdict@contoso.example", answer(503, VERDICT), Told::status(503)),
        ("400-with-a-page@contoso.example", answer(400, "<html>Blocked</html>"), Told::status(400)),
        ("302-to-a-guest-page@contoso.example", elsewhere(), Told::status(302)),
        ("200-with-a-page@contoso.example", answer(200, "<html>Welcome to the hotel</html>"), not_json),
        ("200-with-half-a-json@contoso.example", answer(200, FORGED), not_json),
        ("200-with-too-much@contoso.example", answer(200, &large), not_json),
        ("reset@contoso.example", dropped(Drop::Reset), broken),
        ("carried-out-and-lost@contoso.example", dropped(Drop::Late), broken),
        ("cut-off@contoso.example", dropped(Drop::Truncate), broken),
    ]
}

fn answer(status: u16, body: &str) -> Fault {
    Fault { status: Some(status), body: Some(body.to_owned()), times: Times::Always, ..Fault::default() }
}

fn pausing(status: u16, seconds: u32) -> Fault {
    Fault { headers: [("Retry-After".to_owned(), seconds.to_string())].into(), ..answer(status, "") }
}

fn elsewhere() -> Fault {
    let to = "http://127.0.0.1:9/guests".to_owned();
    Fault { headers: [("Location".to_owned(), to)].into(), ..answer(302, "") }
}

fn dropped(how: Drop) -> Fault {
    Fault { drop: Some(how), times: Times::Always, ..Fault::default() }
}

#[test]
fn no_answer_but_a_verdict_ends_a_sign_in_or_costs_a_valid_token() -> Result<()> {
    let scene = Scene::start()?;
    let mut failing = Vec::new();
    for (login, fault, told) in cases() {
        let person = scene.newcomer(login)?;
        scene.befall(person, "refresh_token", &fault)?;
        failing.push(scene.fails_to_refresh(person, told)?);
    }
    scene.rig.control().cancel_faults()?;
    for account in &failing {
        scene.heals(account)?;
    }
    scene.bob_notices_nothing()
}

#[test]
fn a_redemption_that_fails_is_told_and_leaves_the_sign_in_of_before() -> Result<()> {
    let scene = Scene::start()?;
    for (login, fault, told) in cases() {
        let person = scene.newcomer(login)?;
        scene.fails_to_redeem(person, told, || scene.befall(person, "authorization_code", &fault))?;
        let before = scene.agent.token(login)?;
        let refreshed = scene.forced(person)?;
        assert_ne!(refreshed, before, "{login}: what the sign-in of before left can still be spent");
        assert_eq!(scene.rig.control().owner(&refreshed)?.as_deref(), Some(login));
        scene.rig.control().cancel_faults()?;
        scene.sign_in(person)?;
        assert_ne!(scene.agent.token(login)?, refreshed, "{login}: the next try succeeds");
    }
    Ok(())
}

#[test]
fn a_first_sign_in_whose_redemption_fails_leaves_nothing() -> Result<()> {
    let scene = Scene::start()?;
    let person = scene.rig.control().new_person("nobody-yet@contoso.example")?;
    scene.agent.signet(&["accounts", "add", person.login])?.line()?;
    scene.befall(person, "authorization_code", &answer(502, "<html>Bad gateway</html>"))?;
    let waiting = scene.agent.begin_sign_in(person.login)?;
    scene.agent.forms().walk(waiting.address(), person)?;
    assert_eq!(waiting.end()?.code, 5, "trying again may help");
    assert_eq!(scene.row(person)?["state"], "signed_out");
    assert_eq!(scene.agent.signet(&["token", person.login])?.code, 3, "there is nothing to serve");
    scene.rig.control().cancel_faults()?;
    scene.sign_in(person)?;
    assert_eq!(scene.row(person)?["state"], "ready", "the next try succeeds");
    Ok(())
}
