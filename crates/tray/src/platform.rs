//! What differs from system to system, one file each, behind the same functions.

#[cfg_attr(target_os = "linux", path = "platform/status_notifier.rs")]
mod panel;

#[cfg_attr(target_os = "linux", path = "platform/notifications.rs")]
mod notifier;

#[cfg_attr(unix, path = "platform/unix.rs")]
mod system;

pub(crate) use notifier::Notifier;
pub(crate) use panel::Panel;
pub(crate) use system::become_program;
