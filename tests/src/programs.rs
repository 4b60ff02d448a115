//! Programs in places of their own.
//!
//! Another process writes them: a file that this one has open for writing may be inherited by a child that another test
//! starts just then, and cannot be run until that child has become its own program (`ETXTBSY`, execve(2)).

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Links a program to another place, or copies it where the two are not on one file system.
pub(crate) fn place(program: &Path, target: &Path) -> Result<()> {
    match fs::hard_link(program, target) {
        Ok(()) => Ok(()),
        Err(_) => copy(program, target),
    }
}

/// A file of its own, which is not the program that strangers run.
pub(crate) fn copy(program: &Path, target: &Path) -> Result<()> {
    install(program.as_os_str(), target, "")
}

/// A script that anybody may run.
pub fn write(script: &str, target: &Path) -> Result<()> {
    install(OsStr::new("/dev/stdin"), target, script)
}

fn install(source: &OsStr, target: &Path, input: &str) -> Result<()> {
    let mut install = Command::new("install");
    install.arg("--mode=755").arg(source).arg(target).stdin(Stdio::piped());
    let mut running = install.spawn().context("install, of coreutils")?;
    running.stdin.take().context("it is piped")?.write_all(input.as_bytes())?;
    let ended = running.wait()?;
    ensure!(ended.success(), "{} was not installed: {ended}", target.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn a_program_runs_at_once_whatever_others_start_meanwhile() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    while !is_over.load(Ordering::Relaxed) {
                        Command::new("/bin/true").status().expect("a neighbour");
                    }
                });
            }
            let rounds = (0..100).try_for_each(|number| {
                let [copied, written] = ["copied", "written"].map(|name| folder.path().join(format!("{name}{number}")));
                copy(Path::new("/bin/true"), &copied)?;
                write("#!/bin/sh\n", &written)?;
                for program in [copied, written] {
                    ensure!(Command::new(&program).status()?.success(), "{}", program.display());
                }
                Ok(())
            });
            is_over.store(true, Ordering::Relaxed);
            rounds
        })
    }
}
