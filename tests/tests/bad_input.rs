//! What people and administrators get wrong: each is told what to do, with the exit code that says whose move it is.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use signet_e2e::agent::{KeyPlace, Said};
use signet_e2e::rig::{ALICE, TENANT};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

#[track_caller]
fn check(said: &Said, code: i32, words: &[&str]) {
    assert_eq!(said.code, code, "{said:?}");
    assert_eq!(said.stdout, "", "words for people go to standard error: {said:?}");
    for word in words {
        assert!(said.stderr.contains(word), "{word:?} is not said: {said:?}");
    }
}

fn rig_and_agent() -> Result<(Rig, Agent)> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::start(&rig, AgentOptions::default())?;
    Ok((rig, agent))
}

#[test]
fn accounts_that_cannot_be_are_not_added() -> Result<()> {
    let (_rig, agent) = rig_and_agent()?;
    let long = format!("{}@contoso.example", "a".repeat(320));
    let cases: [(&[&str], i32, &[&str]); 11] = [
        (&[&long], 4, &["320 bytes"]),
        (&["Alice"], 4, &["Alice is not a complete login", "--login"]),
        (&["dms", "--login", "alice@"], 4, &["alice@ is not a complete login", "name@company.com"]),
        (&["dms", "--login", "a b@contoso.example"], 4, &["is not a complete login"]),
        (&["a@b.example", "--issuer", "nonsense"], 4, &["nonsense is not a web address", "https://"]),
        (&["a@b.example", "--issuer", "ftp://id.example"], 4, &["is not a web address"]),
        (&["a@b.example", "--issuer", "http://id.example"], 4, &["must begin with https://"]),
        (&["a@b.example", "--cloud", "mars"], 4, &["no cloud mars", "global", "us-government", "china"]),
        (&["a@b.example", "--issuer", "https://id.example", "--tenant", "b.example"], 2, &["--issuer", "--tenant"]),
        (&["a@b.example", "--response-mode", "fragment"], 2, &["form_post", "query"]),
        (&["a@b.example", "--scope"], 2, &["--scope"]),
    ];
    for (arguments, code, words) in cases {
        check(&agent.signet(&[&["accounts", "add"], arguments].concat())?, code, words);
    }
    let polish = agent.owner().speaking("pl");
    let add = |arguments: &[&str]| polish.signet(&[&["accounts", "add"], arguments].concat());
    check(&add(&["Alice"])?, 4, &["Błąd:", "Alice nie jest pełnym loginem", "--login"]);
    check(&add(&["a@b.example", "--cloud", "mars"])?, 4, &["Nie ma chmury mars"]);
    check(&add(&["a@b.example", "--issuer", "http://id.example"])?, 4, &["musi zaczynać się od https://"]);

    let list = agent.signet(&["accounts", "list", "--json"])?.line()?;
    assert!(list.contains("[]"), "none of them was added: {list}");
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    check(&agent.signet(&["accounts", "add", ALICE.login])?, 4, &["already an account", ALICE.login]);
    Ok(())
}

#[test]
fn an_account_without_an_application_is_told_where_to_name_it() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::start(&rig, AgentOptions { without_app: true, ..AgentOptions::default() })?;
    let said = agent.signet(&["accounts", "add", ALICE.login])?;
    check(&said, 4, &["No application (client) ID", "[app]", "config.toml", "--client-id"]);
    let said = agent.owner().speaking("pl").signet(&["accounts", "add", ALICE.login])?;
    check(&said, 4, &["identyfikatora aplikacji", "--client-id"]);
    Ok(())
}

#[test]
fn accounts_that_are_not_there_are_told_from_those_that_are() -> Result<()> {
    let (_rig, agent) = rig_and_agent()?;
    let polish = agent.owner().speaking("pl");
    check(&agent.signet(&["token", "nobody"])?, 7, &["no account yet", "signet accounts add"]);
    check(&polish.signet(&["token", "nobody"])?, 7, &["Nie ma jeszcze żadnego konta", "signet accounts add"]);
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    for command in [
        &["token", "nobody"][..],
        &["sign-in", "nobody"],
        &["sign-out", "nobody"],
        &["accounts", "set", "nobody", "--tenant", "firma.pl"],
        &["accounts", "remove", "nobody"],
    ] {
        check(&agent.signet(command)?, 7, &["no account nobody", ALICE.login]);
    }
    check(&polish.signet(&["sign-in", "nobody"])?, 7, &["Nie ma konta nobody", ALICE.login]);
    check(&agent.signet(&["accounts", "set", ALICE.login, "--cloud", "mars"])?, 4, &["no cloud mars", "global"]);
    agent.signet(&["accounts", "set", ALICE.login, "--response-mode", "query"])?.line()?;
    check(&agent.signet(&["token", ALICE.login])?, 3, &["Sign in to alice@contoso.example"]);
    check(&polish.signet(&["token", ALICE.login])?, 3, &["Zaloguj się na konto alice@contoso.example"]);

    agent.signet(&["accounts", "add", "second", "--login", ALICE.login])?.line()?;
    agent.signet(&["accounts", "add", "third", "--login", "bob@contoso.example"])?.line()?;
    agent.signet(&["accounts", "add", "fourth", "--login", "bob@contoso.example"])?.line()?;
    check(&agent.signet(&["token", "bob@contoso.example"])?, 7, &["Several accounts", "third", "fourth"]);
    Ok(())
}

#[test]
fn issuers_that_are_none_are_told_apart() -> Result<()> {
    let (mut rig, agent) = rig_and_agent()?;
    let nobody = format!("https://localhost:{}", rig.spare_port()?);
    let cases: [(&str, String, i32, &[&str]); 4] = [
        ("missing", format!("{}/{TENANT}/nothing", rig.origin()), 4, &["could not be read", "404"]),
        ("other", format!("{}/{TENANT}", rig.origin()), 4, &["calls itself", "/v2.0"]),
        ("silent", nobody, 5, &["No connection to localhost", "firewall"]),
        ("nowhere", "https://nowhere.invalid".to_owned(), 5, &["nowhere.invalid cannot be found", "DNS"]),
    ];
    for (name, issuer, code, words) in cases {
        let add = ["accounts", "add", name, "--login", ALICE.login, "--issuer", &issuer];
        agent.signet(&add)?.line()?;
        check(&agent.signet(&["sign-in", name, "--no-browser"])?, code, words);
        let list = agent.signet(&["accounts", "list"])?.line()?;
        assert!(!list.contains("signing in"), "the sign-in is over: {list}");
    }
    check(&agent.owner().speaking("pl").signet(&["sign-in", "silent"])?, 5, &["Nie udało się połączyć z localhost"]);
    Ok(())
}

#[test]
fn wrong_usage_shows_what_is_right() -> Result<()> {
    let (_rig, agent) = rig_and_agent()?;
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    let cases: [(&[&str], &[&str]); 7] = [
        (&["token", ALICE.login, "--for", "nntp"], &["nntp", "imap", "pop", "smtp"]),
        (&["token", ALICE.login, "--sasl", "plain"], &["plain", "xoauth2", "oauthbearer"]),
        (&["token", ALICE.login, "--min-valid", "soon"], &["soon", "--min-valid"]),
        (&["token", ALICE.login, "--sasl", "xoauth2", "--json"], &["--json", "--sasl"]),
        (&["token"], &["NAME"]),
        (&["tokens"], &["tokens", "token"]),
        (&["accounts", "list", "--xml"], &["--xml"]),
    ];
    for (arguments, words) in cases {
        check(&agent.signet(arguments)?, 2, words);
    }
    Ok(())
}

#[test]
fn without_a_keyring_the_agent_runs_and_says_so() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::start(&rig, AgentOptions { key: KeyPlace::Keyring, ..AgentOptions::default() })?;
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    check(&agent.signet(&["token", ALICE.login])?, 4, &["no session bus", "config.toml", "[store]"]);
    let polish = agent.owner().speaking("pl").signet(&["token", ALICE.login])?;
    check(&polish, 4, &["Nie ma tu magistrali sesji", "[store]"]);
    let status = agent.signet(&["status"])?;
    assert_eq!(status.code, 0, "{status:?}");
    assert!(status.stdout.contains("There is no session bus here"), "{status:?}");
    let mut connection = agent.endpoint()?;
    assert_eq!(connection.ask("agent.status", json!({}))?["result"]["accounts"], 1, "it answers all the same");
    Ok(())
}

#[test]
fn without_a_desktop_the_address_is_shown() -> Result<()> {
    let (_rig, agent) = rig_and_agent()?;
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    let mut command = agent.owner().command(agent.program());
    let mut process = command.args(["sign-in", ALICE.login]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let mut words = BufReader::new(process.stderr.take().context("it is piped")?);
    let mut said = String::new();
    while !said.contains("https://") {
        assert!(words.read_line(&mut said)? > 0, "no address: {said}");
    }
    assert!(said.contains("No browser could be opened") && said.contains("Open this page in a browser"), "{said}");
    let pid = Pid::from_raw(process.id().cast_signed()).context("a process id")?;
    kill_process(pid, Signal::INT)?;
    words.read_to_string(&mut said)?;
    assert_eq!(process.wait()?.code(), Some(1), "{said}");
    assert!(said.contains("The sign-in was cancelled"), "{said}");
    Ok(())
}

#[test]
fn one_agent_is_enough() -> Result<()> {
    let (_rig, mut agent) = rig_and_agent()?;
    let pid = agent.pid().context("it runs")?.as_raw_nonzero().to_string();
    for arguments in [&["agent", "--foreground"][..], &["agent"]] {
        check(&agent.signet(arguments)?, 1, &["running already", &pid]);
    }
    check(&agent.owner().speaking("pl").signet(&["agent"])?, 1, &["Agent już działa", &pid]);
    agent.signet(&["status"])?.line()?;
    let said = agent.signet(&["agent", "--stop"])?;
    assert_eq!((said.code, said.stderr.trim()), (0, "The agent has stopped."), "{said:?}");
    assert!(!agent.socket().exists(), "it takes its socket away");
    assert_eq!(agent.stop()?, Some(0), "it has ended well already");
    for command in [&["status"][..], &["token", ALICE.login], &["accounts", "list"], &["sign-in", ALICE.login]] {
        check(&agent.signet(command)?, 6, &["not running", "signet agent"]);
    }
    check(&agent.owner().speaking("pl").signet(&["status"])?, 6, &["Agent nie działa", "signet agent"]);
    Ok(())
}

#[test]
fn what_lies_in_the_sockets_place_is_left_there_and_named() -> Result<()> {
    let (_rig, mut agent) = rig_and_agent()?;
    agent.stop()?;
    let socket = agent.socket();
    fs::write(&socket, "somebody's notes")?;
    check(&agent.signet(&["agent", "--foreground"])?, 1, &["agent.sock", "something else is in the socket's place"]);
    assert_eq!(fs::read_to_string(&socket)?, "somebody's notes");
    fs::remove_file(&socket)?;
    fs::create_dir(&socket)?;
    check(&agent.signet(&["agent", "--foreground"])?, 1, &["agent.sock", "something else is in the socket's place"]);
    fs::remove_dir(&socket)?;
    agent.launch()?;
    agent.kill()?;
    assert!(socket.exists(), "a dead agent leaves its socket");
    agent.launch()?;
    agent.signet(&["status"])?.line().map(|_| ())
}

#[test]
fn a_broken_configuration_is_told_by_line_and_column() -> Result<()> {
    let (_rig, mut agent) = rig_and_agent()?;
    agent.stop()?;
    let file = agent.config_dir().join("config.toml");
    let good = fs::read_to_string(&file)?;
    let cases: [(&str, &[&str]); 4] = [
        ("version = 1\n[app]\nclient_id = \"x\n", &["line 3, column"]),
        ("version = 1\n[app]\nclient = 'x'\n", &["line 3, column 1", "client_id"]),
        ("version = 9\n", &["line 1, column 11", "Version 9"]),
        ("version = 1\n[store]\nkey = 'usb'\n", &["line 3, column", "keyring", "file"]),
    ];
    for (content, words) in cases {
        fs::write(&file, content)?;
        let said = agent.signet(&["agent", "--foreground"])?;
        check(&said, 4, words);
        check(&said, 4, &["config.toml"]);
        check(
            &agent.owner().speaking("pl").signet(&["agent", "--foreground"])?,
            4,
            &["config.toml, wiersz", "kolumna"],
        );
    }
    fs::write(&file, good)?;
    agent.launch()
}
