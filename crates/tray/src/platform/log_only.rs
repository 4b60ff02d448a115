//! Where nothing shows notifications for us yet: they are lines of the log, and the icon says the same.

use std::sync::mpsc::Sender;

use tracing::warn;

use crate::event::Event;
use crate::notices::Change;

pub(crate) struct Notifier;

impl Notifier {
    pub(crate) fn new(_events: Sender<Event>) -> Self {
        Self
    }

    pub(crate) fn tell(&self, change: Change) {
        if let Change::Show(_, notice) = change {
            warn!(told = notice.body, "{}", notice.title);
        }
    }

    pub(crate) fn close(self) {}
}
