//! What differs from system to system, one file each, behind the same functions.

use tracing::warn;

use crate::notices::Change;

#[cfg_attr(target_os = "linux", path = "platform/status_notifier.rs")]
#[cfg_attr(not(target_os = "linux"), path = "platform/notification_area.rs")]
mod panel;

#[cfg_attr(target_os = "linux", path = "platform/notifications.rs")]
#[cfg_attr(windows, path = "platform/toasts.rs")]
#[cfg_attr(target_os = "macos", path = "platform/osascript.rs")]
mod notifier;

#[cfg_attr(unix, path = "platform/unix.rs")]
#[cfg_attr(windows, path = "platform/windows.rs")]
mod system;

pub(crate) use notifier::Notifier;
pub(crate) use panel::{Panel, with_panel};
pub(crate) use system::{NO_ENGINE, UNLOADED, become_program};

/// Whoever has no notifications reads the log.
fn log(change: &Change) {
    if let Change::Show(_, notice) = change {
        warn!(told = notice.body, "{}", notice.title);
    }
}
