//! `signet profile` and `signet check` at the real binary: settings shown, changed and taken from a list.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use signet_e2e::agent::Said;
use signet_e2e::mail::{Door, Manners, Protocol, Tls};
use signet_e2e::rig::ALICE;
use signet_e2e::rig::control::{Drop, Endpoint, Fault, Times};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

fn office() -> Result<(Rig, Agent)> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::start(&rig, AgentOptions::default())?;
    Ok((rig, agent))
}

#[track_caller]
fn check(said: &Said, code: i32, words: &[&str]) {
    assert_eq!(said.code, code, "{said:?}");
    for word in words {
        assert!(said.stderr.contains(word), "{word:?} is not said: {said:?}");
    }
}

fn shown(agent: &Agent, profile: &str) -> Result<Value> {
    Ok(serde_json::from_str(&agent.signet(&["profile", "show", profile, "--json"])?.line()?)?)
}

#[test]
fn a_profile_is_made_changed_by_what_is_given_and_shown() -> Result<()> {
    let (_rig, agent) = office()?;
    let set = |line: &[&str]| agent.signet(&[&["profile", "set"], line].concat());
    check(&set(&["faktury", "--login", "anna@firma.pl"])?, 0, &["signet profile password faktury", "--enable"]);
    let refused = set(&["faktury", "--enable", "--port", "993"])?;
    check(&refused, 4, &["server", "needed"]);
    assert!(shown(&agent, "faktury")?["port"].is_null(), "nothing of it was saved");
    check(
        &set(&["faktury", "--enable", "--authentication", "oauth2", "--mailbox", "faktury@firma.pl"])?,
        0,
        &["faktury"],
    );
    let now = shown(&agent, "faktury")?;
    assert_eq!((&now["login"], &now["mailbox"]), (&"anna@firma.pl".into(), &"faktury@firma.pl".into()), "{now}");
    let told = agent.signet(&["profile", "show", "faktury"])?.line()?;
    assert!(told.contains("enabled         true\n") && told.contains("authentication  oauth2\n"), "{told}");
    check(&set(&["faktury", "--mailbox", "", "--port", "143"])?, 0, &["no account for the login anna@firma.pl"]);
    let now = shown(&agent, "faktury")?;
    assert_eq!((&now["mailbox"], &now["port"]), (&Value::Null, &143.into()), "{now}");
    check(&set(&["faktury", "--port", "", "--encryption", ""])?, 0, &[]);
    assert!(shown(&agent, "faktury")?["port"].is_null());
    check(&set(&["faktury", "--port", "many"])?, 2, &["\"many\" cannot be given"]);
    check(&set(&["faktury", "--kind", "mail_server"])?, 4, &["kind: Only the profile mail_server"]);

    let doubtful =
        ["mail_server", "--authentication", "oauth2", "--login", "anna@firma.pl", "--email", "faktury@firma.pl"];
    check(&set(&doubtful)?, 0, &["Note: ", "Send As"]);
    let polish = agent.owner().speaking("pl").signet(&["profile", "set", "mail_server", "--port", "993"])?;
    check(&polish, 0, &["Uwaga: ", "imap", "Zapisano profil: mail_server"]);
    check(&set(&["mail_server", "--send-with", "sql_profile"])?, 0, &["--enable"]);
    check(&set(&["mail_server", "--enable"])?, 4, &["knows no OAuth2"]);
    let by_sql = ["--authentication", "password", "--send-with", "sql_profile", "--sql-profile", "DMS", "--enable"];
    let said = set(&[&["mail_server"], &by_sql[..]].concat())?;
    check(&said, 0, &["saved"]);
    assert!(!said.stderr.contains("password") && !said.stdout.contains("password"), "there is none to give: {said:?}");
    check(&agent.signet(&["check", "mail_server"])?, 4, &["The SQL server sends by this profile"]);
    check(&agent.signet(&["profile", "password", "mail_server"])?, 4, &["No password is kept"]);
    check(&set(&["kadry", "--email", "kadry@firma.pl"])?, 4, &["email", "senders belong to mail_server"]);
    check(&set(&["bad id"])?, 4, &["mail_server"]);
    check(&set(&["faktury", "--encryption", "ssl"])?, 2, &["automatic, none, tls, starttls"]);
    check(&set(&["faktury", "--enable", "--disable"])?, 2, &["together with"]);
    check(&agent.signet(&["profile", "show", "kadry"])?, 4, &["faktury"]);
    Ok(())
}

#[test]
fn removing_an_account_names_the_profiles_that_worked_by_it() -> Result<()> {
    let (_rig, agent) = office()?;
    let signet = |line: &str| agent.signet(&line.split(' ').collect::<Vec<_>>());
    let add = || signet("accounts add biuro --login anna@firma.pl");
    add()?.line()?;
    for by_it in
        ["mail_server --login Anna@firma.pl --email anna@firma.pl", "kadry --login jan@firma.pl --account biuro"]
    {
        signet(&format!("profile set {by_it} --authentication oauth2"))?.line()?;
    }
    signet("profile set faktury --authentication oauth2 --login jan@firma.pl")?.line()?;
    signet("profile set zarzad --authentication password --login anna@firma.pl")?.line()?;

    check(&signet("accounts remove biuro")?, 0, &["Account removed", "mail until", "again: mail_server, kadry\n"]);
    add()?.line()?;
    let polish = agent.owner().speaking("pl").signet(&["accounts", "remove", "biuro"])?;
    check(&polish, 0, &["Usunięto konto", "dla nich konta: mail_server, kadry\n"]);
    add()?.line()?;
    let told: Value = serde_json::from_str(&signet("accounts remove biuro --json")?.line()?)?;
    assert_eq!(told["profiles"], serde_json::json!(["mail_server", "kadry"]), "{told}");

    signet("accounts add jan@firma.pl")?.line()?;
    signet("profile remove faktury")?.line()?;
    signet("accounts add ewa@firma.pl")?.line()?;
    let unused = signet("accounts remove ewa@firma.pl")?;
    assert_eq!((unused.code, unused.stderr.contains("profiles")), (0, false), "{unused:?}");
    Ok(())
}

#[test]
fn a_list_of_points_is_judged_whole_and_saved_whole_or_not_at_all() -> Result<()> {
    let (_rig, agent) = office()?;
    let file = agent.config_dir().join("config.toml");
    let before = fs::read_to_string(&file)?;
    let import =
        |language, list: &str| agent.owner().speaking(language).signet_reading(list, &["profile", "import", "-"]);
    let wrong = "id;login;mailbox;port;kind\nfaktury;anna@firma.pl;faktury@firma.pl;;\n\nkadry;anna;;993;\n\
                 faktury;anna@firma.pl;;many;invoices\nbiuro;\"anna;;\nx;anna@firma.pl;;587;;;\n";
    let said = import("en", wrong)?;
    check(
        &said,
        4,
        &[
            "Line 4, column login: This is no address",
            "Line 5, column port: A port is",
            "Line 5, column kind: \"invoices\"",
        ],
    );
    check(
        &said,
        4,
        &["Line 5, column id: faktury is there twice", "Line 6: A quotation mark", "Line 7: There are more cells"],
    );
    check(&said, 4, &["Line 7, note: Port 587 is usual for smtp", "Nothing was saved"]);
    check(&import("pl", wrong)?, 4, &["Wiersz 4, kolumna login: To nie jest adres", "Niczego nie zapisano"]);
    // The agent would take what is left of it.
    check(&import("en", "id;login;kind\nx;anna@firma.pl;invoices\n")?, 4, &["Line 2, column kind"]);
    check(
        &import("en", "id,pasword,email,id\n")?,
        4,
        &["no setting pasword", "no setting email", "column id is there twice"],
    );
    check(&import("en", "login\tpassword\n")?, 4, &["column id is missing", "signet profile password"]);
    check(&import("en", " \n")?, 4, &["The list is empty"]);
    assert_eq!(fs::read_to_string(&file)?, before, "nothing of them was saved");

    check(
        &import("en", "id;kind;login\nmail_server;;anna@firma.pl\nx;mail_server;anna@firma.pl\n")?,
        4,
        &["Line 2, column id: mail_server is the mail server", "Line 3, column kind: Only the profile mail_server"],
    );
    assert_eq!(fs::read_to_string(&file)?, before, "not even a kind");

    let forty: String = (1..=40).map(|n| format!("punkt-{n},anna@firma.pl,skrzynka{n}@firma.pl\r\n")).collect();
    check(&import("pl", &format!("\u{feff}ID,login,mailbox\r\n{forty}"))?, 0, &["Zapisano 40 profili."]);
    let last = shown(&agent, "punkt-40")?;
    assert_eq!((&last["mailbox"], &last["enabled"]), (&"skrzynka40@firma.pl".into(), &true.into()), "{last}");
    check(&import("en", "id;folder\npunkt-40;Faktury\n")?, 0, &["1 profile saved."]);
    let last = shown(&agent, "punkt-40")?;
    assert_eq!((&last["mailbox"], &last["folder"]), (&"skrzynka40@firma.pl".into(), &"Faktury".into()), "{last}");
    Ok(())
}

#[test]
fn an_import_says_what_is_still_to_be_done() -> Result<()> {
    let (_rig, agent) = office()?;
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    let import = |list: &str, arguments: &[&str]| {
        agent.owner().signet_reading(list, &[&["profile", "import", "-"], arguments].concat())
    };
    let list = format!(
        "id;login;server;authentication\na;{0};;\nb;anna@firma.pl;;\nc;anna@firma.pl;;\nd;dms;poczta.firma.pl;password\n",
        ALICE.login
    );
    let said = import(&list, &[])?;
    check(&said, 0, &["Line 3, note: There is no account for the login anna@firma.pl", "4 profiles saved."]);
    check(&said, 0, &["These have no password yet: d.", "signet profile password PROFILE"]);
    assert_eq!(said.stderr.matches("no account").count(), 1, "once for each account: {said:?}");
    let told: Value = serde_json::from_str(&import(&list, &["--json"])?.stdout)?;
    assert_eq!(told["without_password"], serde_json::json!(["d"]), "{told}");
    assert_eq!((&told["warnings"][0]["line"], &told["warnings"][0]["column"]), (&3.into(), &"login".into()), "{told}");
    agent.owner().signet_reading("hunter2\n", &["profile", "password", "d"])?.line()?;
    let told: Value = serde_json::from_str(&import(&list, &["--json"])?.stdout)?;
    assert_eq!(told["without_password"], serde_json::json!([]), "{told}");

    let given = serde_json::json!({ "id": "e", "kind": "documents", "authentication": "password", "login": "dms",
        "server": "poczta.firma.pl", "password": "hunter2" });
    let answer = agent.owner().manager()?.ask("profile.import", serde_json::json!({ "profiles": [given] }))?;
    let verdict = &answer["result"]["verdicts"][0];
    assert_eq!((&verdict["field"], &answer["result"]["saved"]), (&"password".into(), &false.into()), "{answer}");
    Ok(())
}

#[test]
fn a_thousand_points_are_imported_and_a_file_that_is_no_such_list_is_refused() -> Result<()> {
    let (_rig, agent) = office()?;
    let import = |list: &str| agent.owner().signet_reading(list, &["profile", "import", "-"]);
    let point = |n| format!("punkt-{n};anna@firma.pl;skrzynka{n}@firma.pl;Faktury z żółtego segregatora nr {n}\n");
    let list = |count| format!("id;login;mailbox;name\n{}", (1..=count).map(point).collect::<String>());
    check(&import(&list(1_000))?, 0, &["1000 profiles saved."]);
    assert_eq!(shown(&agent, "punkt-1000")?["mailbox"], "skrzynka1000@firma.pl");
    let listed = agent.signet(&["profile", "list"])?.line()?;
    assert_eq!(listed.lines().count(), 1_001, "with the heading");
    let wrong: String = (1..=4_000).map(|n| format!("x{n};anna;0;imap://x\n")).collect();
    check(&import(&format!("id;login;port;server\n{wrong}"))?, 4, &["Line 2, column login", "Nothing was saved"]);
    check(&import(&list(9_000))?, 1, &["more than fits into one request"]);
    check(&import(&list(20_000))?, 4, &["Standard input is larger than 1024 KiB"]);
    let file = agent.config_dir().join("points.csv");
    fs::write(&file, list(20_000))?;
    let named = file.to_str().context("a path in Unicode")?;
    let said = agent.owner().speaking("pl").signet(&["profile", "import", named])?;
    check(&said, 4, &[named, "1024 KiB"]);
    Ok(())
}

#[test]
fn an_interrupted_check_is_called_off_and_says_so() -> Result<()> {
    let rig = Rig::start(Options::default())?;
    let agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
    let port = Door::of(&rig, Protocol::Imap, Tls::Implicit, Manners::Exchange).context("a port")?.port.to_string();
    let line =
        ["profile", "set", "punkt", "--authentication", "oauth2", "--login", ALICE.login, "--server", "localhost"];
    agent.signet(&[&line[..], &["--port", &port, "--encryption", "tls"]].concat())?.line()?;
    let hang = Fault { on: Endpoint::Imap, drop: Some(Drop::Hang), times: Times::Always, ..Fault::default() };
    rig.control().fault(&hang)?;

    let mut command = agent.owner().command(agent.program());
    let mut running = command.args(["check", "punkt"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let steps = BufReader::new(running.stdout.take().context("it is piped")?).lines();
    for step in steps {
        // The next step is the login, which the server never answers.
        if step?.contains("what it can do") {
            kill_process(Pid::from_child(&running), Signal::INT)?;
        }
    }
    let output = running.wait_with_output()?;
    let said = String::from_utf8(output.stderr)?;
    assert_eq!((output.status.code(), said.trim_end()), (Some(1), "The check was cancelled."));
    Ok(())
}
