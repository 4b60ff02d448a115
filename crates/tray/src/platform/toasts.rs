//! Notifications of Windows: toasts (`Windows.UI.Notifications`), whose buttons come back to this process.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tracing::{debug, warn};
use windows::Data::Xml::Dom::XmlDocument;
use windows::Foundation::TypedEventHandler;
use windows::UI::Notifications::{
    ToastActivatedEventArgs, ToastDismissalReason, ToastDismissedEventArgs, ToastNotification,
    ToastNotificationManager, ToastNotifier,
};
use windows::core::{HSTRING, IInspectable, Interface, Ref, Result};

use super::log;
use crate::event::Event;
use crate::notices::{Button, Change, Notice, Topic};
use crate::toast::markup;

/// Under this name Windows lists what Signet shows. A program without an installer has to enter it by itself.
const APP_ID: &str = "Signet.Tray";
const APP_KEY: &str = r"Software\Classes\AppUserModelId\Signet.Tray";
const GROUP: &str = "signet";

pub(crate) struct Notifier {
    events: Sender<Event>,
    /// `None` where Windows shows no toasts.
    toasts: Option<ToastNotifier>,
    /// One for each topic, so that a new toast takes the place of the old one.
    tags: Mutex<BTreeMap<Topic, u32>>,
    next_tag: AtomicU32,
}

impl Notifier {
    pub(crate) fn new(events: Sender<Event>) -> Self {
        let toasts = notifier().inspect_err(|error| warn!(%error, "there is nobody who shows notifications")).ok();
        Self { events, toasts, tags: Mutex::default(), next_tag: AtomicU32::new(0) }
    }

    pub(crate) fn tell(&self, change: Change) {
        let told = match (&self.toasts, &change) {
            (None, _) => return log(&change),
            (Some(toasts), Change::Show(topic, notice)) => self.show(toasts, topic, notice),
            (Some(_), Change::Withdraw(topic)) => return self.withdraw(topic),
        };
        if let Err(error) = told {
            warn!(%error, "a notification is not shown");
            log(&change);
        }
    }

    /// Withdraws everything: nobody would hear its buttons.
    pub(crate) fn close(self) {
        let topics: Vec<Topic> = self.tags().keys().cloned().collect();
        topics.iter().for_each(|topic| self.withdraw(topic));
    }

    fn show(&self, toasts: &ToastNotifier, topic: &Topic, notice: &Notice) -> Result<()> {
        let document = XmlDocument::new()?;
        document.LoadXml(&HSTRING::from(markup(notice)))?;
        let toast = ToastNotification::CreateToastNotification(&document)?;
        toast.SetTag(&self.tag(topic))?;
        toast.SetGroup(&HSTRING::from(GROUP))?;
        let buttons: Vec<Button> = notice.buttons.iter().map(|(button, _)| *button).collect();
        let (events, about) = (self.events.clone(), topic.clone());
        toast.Activated(&TypedEventHandler::new(
            move |_toast: Ref<'_, ToastNotification>, told: Ref<'_, IInspectable>| {
                let action = told.ok()?.cast::<ToastActivatedEventArgs>()?.Arguments()?.to_string();
                if let Some(button) = Button::pressed(&buttons, &action) {
                    let _ = events.send(Event::Pressed(about.clone(), button));
                }
                Ok(())
            },
        ))?;
        let (events, about) = (self.events.clone(), topic.clone());
        toast.Dismissed(&TypedEventHandler::new(
            move |_toast: Ref<'_, ToastNotification>, told: Ref<'_, ToastDismissedEventArgs>| {
                // Any other has gone to the list of notifications, or was withdrawn.
                if told.ok()?.Reason()? == ToastDismissalReason::UserCanceled {
                    let _ = events.send(Event::Closed(about.clone()));
                }
                Ok(())
            },
        ))?;
        toasts.Show(&toast)
    }

    fn withdraw(&self, topic: &Topic) {
        let Some(tag) = self.tags().remove(topic) else { return };
        let removed = ToastNotificationManager::History()
            .and_then(|shown| shown.RemoveGroupedTagWithId(&named(tag), &HSTRING::from(GROUP), &HSTRING::from(APP_ID)));
        if let Err(error) = removed {
            debug!(%error, "a notification was gone already");
        }
    }

    fn tag(&self, topic: &Topic) -> HSTRING {
        let new = || self.next_tag.fetch_add(1, Ordering::Relaxed);
        named(*self.tags().entry(topic.clone()).or_insert_with(new))
    }

    fn tags(&self) -> MutexGuard<'_, BTreeMap<Topic, u32>> {
        self.tags.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn named(tag: u32) -> HSTRING {
    HSTRING::from(tag.to_string())
}

fn notifier() -> Result<ToastNotifier> {
    windows_registry::CURRENT_USER.create(APP_KEY)?.set_string("DisplayName", "Signet")?;
    ToastNotificationManager::CreateToastNotifierWithId(&HSTRING::from(APP_ID))
}
