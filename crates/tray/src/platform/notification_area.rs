//! The tray of Windows and macOS: both want an event loop of their own on the main thread.

use std::collections::HashMap;
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tao::event::{Event as Step, StartCause};
use tao::event_loop::{ControlFlow, EventLoopBuilder, EventLoopProxy};
use tao::platform::run_return::EventLoopExtRunReturn;
use tracing::{info, warn};
use tray_icon::menu::{
    CheckMenuItem, IsMenuItem, Menu, MenuEvent, MenuId, MenuItem, PredefinedMenuItem, Result as MenuResult, Submenu,
};
use tray_icon::{Icon, MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};

use crate::event::{Event, View};
use crate::menu::{Choice, Item};
use crate::picture;

/// Pixels of an icon in the tray where a pixel is one: Windows' `SM_CXSMICON`.
const SIDE: f64 = 16.0;
/// How long after a failed try the icon is drawn again: at login Signet may be there before the taskbar is.
const AGAIN: Duration = Duration::from_secs(1);
/// After so many tries it is made anew: a taskbar that was too busy to take it in takes no changes of it either.
const TRIES: u32 = 5;

/// Windows gives a program five seconds when the session ends:
/// <https://learn.microsoft.com/windows/win32/shutdown/wm-endsession>.
const LEAVE: Duration = Duration::from_secs(4);

/// The place in the tray, from another thread.
pub(crate) struct Panel(EventLoopProxy<Order>);

enum Order {
    Draw(View),
    Close,
}

impl Panel {
    pub(crate) fn draw(&self, view: View) {
        self.order(Order::Draw(view));
    }

    /// Takes the icon away.
    pub(crate) fn close(self) {
        self.order(Order::Close);
    }

    fn order(&self, order: Order) {
        if self.0.send_event(order).is_err() {
            warn!("the tray's event loop is over");
        }
    }
}

/// Takes a place in the tray, does the work beside it, and gives the place up when it is done.
pub(crate) fn with_panel(view: View, events: Sender<Event>, work: impl FnOnce(Panel) + Send + 'static) {
    let mut event_loop = EventLoopBuilder::<Order>::with_user_event().build();
    let panel = Panel(event_loop.create_proxy());
    let scale = event_loop.primary_monitor().map_or(1.0, |monitor| monitor.scale_factor());
    let (working, worked) = mpsc::channel::<()>();
    thread::spawn(move || {
        let _working = working; // to the end
        work(panel);
    });
    let choices = heard(events.clone());
    let mut place = None;
    event_loop.run_return(move |step, _, flow| {
        match (step, &mut place) {
            // macOS takes icons only from here on.
            (Step::NewEvents(StartCause::Init), _) => place = Place::take(&view, scale, Arc::clone(&choices)),
            (Step::NewEvents(StartCause::ResumeTimeReached { .. }), Some(place)) => place.draw_owed(),
            (Step::UserEvent(Order::Draw(view)), Some(place)) => place.draw(view),
            (Step::UserEvent(Order::Close), _) => {
                place = None;
                *flow = ControlFlow::Exit;
                return;
            }
            // Where nobody has closed it, the session ends, and this process with it.
            (Step::LoopDestroyed, _) => {
                let _ = events.send(Event::Terminated);
                let _ = worked.recv_timeout(LEAVE);
                return;
            }
            _ => {}
        }
        let owed = place.as_ref().and_then(|place| place.owed.as_ref());
        *flow = owed.map_or(ControlFlow::Wait, |owed| ControlFlow::WaitUntil(owed.at));
    });
}

/// What the lines of the newest menu choose.
type Choices = Arc<Mutex<HashMap<MenuId, Choice>>>;

/// Has clicks come in as events. Nobody hears them any more when the tray is about to end.
fn heard(events: Sender<Event>) -> Choices {
    let choices = Choices::default();
    let (known, clicks) = (Arc::clone(&choices), events.clone());
    MenuEvent::set_event_handler(Some(move |chosen: MenuEvent| {
        let choice = known.lock().unwrap_or_else(PoisonError::into_inner).get(&chosen.id).cloned();
        if let Some(choice) = choice {
            let _ = events.send(Event::Chosen(choice));
        }
    }));
    TrayIconEvent::set_event_handler(Some(move |event| {
        let is_click =
            matches!(event, TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. });
        if is_click {
            let _ = clicks.send(Event::Clicked);
        }
    }));
    choices
}

struct Place {
    icon: TrayIcon,
    scale: f64,
    choices: Choices,
    owed: Option<Owed>,
}

/// What the system did not take.
struct Owed {
    view: View,
    /// When it is drawn again.
    at: Instant,
    tries: u32,
}

impl Place {
    /// `None` where the system gives none; everything else goes on.
    fn take(view: &View, scale: f64, choices: Choices) -> Option<Self> {
        let icon = icon_of(view, scale)?;
        let place = Self { icon, scale, choices, owed: None };
        place.draw_menu(view);
        info!("the icon is in the tray");
        Some(place)
    }

    fn draw(&mut self, view: View) {
        self.draw_menu(&view);
        match self.draw_icon(&view) {
            Ok(()) => self.owed = None,
            Err(error) => {
                warn!(%error, "the icon is not drawn yet");
                self.owe(view, 1);
            }
        }
    }

    fn draw_owed(&mut self) {
        let Some(Owed { view, tries, .. }) = self.owed.take() else { return };
        if self.draw_icon(&view).is_ok() {
            return;
        }
        if tries % TRIES == 0
            && let Some(icon) = icon_of(&view, self.scale)
        {
            self.icon = icon;
            self.draw_menu(&view);
        }
        self.owe(view, tries + 1);
    }

    fn owe(&mut self, view: View, tries: u32) {
        self.owed = Some(Owed { view, at: Instant::now() + AGAIN, tries });
    }

    fn draw_icon(&self, view: &View) -> tray_icon::Result<()> {
        self.icon.set_icon(picture_of(view, self.scale))?;
        self.icon.set_tooltip(Some(&view.title))
    }

    fn draw_menu(&self, view: &View) {
        match menu(&view.menu) {
            Ok((menu, choices)) => {
                self.icon.set_menu(Some(Box::new(menu)));
                *self.choices.lock().unwrap_or_else(PoisonError::into_inner) = choices;
            }
            Err(error) => warn!(%error, "the menu is not drawn"),
        }
    }
}

/// A taskbar that comes later takes what the icon was made with, or was last set to with success.
fn icon_of(view: &View, scale: f64) -> Option<TrayIcon> {
    let mut new = TrayIconBuilder::new().with_menu_on_left_click(false).with_tooltip(&view.title);
    if let Some(picture) = picture_of(view, scale) {
        new = new.with_icon(picture);
    }
    new.build().inspect_err(|error| warn!(%error, "there is no tray icon")).ok()
}

/// The smallest picture that needs no stretching.
fn picture_of(view: &View, scale: f64) -> Option<Icon> {
    let mut pictures = picture::of(view.mood);
    let fits = pictures.iter().position(|picture| f64::from(picture.side) >= SIDE * scale);
    let picture = pictures.swap_remove(fits.unwrap_or(pictures.len().checked_sub(1)?));
    let side = picture.side.unsigned_abs();
    Icon::from_rgba(picture.rgba(), side, side).inspect_err(|error| warn!(%error, "a picture is broken")).ok()
}

fn menu(items: &[Item]) -> MenuResult<(Menu, HashMap<MenuId, Choice>)> {
    let (menu, mut choices) = (Menu::new(), HashMap::new());
    for line in lines(items, &mut choices)? {
        menu.append(&*line)?;
    }
    Ok((menu, choices))
}

fn lines(items: &[Item], choices: &mut HashMap<MenuId, Choice>) -> MenuResult<Vec<Box<dyn IsMenuItem>>> {
    let mut lines: Vec<Box<dyn IsMenuItem>> = Vec::new();
    for item in items {
        match item {
            Item::Rule => lines.push(Box::new(PredefinedMenuItem::separator())),
            Item::Action { label, choice } => {
                let line = MenuItem::new(literal(label), true, None);
                choices.insert(line.id().clone(), choice.clone());
                lines.push(Box::new(line));
            }
            Item::Group { label, items } => {
                let group = Submenu::new(literal(label), true);
                for line in self::lines(items, choices)? {
                    group.append(&*line)?;
                }
                lines.push(Box::new(group));
            }
            Item::OneOf { selected, options } => {
                for (at, (label, choice)) in options.iter().enumerate() {
                    let line = CheckMenuItem::new(literal(label), true, at == *selected, None);
                    choices.insert(line.id().clone(), choice.clone());
                    lines.push(Box::new(line));
                }
            }
        }
    }
    Ok(lines)
}

/// An ampersand marks the letter that the keyboard chooses a line by.
fn literal(label: &str) -> String {
    label.replace('&', "&&")
}
