//! The policy is a text in the part of the registry that only administrators write to.

use std::path::PathBuf;
use std::ptr;

use ipc::Message;
use windows_sys::Win32::Foundation::{ERROR_FILE_NOT_FOUND, ERROR_SUCCESS};
use windows_sys::Win32::System::Registry::{HKEY_LOCAL_MACHINE, RRF_RT_REG_SZ, RegGetValueW};
use windows_sys::w;

use super::NoPolicy;

/// Its name, for people.
pub(crate) fn policy_place() -> PathBuf {
    PathBuf::from(r"HKEY_LOCAL_MACHINE\Software\Policies\Signet\policy.toml")
}

/// The value `policy.toml` of `HKLM\Software\Policies\Signet`: the text that is a file elsewhere.
pub(crate) fn policy_text() -> Result<String, NoPolicy> {
    let mut bytes = 0;
    value(ptr::null_mut(), &mut bytes)?;
    let mut text = vec![0_u16; (bytes as usize).div_ceil(2)];
    value(text.as_mut_ptr(), &mut bytes)?;
    text.truncate((bytes as usize) / 2);
    let text = String::from_utf16(&text);
    let text = text
        .map_err(|error| NoPolicy::Unfit(Message::new("config-policy-unreadable").with("detail", error.to_string())));
    Ok(text?.trim_end_matches('\0').to_owned())
}

/// Writes the value to the place given, which holds so many bytes; without one, says how many there are.
#[expect(unsafe_code, reason = "Windows call")]
fn value(into: *mut u16, bytes: &mut u32) -> Result<(), NoPolicy> {
    // SAFETY: the names end in zeros; `into` is null or holds `bytes` bytes, and the call writes no more than that.
    let code = unsafe {
        RegGetValueW(
            HKEY_LOCAL_MACHINE,
            w!(r"Software\Policies\Signet"),
            w!("policy.toml"),
            RRF_RT_REG_SZ,
            ptr::null_mut(),
            into.cast(),
            bytes,
        )
    };
    match code {
        ERROR_SUCCESS => Ok(()),
        ERROR_FILE_NOT_FOUND => Err(NoPolicy::Absent),
        code => {
            let error = std::io::Error::from_raw_os_error(code.cast_signed());
            Err(NoPolicy::Unfit(Message::new("config-policy-unreadable").with("detail", error.to_string())))
        }
    }
}
