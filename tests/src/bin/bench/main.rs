//! `bench [ROW..]` measures this build of Signet, each figure beside its floor in the same run: a bare socket echo of
//! the same bytes, or an empty program. `cargo xtask bench` builds what is needed and starts it.

mod desk;
mod keyring;
mod latency;
mod life;
mod many;
mod roles;
mod samples;
mod stage;
mod table;

use std::env;
use std::fs;
use std::process::ExitCode;

use anyhow::Result;
use serde_json::{Map, Value, json};

use stage::Stage;
use table::{Row, line};

const USAGE: &str = "\
Usage: cargo xtask bench [ROW..]

  fresh     a cached token, a new connection for each
  kept      a cached token, the connection kept
  crowd     eight clients at once
  command   `signet token` beside an empty program
  start     from the start of the agent to its endpoint and its first token
  idle      memory and wake-ups of an idle agent with ten accounts; takes a minute
  herd      1,000 programs ask at once for a token that has ended
  neighbours  a cached token while an authority hangs, a person is waited for, and clients stall
  thousand  an agent with 1,000 accounts; takes some minutes
  desk      the tray app and its window: start, memory, processor; takes some minutes
  idle10    as idle, for ten minutes; only where it is named

Without a row, all of them but the last.";

/// What measures a row: gives lines of the table, and what is written down.
type Measure = fn(&mut Stage) -> Result<(Vec<Row>, Value)>;

/// Too long for those who have not asked for it.
const ON_DEMAND: &str = "idle10";

const ROWS: [(&str, Measure); 11] = [
    ("fresh", latency::fresh),
    ("kept", latency::kept),
    ("crowd", latency::crowd),
    ("command", life::command),
    ("start", life::start),
    ("idle", life::idle),
    ("herd", many::herd),
    ("neighbours", many::neighbours),
    ("thousand", many::thousand),
    ("desk", desk::desk),
    (ON_DEMAND, life::idle_for_long),
];

fn main() -> Result<ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if roles::play(&arguments)? {
        return Ok(ExitCode::SUCCESS);
    }
    let known = |name: &String| ROWS.iter().any(|(row, _)| row == name);
    if !arguments.iter().all(known) {
        line(USAGE);
        return Ok(ExitCode::from(2));
    }
    let is_wanted = |name: &str| match arguments.as_slice() {
        [] => name != ON_DEMAND,
        rows => rows.iter().any(|row| row == name),
    };
    let wanted = ROWS.iter().filter(|(name, _)| is_wanted(name));
    measure(wanted)?;
    Ok(ExitCode::SUCCESS)
}

fn measure<'a>(wanted: impl Iterator<Item = &'a (&'static str, Measure)>) -> Result<()> {
    let machine = machine();
    line(&format!("machine: {machine}"));
    let mut stage = Stage::set_up()?;
    let mut table = Vec::new();
    let mut written = Map::new();
    for (name, row) in wanted {
        line(&format!("measuring: {name}"));
        let (rows, value) = row(&mut stage)?;
        table.extend(rows);
        written.insert((*name).to_owned(), value);
    }
    table::print(&table);
    written.insert("machine".to_owned(), machine);
    let file = table::write("signet", &Value::Object(written))?;
    line(&format!("\nwritten to {}", file.display()));
    Ok(())
}

/// What the figures depend on: the load is that of the neighbours, before anything is measured.
fn machine() -> Value {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let cpuinfo = read("/proc/cpuinfo");
    let model = cpuinfo.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    json!({
        "cores": cores,
        "processor": model.trim_start_matches([' ', '\t', ':']),
        "kernel": read("/proc/sys/kernel/osrelease").trim(),
        "load": read("/proc/loadavg").split(' ').next(),
    })
}
