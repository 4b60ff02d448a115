//! The rig proved on itself, before anything is proved with it.

mod application;

use anyhow::Result;
use serde_json::Value;
use signet_e2e::mail::{
    Credential, Door, Imap, Letter, Manners, Mechanism, Pop3, Protocol, Refusal, Smtp, Tls,
};
use signet_e2e::rig::control::{Drop, Endpoint, Fault, Mint, Refresh, Revocation, Settings, Times};
use signet_e2e::rig::{ALICE, BIURO, BOB, CAROL, DAVE, MAIL_SCOPES, SHARED_MAILBOX};
use signet_e2e::{Browser, Options, Person, Rig, Visit};

use application::{Application, ResponseMode};

const USER_READ: &str = "https://graph.microsoft.com/User.Read";

#[test]
fn a_person_signs_in_and_the_code_is_redeemed() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    for mode in [ResponseMode::Query, ResponseMode::FormPost] {
        let mut app = Application::of(&rig);
        app.response_mode = mode;
        let (seen, answer) = app.sign_in(BIURO)?;
        assert_eq!(seen.title, "Signed in", "{seen:?}");
        let tokens = app.redeem(&answer["code"], &[])?;
        assert_eq!(tokens["scope"], MAIL_SCOPES.join(" "));
        let claims = application::claims(&tokens);
        assert_eq!(claims["preferred_username"], BIURO.login);
        assert_eq!(claims["nonce"], application::NONCE);
        assert_eq!(claims["iss"], rig.issuer());
    }
    Ok(())
}
