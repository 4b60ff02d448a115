//! `signet-crowd SOCKET COUNT REQUEST` is so many programs in one process: each connects and asks, and only then are the
//! answers read. Prints `asked` once all have asked, and then each answer on a line.

use std::io::{BufRead, BufReader, Write, stdout};
use std::os::unix::net::UnixStream;
use std::{env, io};

use anyhow::{Context, Result};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

fn main() -> Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let [socket, count, request] = words.as_slice() else { anyhow::bail!("usage: signet-crowd SOCKET COUNT REQUEST") };
    allow_connections()?;
    let connections = (0..count.parse()?).map(|_| ask(socket, request)).collect::<io::Result<Vec<_>>>()?;
    let mut output = stdout().lock();
    writeln!(output, "asked")?;
    output.flush()?;
    // All stay connected until the last has its answer.
    for connection in &connections {
        let mut answer = String::new();
        BufReader::new(connection).read_line(&mut answer)?;
        let answer = answer.strip_suffix('\n').context("the agent hung up")?;
        writeln!(output, "{answer}")?;
    }
    Ok(())
}

/// A process may open more than 1,024 files only if it says so.
fn allow_connections() -> io::Result<()> {
    let limit = getrlimit(Resource::Nofile);
    Ok(setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit })?)
}

fn ask(socket: &str, request: &str) -> io::Result<UnixStream> {
    let mut connection = UnixStream::connect(socket)?;
    connection.write_all(format!("{request}\n").as_bytes())?;
    Ok(connection)
}
