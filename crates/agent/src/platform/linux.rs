use std::io;
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
use rustix::time::{ClockId, clock_gettime};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

/// Whatever there is of these opens the browser, as the `open` crate tries them.
pub(crate) const OPENERS: &[&str] = &["xdg-open", "gio", "gnome-open", "kde-open", "wslview"];

/// `CLOCK_BOOTTIME`: goes on during suspend and never steps.
pub(crate) fn boot_time() -> Duration {
    let time = clock_gettime(ClockId::Boottime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
}

/// Neither a debugger of the same user nor a core file shall see the secrets in memory.
pub(crate) fn forbid_dumps() -> io::Result<()> {
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    Ok(set_dumpable_behavior(DumpableBehavior::NotDumpable)?)
}

/// A descriptor that the runtime waits for until it can be read. Must be called inside the runtime.
#[expect(unsafe_code, reason = "tokio cannot know what owns a descriptor")]
pub(super) fn waitable(descriptor: OwnedFd) -> io::Result<AsyncFd<OwnedFd>> {
    // SAFETY: an `OwnedFd` is open, and stays the same one until it is dropped with the `AsyncFd`.
    Ok(unsafe { AsyncFd::register_with_interest(descriptor, Interest::READABLE) }?)
}
