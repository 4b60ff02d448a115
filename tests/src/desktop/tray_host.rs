//! Where tray icons live: a StatusNotifierWatcher that reads an icon and its menu as values, and clicks.
//!
//! <https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/> and `com.canonical.dbusmenu`, both as they
//! are spoken: the icon registers with the watcher, and tells by signals that something has changed.

mod menu;

use std::collections::HashMap;
use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zbus::MatchRule;
use zbus::blocking::fdo::PropertiesProxy;
use zbus::blocking::{Connection, MessageIterator};
use zbus::fdo::NameOwnerChanged;
use zbus::message::{self, Header};
use zbus::names::InterfaceName;
use zbus::zvariant::{DynamicType, OwnedObjectPath, OwnedValue, Type, Value};

pub use self::menu::{Entry, outline};

use self::menu::Layout;
use super::board::Board;
use super::{Desktop, PATIENCE};

const NAME: &str = "org.kde.StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// A place for tray icons. Dropping it leaves the bus without one.
#[derive(Debug)]
pub struct TrayHost {
    bus: Connection,
    board: Arc<Board<Seen>>,
}

#[derive(Debug, Default)]
struct Seen {
    items: Vec<Address>,
    /// Grows with each signal of anybody.
    signals: u64,
}

/// Where an item is found.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Address {
    owner: String,
    path: String,
}

/// A tray icon.
#[derive(Debug)]
pub struct Item<'h> {
    host: &'h TrayHost,
    address: Address,
}

/// What a tray icon shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Icon {
    /// `Active`, `Passive` or `NeedsAttention`.
    pub status: String,
    pub title: String,
    /// The name of a picture among the system's; empty where it brings its own.
    pub name: String,
    /// The same picture in several sizes.
    pub pictures: Vec<Picture>,
}

/// Pixels.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Picture {
    pub width: i32,
    pub height: i32,
    /// Four bytes each, beginning with the opacity, row by row.
    pub argb: Vec<u8>,
}

impl Debug for Picture {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}

impl Desktop {
    /// From now on there is a place for tray icons.
    pub fn tray_host(&self) -> Result<TrayHost> {
        let board = Arc::new(Board::default());
        let watcher = Watcher(Arc::clone(&board));
        let bus = self.connect()?.serve_at("/StatusNotifierWatcher", watcher)?.method_timeout(PATIENCE).build()?;
        let every_signal = MatchRule::builder().msg_type(message::Type::Signal).build();
        let signals = MessageIterator::for_match_rule(every_signal, &bus, None)?;
        let listening = Arc::clone(&board);
        thread::spawn(move || listen(signals, &listening));
        // Only now may anybody come: no signal of theirs is lost.
        bus.request_name(NAME).context("a place for tray icons")?;
        Ok(TrayHost { bus, board })
    }
}

fn listen(signals: MessageIterator, board: &Board<Seen>) {
    for message in signals.map_while(Result::ok) {
        let gone = NameOwnerChanged::from_message(message).and_then(|change| {
            let change = change.args().ok()?;
            change.new_owner().is_none().then(|| change.name().to_string())
        });
        board.change(|seen| {
            seen.signals += 1;
            seen.items.retain(|item| Some(&item.owner) != gone.as_ref());
        });
    }
}

impl TrayHost {
    /// Waits until there is one icon, and no other.
    pub fn item(&self) -> Result<Item<'_>> {
        let only = |seen: &mut Seen| match seen.items.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        };
        Ok(Item { host: self, address: self.board.until("a tray icon", only)? })
    }

    /// Waits until there is none.
    pub fn none(&self) -> Result<()> {
        self.board.until("no tray icon", |seen| seen.items.is_empty().then_some(()))
    }
}

impl Drop for TrayHost {
    fn drop(&mut self) {
        // Object server and listener hold the connection too, so that letting go of it is not enough.
        let _ = self.bus.clone().close();
    }
}

impl Item<'_> {
    pub fn icon(&self) -> Result<Icon> {
        let mut all = self.properties()?;
        let mut text = |name: &str| match all.remove(name).map(String::try_from) {
            None => Ok(String::new()),
            Some(text) => text.with_context(|| format!("{name} is no text")),
        };
        let (status, title, name) = (text("Status")?, text("Title")?, text("IconName")?);
        let pictures = match all.remove("IconPixmap") {
            None => Vec::new(),
            Some(pictures) => Vec::<(i32, i32, Vec<u8>)>::try_from(pictures)?,
        };
        let picture = |(width, height, argb)| Picture { width, height, argb };
        Ok(Icon { status, title, name, pictures: pictures.into_iter().map(picture).collect() })
    }

    /// The first icon from now on that is as wanted.
    pub fn until_icon(&self, wanted: &str, is_wanted: impl Fn(&Icon) -> bool) -> Result<Icon> {
        self.until(wanted, Self::icon, is_wanted)
    }

    /// Clicks the icon itself.
    pub fn activate(&self) -> Result<()> {
        let Address { owner, path } = &self.address;
        self.host.bus.call_method(Some(&**owner), &**path, Some(ITEM), "Activate", &(0, 0))?;
        Ok(())
    }

    /// The whole menu, without separators and what is hidden.
    pub fn menu(&self) -> Result<Vec<Entry>> {
        let everything: (i32, i32, Vec<&str>) = (0, -1, Vec::new());
        let (_revision, layout): (u32, Layout) = self.ask_menu("GetLayout", &everything)?;
        Ok(Entry::of(layout)?.children)
    }

    /// The first menu from now on that is as wanted.
    pub fn until_menu(&self, wanted: &str, is_wanted: impl Fn(&[Entry]) -> bool) -> Result<Vec<Entry>> {
        self.until(wanted, Self::menu, |menu| is_wanted(menu))
    }

    /// Waits until the menu, written out, is this.
    pub fn until_outline(&self, wanted: &str) -> Result<()> {
        self.until_menu(wanted, |menu| outline(menu) == wanted).map(|_| ())
    }

    /// Clicks an entry, which is given by the labels on the way to it.
    pub fn click(&self, way: &[&str]) -> Result<()> {
        let mut stale = None;
        loop {
            let all = self.menu()?;
            let Some(entry) = menu::find(&all, way) else { bail!("there is no {way:?} in\n{}", outline(&all)) };
            ensure!(entry.enabled, "{way:?} cannot be clicked");
            match self.ask_menu("Event", &(entry.id, "clicked", Value::from(""), 0_u32)) {
                // Drawn anew since it was read, so that nothing was clicked.
                Err(error) if is_named(&error, "InvalidArgs") && stale != Some(entry.id) => stale = Some(entry.id),
                // One that ends itself need not answer before.
                Err(error) if is_named(&error, "NoReply") => return Ok(()),
                answered => return answered,
            }
        }
    }

    /// Waits until the menu offers this entry, and clicks it.
    pub fn choose(&self, entry: &str) -> Result<()> {
        self.until_menu(entry, |menu| menu.iter().any(|line| line.label == entry))?;
        self.click(&[entry])
    }

    /// Clicks an entry twice at once. What comes of the first click may be faster, and the second find it gone.
    pub fn click_twice(&self, way: &[&str]) -> Result<()> {
        let all = self.menu()?;
        let entry = menu::find(&all, way).with_context(|| format!("there is no {way:?}"))?;
        let click = || (entry.id, "clicked", Value::from(""), 0_u32);
        let unknown: Vec<i32> = self.ask_menu("EventGroup", &vec![click(), click()])?;
        ensure!(unknown.len() < 2, "{way:?} was gone");
        Ok(())
    }

    fn until<T>(&self, wanted: &str, read: impl Fn(&Self) -> Result<T>, is_wanted: impl Fn(&T) -> bool) -> Result<T>
    where
        T: Debug,
    {
        let board = &self.host.board;
        let end = Instant::now() + PATIENCE;
        loop {
            let before = board.look(|seen| seen.signals);
            let read = read(self)?;
            if is_wanted(&read) {
                return Ok(read);
            }
            let further = board.until_end(end, "a signal", |seen| (seen.signals > before).then_some(()));
            further.with_context(|| format!("waited in vain for {wanted}; there is {read:?}"))?;
        }
    }

    fn properties(&self) -> Result<HashMap<String, OwnedValue>> {
        let Address { owner, path } = &self.address;
        let proxy = PropertiesProxy::builder(&self.host.bus).destination(owner.as_str())?.path(path.as_str())?;
        Ok(proxy.build()?.get_all(InterfaceName::try_from(ITEM)?)?)
    }

    /// Calls the object behind its menu.
    fn ask_menu<R>(&self, method: &str, body: &(impl Serialize + DynamicType)) -> Result<R>
    where
        R: DeserializeOwned + Type,
    {
        let place = self.properties()?.remove("Menu").context("it has a menu")?;
        let place = OwnedObjectPath::try_from(place)?;
        let answer = self.host.bus.call_method(Some(&*self.address.owner), place, Some(MENU), method, body)?;
        Ok(answer.body().deserialize()?)
    }
}

fn is_named(error: &anyhow::Error, kind: &str) -> bool {
    let Some(zbus::Error::MethodError(name, ..)) = error.downcast_ref() else { return false };
    name.strip_prefix("org.freedesktop.DBus.Error.") == Some(kind)
}

struct Watcher(Arc<Board<Seen>>);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    /// An item tells its object's path (Ayatana) or a name it owns (KDE).
    fn register_status_notifier_item(&self, item: &str, #[zbus(header)] header: Header<'_>) {
        let Some(owner) = header.sender().map(ToString::to_string) else { return };
        let path = if item.starts_with('/') { item } else { "/StatusNotifierItem" };
        let address = Address { owner, path: path.to_owned() };
        self.0.change(|seen| {
            seen.items.retain(|item| *item != address);
            seen.items.push(address);
        });
    }

    fn register_status_notifier_host(&self, _host: &str) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.0.look(|seen| seen.items.iter().map(|item| format!("{}{}", item.owner, item.path)).collect())
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}
