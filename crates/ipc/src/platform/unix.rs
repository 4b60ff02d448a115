//! Unix sockets; what differs between the Unix systems is in `linux.rs` and `macos.rs`.

use std::fs::{self, DirBuilder, Metadata};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::{UnixListener as StdListener, UnixStream as StdStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::net::{AddressFamily, SocketAddrUnix, SocketType, sockopt};
use rustix::process::{Resource, Rlimit, geteuid, getrlimit, setrlimit};

#[cfg(target_os = "linux")]
use super::linux as system;
#[cfg(target_os = "macos")]
use super::macos as system;
use crate::client::ConnectError;
use crate::endpoint::Endpoint;
use crate::limits;
use crate::server::BindError;

pub(crate) use system::Process;

/// The server's end of a connection.
pub(crate) type Stream = tokio::net::UnixStream;

/// The client's end of a connection.
pub(crate) type ClientStream = StdStream;

/// Which file a process runs, however it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Program {
    device: u64,
    inode: u64,
}

impl From<Metadata> for Program {
    fn from(file: Metadata) -> Self {
        Self { device: file.dev(), inode: file.ino() }
    }
}

/// The program in a file.
pub(crate) fn program_at(file: &Path) -> io::Result<Program> {
    fs::metadata(file).map(Program::from)
}

/// Where this user's agent listens unless told otherwise.
pub(crate) fn usual_endpoint() -> io::Result<PathBuf> {
    Ok(system::runtime_directory()?.join("agent.sock"))
}

/// A socket that somebody else has bound.
pub(crate) type Handed = OwnedFd;

/// A bound socket.
#[derive(Debug)]
pub(crate) struct Listener {
    socket: tokio::net::UnixListener,
    path: PathBuf,
    file: SocketFile,
}

/// Whose the socket's file is.
#[derive(Debug)]
enum SocketFile {
    /// Ours: it goes when the listener does.
    Ours(Program),
    /// Of whoever handed the socket over, and goes on listening there.
    Theirs,
}

impl Listener {
    pub(crate) fn bind(endpoint: &Endpoint) -> Result<Self, BindError> {
        let path = endpoint.path();
        let failed = |source| BindError::Io { path: path.to_owned(), source };
        make_room(directory_of(path))?;
        clear_away(path)?;
        raise_descriptor_limit();
        let socket = listen(path).map_err(failed)?;
        let file = SocketFile::Ours(program_at(path).map_err(failed)?);
        let socket = tokio::net::UnixListener::from_std(socket.into()).map_err(failed)?;
        Ok(Self { socket, path: path.to_owned(), file })
    }

    pub(crate) fn adopt(socket: Handed, endpoint: &Endpoint) -> Result<Self, BindError> {
        let path = endpoint.path();
        let failed = |source| BindError::Io { path: path.to_owned(), source };
        make_sure_of(directory_of(path))?;
        let listens =
            sockopt::socket_type(&socket).is_ok_and(|kind| kind == SocketType::STREAM) && system::is_listening(&socket);
        let socket = StdListener::from(socket);
        let is_there = socket.local_addr().is_ok_and(|address| address.as_pathname() == Some(path));
        if !listens || !is_there {
            let reason = "the socket that was handed over does not listen there";
            return Err(BindError::Unsafe { path: path.to_owned(), reason });
        }
        raise_descriptor_limit();
        socket.set_nonblocking(true).map_err(failed)?;
        let socket = tokio::net::UnixListener::from_std(socket).map_err(failed)?;
        Ok(Self { socket, path: path.to_owned(), file: SocketFile::Theirs })
    }

    /// Cancelling it loses no connection.
    pub(crate) async fn accept(&mut self) -> io::Result<Stream> {
        self.socket.accept().await.map(|(stream, _)| stream)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let SocketFile::Ours(ours) = self.file else { return };
        // Another agent may have put its own socket there meanwhile.
        if fs::symlink_metadata(&self.path).is_ok_and(|file| Program::from(file) == ours) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Makes the directory, for this user alone; one that is there already must be as safe.
fn make_room(directory: &Path) -> Result<(), BindError> {
    let failed = |source| BindError::Io { path: directory.to_owned(), source };
    DirBuilder::new().recursive(true).mode(0o700).create(directory).map_err(failed)?;
    make_sure_of(directory)
}

fn directory_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Nobody else may put another socket there.
fn make_sure_of(directory: &Path) -> Result<(), BindError> {
    let failed = |source| BindError::Io { path: directory.to_owned(), source };
    let found = fs::symlink_metadata(directory).map_err(failed)?;
    let reason = if found.file_type().is_symlink() {
        "the directory is a link"
    } else if found.uid() != geteuid().as_raw() {
        "the directory belongs to another user"
    } else if found.mode() & 0o022 != 0 {
        "other users may write to the directory"
    } else {
        return Ok(());
    };
    Err(BindError::Unsafe { path: directory.to_owned(), reason })
}

/// Takes away the socket of an agent that died.
fn clear_away(path: &Path) -> Result<(), BindError> {
    let Ok(found) = fs::symlink_metadata(path) else {
        return Ok(());
    };
    if !found.file_type().is_socket() {
        return Err(BindError::Unsafe { path: path.to_owned(), reason: "something else is in the socket's place" });
    }
    if StdStream::connect(path).is_ok() {
        return Err(BindError::InUse(path.to_owned()));
    }
    fs::remove_file(path).map_err(|source| BindError::Io { path: path.to_owned(), source })
}

/// Nobody can connect before `listen`, and by then the file is this user's alone.
fn listen(path: &Path) -> io::Result<OwnedFd> {
    let socket = system::stream_socket()?;
    rustix::net::bind(&socket, &SocketAddrUnix::new(path)?)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    rustix::net::listen(&socket, limits::BACKLOG)?;
    Ok(socket)
}

/// The usual 1,024 descriptors are too few for the connections allowed; the system's own
/// upper limit stays.
fn raise_descriptor_limit() {
    let wanted = (limits::CONNECTIONS * system::DESCRIPTORS_PER_CONNECTION + limits::OTHER_DESCRIPTORS) as u64;
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current.is_none_or(|current| current >= wanted) {
        return;
    }
    let current = Some(maximum.map_or(wanted, |maximum| maximum.min(wanted)));
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current, maximum }) {
        tracing::warn!(%error, "cannot raise the limit of open files");
    }
}

/// Whether the other side is gone altogether, and not just done with sending.
pub(crate) fn has_hung_up(stream: &Stream) -> bool {
    let mut sockets = [PollFd::new(stream, PollFlags::empty())];
    poll(&mut sockets, Some(&rustix::time::Timespec::default())).is_err() || !sockets[0].revents().is_empty()
}

/// The kernel told at accept who called, and that does not change.
pub(crate) fn confirm_caller(_: &Stream) -> io::Result<()> {
    Ok(())
}

/// Closing a socket is enough: what the client has not read by then is the kernel's.
pub(crate) fn cut_off(_: &Stream) {}

pub(crate) fn connect(endpoint: &Endpoint) -> Result<ClientStream, ConnectError> {
    let path = endpoint.path();
    let failed = |source: io::Error| {
        let (path, kind) = (path.to_owned(), source.kind());
        if matches!(kind, io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::ConnectionRefused) {
            ConnectError::NotRunning(path)
        } else if kind == io::ErrorKind::PermissionDenied {
            ConnectError::NotOurs(path)
        } else {
            ConnectError::Io { path, source }
        }
    };
    let stream = StdStream::connect(path).map_err(failed)?;
    if system::user_behind(&stream).map_err(failed)? != geteuid().as_raw() {
        return Err(ConnectError::NotOurs(path.to_owned()));
    }
    Ok(stream)
}

pub(crate) fn set_read_timeout(stream: &ClientStream, limit: Option<Duration>) -> io::Result<()> {
    stream.set_read_timeout(limit)
}

/// A stream socket's parts that every Unix has.
pub(super) const STREAM: (AddressFamily, SocketType) = (AddressFamily::UNIX, SocketType::STREAM);
