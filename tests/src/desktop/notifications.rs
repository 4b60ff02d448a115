//! Where notifications are shown: `org.freedesktop.Notifications` (Desktop Notifications Specification 1.2), which
//! notes what it is told and presses what a test wants pressed.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use serde::Serialize;
use zbus::blocking::Connection;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::{DynamicType, OwnedValue};

use super::Desktop;
use super::board::Board;

const NAME: &str = "org.freedesktop.Notifications";
const PLACE: &str = "/org/freedesktop/Notifications";

/// Why a notification is gone, by the specification's numbers.
const DISMISSED: u32 = 2;
const WITHDRAWN: u32 = 3;

/// What a notification said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// What the service named it.
    pub id: u32,
    /// The id of the one it came in place of.
    pub replaces: Option<u32>,
    pub summary: String,
    pub body: String,
    pub buttons: Vec<Button>,
}

/// What can be pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// What the program hears; `default` is the notification itself.
    pub key: String,
    pub label: String,
}

/// A service for notifications. Dropping it leaves the bus without one.
#[derive(Debug)]
pub struct Notifications {
    bus: Connection,
    board: Arc<Board<Shown>>,
}

#[derive(Debug, Default)]
struct Shown {
    last_id: u32,
    /// In the order in which they came, those that are gone left out.
    standing: Vec<Notification>,
    /// How many were shown, replacements among them.
    count: usize,
}

impl Desktop {
    /// From now on notifications are shown.
    pub fn notifications(&self) -> Result<Notifications> {
        let board = Arc::new(Board::default());
        let service = Service(Arc::clone(&board));
        let bus = self.connect()?.serve_at(PLACE, service)?.name(NAME)?.build().context("a notification service")?;
        Ok(Notifications { bus, board })
    }
}

impl Notifications {
    /// Waits until those that stand are as wanted.
    pub fn until(&self, wanted: &str, is_wanted: impl Fn(&[Notification]) -> bool) -> Result<Vec<Notification>> {
        self.board.until(wanted, |shown| is_wanted(&shown.standing).then(|| shown.standing.clone()))
    }

    /// Waits until a single one stands, and nothing else.
    pub fn only(&self) -> Result<Notification> {
        let mut all = self.until("a notification", |standing| standing.len() == 1)?;
        all.pop().context("there is one")
    }

    /// Waits until none stands.
    pub fn none(&self) -> Result<()> {
        self.until("no notification", <[_]>::is_empty).map(|_| ())
    }

    /// Waits until one stands that came after so many others, replacements counted.
    pub fn after(&self, count: usize) -> Result<Notification> {
        self.board
            .until("a further notification", |shown| (shown.count > count).then(|| shown.standing.last().cloned())?)
    }

    /// How many were shown so far, replacements among them.
    pub fn count(&self) -> usize {
        self.board.look(|shown| shown.count)
    }

    /// Presses a button, after which the notification is gone.
    pub fn press(&self, notification: &Notification, key: &str) -> Result<()> {
        let has_it = notification.buttons.iter().any(|button| button.key == key);
        ensure!(has_it, "{notification:?} has no {key}");
        self.signal("ActionInvoked", &(notification.id, key))?;
        self.dismiss(notification)
    }

    /// Closes it, as its person may.
    pub fn dismiss(&self, notification: &Notification) -> Result<()> {
        self.board.change(|shown| shown.remove(notification.id));
        self.signal("NotificationClosed", &(notification.id, DISMISSED))
    }

    fn signal(&self, name: &str, body: &(impl Serialize + DynamicType)) -> Result<()> {
        Ok(self.bus.emit_signal(None::<&str>, PLACE, NAME, name, body)?)
    }
}

impl Drop for Notifications {
    fn drop(&mut self) {
        // The object server holds the connection too, so that letting go of it is not enough.
        let _ = self.bus.clone().close();
    }
}

impl Shown {
    fn show(&mut self, replaces: u32, said: impl FnOnce(u32) -> Notification) -> u32 {
        let id = if replaces == 0 { self.last_id + 1 } else { replaces };
        self.last_id = self.last_id.max(id);
        self.remove(id);
        self.standing.push(said(id));
        self.count += 1;
        id
    }

    fn remove(&mut self, id: u32) -> bool {
        let before = self.standing.len();
        self.standing.retain(|notification| notification.id != id);
        self.standing.len() < before
    }
}

struct Service(Arc<Board<Shown>>);

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Service {
    #[expect(clippy::too_many_arguments, reason = "the specification has it so")]
    fn notify(
        &self,
        _program: &str,
        replaces: u32,
        _icon: &str,
        summary: String,
        body: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        let buttons = actions.chunks_exact(2);
        let buttons = buttons.map(|pair| Button { key: pair[0].clone(), label: pair[1].clone() }).collect();
        let replaces_one = (replaces != 0).then_some(replaces);
        let said = |id| Notification { id, replaces: replaces_one, summary, body, buttons };
        self.0.change(|shown| shown.show(replaces, said))
    }

    async fn close_notification(
        &self,
        id: u32,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) -> zbus::fdo::Result<()> {
        if self.0.change(|shown| shown.remove(id)) {
            emitter.notification_closed(id, WITHDRAWN).await?;
        }
        Ok(())
    }

    fn get_capabilities(&self) -> Vec<&str> {
        vec!["actions", "body", "persistence"]
    }

    fn get_server_information(&self) -> (&str, &str, &str, &str) {
        ("notifications of the rig", "signet-e2e", env!("CARGO_PKG_VERSION"), "1.2")
    }

    #[zbus(signal)]
    async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, reason: u32) -> zbus::Result<()>;
}
