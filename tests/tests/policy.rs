//! The organisation's policy: `/etc/signet/policy.toml`, in a mount namespace of each test's own.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;

use anyhow::Result;
use serde_json::json;
use signet_e2e::agent::OWNER;
use signet_e2e::mounts::{self, Policy};
use signet_e2e::rig::{ALICE, BOB, CLIENT_ID};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

fn is_root() -> bool {
    rustix::process::getuid().is_root()
}

/// Nobody gets a token or a sign-in, and everybody is told what is wrong and where.
#[track_caller]
fn check_closed(agent: &Agent, english: &str, polish: &str) -> Result<()> {
    for method in ["token.get", "sign_in.start"] {
        let refused = agent.endpoint()?.ask(method, json!({ "account": ALICE.login }))?["error"].take();
        assert_eq!(refused["data"]["code"], "configuration", "{method}: {refused}");
    }
    for (language, word) in [("en", english), ("pl", polish)] {
        let owner = agent.owner().speaking(language);
        let said = owner.signet(&["token", ALICE.login])?;
        assert!(said.code == 4 && said.stdout.is_empty() && said.stderr.contains(word), "{word:?} of {said:?}");
        assert!(said.stderr.contains("/etc/signet"), "{said:?}");
        let status = owner.signet(&["status"])?.line()?;
        assert!(status.contains(word), "{word:?} of {status}");
    }
    Ok(())
}

#[test]
fn a_policy_fills_in_and_locks_and_holds_at_once() -> Result<()> {
    mounts::of_its_own("a_policy_fills_in_and_locks_and_holds_at_once", || {
        let etc = Policy::put()?;
        let rig = Rig::start(Options::without_mail())?;
        let app =
            format!("[app]\nclient_id = \"{CLIENT_ID}\"\ntenant = \"contoso.example\"\ncloud = \"{}\"\n", rig.origin());
        etc.write(&format!("version = 1\n{app}"))?;
        let agent = Agent::start(&rig, AgentOptions { without_app: true, ..AgentOptions::default() })?;
        agent.signet(&["accounts", "add", ALICE.login])?.line()?;
        agent.sign_in_by_forms(ALICE.login, ALICE)?;
        let token = agent.token(ALICE.login)?;

        let mut watch = agent.watch()?;
        agent.edit_config(|text| format!("{text}[app]\nclient_id = \"another\"\n"))?;
        watch.until_account(ALICE.login, "needs_sign_in")?;
        etc.write(&format!("version = 1\nlocked = [\"app.client_id\"]\n{app}"))?;
        watch.until_account(ALICE.login, "ready")?;
        watch.until_notices(&["notice-policy-overrules", "notice-key-file"])?;
        assert_eq!(agent.token(ALICE.login)?, token, "the policy's application, and so the sign-in of before");
        let status = agent.owner().speaking("pl").signet(&["status"])?.line()?;
        assert!(status.contains("app.client_id"), "{status}");

        fs::remove_file(etc.file())?;
        watch.until(|snapshot| !snapshot["notices"].to_string().contains("overrules"))?;
        Ok(())
    })
}

#[test]
fn a_policy_that_is_broken_lets_nobody_have_a_token_until_it_is_right() -> Result<()> {
    mounts::of_its_own("a_policy_that_is_broken_lets_nobody_have_a_token_until_it_is_right", || {
        let etc = Policy::put()?;
        let rig = Rig::start(Options::without_mail())?;
        let mut agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
        let token = agent.token(ALICE.login)?;
        let mut watch = agent.watch()?;
        etc.write("version = 1\n[netwerk]\n")?;
        watch.until_notices(&["notice-policy-unusable", "notice-key-file"])?;
        check_closed(&agent, "line 2", "wiersz 2")?;
        let add = agent.signet(&["accounts", "add", BOB.login])?;
        assert!(add.code == 4 && add.stderr.contains("/etc/signet"), "{add:?}");

        agent.stop()?;
        agent.launch()?;
        check_closed(&agent, "line 2", "wiersz 2")?;
        let mut watch = agent.watch()?;
        etc.write("version = 1\n")?;
        watch.until_account(ALICE.login, "ready")?;
        watch.until_notices(&["notice-key-file"])?;
        assert_eq!(agent.token(ALICE.login)?, token, "nothing was lost");
        Ok(())
    })
}

#[test]
fn a_policy_that_others_than_root_could_have_written_is_none_to_go_by() -> Result<()> {
    mounts::of_its_own("a_policy_that_others_than_root_could_have_written_is_none_to_go_by", || {
        assert!(is_root(), "mounts take root");
        let etc = Policy::put()?;
        let rig = Rig::start(Options::without_mail())?;
        let mut agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
        let (file, folder) = (etc.file(), etc.folder().to_owned());
        let elsewhere = folder.join("elsewhere.toml");
        let (word, polish) = ("must belong to root", "musi należeć do użytkownika root");
        let mode = |path: &Path, mode: u32| fs::set_permissions(path, Permissions::from_mode(mode));
        for (what, spoil, mend) in [
            (
                "the file is the person's",
                &(|| chown(&file, Some(OWNER), None)) as &dyn Fn() -> std::io::Result<()>,
                &(|| chown(&file, Some(0), None)) as &dyn Fn() -> std::io::Result<()>,
            ),
            ("its group may write", &|| mode(&file, 0o664), &|| mode(&file, 0o644)),
            ("everybody may write", &|| mode(&file, 0o646), &|| mode(&file, 0o644)),
            ("the folder is the person's", &|| chown(&folder, Some(OWNER), None), &|| chown(&folder, Some(0), None)),
            ("others may write to the folder", &|| mode(&folder, 0o757), &|| mode(&folder, 0o755)),
        ] {
            agent.stop()?;
            etc.write("version = 1\n")?;
            spoil()?;
            agent.launch()?;
            check_closed(&agent, word, polish).inspect_err(|_| panic!("{what}"))?;
            mend()?;
        }
        agent.stop()?;
        fs::rename(&file, &elsewhere)?;
        std::os::unix::fs::symlink(&elsewhere, &file)?;
        agent.launch()?;
        check_closed(&agent, "not a plain file", "nie jest zwykły plik")
    })
}

#[test]
fn where_there_is_no_file_the_policy_holds_all_the_same() -> Result<()> {
    mounts::of_its_own("where_there_is_no_file_the_policy_holds_all_the_same", || {
        let etc = Policy::put()?;
        let rig = Rig::start(Options::without_mail())?;
        let agent = Agent::start(&rig, AgentOptions::default())?;
        fs::remove_file(agent.config_dir().join("config.toml"))?;
        etc.write("version = 1\n[app]\ntenant = \"policy.example\"\n")?;
        let shown = agent.signet(&["config", "show"])?.line()?;
        assert!(shown.contains("policy.example"), "{shown}");
        etc.write("version = 1\n[app]\ntenant = 7\n")?;
        assert_eq!(agent.signet(&["config", "check"])?.code, 4);
        Ok(())
    })
}
