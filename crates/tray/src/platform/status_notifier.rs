//! The tray of Linux desktops: StatusNotifierItem and its menu over D-Bus. No toolkit is loaded.

use std::sync::mpsc::Sender;

use ksni::blocking::{Handle, TrayMethods};
use ksni::menu::{RadioGroup, RadioItem, StandardItem, SubMenu};
use ksni::{Icon, MenuItem, OfflineReason, ToolTip};
use tracing::{info, warn};

use crate::event::{Event, View};
use crate::menu::{Choice, Item};
use crate::picture;

/// The place in the tray; without a session bus there is none, and everything else goes on.
pub(crate) struct Panel(Option<Handle<Shown>>);

/// Takes a place in the tray and does the work. A host that is not there yet, or comes anew, is served when it comes.
pub(crate) fn with_panel(view: View, events: Sender<Event>, work: impl FnOnce(Panel) + Send + 'static) {
    let spawned = Shown { view, events }.assume_sni_available(true).spawn();
    work(Panel(spawned.inspect_err(|error| warn!(%error, "there is no tray icon")).ok()));
}

impl Panel {
    pub(crate) fn draw(&self, view: View) {
        if let Some(handle) = &self.0 {
            handle.update(|shown| shown.view = view);
        }
    }

    /// Takes the icon away.
    pub(crate) fn close(self) {
        if let Some(handle) = self.0 {
            handle.shutdown().wait();
        }
    }
}

struct Shown {
    view: View,
    events: Sender<Event>,
}

impl Shown {
    /// Nobody hears it any more when the tray is about to end.
    fn tell(&self, event: Event) {
        let _ = self.events.send(event);
    }
}

impl ksni::Tray for Shown {
    fn id(&self) -> String {
        "signet".into()
    }

    fn title(&self) -> String {
        self.view.title.clone()
    }

    fn icon_pixmap(&self) -> Vec<Icon> {
        let pictures = picture::of(self.view.mood);
        pictures.into_iter().map(|it| Icon { width: it.side, height: it.side, data: it.argb() }).collect()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip { title: self.view.title.clone(), ..ToolTip::default() }
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        self.view.menu.iter().map(line).collect()
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        self.tell(Event::Clicked);
    }

    fn watcher_online(&self) {
        info!("the icon is in the tray");
    }

    fn watcher_offline(&self, _reason: OfflineReason) -> bool {
        info!("there is no tray at present");
        true
    }
}

fn line(item: &Item) -> MenuItem<Shown> {
    match item {
        Item::Rule => MenuItem::Separator,
        Item::Action { label, choice } => {
            let choice = choice.clone();
            let activate = Box::new(move |shown: &mut Shown| shown.tell(Event::Chosen(choice.clone())));
            StandardItem { label: literal(label), activate, ..StandardItem::default() }.into()
        }
        Item::Group { label, items } => {
            SubMenu { label: literal(label), submenu: items.iter().map(line).collect(), ..SubMenu::default() }.into()
        }
        Item::OneOf { selected, options } => {
            let choices: Vec<Choice> = options.iter().map(|(_, choice)| choice.clone()).collect();
            let select = move |shown: &mut Shown, at: usize| shown.tell(Event::Chosen(choices[at].clone()));
            let option = |(label, _): &(String, Choice)| RadioItem { label: literal(label), ..RadioItem::default() };
            let options = options.iter().map(option).collect();
            RadioGroup { selected: *selected, select: Box::new(select), options }.into()
        }
    }
}

/// In a label of a D-Bus menu an underscore marks the letter that the keyboard chooses it by.
fn literal(label: &str) -> String {
    label.replace('_', "__")
}
