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
#[cfg_attr(target_os = "linux", path = "platform/inotify.rs")]
#[cfg_attr(not(target_os = "linux"), path = "platform/notify.rs")]
mod files;
#[cfg_attr(target_os = "linux", path = "platform/secret_service.rs")]
#[cfg_attr(not(target_os = "linux"), path = "platform/own_lock.rs")]
mod lock;
#[cfg_attr(unix, path = "platform/policy_file.rs")]
#[cfg_attr(windows, path = "platform/policy_registry.rs")]
mod policy;
#[cfg_attr(target_os = "linux", path = "platform/systemd.rs")]
#[cfg_attr(not(target_os = "linux"), path = "platform/unsupervised.rs")]
mod supervisor;
#[cfg(unix)]
mod unix;

/// What the manager of services is told.
pub(crate) enum Word {
    /// The endpoint answers.
    Ready,
    /// The loop goes round.
    Alive,
    /// How it is, in a sentence for the administrator.
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only systemd listens"))]
    Status(String),
    /// It is about to end.
    Stopping,
}

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
pub(crate) use files::FileWatch;
#[cfg(target_os = "linux")]
pub(crate) use lock::keyring;
pub(crate) use lock::{keyring_lock, keyring_trouble, unlock_keyring};
pub(crate) use policy::{policy_place, policy_text};
pub(crate) use supervisor::{handed_over, is_supervised, journal, supervisor_patience, tell_supervisor};
#[cfg(not(target_os = "linux"))]
use system::awake_time;
#[cfg(not(target_os = "linux"))]
pub(crate) use system::keyring;
pub(crate) use system::{OPENERS, boot_time, forbid_dumps};
#[cfg(windows)]
pub(crate) use system::{allow_connections, folder, make_private_dir, open_private, replace, termination};
#[cfg(unix)]
pub(crate) use unix::{allow_connections, folder, make_private_dir, open_private, replace, termination};

/// Why there is no policy to go by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoPolicy {
    /// The organisation has none.
    Absent,
    /// There is one, and this is wrong with it.
    Unfit(ipc::Message),
}

/// Whether a keyring's entry can be had without its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyringLock {
    Open,
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "asked for within the call"))]
    Locked,
}
