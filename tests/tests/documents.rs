//! What the documents tell people to write, run as it stands there but for names and addresses.

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use signet_e2e::mail::{Door, Manners, Protocol, Tls};
use signet_e2e::rig::ALICE;
use signet_e2e::{Agent, AgentOptions, Options, Rig};

const README: &str = include_str!("../../README.md");
const PROTOCOL: &str = include_str!("../../docs/protocol.md");

/// The account that the documents speak of.
const ACCOUNT: &str = "biuro@firma.pl";
/// The mail server that they speak of.
const SERVER: &str = "outlook.office365.com";

/// A page's first example in a language, as Alice would write it.
fn example(page: &str, language: &str) -> String {
    let (_, rest) = page.split_once(&format!("\n```{language}\n")).expect("an example in the language");
    let (text, _) = rest.split_once("\n```").expect("its end");
    assert!(text.len() > 100, "an example, not a line of it: {text}");
    text.replace(ACCOUNT, ALICE.login)
}

/// Runs a program in the agent's environment, with `signet` on its path and the rig's authority trusted.
fn run(rig: &Rig, agent: &Agent, program: &[&str], text: &str) -> Result<String> {
    let programs = agent.program().parent().context("it lies in a directory")?.display().to_string();
    let mut command: Command = agent.owner().command(program[0]);
    command
        .args(&program[1..])
        .env("PATH", format!("{programs}:/usr/local/bin:/usr/bin:/bin"))
        .env("SSL_CERT_FILE", rig.ca())
        .env("CURL_CA_BUNDLE", rig.ca())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut running = command.spawn().with_context(|| format!("{} does not start", program[0]))?;
    running.stdin.take().context("it is piped")?.write_all(text.as_bytes())?;
    let output = running.wait_with_output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{program:?} ended with {}: {said}", output.status);
    Ok(String::from_utf8(output.stdout)?)
}

fn imaps(rig: &Rig) -> u16 {
    Door::of(rig, Protocol::Imap, Tls::Implicit, Manners::Exchange).expect("a port").port
}

#[test]
fn the_readmes_components_read_a_mailbox() -> Result<()> {
    let rig = Rig::start(Options::default())?;
    let agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
    let port = imaps(&rig);

    let python = example(README, "python");
    let here = python.replace(&format!("\"{SERVER}\", 993"), &format!("\"localhost\", {port}"));
    assert_ne!(here, python, "it names the server");
    let printed = run(&rig, &agent, &["python3", "-"], &here)?;
    assert!(printed.starts_with("('OK', [b'"), "{printed}");

    let shell = example(README, "sh");
    let here = shell.replace(SERVER, &format!("localhost:{port}"));
    assert_ne!(here, shell, "it names the server");
    let printed = run(&rig, &agent, &["sh"], &here)?;
    assert!(printed.starts_with("* SEARCH"), "{printed}");
    Ok(())
}

#[test]
fn the_protocols_clients_are_answered() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;

    let python = format!("{}\nprint(token['access_token'])\n", example(PROTOCOL, "python"));
    assert_eq!(run(&rig, &agent, &["python3", "-"], &python)?.trim_end(), agent.token(ALICE.login)?);

    let printed = run(&rig, &agent, &["node", "-"], &example(PROTOCOL, "js"))?;
    assert!(printed.trim_end().ends_with('Z'), "the time of its end: {printed}");

    let printed = run(&rig, &agent, &["sh"], &example(PROTOCOL, "sh"))?;
    let answer: Value = serde_json::from_str(&printed)?;
    assert_eq!(answer["result"]["protocol"], 1);
    Ok(())
}

#[test]
fn a_client_says_what_the_agent_refused() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::start(&rig, AgentOptions::default())?;
    for (program, text) in [("python3", example(PROTOCOL, "python")), ("node", example(PROTOCOL, "js"))] {
        let refused = run(&rig, &agent, &[program, "-"], &text).expect_err("there is no such account");
        assert!(refused.to_string().contains("There is no account"), "{program}: {refused}");
    }
    Ok(())
}
