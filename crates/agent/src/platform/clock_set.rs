use std::io;
use std::os::fd::OwnedFd;

use rustix::time::{Itimerspec, TimerfdClockId, TimerfdTimerFlags, Timespec, timerfd_settime};
use tokio::io::unix::AsyncFd;

use super::alarm::timer;

/// Notices that the machine has slept, or that its clock was set. The kernel cancels a timer that goes by the wall clock in
/// both cases (`TFD_TIMER_CANCEL_ON_SET`, `timerfd_create(2)`); nobody is woken before.
pub(crate) struct Awakening {
    timer: AsyncFd<OwnedFd>,
}

impl Awakening {
    /// Must be called inside the runtime.
    pub(crate) fn new() -> io::Result<Self> {
        let awakening = Self { timer: timer(TimerfdClockId::Realtime)? };
        awakening.arm()?;
        Ok(awakening)
    }

    /// Returns after it has happened.
    pub(crate) async fn come(&mut self) {
        loop {
            // A timer that cannot be read any more says nothing, rather than all the time.
            let Ok(mut ready) = self.timer.readable().await else { return std::future::pending().await };
            let mut rings = [0; 8];
            if ready.try_io(|timer| Ok(rustix::io::read(timer, &mut rings)?)).is_ok() {
                drop(ready);
                match self.arm() {
                    Ok(()) => return,
                    Err(_) => std::future::pending().await,
                }
            }
        }
    }

    /// For a time that never comes.
    fn arm(&self) -> io::Result<()> {
        let (it_value, once) = (Timespec { tv_sec: i64::MAX, tv_nsec: 0 }, Timespec { tv_sec: 0, tv_nsec: 0 });
        let flags = TimerfdTimerFlags::ABSTIME | TimerfdTimerFlags::CANCEL_ON_SET;
        timerfd_settime(&self.timer, flags, &Itimerspec { it_interval: once, it_value })?;
        Ok(())
    }
}
