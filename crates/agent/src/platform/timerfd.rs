use std::io;
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::time::{
    Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create, timerfd_settime,
};
use tokio::io::unix::AsyncFd;

use super::system::waitable;

/// Rings at a moment of the boot clock, right after a suspend too, and wakes nobody before.
pub(crate) struct Alarm {
    timer: AsyncFd<OwnedFd>,
    set: Option<Duration>,
}

impl Alarm {
    /// Must be called inside the runtime.
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self { timer: timer(TimerfdClockId::Boottime)?, set: None })
    }

    /// Sets it, or switches it off.
    pub(crate) fn set(&mut self, at: Option<Duration>) -> io::Result<()> {
        if self.set == at {
            return Ok(());
        }
        // A value of zero would switch it off.
        let at_least = at.map_or(Duration::ZERO, |at| at.max(Duration::from_nanos(1)));
        let it_value = Timespec::try_from(at_least).unwrap_or(Timespec { tv_sec: i64::MAX, tv_nsec: 0 });
        let once = Timespec { tv_sec: 0, tv_nsec: 0 };
        timerfd_settime(&self.timer, TimerfdTimerFlags::ABSTIME, &Itimerspec { it_interval: once, it_value })?;
        self.set = at;
        Ok(())
    }

    /// Returns when it rings.
    pub(crate) async fn rung(&mut self) -> io::Result<()> {
        loop {
            let mut ready = self.timer.readable().await?;
            let mut rings = [0; 8];
            if let Ok(read) = ready.try_io(|timer| Ok(rustix::io::read(timer, &mut rings)?)) {
                read?;
                self.set = None;
                return Ok(());
            }
        }
    }
}

/// A timer on this clock that can be waited for. Must be called inside the runtime.
pub(super) fn timer(clock: TimerfdClockId) -> io::Result<AsyncFd<OwnedFd>> {
    waitable(timerfd_create(clock, TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC)?)
}
