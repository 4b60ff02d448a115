//! Who came of whom, and how often a process was woken, as `/proc` tells.

use std::collections::HashMap;
use std::fs;
use std::io;

use anyhow::{Context, Result};
use rustix::process::Pid;

/// All that come of a process now: its children first, then theirs.
pub fn descendants(of: Pid) -> io::Result<Vec<Pid>> {
    let mut children: HashMap<Pid, Vec<Pid>> = HashMap::new();
    for entry in fs::read_dir("/proc")? {
        let Ok(name) = entry?.file_name().into_string() else {
            continue;
        };
        let Some(pid) = name.parse().ok().and_then(Pid::from_raw) else {
            continue;
        };
        if let Some(parent) = parent(pid) {
            children.entry(parent).or_default().push(pid);
        }
    }
    let mut found = children.remove(&of).unwrap_or_default();
    let mut next = 0;
    while let Some(pid) = found.get(next) {
        let own = children.remove(pid).unwrap_or_default();
        found.extend(own);
        next += 1;
    }
    Ok(found)
}

/// The parent in `/proc/PID/stat`: the second field after the name, which stands in parentheses and may hold anything.
fn parent(pid: Pid) -> Option<Pid> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
    let (_, fields) = stat.rsplit_once(") ")?;
    fields.split(' ').nth(1)?.parse().ok().and_then(Pid::from_raw)
}

/// How often the threads of a process have gone to sleep so far, as proc_pid_status(5) counts it.
pub fn wake_ups(pid: Pid) -> Result<u64> {
    let mut all = 0;
    for task in fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero()))? {
        let status = fs::read_to_string(task?.path().join("status"))?;
        let count = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
        all += count.context("no count of the switches")?.trim().parse::<u64>()?;
    }
    Ok(all)
}
