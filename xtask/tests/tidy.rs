//! House rules that no compiler checks. Each failure names the file and the line.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Files past the limit, each with its reason.
const LONG_FILES: &[(&str, &str)] = &[("ui/src/lib/endpoint.ts", "it is written by `npm run types`")];
const LONGEST: usize = 400;

/// Tests that may sleep, each with its reason.
const SLEEPERS: &[(&str, &str)] = &[];

/// How many rules ARCHITECTURE.md must hold, each with a test.
const INVARIANTS: usize = 12;

const VAGUE_NAMES: [&str; 6] = ["utils", "common", "helpers", "manager", "service", "types"];

#[test]
fn nothing_refers_to_a_folder_beside_the_project() {
    let outside = concat!("..", "/shared");
    holds_everywhere(|_| true, |line| !line.contains(outside), "refers to a folder outside the project");
}

#[test]
fn lock_files_name_no_download_addresses() {
    let resolved = concat!("\"", "resolved", "\"");
    holds_everywhere(
        |path| path.ends_with("package-lock.json"),
        |line| !line.contains(resolved),
        "names a download address; set omit-lockfile-registry-resolved=true for npm",
    );
}

#[test]
fn nothing_is_left_to_be_written() {
    let marks = [concat!("to", "do!("), concat!("unimple", "mented!("), concat!("#[ig", "nore")];
    holds_everywhere(
        |path| path.ends_with(".rs"),
        |line| !marks.iter().any(|mark| line.contains(mark)),
        "is unfinished, or a test that never runs",
    );
}

#[test]
fn tests_wait_for_events_and_never_for_time() {
    let sleeps = [concat!("thread::", "sleep("), concat!("time::", "sleep(")];
    let exempt = |path: &str| SLEEPERS.iter().any(|(sleeper, _)| path == *sleeper);
    let mut bad = Vec::new();
    for Text { path, text } in texts(|path| path.ends_with(".rs") && !exempt(path)) {
        let in_tests = path.split('/').any(|folder| folder == "tests");
        let tests_start = text.find("#[cfg(test)]").map(|start| text[..start].lines().count());
        let tests_start = if in_tests { Some(0) } else { tests_start };
        let Some(first) = tests_start else { continue };
        let lines = text.lines().enumerate().skip(first);
        bad.extend(
            lines
                .filter(|(_, line)| sleeps.iter().any(|sleep| line.contains(sleep)))
                .map(|(at, _)| format!("{path}:{}: sleeps in a test", at + 1)),
        );
    }
    none(&bad);
}

#[test]
fn no_line_ends_in_blanks() {
    holds_everywhere(|path| is_source(path) || path.ends_with(".md"), |line| line.trim_end() == line, "ends in blanks");
}

#[test]
fn no_file_is_longer_than_a_person_reads() {
    let exempt = |path: &str| LONG_FILES.iter().any(|(long, _)| path == *long);
    let bad: Vec<String> = texts(|path| is_source(path) && !exempt(path))
        .into_iter()
        .filter(|file| file.text.lines().count() > LONGEST)
        .map(|file| format!("{}:{}: is past {LONGEST} lines", file.path, LONGEST + 1))
        .collect();
    none(&bad);
}

#[test]
fn every_exemption_is_still_needed() {
    let bad: Vec<String> = LONG_FILES
        .iter()
        .chain(SLEEPERS)
        .filter(|(path, reason)| !root().join(path).is_file() || reason.is_empty())
        .map(|(path, _)| format!("xtask/tests/tidy.rs: exempts {path}, which is gone or has no reason"))
        .collect();
    none(&bad);
}

#[test]
fn every_crate_takes_the_workspaces_lints() {
    let bad: Vec<String> = texts(|path| path.ends_with("Cargo.toml"))
        .into_iter()
        .filter(|file| file.text.contains("[package]") && !file.text.contains("\n[lints]\nworkspace = true"))
        .map(|file| format!("{}:1: lacks [lints] workspace = true", file.path))
        .collect();
    none(&bad);
}

#[test]
fn whatever_is_fuzzed_has_a_corpus_that_is_replayed() {
    let names = |folder: &str| -> BTreeSet<String> {
        let folder = format!("fuzz/{folder}/");
        let first = |rest: &str| rest.split(['/', '.']).next().unwrap_or(rest).to_owned();
        tracked().iter().filter_map(|path| path.strip_prefix(&folder).map(first)).collect()
    };
    let targets = names("targets");
    assert!(!targets.is_empty());
    assert_eq!(targets, names("corpus"));
    let listed = texts(|path| path.ends_with("src/fuzz.rs"));
    let bad: Vec<String> = targets
        .iter()
        .filter(|target| !listed.iter().any(|file| file.text.contains(&format!("(\"{target}\", {target})"))))
        .map(|target| format!("fuzz/targets/{target}.rs:1: its check is in no TARGETS, so its corpus is not replayed"))
        .collect();
    none(&bad);
}

#[test]
fn every_module_says_by_its_name_what_it_does() {
    let vague = |part: &str| VAGUE_NAMES.contains(&part.split('.').next().unwrap_or(part));
    let bad: Vec<String> = tracked()
        .into_iter()
        .filter(|path| is_source(path))
        .filter(|path| path.split('/').any(vague))
        .map(|path| format!("{path}:1: has a name that says nothing"))
        .collect();
    none(&bad);
}

#[test]
fn every_invariant_names_a_test_that_exists() {
    let Ok(architecture) = fs::read_to_string(root().join("ARCHITECTURE.md")) else {
        return;
    };
    let tests = test_names();
    let bad: Vec<String> = (1..=INVARIANTS)
        .filter_map(|number| {
            let Some((line, item)) = list_item(&architecture, number) else {
                return Some(format!("ARCHITECTURE.md:1: lacks invariant {number}"));
            };
            let held = item.split('`').skip(1).step_by(2).any(|code| tests.contains(last_name(code)));
            (!held).then(|| format!("ARCHITECTURE.md:{line}: invariant {number} names no existing test"))
        })
        .collect();
    none(&bad);
}

fn is_source(path: &str) -> bool {
    [".rs", ".mjs", ".js", ".ts", ".svelte", ".css"].iter().any(|end| path.ends_with(end))
}

/// A numbered item with the lines that belong to it: up to the next item, heading or empty line.
fn list_item(text: &str, number: usize) -> Option<(usize, String)> {
    let start = text.lines().position(|line| line.starts_with(&format!("{number}. ")))?;
    let own = |line: &&str| line.starts_with(' ') && !line.trim().is_empty();
    let rest = text.lines().skip(start + 1).take_while(own);
    let item: Vec<&str> = text.lines().skip(start).take(1).chain(rest).collect();
    Some((start + 1, item.join("\n")))
}

/// `crates/ipc/tests/socket.rs::half_a_line` and `half_a_line` name the same test.
fn last_name(code: &str) -> &str {
    code.rsplit("::").next().unwrap_or(code)
}

fn test_names() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for Text { text, .. } in texts(|path| path.ends_with(".rs")) {
        let mut is_test = false;
        for line in text.lines().map(str::trim_start) {
            if line.starts_with("#[") {
                is_test |= line.contains("test") && !line.contains("cfg(");
            } else if let Some(name) = function_name(line) {
                if is_test {
                    names.insert(name.to_owned());
                }
                is_test = false;
            }
        }
    }
    names
}

fn function_name(line: &str) -> Option<&str> {
    let after = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ")?;
    after.split(['(', '<']).next()
}

struct Text {
    path: String,
    text: String,
}

fn holds_everywhere(files: impl Fn(&str) -> bool, good: impl Fn(&str) -> bool, complaint: &str) {
    let mut bad = Vec::new();
    for Text { path, text } in texts(files) {
        let lines = text.split('\n').enumerate();
        bad.extend(lines.filter(|(_, line)| !good(line)).map(|(at, _)| format!("{path}:{}: {complaint}", at + 1)));
    }
    none(&bad);
}

/// Tracked files of that kind that are text; one deleted but still tracked is passed over.
fn texts(wanted: impl Fn(&str) -> bool) -> Vec<Text> {
    let paths = tracked().into_iter().filter(|path| wanted(path));
    paths
        .filter_map(|path| {
            let bytes = fs::read(root().join(&path)).ok()?;
            let text = String::from_utf8(bytes).ok()?.replace("\r\n", "\n");
            Some(Text { path, text })
        })
        .collect()
}

fn tracked() -> Vec<String> {
    let listed = Command::new("git").arg("ls-files").current_dir(root()).output().expect("git is installed");
    assert!(
        listed.status.success(),
        "tidiness is checked in a git checkout: {}",
        String::from_utf8_lossy(&listed.stderr)
    );
    String::from_utf8_lossy(&listed.stdout).lines().map(str::to_owned).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn none(bad: &[String]) {
    assert!(bad.is_empty(), "\n{}", bad.join("\n"));
}
