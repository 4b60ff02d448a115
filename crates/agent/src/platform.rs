//! What differs from system to system, one file each, behind the same functions.

#[cfg_attr(target_os = "linux", path = "platform/linux.rs")]
#[cfg_attr(target_os = "macos", path = "platform/macos.rs")]
#[cfg_attr(windows, path = "platform/windows.rs")]
mod system;

#[cfg_attr(target_os = "linux", path = "platform/timerfd.rs")]
#[cfg_attr(not(target_os = "linux"), path = "platform/polling.rs")]
mod alarm;
#[cfg_attr(target_os = "linux", path = "platform/clock_set.rs")]
#[cfg_attr(not(target_os = "linux"), path = "platform/napping.rs")]
mod awakening;
#[cfg(unix)]
mod unix;

/// A directory as it is found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Folder {
    pub(crate) is_folder: bool,
    pub(crate) is_ours: bool,
    pub(crate) is_open_to_others: bool,
    pub(crate) is_writable: bool,
    /// Bytes that this user may still write, where the system tells.
    pub(crate) free: Option<u64>,
}

pub(crate) use alarm::Alarm;
pub(crate) use awakening::Awakening;
#[cfg(not(target_os = "linux"))]
use system::awake_time;
pub(crate) use system::{OPENERS, boot_time, forbid_dumps, keyring};
#[cfg(windows)]
pub(crate) use system::{allow_connections, folder, make_private_dir, open_private, termination};
#[cfg(unix)]
pub(crate) use unix::{allow_connections, folder, make_private_dir, open_private, termination};
