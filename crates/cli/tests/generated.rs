//! What is generated from the command's description: completion scripts, and manual pages.
#![cfg(unix)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn signet(language: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_signet"));
    command.args(arguments).env("SIGNET_LANG", language).output().expect("signet runs")
}

fn script(shell: &str) -> String {
    let output = signet("pl", &["completions", shell]);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// What a program says of a script on its standard input; nothing where there is no such program.
fn given_to(program: &str, arguments: &[&str], script: &str) -> Option<String> {
    let piped = |command: &mut Command| {
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
    };
    let mut running = piped(&mut Command::new(program)).ok()?;
    running.stdin.take().expect("it is piped").write_all(script.as_bytes()).expect("it reads");
    let output = running.wait_with_output().expect("it ends");
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    assert!(output.status.success(), "{program}: {said}");
    Some(said)
}

#[test]
fn bash_completes_commands_options_and_values() {
    let complete = |words: &[&str]| {
        let list = words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" ");
        let (last, before) = (words[words.len() - 1], words[words.len() - 2]);
        let ask = format!(
            "{}\nCOMP_WORDS=({list}) COMP_CWORD={}\n_signet signet '{last}' '{before}'\necho \"${{COMPREPLY[*]}}\"\n",
            script("bash"),
            words.len() - 1,
        );
        let said = given_to("bash", &["--norc", "-s"], &ask).expect("bash is there");
        said.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(complete(&["signet", "to"]), ["token"]);
    assert_eq!(complete(&["signet", "config", "ch"]), ["check"]);
    assert_eq!(complete(&["signet", "token", "a", "--min"]), ["--min-valid"]);
    assert_eq!(complete(&["signet", "token", "--for", ""]), ["imap", "pop", "smtp"]);
    assert!(!complete(&["signet", ""]).contains(&"man".to_owned()), "what is hidden is not offered");
}

#[test]
fn the_other_shells_can_read_their_scripts() {
    // Where a shell is missing, what it would be given is looked at all the same.
    let _ = given_to("zsh", &["-n"], &script("zsh"));
    let _ = given_to("fish", &["--no-execute"], &script("fish"));
    for (shell, mark) in [
        ("zsh", "#compdef signet"),
        ("fish", "complete -c signet"),
        ("powershell", "Register-ArgumentCompleter -Native -CommandName 'signet'"),
    ] {
        let script = script(shell);
        assert!(script.contains(mark), "{shell}: {script}");
        assert!(script.contains("Wypisz token dostępu"), "{shell}: the descriptions are in the reader's language");
    }
}

fn man_page(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("a page")
}

#[test]
fn each_command_has_a_manual_page_that_can_be_set() {
    let folder = tempfile::tempdir().unwrap();
    let output = signet("en", &["man", folder.path().to_str().unwrap()]);
    assert!(output.status.success() && output.stdout.is_empty(), "{output:?}");
    let pages: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(pages.len() > 15, "one for each command: {pages:?}");
    for page in &pages {
        let path = page.to_str().unwrap();
        if let Some(said) = given_to("man", &["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", path], "") {
            assert!(!said.contains("warning:"), "{path}: {said}");
        }
        if let Some(said) = given_to("mandoc", &["-T", "lint", "-W", "error", path], "") {
            assert_eq!(said, "", "{path}");
        }
    }
    let token = man_page(folder.path(), "signet-token.1");
    assert!(token.contains(".SH NAME") && token.contains("min\\-valid"), "{token}");
    assert!(!folder.path().join("signet-man.1").exists(), "what is hidden has no page");

    let output = signet("pl", &["man", folder.path().to_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
    let token = man_page(folder.path(), "signet-token.1");
    for part in [".SH NAZWA", ".SH SKŁADNIA", ".SH OPCJE", "Wypisz token"] {
        assert!(token.contains(part), "{part}: {token}");
    }
}
