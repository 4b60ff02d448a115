//! Runs one command and answers for all that comes of it.
//!
//! `signet-keep COMMAND ARGUMENT...` ends when the command ends, with its exit code. A line `term` or `kill` on
//! standard input signals the command. When standard input closes, because its owner wants the end or has died, the
//! command is killed. Either way every descendant is killed and reaped before the keeper ends: nothing is left running.

use std::io::BufRead;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::{env, thread};

use anyhow::{Context, Result};
use rustix::io::Errno;
use rustix::process::{
    Pid, Signal, WaitId, WaitIdOptions, WaitOptions, getpid, kill_process, set_child_subreaper, wait, waitid,
};
use signet_e2e::processes::descendants;

const KILLED: i32 = 128; // what shells add to a signal's number

/// The command while it may be signalled: none once it is about to be reaped and its pid may become another's.
type Target = Arc<Mutex<Option<Pid>>>;

fn main() -> Result<ExitCode> {
    set_child_subreaper(Some(getpid())).context("orphans cannot be adopted")?;
    let mut arguments = env::args_os().skip(1);
    let program = arguments.next().context("usage: signet-keep COMMAND ARGUMENT...")?;
    let child = Command::new(&program)
        .args(arguments)
        .stdin(Stdio::null())
        .spawn()
        .with_context(|| format!("{} does not start", program.display()))?;
    let target: Target = Arc::new(Mutex::new(Pid::from_raw(child.id().cast_signed())));
    let listener = Arc::clone(&target);
    thread::spawn(move || listen(&listener));
    let code = outlive(child, &target)?;
    end_descendants()?;
    Ok(code)
}

fn listen(target: &Target) {
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        match line.as_str() {
            "term" => signal(target, Signal::TERM),
            "kill" => signal(target, Signal::KILL),
            _ => {}
        }
    }
    signal(target, Signal::KILL);
}

fn signal(target: &Target, signal: Signal) {
    if let Some(pid) = *target.lock().unwrap_or_else(PoisonError::into_inner) {
        let _ = kill_process(pid, signal);
    }
}

fn outlive(mut child: Child, target: &Target) -> Result<ExitCode> {
    let pid = Pid::from_raw(child.id().cast_signed()).context("a child has a pid")?;
    let seen_not_reaped = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
    while waitid(WaitId::Pid(pid), seen_not_reaped).err() == Some(Errno::INTR) {}
    *target.lock().unwrap_or_else(PoisonError::into_inner) = None;
    let status = child.wait()?;
    let code = status.code().unwrap_or_else(|| KILLED + status.signal().unwrap_or_default());
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(u8::MAX)))
}

/// Whoever a dying process leaves behind becomes a child of this one, so killing goes on until no child is left.
fn end_descendants() -> Result<()> {
    loop {
        for pid in descendants(getpid())? {
            let _ = kill_process(pid, Signal::KILL);
        }
        match wait(WaitOptions::empty()) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(_none_left) => return Ok(()),
        }
    }
}
