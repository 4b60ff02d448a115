//! What time and the view say: looked at after each event.

use std::collections::BTreeSet;
use std::time::Duration;

use broker::{AccountName, AccountView, ViewState};

use super::{Account, Need, RESOURCES, World, key};

impl World {
    /// Nobody waits too long, nothing lasts for ever, and the loop has time to sleep.
    pub(super) fn look_at_the_clock(&mut self) {
        let boot = self.now.boot;
        if self.broker.wake_at().is_some_and(|at| at <= boot) {
            self.broken("the broker wants to be woken in the past");
        }
        if self.askers.values().any(|asker| asker.deadline.is_some_and(|deadline| deadline <= boot)) {
            self.broken("somebody waits in vain");
        }
        let limit = Duration::from_secs(15 * 60 + 2);
        if self.sign_ins.values().any(|sign_in| sign_in.started + limit <= boot) {
            self.broken("a sign-in does not end");
        }
        for flight in self.flights.iter().filter(|flight| flight.give_up <= boot) {
            let Some(account) = self.accounts.get_mut(&flight.account) else { continue };
            if account.flight == Some(flight.ticket) {
                account.flight = None;
                account.failing = true;
                account.departed.remove(&flight.key);
            }
        }
    }

    /// What is shown is what the authority said last, and whoever needs somebody is told of.
    pub(super) fn look_at_the_view(&mut self) {
        let boot = self.now.boot;
        let view = self.broker.view().accounts;
        let shown: BTreeSet<_> = view.iter().filter_map(|account| account.sign_in.clone()).collect();
        if !shown.iter().eq(self.sign_ins.keys()) {
            self.broken("the view shows other sign-ins than there are");
        }
        let shows_ready = |shown: &&AccountView| shown.state == ViewState::Ready;
        let is_judged = |account: &Account| account.judged || account.withheld.contains(&key(RESOURCES[0]));
        if view.iter().filter(shows_ready).any(|shown| self.accounts.get(&shown.name).is_some_and(is_judged)) {
            self.broken("an account is shown as ready that needs somebody");
        }
        self.note_needs();
        if self.needing.values().any(|need| !need.told && need.since + Duration::from_secs(120) <= boot) {
            self.broken("nobody is told that an account needs somebody");
        }
    }

    fn note_needs(&mut self) {
        let view = self.broker.view().accounts;
        let needs = |shown: &&AccountView| matches!(shown.state, ViewState::NeedsSignIn | ViewState::SigningIn);
        let needing: BTreeSet<_> = view.iter().filter(needs).map(|shown| shown.name.clone()).collect();
        self.needing.retain(|name, _| needing.contains(name));
        for shown in view.iter().filter(|shown| shown.state == ViewState::NeedsSignIn) {
            self.needing.entry(shown.name.clone()).or_insert(Need { since: self.now.boot, told: false });
        }
    }

    /// Somebody is told of an account once, and only while it needs somebody.
    pub(super) fn reminded(&mut self, names: &[AccountName]) {
        self.note_needs();
        for name in names {
            match self.needing.get_mut(name) {
                Some(need) if !need.told => need.told = true,
                Some(_) | None => self.broken("somebody is told of an account without need, or once more"),
            }
        }
    }
}
