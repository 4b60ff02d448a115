//! What differs from system to system, one file each, behind the same functions.

#[cfg_attr(target_os = "linux", path = "platform/status_notifier.rs")]
#[cfg_attr(not(target_os = "linux"), path = "platform/notification_area.rs")]
mod panel;

#[cfg_attr(target_os = "linux", path = "platform/notifications.rs")]
#[cfg_attr(not(target_os = "linux"), path = "platform/log_only.rs")]
mod notifier;

#[cfg_attr(unix, path = "platform/unix.rs")]
#[cfg_attr(windows, path = "platform/windows.rs")]
mod system;

pub(crate) use notifier::Notifier;
pub(crate) use panel::{Panel, with_panel};
pub(crate) use system::become_program;
