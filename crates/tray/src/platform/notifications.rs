//! Notifications of Linux desktops (Desktop Notifications Specification 1.2) over one connection that stays: some desktops
//! take away what a program that is gone has shown.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tracing::{debug, warn};
use zbus::blocking::connection::Builder;
use zbus::blocking::fdo::DBusProxy;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::Type;
use zbus::zvariant::Value;
use zbus::{MatchRule, Message};

use super::log;
use crate::event::Event;
use crate::notices::{Button, Change, DEFAULT_ACTION, Notice, Stay, Topic, escaped};
use crate::picture;

const SERVICE: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
const BUS: &str = "org.freedesktop.DBus";
/// A service that does not answer must not keep the tray from ending.
const PATIENCE: Duration = Duration::from_secs(5);

/// Shows and withdraws, on a thread of its own.
pub(crate) struct Notifier {
    changes: Sender<Change>,
    is_closing: Arc<AtomicBool>,
    worker: JoinHandle<()>,
}

impl Notifier {
    pub(crate) fn new(events: Sender<Event>) -> Self {
        let (changes, asked) = mpsc::channel();
        let is_closing = Arc::new(AtomicBool::new(false));
        let closing = Arc::clone(&is_closing);
        Self { changes, is_closing, worker: thread::spawn(move || work(&asked, &closing, events)) }
    }

    pub(crate) fn tell(&self, change: Change) {
        if self.changes.send(change).is_err() {
            warn!("nobody shows notifications any more");
        }
    }

    /// Withdraws everything, and waits until that is done.
    pub(crate) fn close(self) {
        self.is_closing.store(true, Ordering::Relaxed);
        drop(self.changes);
        if self.worker.join().is_err() {
            warn!("notifications may have stayed");
        }
    }
}

fn work(asked: &Receiver<Change>, is_closing: &AtomicBool, events: Sender<Event>) {
    let desk = match Desk::new(events) {
        Ok(desk) => desk,
        Err(error) => {
            warn!(%error, "there is nobody who shows notifications");
            return asked.iter().for_each(|change| log(&change));
        }
    };
    let mut is_silent = false;
    // What is still to be shown at the end would be withdrawn at once.
    for change in asked.iter().take_while(|_| !is_closing.load(Ordering::Relaxed)) {
        let done = desk.carry_out(&change);
        is_silent = done.as_ref().is_err_and(is_no_answer);
        if let Err(error) = done {
            warn!(%error, "a notification is not shown");
            log(&change);
        }
    }
    if !is_silent {
        desk.withdraw_all();
    }
}

/// Whoever gives none to one call gives none to the next.
fn is_no_answer(error: &zbus::Error) -> bool {
    !matches!(error, zbus::Error::MethodError(..))
}

struct Desk {
    bus: Connection,
    shown: Arc<Shown>,
}

impl Desk {
    fn new(events: Sender<Event>) -> zbus::Result<Self> {
        let bus = Builder::session()?.method_timeout(PATIENCE).build()?;
        let shown = Arc::new(Shown::default());
        let dbus = DBusProxy::new(&bus)?;
        let heard = MessageIterator::from(&bus);
        dbus.add_match_rule(MatchRule::builder().msg_type(Type::Signal).interface(SERVICE)?.path(PATH)?.build())?;
        let owner = MatchRule::builder().msg_type(Type::Signal).sender(BUS)?.member("NameOwnerChanged")?;
        dbus.add_match_rule(owner.arg(0, SERVICE)?.build())?;
        let ear = Ear { shown: Arc::clone(&shown), events };
        thread::spawn(move || ear.listen(heard));
        Ok(Self { bus, shown })
    }

    fn carry_out(&self, change: &Change) -> zbus::Result<()> {
        // Held until the id is known: an answer may come before it.
        let mut shown = self.shown.lock();
        match change {
            Change::Show(topic, notice) => {
                let before = shown.id(topic).unwrap_or_default();
                let shown_as = self.show(before, notice);
                shown.missed |= shown_as.is_err();
                let id = shown_as?;
                shown.known.remove(&before);
                shown.known.insert(id, (topic.clone(), notice.buttons.iter().map(|(button, _)| *button).collect()));
            }
            Change::Withdraw(topic) => {
                if let Some(id) = shown.id(topic) {
                    shown.known.remove(&id);
                    self.withdraw(id)?;
                }
            }
        }
        Ok(())
    }

    fn show(&self, replaced: u32, notice: &Notice) -> zbus::Result<u32> {
        let capabilities: Vec<String> = self.call("GetCapabilities", &())?.body().deserialize()?;
        let body =
            if capabilities.iter().any(|it| it == "body-markup") { escaped(&notice.body) } else { notice.body.clone() };
        // Some desktops would show its words as a button beside the same button.
        let default = notice.buttons.first().map(|_| [DEFAULT_ACTION, ""]);
        let buttons = notice.buttons.iter().map(|(button, label)| [button.key(), label]);
        let actions: Vec<&str> = default.into_iter().chain(buttons).flatten().collect();
        // The specification's numbers: 0 never expires, -1 is as the service likes.
        let (urgency, expires) = match notice.stay {
            Stay::UntilAnswered => (2u8, 0),
            Stay::Briefly => (1u8, -1),
        };
        let mut hints = HashMap::from([("urgency", Value::from(urgency)), ("desktop-entry", Value::from("signet"))]);
        hints.extend(image(notice).map(|image| ("image-data", image)));
        let sent = ("Signet", replaced, "", &*notice.title, body, actions, hints, expires);
        self.call("Notify", &sent)?.body().deserialize()
    }

    fn withdraw(&self, id: u32) -> zbus::Result<()> {
        self.call("CloseNotification", &id).map(drop)
    }

    fn withdraw_all(&self) {
        let ids: Vec<u32> = std::mem::take(&mut self.shown.lock().known).into_keys().collect();
        for id in ids {
            match self.withdraw(id) {
                Err(error) if is_no_answer(&error) => return warn!(%error, "notifications may have stayed"),
                Err(error) => debug!(%error, "a notification was gone already"),
                Ok(()) => {}
            }
        }
    }

    fn call<B>(&self, method: &str, body: &B) -> zbus::Result<Message>
    where
        B: serde::Serialize + zbus::zvariant::DynamicType,
    {
        self.bus.call_method(Some(SERVICE), PATH, Some(SERVICE), method, body)
    }
}

/// What stands on the desktop, by the service's ids.
#[derive(Default)]
struct Shown(Mutex<Ids>);

#[derive(Default)]
struct Ids {
    known: BTreeMap<u32, (Topic, Vec<Button>)>,
    /// Whether something could not be shown.
    missed: bool,
}

impl Shown {
    fn lock(&self) -> MutexGuard<'_, Ids> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ids {
    fn id(&self, topic: &Topic) -> Option<u32> {
        self.known.iter().find(|(_, (shown, _))| shown == topic).map(|(id, _)| *id)
    }

    fn pressed(&self, id: u32, action: &str) -> Option<Event> {
        let (topic, buttons) = self.known.get(&id)?;
        Button::pressed(buttons, action).map(|button| Event::Pressed(topic.clone(), button))
    }
}

struct Ear {
    shown: Arc<Shown>,
    events: Sender<Event>,
}

impl Ear {
    /// Until the bus is gone, and with it the session.
    fn listen(self, heard: MessageIterator) {
        for message in heard.map_while(Result::ok) {
            let Some(event) = self.understood(&message) else { continue };
            if self.events.send(event).is_err() {
                return;
            }
        }
        warn!("the session bus is gone");
        let _ = self.events.send(Event::Terminated);
    }

    fn understood(&self, message: &Message) -> Option<Event> {
        let header = message.header();
        let body = message.body();
        match header.member()?.as_str() {
            "ActionInvoked" => {
                let (id, action): (u32, String) = body.deserialize().ok()?;
                self.shown.lock().pressed(id, &action)
            }
            "NotificationClosed" => {
                let (id, _reason): (u32, u32) = body.deserialize().ok()?;
                self.shown.lock().known.remove(&id).map(|(topic, _)| Event::Closed(topic))
            }
            "NameOwnerChanged" => {
                let (_name, before, now): (String, String, String) = body.deserialize().ok()?;
                let mut shown = self.shown.lock();
                // One that starts because it was asked has neither shown nor missed anything yet.
                let is_loss = !before.is_empty() || (!now.is_empty() && shown.missed);
                is_loss.then(|| {
                    *shown = Ids::default();
                    Event::NoticesLost
                })
            }
            _ => None,
        }
    }
}

/// The notification's picture: width, height, bytes in a row, alpha, bits of a sample, samples of a pixel, pixels.
fn image(notice: &Notice) -> Option<Value<'static>> {
    let picture = picture::of(notice.mood).pop()?;
    let side = picture.side;
    Some(Value::from((side, side, side * 4, true, 8, 4, picture.rgba())))
}
