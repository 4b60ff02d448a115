//! Signing in, refreshing, and failures on order.

use anyhow::Result;
use serde_json::json;
use signet_e2e::rig::control::{Drop, Endpoint, Fault, Mint, Refresh, Revocation, Settings, Times};
use signet_e2e::rig::{ALICE, BIURO, BOB, CAROL, DAVE, MAIL_SCOPES, TENANT};
use signet_e2e::{Options, Person, Rig, Visit};

use crate::application::{self, Application, ResponseMode, claims, decoded};

pub(crate) const USER_READ: &str = "https://graph.microsoft.com/User.Read";

#[test]
fn a_client_that_knows_only_the_issuer_finds_the_rest() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let app = Application::of(&rig);
    let ours = app.discovery(TENANT)?;
    assert_eq!(ours["issuer"], rig.issuer());
    assert!(rig.issuer().starts_with(&rig.origin()));
    assert_eq!(ours["response_modes_supported"], json!(["query", "form_post"]));
    let anybodys = app.discovery("common")?;
    assert_eq!(anybodys["issuer"], format!("{}/{{tenantid}}/v2.0", rig.origin()));
    assert_eq!(app.discovery("nowhere.example")?["error_codes"], json!([90_002]));
    Ok(())
}

#[test]
fn a_person_signs_in_and_the_code_is_redeemed() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut app = Application::of(&rig);
    for mode in [ResponseMode::FormPost, ResponseMode::Query] {
        app.response_mode = mode;
        let (seen, answer) = app.sign_in(BIURO)?;
        assert_eq!(seen.title, "Signed in", "{seen:?}");
        let tokens = app.redeem(&answer["code"], &[("client_info", "1")])?;
        assert_eq!(tokens["scope"], MAIL_SCOPES.join(" "));
        let claims = claims(&tokens);
        assert_eq!(claims["preferred_username"], BIURO.login);
        assert_eq!(claims["nonce"], application::NONCE);
        assert_eq!(claims["iss"], rig.issuer());
        let client_info = decoded(tokens["client_info"].as_str().expect("client_info was asked for"));
        assert_eq!(client_info["uid"], claims["oid"]);
        assert_eq!(client_info["utid"], claims["tid"]);
        let again = app.redeem(&answer["code"], &[])?;
        assert_eq!(again["error_codes"], json!([54005]), "a code is good once");
    }
    Ok(())
}

#[test]
fn a_second_factor_is_asked_for_and_consent_can_be_declined() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let app = Application::of(&rig);
    let (seen, _) = app.sign_in(CAROL)?;
    assert_eq!(seen.pages, ["email", "password", "code", "keep", "consent"]);
    let (seen, answer) = app.sign_in(Person::from(BIURO).declining())?;
    assert_eq!(seen.pages, ["email", "password", "keep", "consent"]);
    assert_eq!(answer["error"], "access_denied");
    assert_eq!(answer["error_subcode"], "cancel");
    let (seen, answer) = app.sign_in(DAVE)?;
    assert!(seen.pages[2].contains("AADSTS50057"), "{seen:?}");
    assert!(answer.is_empty(), "a disabled person gets no further");
    let (seen, answer) = app.sign_in(Visit::from(BIURO).leaving_after(2))?;
    assert!(seen.left && answer.is_empty(), "{seen:?}");
    Ok(())
}

#[test]
fn a_browser_that_remembers_signs_in_by_itself_and_lets_another_account_be_picked() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut app = Application::of(&rig);
    let profile = tempfile::tempdir()?;
    app.browser.profile = Some(profile.path().to_owned());
    app.sign_in(Person::from(ALICE).staying_signed_in())?;
    let (seen, answer) = app.sign_in(ALICE)?;
    assert!(seen.pages.is_empty() && answer.contains_key("code"), "{seen:?}");
    app.prompt = Some("select_account");
    let (seen, answer) = app.sign_in(BOB)?;
    assert_eq!(seen.pages, ["pick", "email", "password", "keep", "consent"]);
    assert_eq!(claims(&app.redeem(&answer["code"], &[])?)["preferred_username"], BOB.login);
    Ok(())
}

#[test]
fn one_refresh_token_serves_every_resource_its_person_consented_to() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut app = Application::of(&rig);
    app.scopes.push(USER_READ.to_owned());
    let (_, answer) = app.sign_in(ALICE)?;
    let mail = app.redeem(&answer["code"], &[("scope", &MAIL_SCOPES.join(" "))])?;
    assert_eq!(mail["scope"], MAIL_SCOPES.join(" "));
    let refresh_token = mail["refresh_token"].as_str().expect("offline_access was asked for");

    let graph = app.refresh(refresh_token, &[("scope", USER_READ)])?;
    assert_eq!(graph["scope"], USER_READ);
    assert_eq!(claims(&graph)["preferred_username"], ALICE.login, "openid was granted");
    let mail_again = app.refresh(refresh_token, &[])?;
    assert_eq!(mail_again["scope"], MAIL_SCOPES.join(" "), "without a scope it is the first resource's");

    let both = format!("{USER_READ} {}", MAIL_SCOPES[0]);
    let not_consented = "https://graph.microsoft.com/Mail.Send";
    for (scope, code) in [(both.as_str(), 28_000), (not_consented, 65_001), ("https://nowhere.example/Read", 500_011)] {
        let refused = app.refresh(refresh_token, &[("scope", scope)])?;
        assert_eq!(refused["error_codes"], json!([code]), "{scope}: {refused}");
    }
    rig.control().consent(ALICE.login, &[not_consented])?;
    assert_eq!(app.refresh(refresh_token, &[("scope", not_consented)])?["scope"], not_consented);
    Ok(())
}

#[test]
fn refreshing_keeps_or_ends_the_old_token_as_told() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let (app, control) = (Application::of(&rig), rig.control());
    let refresh_in = |refresh| Settings { refresh: Some(refresh), refresh_in: Some(Some(1800)), ..Settings::default() };
    let next = |token: &str| app.refresh(token, &[]);
    let sign_in = || control.mint(&Mint { upn: BOB.login, refresh: true, ..Mint::default() });

    control.set(&refresh_in(Refresh::Entra))?;
    let first = sign_in()?.refresh_token.expect("it was asked for");
    assert_ne!(next(&first)?["refresh_token"], first);
    assert_eq!(next(&first)?["refresh_in"], 1800, "the old token is still good");

    control.set(&refresh_in(Refresh::Static))?;
    assert_eq!(next(&first)?["refresh_token"], first);

    control.set(&refresh_in(Refresh::Rotate))?;
    let second = next(&first)?["refresh_token"].as_str().expect("a new one").to_owned();
    assert_eq!(next(&first)?["suberror"], "bad_token", "replay is noticed");
    assert_eq!(next(&second)?["suberror"], "bad_token", "and ends the whole sign-in");

    let revoked = sign_in()?.refresh_token.expect("it was asked for");
    control.revoke(BOB.login, Revocation::Password)?;
    assert_eq!(next(&revoked)?["error_codes"], json!([50173]));
    let old = sign_in()?.refresh_token.expect("it was asked for");
    control.set(&Settings { clock_offset: Some(91 * 86_400), ..Settings::default() })?;
    assert_eq!(next(&old)?["error_codes"], json!([700_082]));
    Ok(())
}

#[test]
fn ordered_faults_strike_as_ordered() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let (app, control) = (Application::of(&rig), rig.control());
    let token = control.mint(&Mint { upn: ALICE.login, refresh: true, ..Mint::default() })?.refresh_token;
    let token = token.expect("it was asked for");
    let refresh = || app.refresh(&token, &[]);
    let on_refresh =
        || Fault { matching: [("grant_type".to_owned(), "refresh_token".to_owned())].into(), ..Fault::default() };

    control.fault(&Fault { aadsts: Some(50_076), claims: Some("{}".into()), after: 1, ..on_refresh() })?;
    assert!(refresh()?["access_token"].is_string(), "the first passes");
    let refused = refresh()?;
    assert_eq!((&refused["error"], &refused["claims"]), (&json!("interaction_required"), &json!("{}")));
    assert!(refresh()?["access_token"].is_string(), "it strikes once");

    control.fault(&Fault { status: Some(503), body: Some("<html>".into()), times: Times::Always, ..on_refresh() })?;
    for _ in 0..3 {
        assert!(refresh().is_err_and(|err| format!("{err:#}").contains("503")));
    }
    control.cancel_faults()?;
    control.forget_requests()?;

    for drop in [Drop::Reset, Drop::Late, Drop::Truncate] {
        control.fault(&Fault { drop: Some(drop), ..on_refresh() })?;
        refresh().expect_err("the answer does not come");
    }
    control.fault(&Fault { on: Endpoint::Discovery, drop: Some(Drop::Hang), ..Fault::default() })?;
    assert!(refresh()?["access_token"].is_string(), "another endpoint's fault waits for that endpoint");
    let seen = control.requests(Endpoint::Token)?;
    assert_eq!(seen.len(), 4);
    assert_eq!(seen[3].params["refresh_token"], token);
    assert!(control.requests(Endpoint::Authorize)?.is_empty());
    Ok(())
}
