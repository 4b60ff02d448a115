//! `signet-line SOCKET` carries lines between standard input and output and a Unix socket, as whatever user runs it:
//! the agent asks the kernel who is speaking, so a test that would be another user needs another process.

use std::io::{self, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::{env, thread};

use anyhow::{Context, Result};

fn main() -> Result<()> {
    let path = env::args_os().nth(1).context("usage: signet-line SOCKET")?;
    let mut socket = UnixStream::connect(&path).with_context(|| format!("cannot connect to {}", path.display()))?;
    let mut to_agent = socket.try_clone()?;
    thread::spawn(move || {
        let _ = carry(&mut io::stdin().lock(), &mut to_agent);
        let _ = to_agent.shutdown(Shutdown::Both);
    });
    // A refused connection may be reset instead of closed; either way there is nothing more to carry.
    let _ = carry(&mut socket, &mut io::stdout().lock());
    Ok(())
}

/// What `io::copy` does, but without splice(2): waiting for the socket, Linux keeps the pipe locked, and whoever reads
/// from it would wait as well.
fn carry(from: &mut impl Read, to: &mut impl Write) -> io::Result<()> {
    let mut bytes = [0; 64 * 1024];
    loop {
        let count = from.read(&mut bytes)?;
        if count == 0 {
            return Ok(());
        }
        to.write_all(&bytes[..count])?;
        to.flush()?;
    }
}
