use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use keyring_core::CredentialStore;
use windows_sys::Win32::Foundation::{ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION};
use windows_sys::Win32::System::Diagnostics::Debug::{SEM_NOGPFAULTERRORBOX, SetErrorMode};
use windows_sys::Win32::System::SystemInformation::GetTickCount64;
use windows_sys::Win32::System::WindowsProgramming::QueryUnbiasedInterruptTime;

use super::Folder;

/// The system's own is always there.
pub(crate) const OPENERS: &[&str] = &[];

/// Milliseconds since the system started, sleep included.
#[expect(unsafe_code, reason = "Windows call")]
pub(crate) fn boot_time() -> Duration {
    // SAFETY: takes nothing and only reads a counter.
    Duration::from_millis(unsafe { GetTickCount64() })
}

/// Time since the system started, sleep left out.
#[expect(unsafe_code, reason = "Windows call")]
pub(crate) fn awake_time() -> Duration {
    let mut ticks = 0;
    // SAFETY: writes into a number of ours; it counts in units of 100 nanoseconds.
    unsafe { QueryUnbiasedInterruptTime(&mut ticks) };
    Duration::from_nanos(ticks * 100)
}

/// Windows Error Reporting shall not collect the secrets in memory.
#[expect(unsafe_code, reason = "Windows call")]
pub(crate) fn forbid_dumps() -> io::Result<()> {
    // SAFETY: sets a flag of this process.
    unsafe { SetErrorMode(SEM_NOGPFAULTERRORBOX) };
    Ok(())
}

/// Opens a file below the profile, whose inherited access list names its owner and the system only.
pub(crate) fn open_private(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    options.open(path)
}

/// Moves a file into another's place. A scanner or an indexer that looks into a new file holds it for some milliseconds.
pub(crate) fn replace(from: &Path, to: &Path) -> io::Result<()> {
    const HELD: [Option<u32>; 2] = [Some(ERROR_ACCESS_DENIED), Some(ERROR_SHARING_VIOLATION)];
    const TRIES: u32 = 10;
    const PAUSE: Duration = Duration::from_millis(10);
    for _ in 1..TRIES {
        match fs::rename(from, to) {
            Err(error) if HELD.contains(&error.raw_os_error().map(i32::cast_unsigned)) => std::thread::sleep(PAUSE),
            done => return done,
        }
    }
    fs::rename(from, to)
}

/// A pipe's instances are not counted like files.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere the system may refuse")]
pub(crate) fn allow_connections(_count: usize) -> io::Result<()> {
    Ok(())
}

/// The Credential Manager.
pub(crate) fn keyring() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

/// Makes the directory if it is not there; below the profile it is its owner's and the system's.
pub(crate) fn make_private_dir(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Looks at a directory without changing it; below the profile its owner is this user, and others are kept out.
pub(crate) fn folder(path: &Path) -> io::Result<Folder> {
    let found = fs::metadata(path)?;
    Ok(Folder {
        is_folder: found.is_dir(),
        is_ours: true,
        is_open_to_others: false,
        is_writable: !found.permissions().readonly(),
        free: None,
    })
}

/// Listens from now on for the console's wish that the process end.
pub(crate) fn termination() -> io::Result<impl Future<Output = ()>> {
    let mut ctrl_c = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        ctrl_c.recv().await;
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_credential_manager_keeps_a_key_until_it_is_deleted() {
        let entry = || keyring().unwrap().build("Signet's tests", &std::process::id().to_string(), None).unwrap();
        let absent = |entry: keyring_core::Entry| matches!(entry.get_secret(), Err(keyring_core::Error::NoEntry));
        assert!(absent(entry()));
        entry().set_secret(&[7; 32]).unwrap();
        assert_eq!(entry().get_secret().unwrap(), [7; 32]);
        entry().delete_credential().unwrap();
        assert!(absent(entry()));
    }
}
