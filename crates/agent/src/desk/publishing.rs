//! What everybody may see, and whom the person is to be told of.

use std::sync::Arc;

use broker::AccountName;
use ipc::{Message, Reminder};
use tracing::warn;

use super::Desk;
use crate::clock;
use crate::reminding;
use crate::view;

impl Desk {
    /// The broker's Publish follows.
    pub(super) fn remind(&mut self, accounts: &[AccountName]) {
        let names: Vec<_> = accounts.iter().map(AccountName::to_string).collect();
        warn!(accounts = names.join(", "), "these accounts need somebody: signet status tells what to do");
        let number = self.reminder.as_ref().map_or(1, |last| last.number + 1);
        self.reminder = Some(Reminder { number, accounts: names.clone() });
        reminding::run(&self.config.reminders.command, &names, self.language);
    }

    /// What concerns no account.
    pub(super) fn notices(&self) -> impl Iterator<Item = &Message> {
        self.config_trouble.iter().chain(&self.overruled).chain(&self.standing)
    }

    pub(super) fn publish(&self) {
        let revision = self.snapshots.borrow().revision + 1;
        let mut snapshot = view::snapshot(&self.broker.view(), &self.configured, revision, clock::now());
        snapshot.notices.extend(self.notices().cloned());
        snapshot.reminder.clone_from(&self.reminder);
        snapshot.wishes = self.wishes();
        snapshot.language.clone_from(&self.config.desktop.language);
        self.snapshots.send_replace(Arc::new(snapshot));
    }
}
