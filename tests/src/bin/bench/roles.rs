//! What runs in processes of their own, as the agent's user: clients, and the echo they are compared with.
//!
//! Each says one line of JSON in the end.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::samples::nanos;

/// No answer is longer.
const ROOM: usize = 64 * 1024;

/// Whether a client makes a connection for each request.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Connection {
    Fresh,
    Kept,
}

impl Connection {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Kept => "kept",
        }
    }
}

/// Plays a role if the arguments name one, and says whether they did.
pub(crate) fn play(arguments: &[String]) -> Result<bool> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["role", "echo", socket, length] => echo(Path::new(socket), length.parse()?)?,
        ["role", "client", socket, "fresh", warm, count, request] => {
            say(&client(Path::new(socket), Connection::Fresh, warm.parse()?, count.parse()?, request)?)?;
        }
        ["role", "client", socket, "kept", warm, count, request] => {
            say(&client(Path::new(socket), Connection::Kept, warm.parse()?, count.parse()?, request)?)?;
        }
        ["role", "crowd", socket, connection, clients, count, request] => {
            let connection = if *connection == "fresh" { Connection::Fresh } else { Connection::Kept };
            say(&crowd(Path::new(socket), connection, clients.parse()?, count.parse()?, request)?)?;
        }
        ["role", "commands", count, nothing, program, arguments @ ..] => {
            say(&commands(count.parse()?, nothing, program, arguments)?)?;
        }
        ["role", "starts", count, program, socket, request] => {
            say(&starts(count.parse()?, program, Path::new(socket), request)?)?;
        }
        ["role", ..] => bail!("no such role: {arguments:?}"),
        _ => return Ok(false),
    }
    Ok(true)
}

fn say(line: &Value) -> Result<()> {
    Ok(writeln!(io::stdout(), "{line}")?)
}

/// Answers every line with so many bytes, on the same runtime as the agent.
fn echo(socket: &Path, length: usize) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut answer = vec![b'x'; length];
    *answer.last_mut().context("an answer has a line end")? = b'\n';
    let answer: &'static [u8] = answer.leak();
    runtime.block_on(async {
        let listener = tokio::net::UnixListener::bind(socket)?;
        say(&json!("ready"))?;
        loop {
            let (stream, _) = listener.accept().await?;
            tokio::spawn(async move {
                // A client that goes away has had what it wanted.
                let _ = answer_lines(stream, answer).await;
            });
        }
    })
}

async fn answer_lines(mut stream: tokio::net::UnixStream, answer: &[u8]) -> io::Result<()> {
    let mut line = [0; 4096];
    loop {
        let read = stream.read(&mut line).await?;
        if read == 0 {
            return Ok(());
        }
        if line[..read].ends_with(b"\n") {
            stream.write_all(answer).await?;
        }
    }
}

/// One client, one request after the other: the durations in nanoseconds.
fn client(socket: &Path, connection: Connection, warm: usize, count: usize, request: &str) -> Result<Value> {
    let line = format!("{request}\n");
    ask(socket, connection, warm, &line)?;
    Ok(json!(ask(socket, connection, count, &line)?))
}

fn ask(socket: &Path, connection: Connection, count: usize, line: &str) -> Result<Vec<u64>> {
    let mut room = vec![0; ROOM];
    let mut kept = if connection == Connection::Kept { Some(UnixStream::connect(socket)?) } else { None };
    let mut took = Vec::with_capacity(count);
    for _ in 0..count {
        let start = Instant::now();
        match &mut kept {
            Some(stream) => exchange(stream, line, &mut room)?,
            None => exchange(&mut UnixStream::connect(socket)?, line, &mut room)?,
        }
        took.push(nanos(start.elapsed()));
    }
    Ok(took)
}

fn exchange(stream: &mut UnixStream, line: &str, room: &mut [u8]) -> Result<()> {
    stream.write_all(line.as_bytes())?;
    let mut filled = 0;
    while !room[..filled].ends_with(b"\n") {
        let read = stream.read(&mut room[filled..])?;
        ensure!(read > 0, "the other side hung up");
        filled += read;
    }
    Ok(())
}

/// Many clients at once, as threads of one process: the whole time, and each one's durations.
fn crowd(socket: &Path, connection: Connection, clients: usize, count: usize, request: &str) -> Result<Value> {
    let line = format!("{request}\n");
    let barrier = Barrier::new(clients + 1);
    let (seconds, took) = thread::scope(|scope| -> Result<_> {
        let crowd: Vec<_> = (0..clients)
            .map(|_| {
                scope.spawn(|| {
                    let warmed = ask(socket, connection, count / 10, &line);
                    barrier.wait();
                    warmed.and_then(|_| ask(socket, connection, count, &line))
                })
            })
            .collect();
        barrier.wait();
        let start = Instant::now();
        let mut took = Vec::new();
        for client in crowd {
            took.extend(client.join().map_err(|_| anyhow::anyhow!("a client failed"))??);
        }
        Ok((start.elapsed().as_secs_f64(), took))
    })?;
    Ok(json!({ "seconds": seconds, "took": took }))
}

/// A command and an empty program in turns, from the start to the end of each.
fn commands(count: usize, nothing: &str, program: &str, arguments: &[&str]) -> Result<Value> {
    let (mut empty, mut took) = (Vec::new(), Vec::new());
    for round in 0..count + count / 10 {
        let one = nanos(run(nothing, &[])?);
        let other = nanos(run(program, arguments)?);
        if round >= count / 10 {
            empty.push(one);
            took.push(other);
        }
    }
    Ok(json!({ "empty": empty, "took": took }))
}

fn run(program: &str, arguments: &[&str]) -> Result<Duration> {
    let start = Instant::now();
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    let took = start.elapsed();
    ensure!(output.status.success(), "{program} failed");
    Ok(took)
}

/// Starts an agent again and again: until it listens, and until it has given a cached token.
fn starts(count: usize, program: &str, socket: &Path, request: &str) -> Result<Value> {
    let (mut listening, mut answered) = (Vec::new(), Vec::new());
    let line = format!("{request}\n");
    for _ in 0..count {
        let start = Instant::now();
        let mut agent = Command::new(program)
            .args(["agent", "--foreground"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut stream = loop {
            if let Ok(stream) = UnixStream::connect(socket) {
                break stream;
            }
            ensure!(agent.try_wait()?.is_none() && start.elapsed() < Duration::from_secs(10), "no agent");
            // Far below what is measured, and it leaves the processor to the agent.
            thread::park_timeout(Duration::from_micros(50));
        };
        listening.push(nanos(start.elapsed()));
        let mut room = vec![0; ROOM];
        exchange(&mut stream, &line, &mut room)?;
        answered.push(nanos(start.elapsed()));
        ensure!(room.starts_with(b"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\""), "no token after a start");
        let pid = rustix::process::Pid::from_raw(agent.id().cast_signed()).context("a child has a pid")?;
        rustix::process::kill_process(pid, rustix::process::Signal::TERM)?;
        agent.wait()?;
    }
    Ok(json!({ "listening": listening, "answered": answered }))
}
