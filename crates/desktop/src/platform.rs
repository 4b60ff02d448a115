//! What differs from system to system, one file each, behind the same functions.

#[cfg_attr(unix, path = "platform/unix.rs")]
#[cfg_attr(windows, path = "platform/windows.rs")]
mod system;

#[cfg_attr(target_os = "linux", path = "platform/autostart_entry.rs")]
#[cfg_attr(not(target_os = "linux"), path = "platform/auto_launch.rs")]
mod login;

#[cfg_attr(windows, path = "platform/run_key.rs")]
#[cfg_attr(target_os = "macos", path = "platform/launch_agent.rs")]
#[cfg(not(target_os = "linux"))]
mod entered;

pub(crate) use login::{set_start_at_login, starts_at_login};
pub use system::has_desktop;
