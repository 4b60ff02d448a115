//! How long a cached token takes, and how many there are in a second.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use rustix::process::Pid;
use serde_json::{Value, json};

use crate::life::{memory, shown};
use crate::roles::Connection;
use crate::samples::Samples;
use crate::stage::Stage;
use crate::table::{Row, short};

const ROUNDS: usize = 7;
const WARM: &str = "1000";
const ROUND: &str = "5000";
const CLIENTS: usize = 8;
const CROWD_ROUND: usize = 10_000;

pub(crate) fn fresh(stage: &mut Stage) -> Result<(Vec<Row>, Value)> {
    latency(stage, Connection::Fresh, "cached token, new connection each time", Duration::from_micros(25))
}

pub(crate) fn kept(stage: &mut Stage) -> Result<(Vec<Row>, Value)> {
    latency(stage, Connection::Kept, "cached token, connection kept", Duration::from_micros(15))
}

/// Rounds of the agent and of the echo in turns, so that a neighbour's load falls on both.
fn latency(stage: &Stage, connection: Connection, name: &str, target: Duration) -> Result<(Vec<Row>, Value)> {
    let echo = stage.echo()?;
    let round = |socket: &Path| -> Result<Vec<u64>> {
        let words = ["client", &socket.display().to_string(), connection.name(), WARM, ROUND, &Stage::request()];
        Ok(serde_json::from_value(stage.role(&words)?)?)
    };
    let (mut floor, mut agent) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        floor.push(round(&echo.socket)?);
        agent.push(round(&stage.agent.socket())?);
    }
    let best = |rounds: &[Vec<u64>]| rounds.iter().map(|round| Samples::of([round.clone()]).p50()).min();
    let best = best(&agent).unwrap_or_default().saturating_sub(best(&floor).unwrap_or_default());
    let (floor, agent) = (Samples::of(floor), Samples::of(agent));
    let over = agent.p50().saturating_sub(floor.p50());
    let told = json!({
        "agent": agent.json(), "floor": floor.json(), "over_floor_us": over.as_secs_f64() * 1e6,
        "over_floor_best_rounds_us": best.as_secs_f64() * 1e6, "target_over_floor_us": target.as_secs_f64() * 1e6,
    });
    let limit = format!("<= {}", short(target));
    let rows = vec![
        Row::of(name, &agent),
        Row::of("  floor: echo of the same bytes", &floor),
        Row::figure("  over the floor", short(over)).target(&limit, over <= target),
        Row::figure("  over the floor, best round of each", short(best)),
    ];
    Ok((rows, told))
}

pub(crate) fn crowd(stage: &mut Stage) -> Result<(Vec<Row>, Value)> {
    const TARGET: f64 = 40_000.0;
    let echo = stage.echo()?;
    let agent_pid = stage.agent.pid().context("the agent runs")?;
    let mut rows = Vec::new();
    let mut told = serde_json::Map::new();
    for connection in [Connection::Kept, Connection::Fresh] {
        let (floor, floor_rate, _) = together(stage, &echo.socket, connection)?;
        let before = processor_time(agent_pid)?;
        let (agent, rate, seconds) = together(stage, &stage.agent.socket(), connection)?;
        let used = (processor_time(agent_pid)? - before).as_secs_f64();
        let share = used / seconds * 100.0;
        let name = format!("{CLIENTS} clients at once, {} connections", connection.name());
        rows.push(Row::of(&name, &agent).per_second(rate).target(">= 40,000 a second", rate >= TARGET));
        rows.push(Row::of("  floor: echo of the same bytes", &floor).per_second(floor_rate));
        rows.push(Row::figure("  the agent's processor time", format!("{share:.0} %")));
        told.insert(
            connection.name().to_owned(),
            json!({
                "agent": agent.json(), "per_second": rate, "floor": floor.json(), "floor_per_second": floor_rate,
                "agent_processor_percent": share, "clients": CLIENTS,
            }),
        );
    }
    let resident = memory(agent_pid)?.resident;
    rows.push(Row::figure("  the agent's resident memory afterwards", shown(resident)));
    told.insert("resident_afterwards_kb".to_owned(), json!(resident));
    Ok((rows, Value::Object(told)))
}

fn together(stage: &Stage, socket: &Path, connection: Connection) -> Result<(Samples, f64, f64)> {
    let (clients, count) = (CLIENTS.to_string(), CROWD_ROUND.to_string());
    let socket = socket.display().to_string();
    let mut said = stage.role(&["crowd", &socket, connection.name(), &clients, &count, &Stage::request()])?;
    let took: Vec<u64> = serde_json::from_value(said["took"].take())?;
    let seconds = said["seconds"].as_f64().context("a duration")?;
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 requests")]
    let rate = took.len() as f64 / seconds;
    Ok((Samples::of([took]), rate, seconds))
}

/// User and system time of a process so far (proc_pid_stat(5), fields 14 and 15, in hundredths of a second).
fn processor_time(pid: Pid) -> Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()))?;
    let fields = stat.rsplit_once(") ").map(|(_, fields)| fields).unwrap_or_default();
    let ticks: u64 = fields.split(' ').skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Ok(Duration::from_millis(ticks * 10))
}
