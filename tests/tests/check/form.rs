//! A form is tried before it is saved: as `profile.check` is given it, and nothing of it is kept.

use std::fs;

use anyhow::Result;
use serde_json::{Value, json};
use signet_e2e::Options;
use signet_e2e::mail::{Manners, Protocol};
use signet_e2e::office::{Office, profile_for, with};
use signet_e2e::rig::BY_PASSWORD;

use super::{by_password, names};

#[track_caller]
fn check_last(steps: &[Value], step: &str, ok: bool, words: &str) {
    let last = steps.last().cloned().unwrap_or_default();
    assert_eq!((&last["step"], &last["ok"]), (&step.into(), &ok.into()), "{steps:#?}");
    assert!(last["text"].as_str().is_some_and(|text| text.contains(words)), "{words:?} of {last}");
}

#[test]
fn a_form_is_tried_as_it_stands_and_nothing_of_it_is_kept() -> Result<()> {
    let mut office = Office::open(Options::default())?;
    let file = office.agent.config_dir().join("config.toml");
    let before = fs::read_to_string(&file)?;
    let imap = profile_for(&office.door(Protocol::Imap, Manners::Plain), "faktury", "imap");
    let form = |profile: &Value| json!({ "profile": "faktury", "settings": profile });

    check_last(&office.try_form(form(&imap))?, "mailbox", true, "can be read");
    let mut by_password = with(imap.clone(), by_password("imap", json!({})));
    let password = by_password.as_object_mut().and_then(|fields| fields.remove("password")).unwrap_or_default();
    let given = with(form(&by_password), json!({ "password": password }));
    let steps = office.try_form(given.clone())?;
    check_last(&steps, "mailbox", true, "can be read");
    assert_eq!(names(&steps)[..3], ["secret", "name", "tcp"], "{steps:#?}");
    let wrong = with(given.clone(), json!({ "password": "hunter2" }));
    check_last(&office.try_form(wrong)?, "authentication", false, BY_PASSWORD.login);
    check_last(&office.try_form(form(&by_password))?, "secret", false, "password");

    let nameless =
        office.manager.ask("profile.check", with(given.clone(), json!({ "settings": { "kind": "documents" } })))?;
    assert_eq!(nameless["error"]["data"]["field"], "server", "{nameless}");
    let unsaved = office.manager.ask("profile.check", json!({ "profile": "faktury" }))?;
    assert_eq!(unsaved["error"]["data"]["field"], "profile", "{unsaved}");
    assert_eq!(fs::read_to_string(&file)?, before, "nothing was written");

    // Saved without a password, it has none: the one that was tried is gone.
    assert_eq!(office.set(by_password.clone())?["result"], json!({}));
    check_last(&office.try_form(json!({ "profile": "faktury" }))?, "secret", false, "password");
    check_last(&office.try_form(given)?, "mailbox", true, "can be read");
    Ok(())
}
