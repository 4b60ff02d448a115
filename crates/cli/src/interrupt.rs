use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::exit;

/// Ctrl-C calls off what the agent does; its end then comes as any other does. A second one does not wait for it.
pub(crate) fn on_interrupt(call_off: impl Fn() + Send + Sync + 'static) {
    let interrupted = AtomicBool::new(false);
    let call_off = Arc::new(call_off);
    let handler = move || {
        if interrupted.swap(true, Ordering::Relaxed) {
            std::process::exit(exit::INTERRUPTED);
        }
        let call_off = Arc::clone(&call_off);
        thread::spawn(move || call_off());
    };
    // A handler that is there already is this one: Ctrl-C then calls off what came first.
    let _ = ctrlc::set_handler(handler);
}
