//! A terminal with somebody at it.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use crate::agent::Said;

/// Runs a command whose standard streams are a terminal at which this is typed; what it wrote is all in `stdout`.
pub fn run_at_a_terminal(command: &mut Command, typed: &str) -> Result<Said> {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
    grantpt(&terminal)?;
    unlockpt(&terminal)?;
    let line = ptsname(&terminal, Vec::new())?.into_string()?;
    let line = OpenOptions::new().read(true).write(true).open(line)?;
    command.stdin(line.try_clone()?).stdout(line.try_clone()?).stderr(line);
    let mut running = command.spawn()?;
    // The last of our own ends of the line: the reader meets the end when the command's are closed too.
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut keyboard = File::from(terminal);
    let screen = keyboard.try_clone()?;
    let reader = thread::spawn(move || read_all(screen));
    // Ctrl-D behind it: whoever wants more than is typed meets the end.
    keyboard.write_all(format!("{typed}\u{4}").as_bytes())?;
    let status = running.wait()?;
    let shown = reader.join().ok().context("the reader")??;
    Ok(Said { code: status.code().unwrap_or(-1), stdout: shown, stderr: String::new() })
}

/// A line whose last user has gone ends in an error (`EIO`).
fn read_all(mut screen: File) -> io::Result<String> {
    let mut shown = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(count @ 1..) = screen.read(&mut piece) {
        shown.extend_from_slice(&piece[..count]);
    }
    Ok(String::from_utf8_lossy(&shown).into_owned())
}
