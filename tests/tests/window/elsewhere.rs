//! What went on before the window was open, or away from it.

use anyhow::Result;
use serde_json::json;
use signet_e2e::rig::ALICE;

use crate::{Stage, WINDOW, button, field, says};

#[test]
fn a_window_without_an_agent_says_what_to_start_and_goes_on_once_it_is_there() -> Result<()> {
    let mut stage = Stage::set()?;
    stage.agent.stop()?;
    let window = stage.open("accounts")?;
    says(&window, "Signet's agent is not running")?;
    says(&window, "signet agent")?;
    stage.agent.launch()?;
    says(&window, "There is no account yet")?;
    window.await_none("//*[contains(text(), \"agent is not running\")]")
}

#[test]
fn why_a_sign_in_failed_elsewhere_is_explained_and_another_takes_its_place() -> Result<()> {
    let mut stage = Stage::set()?;
    let correlation = "1f0e9d8c-7b6a-4948-b726-150403020100";
    stage.rig.control().bar(ALICE.login, 90_094, correlation)?;
    stage.agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    let waiting = stage.agent.begin_sign_in(ALICE.login)?;
    stage.agent.forms().walk(waiting.address(), ALICE)?;
    assert_eq!(waiting.end()?.code, 4);

    let window = stage.open("accounts")?;
    says(&window, "An administrator must approve the permissions of the application.")?;
    says(&window, correlation)?;
    button(&window, "Copy the link for the administrator")?;
    stage.rig.control().put_user(ALICE.login, &json!({ "barred": null }))?;
    button(&window, "Sign in again")?.click()?;
    stage.walk()?;
    says(&window, "Signed in as alice@contoso.example")?;
    window.await_none(&format!("//*[contains(text(), \"{correlation}\")]"))
}

#[test]
fn the_address_of_a_sign_in_begun_elsewhere_is_copied_and_leads_to_its_end() -> Result<()> {
    let mut stage = Stage::set()?;
    stage.screen.manage_windows()?;
    stage.agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    let waiting = stage.agent.begin_sign_in(ALICE.login)?;
    let window = stage.open("accounts")?;
    says(&window, "A sign-in to this account has begun.")?;
    button(&window, "Copy the address")?.click()?;
    says(&window, "Copied")?;

    stage.screen.activate(stage.screen.await_window(WINDOW)?)?;
    let pasted = field(&window, "Mailbox address")?;
    pasted.click()?;
    stage.screen.act(&["key", "ctrl+v", "Return"])?;
    says(&window, "This is no address.")?;
    stage.agent.forms().walk(&pasted.typed()?, ALICE)?;
    says(&window, "Signed in as alice@contoso.example")?;
    assert_eq!(waiting.end()?.code, 0, "it was one sign-in");
    Ok(())
}
