use std::io;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use keyring_core::CredentialStore;
use rustix::process::{Resource, Rlimit, setrlimit};
use rustix::time::{ClockId, clock_gettime};

/// The system's own is always there.
pub(crate) const OPENERS: &[&str] = &[];

/// `CLOCK_MONOTONIC`, which on macOS goes on during sleep (`clock_gettime(3)`).
pub(crate) fn boot_time() -> Duration {
    let time = clock_gettime(ClockId::Monotonic);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
}

/// The standard library's clock, which on macOS stands still during sleep (`CLOCK_UPTIME_RAW`).
pub(crate) fn awake_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

/// No core file shall hold the secrets in memory; the hardened runtime keeps debuggers away.
pub(crate) fn forbid_dumps() -> io::Result<()> {
    Ok(setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?)
}

/// The login keychain.
pub(crate) fn keyring() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}
