//! What differs from system to system, one file each, behind the same functions.

#[cfg_attr(unix, path = "platform/unix.rs")]
#[cfg_attr(windows, path = "platform/windows.rs")]
mod system;

pub(crate) use system::{EDITOR, detach, with_arguments};
