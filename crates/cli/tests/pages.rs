//! Every page of help and what a command says without an agent, as people read it, held to files in `snapshots/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

const LANGUAGES: [&str; 2] = ["en", "pl"];
/// Set to take what is said now for what is to be said.
const ACCEPT: &str = "SIGNET_ACCEPT";

/// A user without an agent, and with this configuration.
struct Home(TempDir);

impl Home {
    fn with(config: &str) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        fs::write(home.path().join("config.toml"), config).expect("a file");
        Self(home)
    }

    /// What is typed, and what comes of it.
    fn transcript(&self, language: &str, line: &str) -> String {
        let folder = self.0.path();
        let output = Command::new(env!("CARGO_BIN_EXE_signet"))
            .args(line.split(' ').filter(|word| !word.is_empty()))
            .env("SIGNET_LANG", language)
            .env("SIGNET_CONFIG_DIR", folder)
            .env("SIGNET_STATE_DIR", folder.join("state"))
            .env("SIGNET_SOCKET", socket(folder))
            .stdin(std::process::Stdio::null())
            .output()
            .expect("signet runs");
        let said = |bytes: Vec<u8>| {
            let said = String::from_utf8(bytes).expect("text").replace(&folder.display().to_string(), "FOLDER");
            said.replace(r"FOLDER\\", "FOLDER/").replace(r"FOLDER\", "FOLDER/").replace("signet.exe", "signet")
        };
        let code = output.status.code().unwrap_or(-1);
        let blocks = [said(output.stdout), said(output.stderr)].map(|said| said.trim_end().replace("\r\n", "\n"));
        let said: Vec<_> = blocks.into_iter().filter(|said| !said.is_empty()).collect();
        format!("$ signet {line}\n{}\n[{code}]\n\n", said.join("\n"))
    }
}

/// Nobody listens there.
fn socket(folder: &Path) -> PathBuf {
    if cfg!(windows) { PathBuf::from(r"\\.\pipe\signet-of-nobody") } else { folder.join("agent.sock") }
}

#[track_caller]
fn check(name: &str, said: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    let kept = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    let said = said.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned() + "\n";
    if kept == said {
        return;
    }
    if std::env::var_os(ACCEPT).is_some() {
        fs::write(&file, said).expect("a writable snapshot");
        return;
    }
    let same = kept.lines().zip(said.lines()).take_while(|(kept, said)| kept == said).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(the end)").to_owned();
    panic!(
        "{} says otherwise in line {}:\n  kept: {}\n  said: {}\nIf that is right: {ACCEPT}=1 cargo test -p signet-cli --test pages",
        file.display(),
        same + 1,
        line(&kept),
        line(&said),
    );
}

/// The commands below one, by its own page: two blanks, a name, and what it does, under the first heading.
fn below(page: &str) -> Vec<String> {
    let mut lines = page.lines().skip_while(|line| !line.ends_with(':') || line.starts_with('$'));
    if !lines.next().is_some_and(|heading| heading.starts_with("Commands") || heading.starts_with("Polecenia")) {
        return Vec::new();
    }
    let names = lines.take_while(|line| line.starts_with("  ")).filter_map(|line| line.split_whitespace().next());
    names.map(str::to_owned).collect()
}

fn pages(home: &Home, language: &str, command: &str) -> String {
    let page = home.transcript(language, format!("{command} --help").trim_start());
    let rest = below(&page).into_iter().map(|name| pages(home, language, format!("{command} {name}").trim_start()));
    let rest: String = rest.collect();
    page + &rest
}

#[test]
fn every_page_of_help_reads_as_it_was_left() {
    let home = Home::with("version = 1\n");
    for language in LANGUAGES {
        let pages = pages(&home, language, "");
        for command in ["accounts add", "config edit", "completions"] {
            assert!(pages.contains(&format!("$ signet {command} --help")), "{command} has no page: {pages}");
        }
        check(&format!("help.{language}.txt"), &pages);
    }
}

/// Paths, editors and what counts as a terminal are other ones elsewhere.
#[cfg(unix)]
#[test]
fn what_is_said_without_an_agent_reads_as_it_was_left() {
    let wrong = "version = 1\n[netwerk]\n[store]\nkey = 'fiel'\n[accounts.dms]\ntenant = 5\n";
    let cases = [
        ("version = 1\n", "status"),
        ("version = 1\n", "status --json"),
        ("version = 1\n", "token biuro@firma.pl"),
        ("version = 1\n", "unlock --no-input"),
        ("version = 1\n", ""),
        ("version = 1\n", "token"),
        ("version = 1\n", "tokne biuro@firma.pl"),
        ("version = 1\n", "token a --for nntp"),
        ("version = 1\n", "token a --for"),
        ("version = 1\n", "token a --min-valid soon"),
        ("version = 1\n", "token a --json --sasl xoauth2"),
        ("version = 1\n", "token a --jsno"),
        ("version = 1\n", "token --json"),
        ("version = 1\n", "config check"),
        ("version = 1\n", "config show"),
        ("version = 1\n", "config path --json"),
        ("version = 1\n", "config edit"),
        (wrong, "config check"),
        (wrong, "config check --json"),
        (wrong, "config show"),
        (wrong, "agent --foreground"),
    ];
    for language in LANGUAGES {
        let said: String = cases.iter().map(|(config, line)| Home::with(config).transcript(language, line)).collect();
        check(&format!("said.{language}.txt"), &said);
    }
}
