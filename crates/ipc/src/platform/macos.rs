//! macOS: `LOCAL_PEERCRED`, `LOCAL_PEERTOKEN`, `proc_pidpath_audittoken`.

use std::ffi::{CStr, OsString, c_int, c_void};
use std::io;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

use rustix::io::FdFlags;
use rustix::process::{geteuid, getpid};

use super::unix::{Program, STREAM, Stream, program_at};

/// The socket.
pub(super) const DESCRIPTORS_PER_CONNECTION: usize = 1;

/// `audit_token_t` (`bsm/audit.h`): who a process is, with a version of its id that is never used again.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
struct AuditToken([u32; 8]);

impl AuditToken {
    /// The effective user's place (`audit_token_to_euid(3)`).
    const USER: usize = 1;
    /// The process id's place (`audit_token_to_pid(3)`).
    const PID: usize = 5;
}

/// A process, known by its audit token; this process itself needs none.
#[derive(Debug)]
pub(crate) struct Process {
    pid: u32,
    user: u32,
    token: Option<AuditToken>,
}

impl Process {
    pub(crate) fn behind(stream: &Stream) -> io::Result<Self> {
        let mut token = AuditToken::default();
        socket_option(stream, libc::LOCAL_PEERTOKEN, &mut token)?;
        Ok(Self { pid: token.0[AuditToken::PID], user: token.0[AuditToken::USER], token: Some(token) })
    }

    pub(crate) fn this() -> io::Result<Self> {
        Ok(Self { pid: getpid().as_raw_nonzero().get().unsigned_abs(), user: geteuid().as_raw(), token: None })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    pub(crate) fn is_this_user(&self) -> bool {
        self.user == geteuid().as_raw()
    }

    pub(crate) fn executable(&self) -> io::Result<PathBuf> {
        match &self.token {
            Some(token) => path_of(*token),
            None => std::env::current_exe(),
        }
    }

    pub(crate) fn program(&self) -> io::Result<Program> {
        program_at(&self.executable()?)
    }
}

#[expect(unsafe_code, reason = "the libc crate does not have it")]
fn path_of(mut token: AuditToken) -> io::Result<PathBuf> {
    unsafe extern "C" {
        /// `libproc.h`, macOS 11: fails when the id has passed to another process.
        fn proc_pidpath_audittoken(token: *mut AuditToken, buffer: *mut c_void, size: u32) -> c_int;
    }
    let mut buffer = vec![0_u8; libc::PROC_PIDPATHINFO_MAXSIZE as usize];
    // SAFETY: token and buffer are live, and the buffer is as long as told.
    let length = unsafe {
        proc_pidpath_audittoken(&raw mut token, buffer.as_mut_ptr().cast(), libc::PROC_PIDPATHINFO_MAXSIZE as u32)
    };
    let length = usize::try_from(length).ok().filter(|length| *length > 0).ok_or_else(io::Error::last_os_error)?;
    buffer.truncate(length);
    Ok(OsString::from_vec(buffer).into())
}

/// The user who listens at the other end.
#[expect(unsafe_code, reason = "a structure of zeros, as getsockopt wants it")]
pub(super) fn user_behind(stream: impl AsFd) -> io::Result<u32> {
    // SAFETY: xucred is plain numbers.
    let mut credentials: libc::xucred = unsafe { std::mem::zeroed() };
    socket_option(stream, libc::LOCAL_PEERCRED, &mut credentials)?;
    if credentials.cr_version != libc::XUCRED_VERSION {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(credentials.cr_uid)
}

#[expect(unsafe_code, reason = "rustix has none of the options of macOS's local sockets")]
fn socket_option<T>(stream: impl AsFd, option: c_int, value: &mut T) -> io::Result<()> {
    let mut size = size_of::<T>() as libc::socklen_t;
    let socket = stream.as_fd().as_raw_fd();
    // SAFETY: the pointers are to live variables of the size told; the callers' are plain numbers.
    let told =
        unsafe { libc::getsockopt(socket, libc::SOL_LOCAL, option, std::ptr::from_mut(value).cast(), &raw mut size) };
    if told == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// macOS does not tell, and launchd hands its sockets over in another way.
pub(super) fn is_listening(_: impl AsFd) -> bool {
    false
}

pub(super) fn stream_socket() -> io::Result<OwnedFd> {
    let (family, kind) = STREAM;
    let socket = rustix::net::socket(family, kind, None)?;
    rustix::io::fcntl_setfd(&socket, FdFlags::CLOEXEC)?;
    rustix::io::ioctl_fionbio(&socket, true)?;
    Ok(socket)
}

/// `signet` in the temporary directory that macOS makes for each user, whatever `TMPDIR` says.
#[expect(unsafe_code, reason = "std does not tell this directory where TMPDIR is set")]
pub(super) fn runtime_directory() -> io::Result<PathBuf> {
    let mut buffer = [0_u8; libc::PATH_MAX as usize];
    // SAFETY: the buffer is live and as long as told.
    let length = unsafe { libc::confstr(libc::_CS_DARWIN_USER_TEMP_DIR, buffer.as_mut_ptr().cast(), buffer.len()) };
    if length == 0 || length > buffer.len() {
        return Err(io::Error::last_os_error());
    }
    let path = CStr::from_bytes_until_nul(&buffer).map_err(io::Error::other)?;
    Ok(PathBuf::from(OsString::from_vec(path.to_bytes().to_vec())).join("signet"))
}
