//! `signet doctor`: each thing that can be wrong on a machine is made so, found, and told how to mend.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use anyhow::Result;
use serde_json::Value;
use signet_e2e::agent::{Caller, OWNER, STRANGER};
use signet_e2e::disk::SmallDisk;
use signet_e2e::rig::control::{Drop, Endpoint, Fault, Gate, Times};
use signet_e2e::rig::{ALICE, CLIENT_ID, TENANT};
use signet_e2e::terminal::run_at_a_terminal;
use signet_e2e::{Agent, AgentOptions, Desktop, Options, Proxy, Rig, network};

fn stage() -> Result<(Rig, Agent)> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::start(&rig, AgentOptions::default())?;
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    Ok((rig, agent))
}

/// What `signet doctor --json` says of each subject; the loopback has two findings.
fn examine(caller: Caller<'_>) -> Result<Vec<Value>> {
    let said = caller.signet(&["doctor", "--json"])?;
    assert_eq!(said.stderr, "", "{said:?}");
    let told: Value = serde_json::from_str(&said.stdout)?;
    let findings = told["findings"].as_array().cloned().unwrap_or_default();
    let is_wrong = findings.iter().any(|finding| finding["level"] == "wrong");
    assert_eq!((said.code, told["worst"] == "wrong"), (if is_wrong { 4 } else { 0 }, is_wrong), "{told}");
    for finding in &findings {
        assert_eq!(
            finding["mend"].is_string(),
            finding["level"] != "fine",
            "what is not fine can be mended: {finding}"
        );
    }
    Ok(findings)
}

/// That the first finding of this subject is this one.
#[track_caller]
fn check(findings: &[Value], level: &str, id: &str) -> Value {
    let subject = id.split('-').next().unwrap_or_default();
    let found = findings.iter().find(|finding| finding["subject"] == subject).cloned().unwrap_or_default();
    assert_eq!((&found["level"], &found["id"]), (&level.into(), &format!("doctor-{id}").into()), "{findings:#?}");
    found
}

#[test]
fn a_machine_that_is_well_is_called_so_and_in_the_reader_s_language() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
    let found = examine(agent.owner())?;
    for id in ["configuration-fine", "state-fine", "agent-running", "loopback-fine", "proxy-none"] {
        check(&found, "fine", id);
    }
    for id in ["authority-reached", "clock-fine", "registration-good"] {
        assert_eq!(check(&found, "fine", id)["account"], ALICE.login);
    }
    check(&found, "warning", "browser-no-desktop");
    check(&found, "warning", "key-file");

    let said = agent.signet(&["doctor", ALICE.login])?.line()?;
    assert!(said.contains("[fine] sign-in service (alice@contoso.example): https://localhost"), "{said}");
    assert!(
        said.contains("[warning] browser: There is no desktop") && said.contains("    To do: Sign in with"),
        "{said}"
    );
    let said = agent.owner().speaking("pl").signet(&["doctor"])?.line()?;
    assert!(said.contains("[dobrze] zegar") && said.contains("    Do zrobienia: "), "{said}");
    let mut at_a_terminal = agent.owner().command(agent.program());
    let said = run_at_a_terminal(at_a_terminal.arg("doctor"), "")?;
    assert!(said.stdout.contains("Looking at: clock ..."), "progress is shown to whoever looks on: {said:?}");
    let said = agent.signet(&["doctor", "nobody"])?;
    assert!(said.code == 7 && said.stderr.contains(ALICE.login), "{said:?}");
    Ok(())
}

#[test]
fn trouble_on_the_way_to_the_authority_is_told_apart() -> Result<()> {
    let (rig, agent) = stage()?;
    let control = rig.control();
    control.gate(Gate::Closed)?;
    let found = examine(agent.owner())?;
    let unreachable = check(&found, "wrong", "authority-unreachable");
    assert!(
        unreachable["message"].as_str().is_some_and(|it| it.contains("No connection to localhost")),
        "{unreachable}"
    );
    assert!(found.iter().all(|it| it["subject"] != "registration"), "nothing is claimed of what was not asked");

    for gate in [Gate::Foreign, Gate::Misnamed] {
        control.gate(gate)?;
        let shown = check(&examine(agent.owner())?, "wrong", "authority-intercepted");
        assert!(shown["args"]["by"].as_str().is_some_and(|by| by.starts_with("CN=")), "who issued it: {shown}");
        assert_eq!(shown["args"]["fingerprint"].as_str().map(str::len), Some(32 * 3 - 1), "{shown}");
    }
    control.gate(Gate::Open)?;

    let date = [("Date".to_owned(), "Sun, 06 Nov 1994 08:49:37 GMT".to_owned())].into();
    let on = Endpoint::Discovery;
    control.fault(&Fault { on, status: Some(503), headers: date, times: Times::Always, ..Fault::default() })?;
    let found = examine(agent.owner())?;
    check(&found, "wrong", "clock-fast");
    check(&found, "wrong", "authority-unreachable");
    control.cancel_faults()?;

    control.fault(&Fault { on, drop: Some(Drop::Hang), times: Times::Always, ..Fault::default() })?;
    let found = examine(agent.owner())?;
    let silent = check(&found, "wrong", "authority-unreachable");
    assert!(silent["message"].as_str().is_some_and(|it| it.contains("did not answer in time")), "{silent}");
    Ok(())
}

#[test]
fn proxies_are_looked_at_and_seen_through() -> Result<()> {
    let (rig, agent) = stage()?;
    let with = |address: &str| {
        let line = format!("[network]\nproxy = \"{address}\"\n");
        agent.edit_config(|text| {
            text.lines()
                .filter(|it| !it.starts_with("proxy"))
                .collect::<Vec<_>>()
                .join("\n")
                .replace("[network]\n", &line)
        })
    };
    let proxy = Proxy::start()?;
    with(&proxy.url())?;
    let found = examine(agent.owner())?;
    check(&found, "fine", "proxy-reachable");
    check(&found, "fine", "authority-reached");
    rig.control().gate(Gate::Foreign)?;
    check(&examine(agent.owner())?, "wrong", "authority-intercepted");
    rig.control().gate(Gate::Open)?;
    proxy.refuse(407);
    let refused = check(&examine(agent.owner())?, "wrong", "authority-unreachable");
    assert!(refused["message"].as_str().is_some_and(|it| it.contains("The proxy did not let")), "{refused}");

    with("http://127.0.0.1:9")?;
    check(&examine(agent.owner())?, "wrong", "proxy-unreachable");
    with("http://")?;
    check(&examine(agent.owner())?, "wrong", "configuration-broken");
    Ok(())
}

#[test]
fn traps_of_the_registration_are_named() -> Result<()> {
    let (rig, agent) = stage()?;
    let changed = |from: &str, to: &str| agent.edit_config(|text| text.replace(from, to));
    changed(CLIENT_ID, "bbbbbbbb-0000-4000-8000-000000000009")?;
    let unknown = check(&examine(agent.owner())?, "wrong", "registration-unknown");
    assert!(unknown["mend"].as_str().is_some_and(|it| it.contains("Object ID")), "{unknown}");
    changed("bbbbbbbb-0000-4000-8000-000000000009", "Signet")?;
    check(&examine(agent.owner())?, "wrong", "registration-no-id");
    changed("\"Signet\"", &format!("\"{CLIENT_ID}\""))?;

    changed(TENANT, "nowhere.example")?;
    check(&examine(agent.owner())?, "wrong", "authority-no-tenant");
    changed("nowhere.example", TENANT)?;

    for (aadsts, id) in [
        (50_194, "registration-single-tenant"),
        (50_011, "registration-no-redirect"),
        (9_002_327, "registration-page"),
        (7_000_218, "registration-secret"),
        (7_000_112, "registration-disabled"),
    ] {
        rig.control().fault(&Fault { on: Endpoint::Authorize, aadsts: Some(aadsts), ..Fault::default() })?;
        check(&examine(agent.owner())?, "wrong", id);
    }
    rig.control().forget_requests()?;
    check(&examine(agent.owner())?, "fine", "registration-good");
    let asked = rig.control().requests(Endpoint::Authorize)?;
    assert!(asked.iter().all(|it| it.params["prompt"] == "none" && !it.params.contains_key("login_hint")), "{asked:?}");
    Ok(())
}

#[test]
fn an_agent_that_is_not_where_it_is_looked_for_is_found_out() -> Result<()> {
    let (_rig, mut agent) = stage()?;
    let mut elsewhere = agent.owner().command(agent.program());
    let output = elsewhere.args(["doctor", "--json"]).env("SIGNET_SOCKET", agent.home().join("other.sock")).output()?;
    let told: Value = serde_json::from_slice(&output.stdout)?;
    check(told["findings"].as_array().expect("findings"), "wrong", "agent-elsewhere");

    let found = examine(agent.as_user(STRANGER))?;
    check(&found, "wrong", "agent-foreign");
    check(&found, "wrong", "configuration-unreadable");

    agent.kill()?;
    check(&examine(agent.owner())?, "warning", "agent-dead");
    fs::remove_file(agent.socket())?;
    check(&examine(agent.owner())?, "warning", "agent-not-running");
    Ok(())
}

#[test]
fn a_state_folder_in_a_bad_way_is_told() -> Result<()> {
    let (_rig, mut agent) = stage()?;
    agent.stop()?;
    let state = agent.state_dir();
    fs::set_permissions(&state, Permissions::from_mode(0o755))?;
    check(&examine(agent.owner())?, "warning", "state-open");
    fs::set_permissions(&state, Permissions::from_mode(0o500))?;
    check(&examine(agent.owner())?, "wrong", "state-read-only");
    fs::set_permissions(&state, Permissions::from_mode(0o700))?;
    let found = examine(agent.as_user(STRANGER))?;
    check(&found, "wrong", "state-foreign");

    let disk = SmallDisk::mount(&state, 16 * 1024, OWNER)?;
    check(&examine(agent.owner())?, "warning", "state-nearly-full");
    disk.fill()?;
    check(&examine(agent.owner())?, "wrong", "state-full");
    drop(disk);
    fs::remove_dir_all(&state)?;
    check(&examine(agent.owner())?, "fine", "state-new");
    fs::write(&state, "")?;
    check(&examine(agent.owner())?, "wrong", "state-no-folder");
    Ok(())
}

#[test]
fn each_state_of_the_keyring_is_told() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let desktop = Desktop::start()?;
    let agent = Agent::start(&rig, desktop.agent_options())?;
    check(&examine(agent.owner())?, "wrong", "key-no-keyring");
    let keyring = desktop.unlock("own")?;
    check(&examine(agent.owner())?, "fine", "key-not-yet");
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    agent.sign_in_by_forms(ALICE.login, ALICE)?;
    check(&examine(agent.owner())?, "fine", "key-there");
    keyring.fall_silent()?;
    check(&examine(agent.owner())?, "wrong", "key-silent");
    keyring.recover()?;
    drop(keyring);
    let _empty = desktop.unlock("empty")?;
    check(&examine(agent.owner())?, "wrong", "key-missing");
    Ok(())
}

#[test]
fn a_computer_that_does_not_reach_itself_is_found_out() -> Result<()> {
    network::of_its_own("a_computer_that_does_not_reach_itself_is_found_out", || {
        let (_rig, agent) = stage()?;
        network::ip("link set lo down")?;
        let found = examine(agent.owner())?;
        check(&found, "wrong", "loopback-no-connection");
        check(&found, "wrong", "authority-unreachable");
        network::ip("link set lo up")
    })
}
