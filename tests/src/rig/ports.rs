//! Ports taken as locked blocks below the ephemeral range, so that rigs of any process and user never meet.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::process;

use anyhow::{Context, Result, bail};
use rustix::fs::{FlockOperation, flock};

/// Where the locks lie: one place for all users, whatever their TMPDIR.
const LOCKS: &str = "/tmp/signet-rig-ports";
const FIRST: u16 = 20_000;
const BLOCK: u16 = 32;
const BLOCKS: u16 = 375; // up to 32,000: below Linux's ephemeral range, which begins at 32,768

/// A block of ports that no other rig uses while this lives.
#[derive(Debug)]
pub(crate) struct PortBlock {
    next: u16,
    end: u16,
    _lock: File,
}

impl PortBlock {
    pub(crate) fn take() -> Result<Self> {
        make_lock_directory()?;
        // Beginning at another place in each process spreads them, and lets old connections of a block time out.
        let offset = u16::try_from(process::id() % u32::from(BLOCKS))?;
        for step in 0..BLOCKS {
            let first = FIRST + (offset + step) % BLOCKS * BLOCK;
            let Some(lock) = lock(&Path::new(LOCKS).join(first.to_string()))? else {
                continue;
            };
            let end = first + BLOCK;
            if (first..end).all(is_free) {
                return Ok(Self { next: first, end, _lock: lock });
            }
        }
        bail!("every block of ports from {FIRST} on is taken (locks in {LOCKS})")
    }

    /// A port of the block that was not given out before.
    pub(crate) fn next(&mut self) -> Result<u16> {
        if self.next == self.end {
            bail!("the rig's {BLOCK} ports are used up");
        }
        self.next += 1;
        Ok(self.next - 1)
    }
}

fn make_lock_directory() -> Result<()> {
    match fs::create_dir(LOCKS) {
        Ok(()) => fs::set_permissions(LOCKS, Permissions::from_mode(0o1777)).context(LOCKS),
        Err(err) if err.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(err) => Err(err).context(LOCKS),
    }
}

/// Locks a file that another user may have made: opened for reading only, since Linux refuses O_CREAT on another
/// user's file in a sticky directory (fs.protected_regular).
fn lock(path: &Path) -> Result<Option<File>> {
    let made = OpenOptions::new().write(true).create_new(true).mode(0o444).open(path);
    if let Err(err) = made
        && err.kind() != io::ErrorKind::AlreadyExists
    {
        return Err(err).with_context(|| path.display().to_string());
    }
    let file = File::open(path).with_context(|| path.display().to_string())?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(file)),
        Err(rustix::io::Errno::WOULDBLOCK) => Ok(None),
        Err(err) => Err(err).with_context(|| path.display().to_string()),
    }
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}
