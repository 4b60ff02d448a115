//! Windows: named pipes, security identifiers.

use std::convert::Infallible;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::windows::ffi::{OsStrExt, OsStringExt};
use std::os::windows::fs::OpenOptionsExt;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use std::path::{Path, PathBuf};
use std::ptr;
use std::time::{Duration, Instant};

use tokio::net::windows::named_pipe::{NamedPipeServer, PipeMode, ServerOptions};
use windows_sys::Win32::Foundation::{
    ERROR_ACCESS_DENIED, ERROR_FILE_NOT_FOUND, ERROR_NO_DATA, ERROR_PIPE_BUSY, HANDLE, LocalFree,
};
use windows_sys::Win32::Security::Authorization::{
    ConvertSidToStringSidW, ConvertStringSecurityDescriptorToSecurityDescriptorW, GetSecurityInfo, SDDL_REVISION_1,
    SE_KERNEL_OBJECT,
};
use windows_sys::Win32::Security::{
    GetTokenInformation, OWNER_SECURITY_INFORMATION, PSECURITY_DESCRIPTOR, PSID, RevertToSelf, SECURITY_ATTRIBUTES,
    TOKEN_QUERY, TOKEN_USER, TokenUser,
};
use windows_sys::Win32::Storage::FileSystem::SECURITY_IDENTIFICATION;
use windows_sys::Win32::System::Pipes::{GetNamedPipeClientProcessId, ImpersonateNamedPipeClient, WaitNamedPipeW};
use windows_sys::Win32::System::Threading::{
    GetCurrentProcess, GetCurrentThread, OpenProcess, OpenProcessToken, OpenThreadToken,
    PROCESS_QUERY_LIMITED_INFORMATION, QueryFullProcessImageNameW,
};

use crate::client::ConnectError;
use crate::endpoint::Endpoint;
use crate::limits;
use crate::server::BindError;

/// What else could be opened is a file, into which a request would be written, or a pipe of another computer's.
const LOCAL_PIPES: &str = r"\\.\pipe\";

/// The server's end of a connection.
pub(crate) type Stream = NamedPipeServer;

/// The client's end of a connection.
pub(crate) type ClientStream = File;

/// The file a process runs, by its full path in the system's own spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Program(PathBuf);

/// The program in a file.
pub(crate) fn program_at(file: &Path) -> io::Result<Program> {
    file.canonicalize().map(Program)
}

/// Where this user's agent listens unless told otherwise.
pub(crate) fn usual_endpoint() -> io::Result<PathBuf> {
    Ok(format!(r"\\.\pipe\signet-{}", own_user()?).into())
}

/// Nobody hands a pipe over.
pub(crate) type Handed = Infallible;

/// A pipe of this user's, with one instance ready for the next client.
#[derive(Debug)]
pub(crate) struct Listener {
    name: PathBuf,
    descriptor: SecurityDescriptor,
    next: NamedPipeServer,
}

impl Listener {
    pub(crate) fn bind(endpoint: &Endpoint) -> Result<Self, BindError> {
        let name = endpoint.path().to_owned();
        let failed = |source: io::Error| {
            let path = endpoint.path().to_owned();
            // A first instance is refused where the name has one already.
            if is(&source, ERROR_ACCESS_DENIED) { BindError::InUse(path) } else { BindError::Io { path, source } }
        };
        let descriptor = own_user().and_then(|user| SecurityDescriptor::of_owner_alone(&user)).map_err(failed)?;
        let next = instance(&name, &descriptor, Instance::First).map_err(failed)?;
        Ok(Self { name, descriptor, next })
    }

    pub(crate) fn adopt(pipe: Handed, _: &Endpoint) -> Result<Self, BindError> {
        match pipe {}
    }

    /// Cancelling it loses no connection: the instance stays until its successor is there, and so the
    /// name is never without one.
    pub(crate) async fn accept(&mut self) -> io::Result<Stream> {
        while let Err(error) = self.next.connect().await {
            // A client that left before its turn keeps nobody else waiting.
            if !is(&error, ERROR_NO_DATA) {
                return Err(error);
            }
            self.next.disconnect()?;
        }
        let successor = instance(&self.name, &self.descriptor, Instance::Further)?;
        Ok(std::mem::replace(&mut self.next, successor))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Instance {
    First,
    Further,
}

#[expect(unsafe_code, reason = "tokio takes the security attributes as a raw pointer")]
fn instance(name: &Path, descriptor: &SecurityDescriptor, which: Instance) -> io::Result<NamedPipeServer> {
    let mut attributes = descriptor.attributes();
    let mut options = ServerOptions::new();
    options.first_pipe_instance(which == Instance::First).reject_remote_clients(true).pipe_mode(PipeMode::Byte);
    // SAFETY: the attributes and the descriptor they point to outlive the call.
    unsafe { options.create_with_security_attributes_raw(name, (&raw mut attributes).cast()) }
}

/// A pipe has no way to end one direction alone.
pub(crate) fn has_hung_up(_: &Stream) -> bool {
    true
}

/// Throws away what the client has not read. A pipe that is only closed stays open until all was read or the client goes.
pub(crate) fn cut_off(stream: &Stream) {
    // What is gone already needs no end.
    let _ = stream.disconnect();
}

/// Asks, once something was read, as whom the client came: the process behind it may hold several users' tokens.
#[expect(unsafe_code, reason = "impersonation")]
pub(crate) fn confirm_caller(stream: &Stream) -> io::Result<()> {
    // SAFETY: the handle is the stream's own.
    check(unsafe { ImpersonateNamedPipeClient(stream.as_raw_handle()) })?;
    let mut token: HANDLE = ptr::null_mut();
    // SAFETY: the pointer is to a live variable. The token is opened as the process and not as the client.
    let opened = check(unsafe { OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, 1, &raw mut token) });
    // SAFETY: the handle was just opened and belongs to nobody else.
    let token = opened.map(|()| unsafe { OwnedHandle::from_raw_handle(token) });
    // SAFETY: no arguments.
    if check(unsafe { RevertToSelf() }).is_err() {
        // Going on would mean to act as the client (Microsoft's own advice for RevertToSelf).
        std::process::abort();
    }
    if user_of_token(&token?)? == own_user()? { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

/// A process, held by its handle: its id is not given to another as long as there is one.
#[derive(Debug)]
pub(crate) struct Process {
    pid: u32,
    handle: OwnedHandle,
}

impl Process {
    #[expect(unsafe_code, reason = "the pipe's client")]
    pub(crate) fn behind(stream: &Stream) -> io::Result<Self> {
        let mut pid = 0;
        // SAFETY: the handle is the stream's own, the pointer to a live variable.
        check(unsafe { GetNamedPipeClientProcessId(stream.as_raw_handle(), &raw mut pid) })?;
        Self::of_id(pid)
    }

    pub(crate) fn this() -> io::Result<Self> {
        Self::of_id(std::process::id())
    }

    #[expect(unsafe_code, reason = "a process handle")]
    fn of_id(pid: u32) -> io::Result<Self> {
        // SAFETY: no pointers.
        let handle = unsafe { OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, pid) };
        if handle.is_null() {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the handle was just opened and belongs to nobody else.
        Ok(Self { pid, handle: unsafe { OwnedHandle::from_raw_handle(handle) } })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    pub(crate) fn is_this_user(&self) -> bool {
        let users = user_of_process(self.handle.as_raw_handle()).and_then(|user| Ok((user, own_user()?)));
        users.is_ok_and(|(user, own)| user == own)
    }

    #[expect(unsafe_code, reason = "the image's name")]
    pub(crate) fn executable(&self) -> io::Result<PathBuf> {
        /// The longest path there is.
        const LONGEST: usize = 32 * 1024;
        let mut name = vec![0_u16; LONGEST];
        let mut length = LONGEST as u32;
        // SAFETY: the buffer is live and as long as told.
        check(unsafe {
            QueryFullProcessImageNameW(self.handle.as_raw_handle(), 0, name.as_mut_ptr(), &raw mut length)
        })?;
        Ok(std::ffi::OsString::from_wide(&name[..length as usize]).into())
    }

    pub(crate) fn program(&self) -> io::Result<Program> {
        program_at(&self.executable()?)
    }
}

pub(crate) fn connect(endpoint: &Endpoint) -> Result<ClientStream, ConnectError> {
    let path = endpoint.path();
    let failed = |source: io::Error| {
        let path = path.to_owned();
        if is(&source, ERROR_FILE_NOT_FOUND) {
            ConnectError::NotRunning(path)
        } else if is(&source, ERROR_ACCESS_DENIED) {
            ConnectError::NotOurs(path)
        } else {
            ConnectError::Io { path, source }
        }
    };
    let pipe = open(path).map_err(failed)?;
    if owner(&pipe).map_err(failed)? != own_user().map_err(failed)? {
        return Err(ConnectError::NotOurs(path.to_owned()));
    }
    Ok(pipe)
}

/// Opens the pipe; where all its instances are taken, when the next one is there. Of a thousand programs that wait for it
/// only one gets it, so the time is limited and not the tries.
fn open(path: &Path) -> io::Result<File> {
    if !path.as_os_str().as_encoded_bytes().starts_with(LOCAL_PIPES.as_bytes()) {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("the name of a pipe begins with {LOCAL_PIPES}"),
        ));
    }
    let limit = Instant::now() + limits::CONNECT_TIME;
    loop {
        match open_instance(path) {
            Err(error) if is(&error, ERROR_PIPE_BUSY) && Instant::now() < limit => wait_for_instance(path),
            opened => return opened,
        }
    }
}

/// The agent may learn who the client is and no more: it cannot act as the client.
fn open_instance(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).security_qos_flags(SECURITY_IDENTIFICATION).open(path)
}

#[expect(unsafe_code, reason = "std cannot wait for a pipe")]
fn wait_for_instance(path: &Path) {
    /// Milliseconds: an agent makes the next instance within one.
    const LONGEST: u32 = 250;
    let name: Vec<u16> = path.as_os_str().encode_wide().chain([0]).collect();
    // SAFETY: the name is live and ends in zero. Whether it went well shows when the pipe is opened.
    unsafe { WaitNamedPipeW(name.as_ptr(), LONGEST) };
}

/// A pipe opened as a file waits as long as it takes.
pub(crate) fn set_read_timeout(_: &ClientStream, _: Option<Duration>) -> io::Result<()> {
    Ok(())
}

/// The user who made the pipe.
#[expect(unsafe_code, reason = "security information")]
fn owner(pipe: &File) -> io::Result<String> {
    let (mut user, mut descriptor): (PSID, PSECURITY_DESCRIPTOR) = (ptr::null_mut(), ptr::null_mut());
    // SAFETY: the handle is the file's own, the pointers are to live variables.
    let error = unsafe {
        GetSecurityInfo(
            pipe.as_raw_handle(),
            SE_KERNEL_OBJECT,
            OWNER_SECURITY_INFORMATION,
            &raw mut user,
            ptr::null_mut(),
            ptr::null_mut(),
            ptr::null_mut(),
            &raw mut descriptor,
        )
    };
    if error != 0 {
        return Err(io::Error::from_raw_os_error(error.cast_signed()));
    }
    let descriptor = SecurityDescriptor(descriptor);
    let text = user_text(user);
    drop(descriptor);
    text
}

#[expect(unsafe_code, reason = "a handle that needs no closing")]
fn own_user() -> io::Result<String> {
    // SAFETY: no arguments.
    user_of_process(unsafe { GetCurrentProcess() })
}

#[expect(unsafe_code, reason = "a process's token")]
fn user_of_process(process: HANDLE) -> io::Result<String> {
    let mut token: HANDLE = ptr::null_mut();
    // SAFETY: the pointer is to a live variable.
    check(unsafe { OpenProcessToken(process, TOKEN_QUERY, &raw mut token) })?;
    // SAFETY: the handle was just opened and belongs to nobody else.
    user_of_token(&unsafe { OwnedHandle::from_raw_handle(token) })
}

#[expect(unsafe_code, reason = "a token's user")]
fn user_of_token(token: &OwnedHandle) -> io::Result<String> {
    /// Bytes; a user with the longest identifier there is takes 84.
    const LARGEST: usize = 256;
    let mut buffer = [0_u64; LARGEST / size_of::<u64>()];
    let mut size = 0;
    // SAFETY: the buffer is live, as long as told and aligned for TOKEN_USER.
    check(unsafe {
        GetTokenInformation(token.as_raw_handle(), TokenUser, buffer.as_mut_ptr().cast(), LARGEST as u32, &raw mut size)
    })?;
    // SAFETY: the call filled it with a TOKEN_USER.
    let user = unsafe { &*buffer.as_ptr().cast::<TOKEN_USER>() };
    user_text(user.User.Sid)
}

#[expect(unsafe_code, reason = "text that Windows allocates")]
fn user_text(user: PSID) -> io::Result<String> {
    let mut text = ptr::null_mut();
    // SAFETY: the callers' identifier is live, the pointer is to a live variable.
    check(unsafe { ConvertSidToStringSidW(user, &raw mut text) })?;
    let mut letters = Vec::new();
    // SAFETY: the text ends in zero, and nothing is read behind that.
    unsafe {
        let mut letter = text;
        while *letter != 0 {
            letters.push(*letter);
            letter = letter.add(1);
        }
        LocalFree(text.cast());
    }
    String::from_utf16(&letters).map_err(io::Error::other)
}

#[derive(Debug)]
struct SecurityDescriptor(PSECURITY_DESCRIPTOR);

#[expect(unsafe_code, reason = "it holds a pointer")]
// SAFETY: the descriptor is made once, never changed, and freed by its only owner.
unsafe impl Send for SecurityDescriptor {}

#[expect(unsafe_code, reason = "it holds a pointer")]
// SAFETY: as above.
unsafe impl Sync for SecurityDescriptor {}

impl SecurityDescriptor {
    /// Owned by a user, who may do all; nobody else may do anything, and nothing is inherited.
    #[expect(unsafe_code, reason = "a descriptor that Windows allocates")]
    fn of_owner_alone(user: &str) -> io::Result<Self> {
        let text: Vec<u16> = format!("O:{user}D:P(A;;GA;;;{user})").encode_utf16().chain([0]).collect();
        let mut descriptor = ptr::null_mut();
        // SAFETY: the text is live and ends in zero, the pointer is to a live variable.
        check(unsafe {
            ConvertStringSecurityDescriptorToSecurityDescriptorW(
                text.as_ptr(),
                SDDL_REVISION_1,
                &raw mut descriptor,
                ptr::null_mut(),
            )
        })?;
        Ok(Self(descriptor))
    }

    fn attributes(&self) -> SECURITY_ATTRIBUTES {
        SECURITY_ATTRIBUTES {
            nLength: size_of::<SECURITY_ATTRIBUTES>() as u32,
            lpSecurityDescriptor: self.0,
            bInheritHandle: 0,
        }
    }
}

impl Drop for SecurityDescriptor {
    #[expect(unsafe_code, reason = "a descriptor that Windows allocated")]
    fn drop(&mut self) {
        // SAFETY: Windows allocated it for this owner alone.
        unsafe { LocalFree(self.0) };
    }
}

fn check(done: i32) -> io::Result<()> {
    if done == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

fn is(error: &io::Error, code: u32) -> bool {
    error.raw_os_error().map(i32::cast_unsigned) == Some(code)
}
