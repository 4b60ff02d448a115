//! What Windows knows of a pipe and of this process, asked of the system anew: nothing of it is the agent's own code.
#![expect(unsafe_code, reason = "Windows calls")]

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Write};
use std::os::windows::ffi::OsStrExt;
use std::os::windows::io::AsRawHandle;
use std::path::Path;
use std::process::Command;
use std::ptr;

use tokio::net::windows::named_pipe::{NamedPipeServer, ServerOptions};
use windows_sys::Win32::Foundation::LocalFree;
use windows_sys::Win32::Security::Authorization::{
    ConvertSecurityDescriptorToStringSecurityDescriptorW, ConvertSidToStringSidW,
    ConvertStringSecurityDescriptorToSecurityDescriptorW, GetSecurityInfo, SDDL_REVISION_1, SE_KERNEL_OBJECT,
};
use windows_sys::Win32::Security::{
    DACL_SECURITY_INFORMATION, LookupAccountNameW, OWNER_SECURITY_INFORMATION, SECURITY_ATTRIBUTES,
};
use windows_sys::Win32::System::LibraryLoader::{GetModuleHandleW, GetProcAddress};

/// Goes on under Wine, and says so past the test's captured output; on Windows there is nothing to skip.
pub(super) fn skip(what: &str, reason: &str) {
    assert!(is_wine(), "{what}: not here, though this is no Wine: {reason}");
    let _ = writeln!(io::stderr(), "SKIP {what}: under Wine, {reason}");
}

fn is_wine() -> bool {
    let module = wide("ntdll.dll");
    // SAFETY: both names are live and end in zero.
    unsafe { GetProcAddress(GetModuleHandleW(module.as_ptr()), c"wine_get_version".as_ptr().cast()) }.is_some()
}

/// Owner and access list of an open pipe, in Windows' own notation (SDDL).
pub(super) fn access_of(pipe: &File) -> String {
    let information = OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;
    let (mut descriptor, mut text, mut length) = (ptr::null_mut(), ptr::null_mut(), 0);
    let none = || ptr::null_mut();
    // SAFETY: the handle is the file's own, all other pointers are null or to live variables. Windows allocates both
    // results for us, and the text is as long as told.
    unsafe {
        let handle = pipe.as_raw_handle();
        let read = GetSecurityInfo(
            handle,
            SE_KERNEL_OBJECT,
            information,
            none(),
            none(),
            ptr::null_mut(),
            ptr::null_mut(),
            &raw mut descriptor,
        );
        assert_eq!(read, 0, "the pipe's access cannot be read");
        let told = ConvertSecurityDescriptorToStringSecurityDescriptorW(
            descriptor,
            SDDL_REVISION_1,
            information,
            &raw mut text,
            &raw mut length,
        );
        assert_ne!(told, 0, "{}", io::Error::last_os_error());
        let letters = std::slice::from_raw_parts(text, length as usize);
        let access = String::from_utf16(letters).unwrap().trim_end_matches('\0').to_owned();
        LocalFree(text.cast());
        LocalFree(descriptor);
        access
    }
}

/// Somebody's pipe, with this owner and access list.
pub(super) fn pipe_of(path: &Path, access: &str) -> io::Result<NamedPipeServer> {
    let (access, mut descriptor) = (wide(access), ptr::null_mut());
    // SAFETY: the text is live and ends in zero; Windows allocates the descriptor for us, and it outlives its use.
    unsafe {
        let made = ConvertStringSecurityDescriptorToSecurityDescriptorW(
            access.as_ptr(),
            SDDL_REVISION_1,
            &raw mut descriptor,
            ptr::null_mut(),
        );
        if made == 0 {
            return Err(io::Error::last_os_error());
        }
        let mut attributes = SECURITY_ATTRIBUTES {
            nLength: size_of::<SECURITY_ATTRIBUTES>() as u32,
            lpSecurityDescriptor: descriptor,
            bInheritHandle: 0,
        };
        let mut options = ServerOptions::new();
        options.reject_remote_clients(false);
        let pipe = options.create_with_security_attributes_raw(path, (&raw mut attributes).cast());
        LocalFree(descriptor);
        pipe
    }
}

/// This user's identifier: of the name that Windows' own program tells.
pub(super) fn this_user() -> String {
    /// Bytes and letters; both are longer than any identifier and domain.
    const ROOM: u32 = 256;
    let told = Command::new("whoami").output().unwrap().stdout;
    let name = wide(String::from_utf8(told).unwrap().trim_end());
    let (mut user, mut domain) = ([0_u64; ROOM as usize / 8], [0_u16; ROOM as usize]);
    let (mut user_size, mut domain_size, mut kind, mut text) = (ROOM, ROOM, 0, ptr::null_mut());
    // SAFETY: the name is live and ends in zero, the buffers are live and as long as told, and the text that Windows
    // allocates for us ends in zero.
    unsafe {
        let found = LookupAccountNameW(
            ptr::null(),
            name.as_ptr(),
            user.as_mut_ptr().cast(),
            &raw mut user_size,
            domain.as_mut_ptr(),
            &raw mut domain_size,
            &raw mut kind,
        );
        assert_ne!(found, 0, "{}", io::Error::last_os_error());
        assert_ne!(ConvertSidToStringSidW(user.as_mut_ptr().cast(), &raw mut text), 0);
        let length = (0..).take_while(|at| *text.add(*at) != 0).count();
        let identifier = String::from_utf16(std::slice::from_raw_parts(text, length)).unwrap();
        LocalFree(text.cast());
        identifier
    }
}

fn wide(text: impl AsRef<OsStr>) -> Vec<u16> {
    text.as_ref().encode_wide().chain([0]).collect()
}
