//! What programs rely on: each exit code, and the shape of each `--json` as docs/command-line.md has it.

use std::fs;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use signet_e2e::agent::{Caller, KeyPlace, Said};
use signet_e2e::rig::control::Gate;
use signet_e2e::rig::{ALICE, BOB};
use signet_e2e::terminal::run_at_a_terminal;
use signet_e2e::{Agent, AgentOptions, Options, Rig};

const PAGE: &str = include_str!("../../docs/command-line.md");

#[track_caller]
fn check(said: &Said, code: i32, name: &str) {
    assert_eq!((said.code, &*said.stdout), (code, ""), "{said:?}");
    let told: Value = serde_json::from_str(&said.stderr).unwrap_or_else(|error| panic!("{error}: {said:?}"));
    let row = format!("\n| {code} | ");
    let row = PAGE.split(&row).nth(1).and_then(|rest| rest.lines().next()).expect("the page has every exit code");
    assert_eq!(told["error"]["code"], name, "{said:?}");
    assert_eq!(told["error"]["exit_code"], code, "{said:?}");
    assert!(told["error"]["message"].is_string() && !row.is_empty(), "{said:?}");
}

#[test]
fn each_exit_code_says_whose_turn_it_is() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = Agent::start(&rig, AgentOptions::default())?;
    let signet = |agent: &Agent, line: &str| agent.signet(&line.split(' ').collect::<Vec<_>>());
    assert_eq!(signet(&agent, "accounts add alice@contoso.example")?.code, 0);
    check(&signet(&agent, "agent --json")?, 1, "failed");
    check(&signet(&agent, "token --json")?, 2, "usage");
    check(&signet(&agent, "token alice@contoso.example --json")?, 3, "sign_in_required");
    check(&signet(&agent, "accounts add nobody --json")?, 4, "configuration");
    check(&signet(&agent, "token nobody@contoso.example --json")?, 7, "unknown_account");
    rig.control().gate(Gate::Closed)?;
    check(&signet(&agent, "sign-in alice@contoso.example --no-browser --json")?, 5, "unreachable");
    agent.stop()?;
    check(&signet(&agent, "token alice@contoso.example --json")?, 6, "not_running");
    drop(agent);

    rig.control().gate(Gate::Open)?;
    let agent = Agent::start(&rig, AgentOptions { key: KeyPlace::Passphrase, ..AgentOptions::default() })?;
    assert_eq!(signet(&agent, "accounts add alice@contoso.example")?.code, 0);
    check(&signet(&agent, "token alice@contoso.example --json")?, 8, "locked");
    Ok(())
}

#[test]
fn nobody_is_asked_where_nobody_may_be() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::start(&rig, AgentOptions { key: KeyPlace::Passphrase, ..AgentOptions::default() })?;
    for line in [&["unlock", "--choose"][..], &["start-afresh"], &["config", "edit"]] {
        let mut command = agent.owner().command(agent.program());
        let said = run_at_a_terminal(command.args(line).arg("--no-input"), "")?;
        assert_eq!(said.code, 2, "{line:?}: {said:?}");
        assert!(said.stdout.contains("Error: ") && !said.stdout.contains("? "), "{line:?} asks nothing: {said:?}");
    }
    Ok(())
}

/// What the page shows of a command, and what it says is there only sometimes.
///
/// What differs is told by its name: tokens are among what is compared.
struct Shape {
    command: String,
    shown: Vec<Value>,
    sometimes: Vec<String>,
}

impl Shape {
    fn of(command: &str) -> Result<Self> {
        let section = PAGE.split(&format!("\n### {command}\n")).nth(1).context(command.to_owned())?;
        let (words, rest) = section.split_once("```json\n").context("an example")?;
        let (block, _) = rest.split_once("```").context("its end")?;
        let sometimes = words.split_once("Sometimes: ").map_or("", |(_, names)| names);
        Ok(Self {
            command: command.to_owned(),
            shown: serde_json::Deserializer::from_str(block).into_iter().collect::<Result<_, _>>()?,
            sometimes: sometimes.split('`').skip(1).step_by(2).map(str::to_owned).collect(),
        })
    }

    #[track_caller]
    fn check(&self, said: &str) {
        let told: Vec<Value> = serde_json::Deserializer::from_str(said).into_iter().map(Result::unwrap).collect();
        assert_eq!(told.len(), self.shown.len(), "{}", self.command);
        for (told, shown) in told.iter().zip(&self.shown) {
            self.compare(told, shown);
        }
    }

    #[track_caller]
    fn compare(&self, told: &Value, shown: &Value) {
        match (told, shown) {
            (Value::Object(told), Value::Object(shown)) if shown.contains_key("NAME") => {
                told.values().for_each(|value| self.compare(value, &shown["NAME"]));
            }
            (Value::Object(told), Value::Object(shown)) => {
                for (name, value) in told {
                    let shown =
                        shown.get(name).unwrap_or_else(|| panic!("{}: {name} is not on the page", self.command));
                    self.compare(value, shown);
                }
                let missing = shown.keys().find(|name| !told.contains_key(*name) && !self.sometimes.contains(name));
                assert_eq!(missing, None, "{}: it is on the page", self.command);
            }
            (Value::Array(told), Value::Array(shown)) => {
                told.iter().for_each(|value| self.compare(value, &shown[0]));
            }
            (Value::Null, _) => {}
            _ => assert_eq!(
                std::mem::discriminant(told),
                std::mem::discriminant(shown),
                "{}: not like {shown}",
                self.command
            ),
        }
    }
}

fn check_shape(caller: Caller<'_>, input: &str, line: &str, code: i32) -> Result<()> {
    let mut arguments: Vec<_> = line.split(' ').collect();
    arguments.push("--json");
    let said = caller.signet_reading(input, &arguments)?;
    assert_eq!((said.code, &*said.stderr), (code, ""), "{line}");
    let command: Vec<_> =
        line.split(' ').filter(|word| !word.contains('@') && !["--yes", "-", "faktury"].contains(word)).collect();
    Shape::of(&format!("signet {}", command.join(" ")))?.check(&said.stdout);
    Ok(())
}

#[test]
fn results_have_the_shape_that_is_written_down() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
    let check = |agent: &Agent, line: &str, code| check_shape(agent.owner(), "", line, code);
    check(&agent, "accounts add bob@contoso.example", 0)?;
    check(&agent, "accounts set bob@contoso.example", 0)?;
    for line in ["accounts list", "status", "token alice@contoso.example", "config path", "config show", "config check"]
    {
        check(&agent, line, 0)?;
    }
    for line in ["profile set faktury", "profile show faktury", "profile list"] {
        check_shape(agent.owner(), "", line, 0)?;
    }
    check_shape(agent.owner(), "id;login;port\nx;alice@contoso.example;587\n", "profile import -", 0)?;
    check_shape(agent.owner(), "id;port\nx;many\n", "profile import -", 4)?;
    check(&agent, "doctor alice@contoso.example", 0)?;
    check(&agent, "accounts retry alice@contoso.example", 0)?;
    check(&agent, "sign-out alice@contoso.example", 0)?;
    check(&agent, "accounts remove alice@contoso.example", 0)?;

    let error = agent.signet(&["token", BOB.login, "--json"])?;
    Shape::of("error")?.check(&error.stderr);
    agent.edit_config(|text| format!("{text}[netwerk]\n"))?;
    check(&agent, "config check", 4)?;
    check(&agent, "status", 0)?;
    agent.edit_config(|text| text.replace("[netwerk]\n", ""))?;

    agent.stop()?;
    check(&agent, "agent", 0)?;
    check(&agent, "agent --stop", 0)?;
    agent.launch()
}

#[test]
fn a_sign_in_is_told_line_by_line() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::start(&rig, AgentOptions::default())?;
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    let shape = Shape::of("signet sign-in")?;
    let mut command = agent.owner().command(agent.program());
    command.args(["sign-in", ALICE.login, "--json"]).stdout(std::process::Stdio::piped());
    let mut running = command.spawn()?;
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(running.stdout.take().context("piped")?));
    let waiting: Value = serde_json::from_str(&lines.next().context("a line")??)?;
    let address = waiting["authorize_url"].as_str().context("an address")?;
    agent.forms().walk_to_answer(address, ALICE)?.deliver()?;
    let ended: Value = serde_json::from_str(&lines.next().context("another line")??)?;
    assert_eq!((running.wait()?.code(), &ended["login"]), (Some(0), &json!(ALICE.login)));
    shape.check(&format!("{waiting}{ended}"));
    Ok(())
}

#[test]
fn keys_are_given_and_changed_in_the_shape_that_is_written_down() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let mut agent = Agent::start(&rig, AgentOptions { key: KeyPlace::Passphrase, ..AgentOptions::default() })?;
    agent.owner().signet_reading("correct horse\n", &["unlock", "--choose"])?.line()?;
    check_shape(agent.owner(), "correct horse\n", "unlock", 0)?;
    check_shape(agent.owner(), "correct horse\nbattery staple\n", "unlock --change", 0)?;
    agent.stop()?;
    agent.launch()?;
    check_shape(agent.owner(), "", "start-afresh --yes", 0)
}

#[test]
fn every_command_with_json_is_on_the_page() -> Result<()> {
    let help = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/cli/tests/snapshots/help.en.txt"))?;
    let pages = help.split("$ signet ").filter(|page| page.contains("--json"));
    let commands: Vec<_> = pages.filter_map(|page| page.split_once(" --help").map(|(command, _)| command)).collect();
    assert!(commands.len() > 15, "{commands:?}");
    for command in commands {
        Shape::of(&format!("signet {command}"))?;
    }
    Ok(())
}
