use std::io;
use std::time::Duration;

use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
use rustix::time::{ClockId, clock_gettime};

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
