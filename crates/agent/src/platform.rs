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

pub(crate) use alarm::Alarm;
pub(crate) use awakening::Awakening;
#[cfg(not(target_os = "linux"))]
use system::awake_time;
#[cfg(windows)]
pub(crate) use system::{allow_connections, make_private_dir, open_private, termination};
pub(crate) use system::{boot_time, forbid_dumps, keyring};
#[cfg(unix)]
pub(crate) use unix::{allow_connections, make_private_dir, open_private, termination};
