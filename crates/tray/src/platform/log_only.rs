//! Where nothing shows notifications for us yet: they are lines of the log, and the icon says the same.

use std::sync::mpsc::Sender;

use super::log;
use crate::event::Event;
use crate::notices::Change;

pub(crate) struct Notifier;

impl Notifier {
    pub(crate) fn new(_events: Sender<Event>) -> Self {
        Self
    }

    pub(crate) fn tell(&self, change: Change) {
        log(&change);
    }

    pub(crate) fn close(self) {}
}
