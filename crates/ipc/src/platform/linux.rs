//! Linux: `SO_PEERCRED`, `SO_PEERPIDFD`, `/proc`.

use std::fs;
use std::io;
use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::net::{SocketFlags, sockopt};
use rustix::process::{geteuid, getpid};

use super::unix::{Program, STREAM, Stream, program_at};

/// The socket, and the process descriptor of who is behind it.
pub(super) const DESCRIPTORS_PER_CONNECTION: usize = 2;

/// A process, held by a descriptor where the kernel gives one (Linux 6.5): its id is then not given
/// to another process unnoticed.
#[derive(Debug)]
pub(crate) struct Process {
    pid: u32,
    user: u32,
    held: Option<OwnedFd>,
}

impl Process {
    pub(crate) fn behind(stream: &Stream) -> io::Result<Self> {
        let credentials = sockopt::socket_peercred(stream)?;
        Ok(Self {
            pid: credentials.pid.as_raw_nonzero().get().unsigned_abs(),
            user: credentials.uid.as_raw(),
            held: peer_process(stream)?,
        })
    }

    pub(crate) fn this() -> io::Result<Self> {
        Ok(Self { pid: getpid().as_raw_nonzero().get().unsigned_abs(), user: geteuid().as_raw(), held: None })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    pub(crate) fn is_this_user(&self) -> bool {
        self.user == geteuid().as_raw()
    }

    pub(crate) fn executable(&self) -> io::Result<PathBuf> {
        let file = fs::read_link(format!("/proc/{}/exe", self.pid))?;
        self.make_sure_it_lives()?;
        Ok(file)
    }

    pub(crate) fn program(&self) -> io::Result<Program> {
        let program = program_at(format!("/proc/{}/exe", self.pid).as_ref())?;
        self.make_sure_it_lives()?;
        Ok(program)
    }

    /// What was read under a process's id was its own only if it still lives afterwards.
    fn make_sure_it_lives(&self) -> io::Result<()> {
        let Some(held) = &self.held else { return Ok(()) };
        // The descriptor becomes readable when the process ends (pidfd_open(2)).
        let mut processes = [PollFd::new(held, PollFlags::IN)];
        let ended = poll(&mut processes, Some(&rustix::time::Timespec::default()))?;
        if ended > 0 { Err(io::ErrorKind::NotFound.into()) } else { Ok(()) }
    }
}

/// A descriptor of the process that connected; none where the kernel is too old to have them.
#[expect(unsafe_code, reason = "rustix has no SO_PEERPIDFD")]
fn peer_process(stream: &Stream) -> io::Result<Option<OwnedFd>> {
    let mut descriptor: libc::c_int = -1;
    let mut size = size_of::<libc::c_int>() as libc::socklen_t;
    // SAFETY: the pointers are to live variables of the size told.
    let told = unsafe {
        libc::getsockopt(
            stream.as_raw_fd(),
            libc::SOL_SOCKET,
            libc::SO_PEERPIDFD,
            (&raw mut descriptor).cast(),
            &raw mut size,
        )
    };
    if told == 0 {
        // SAFETY: the kernel made the descriptor for this call, so nobody else has it.
        return Ok(Some(unsafe { OwnedFd::from_raw_fd(descriptor) }));
    }
    let error = io::Error::last_os_error();
    if error.raw_os_error() == Some(libc::ENOPROTOOPT) { Ok(None) } else { Err(error) }
}

/// The user who listens at the other end.
pub(super) fn user_behind(stream: impl AsFd) -> io::Result<u32> {
    Ok(sockopt::socket_peercred(stream)?.uid.as_raw())
}

pub(super) fn is_listening(socket: impl AsFd) -> bool {
    sockopt::socket_acceptconn(socket).unwrap_or_default()
}

pub(super) fn stream_socket() -> io::Result<OwnedFd> {
    let (family, kind) = STREAM;
    Ok(rustix::net::socket_with(family, kind, SocketFlags::CLOEXEC | SocketFlags::NONBLOCK, None)?)
}

/// `$XDG_RUNTIME_DIR/signet`; without one, as under cron or `su`, its usual place, and where not even that
/// is there, a directory in `/tmp`, which is safe since its owner is checked on both ends.
pub(super) fn runtime_directory() -> io::Result<PathBuf> {
    let user = geteuid().as_raw();
    let given = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_absolute());
    let usual = || {
        let usual = PathBuf::from(format!("/run/user/{user}"));
        fs::metadata(&usual).is_ok_and(|found| found.uid() == user).then_some(usual)
    };
    Ok(match given.or_else(usual) {
        Some(directory) => directory.join("signet"),
        None => PathBuf::from(format!("/tmp/signet-{user}")),
    })
}
