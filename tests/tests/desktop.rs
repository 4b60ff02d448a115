//! The desktop of the tests: what it sees of an icon and of notifications that it knows all about.

use std::collections::HashMap;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result};
use signet_e2e::Desktop;
use signet_e2e::desktop::{Button, Notification, Picture, Window, outline};
use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, StructureBuilder, Value};

/// An icon with a menu of one account, which a click signs in.
struct Played {
    bus: Connection,
    clicks: Receiver<i32>,
    label: Arc<Mutex<String>>,
}

struct Looks;

#[zbus::interface(name = "org.kde.StatusNotifierItem")]
impl Looks {
    #[zbus(property)]
    fn status(&self) -> &str {
        "Active"
    }

    #[zbus(property)]
    fn title(&self) -> &str {
        "Played"
    }

    #[zbus(property)]
    fn icon_name(&self) -> &str {
        "played-icon"
    }

    #[zbus(property)]
    fn icon_pixmap(&self) -> Vec<(i32, i32, Vec<u8>)> {
        vec![(1, 1, vec![255, 1, 2, 3])]
    }

    #[zbus(property)]
    fn menu(&self) -> OwnedObjectPath {
        ObjectPath::from_static_str_unchecked("/Menu").into()
    }
}

struct Menu {
    label: Arc<Mutex<String>>,
    clicks: Sender<i32>,
}

type Properties<'a> = HashMap<&'a str, Value<'a>>;
/// Id, properties, and what is below.
type Node = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

#[zbus::interface(name = "com.canonical.dbusmenu")]
impl Menu {
    fn get_layout(&self, _parent: i32, _depth: i32, _names: Vec<String>) -> (u32, Node) {
        let label = self.label.lock().expect("it").clone();
        let account = node(1, [("label", label.as_str().into()), ("enabled", false.into())].into(), []);
        let line = node(2, [("type", "separator".into())].into(), []);
        let box_to_tick: Properties =
            [("label", "_Box".into()), ("toggle-type", "checkmark".into()), ("toggle-state", 1.into())].into();
        let hidden = node(5, [("label", "Hidden".into()), ("visible", false.into())].into(), []);
        let more = node(3, [("label", "More".into())].into(), [node(4, box_to_tick, []), hidden]);
        (1, (0, HashMap::new(), vec![account, line, more]))
    }

    fn event(&self, id: i32, kind: &str, _data: Value<'_>, _time: u32) {
        if kind == "clicked" {
            self.clicks.send(id).expect("somebody listens");
        }
    }
}

fn node<const N: usize>(id: i32, properties: Properties<'_>, below: [OwnedValue; N]) -> OwnedValue {
    let below: Vec<Value> = below.map(Value::from).into();
    let node =
        StructureBuilder::new().add_field(id).add_field(properties).add_field(below).build().expect("a structure");
    Value::from(node).try_to_owned().expect("no descriptors in it")
}

impl Played {
    fn start(desktop: &Desktop) -> Result<Self> {
        let label = Arc::new(Mutex::new("jan__k: signed out".to_owned()));
        let (sender, clicks) = mpsc::channel();
        let menu = Menu { label: Arc::clone(&label), clicks: sender };
        let bus = desktop.connect()?.serve_at("/Played", Looks)?.serve_at("/Menu", menu)?.build()?;
        Ok(Self { bus, clicks, label })
    }

    fn register(&self) -> Result<()> {
        let watcher = "org.kde.StatusNotifierWatcher";
        let watcher = Proxy::new(&self.bus, watcher, "/StatusNotifierWatcher", watcher)?;
        assert!(watcher.get_property::<bool>("IsStatusNotifierHostRegistered")?, "an icon is seen here");
        Ok(watcher.call("RegisterStatusNotifierItem", &"/Played")?)
    }

    fn relabel(&self, label: &str) -> Result<()> {
        label.clone_into(&mut self.label.lock().expect("it"));
        Ok(self.bus.emit_signal(None::<&str>, "/Menu", "com.canonical.dbusmenu", "LayoutUpdated", &(2_u32, 0_i32))?)
    }
}

impl Drop for Played {
    fn drop(&mut self) {
        let _ = self.bus.clone().close();
    }
}

#[test]
fn an_icon_is_read_clicked_and_waited_for() -> Result<()> {
    let desktop = Desktop::start()?;
    let host = desktop.tray_host()?;
    let played = Played::start(&desktop)?;
    played.register()?;
    let item = host.item()?;
    let icon = item.icon()?;
    assert_eq!((&*icon.status, &*icon.title, &*icon.name), ("Active", "Played", "played-icon"));
    assert_eq!(icon.pictures, [Picture { width: 1, height: 1, argb: vec![255, 1, 2, 3] }]);
    assert_eq!(outline(&item.menu()?), "(jan_k: signed out)\nMore\n  [x] Box\n");

    item.click(&["More", "Box"])?;
    assert_eq!(played.clicks.recv()?, 4, "the one that was meant");
    assert!(item.click(&["jan_k: signed out"]).is_err(), "a person cannot click it either");
    assert!(item.click(&["More", "Hidden"]).is_err(), "nor what they do not see");

    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| item.until_menu("signed in", |menu| menu[0].label == "jan_k: signed in"));
        played.relabel("jan__k: signed in")?;
        waiting.join().expect("it does not panic").map(|_| ())
    })?;
    drop(played);
    host.none()
}

#[test]
fn a_place_for_icons_that_ends_and_comes_again_is_another_one() -> Result<()> {
    let desktop = Desktop::start()?;
    let played = Played::start(&desktop)?;
    assert!(played.register().is_err(), "there is none yet");
    drop(desktop.tray_host()?);
    assert!(played.register().is_err(), "it is gone");
    let host = desktop.tray_host()?;
    played.register()?;
    played.register()?;
    assert_eq!(host.item()?.icon()?.title, "Played", "twice the same is one");
    Ok(())
}

/// What a program says, as `org.freedesktop.Notifications` takes it.
fn notify(bus: &Connection, replaces: u32, summary: &str, actions: &[&str]) -> Result<u32> {
    let hints = HashMap::<&str, Value>::new();
    let body = ("program", replaces, "", summary, "body", actions, hints, -1_i32);
    Ok(service(bus)?.call("Notify", &body)?)
}

fn service(bus: &Connection) -> Result<Proxy<'_>> {
    let name = "org.freedesktop.Notifications";
    Ok(Proxy::new(bus, name, "/org/freedesktop/Notifications", name)?)
}

#[test]
fn a_notification_is_read_replaced_pressed_and_withdrawn() -> Result<()> {
    let desktop = Desktop::start()?;
    let shown = desktop.notifications()?;
    let bus = desktop.connect()?.build()?;
    let mut pressed = service(&bus)?.receive_signal("ActionInvoked")?;
    let mut closed = service(&bus)?.receive_signal("NotificationClosed")?;
    let mut why_closed = || -> Result<(u32, u32)> { Ok(closed.next().context("a signal")?.body().deserialize()?) };

    let id = notify(&bus, 0, "first", &["go", "Go on"])?;
    let button = Button { key: "go".into(), label: "Go on".into() };
    let first =
        Notification { id, replaces: None, summary: "first".into(), body: "body".into(), buttons: vec![button] };
    assert_eq!(shown.only()?, first);
    assert_eq!(notify(&bus, id, "second", &["go", "Go on"])?, id);
    let second = shown.after(1)?;
    assert_eq!((second.replaces, &*second.summary), (Some(id), "second"));
    assert_eq!(shown.only()?, second, "the first is gone");

    assert!(shown.press(&second, "stop").is_err(), "there is no such button");
    shown.press(&second, "go")?;
    let invoked = pressed.next().context("a signal")?;
    assert_eq!(invoked.body().deserialize::<(u32, String)>()?, (id, "go".to_owned()));
    assert_eq!(why_closed()?, (id, 2), "its person is done with it");

    let third = notify(&bus, 0, "third", &[])?;
    assert_ne!(third, id, "a number of its own");
    shown.only()?;
    service(&bus)?.call::<_, _, ()>("CloseNotification", &third)?;
    shown.none()?;
    assert_eq!(why_closed()?, (third, 3), "the program withdrew it");
    drop(shown);
    assert!(notify(&bus, 0, "nobody reads it", &[]).is_err());
    Ok(())
}

#[test]
fn a_picture_is_taken_of_what_is_on_the_screen() -> Result<()> {
    let desktop = Desktop::start()?;
    let screen = desktop.screen(200, 100)?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("all.png");
    let all = Window { id: 0, x: 0, y: 0, width: 200, height: 100 };
    screen.picture(all, &file)?;
    let picture = std::fs::read(&file)?;
    let size = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().expect("four bytes"));
    assert_eq!((&picture[1..4], size(16), size(20)), (&b"PNG"[..], 200, 100), "a whole PNG");
    Ok(())
}

#[test]
fn a_real_panel_and_a_real_daemon_take_the_place_of_ours() -> Result<()> {
    let desktop = Desktop::start()?;
    let mut screen = desktop.screen(640, 480)?;
    screen.manage_windows()?;
    screen.panel()?;
    screen.notification_daemon()?;
    assert!(desktop.tray_host().is_err(), "the panel has the icons");
    assert!(desktop.notifications().is_err(), "the daemon has the notifications");
    let played = Played::start(&desktop)?;
    played.register()?;
    notify(&desktop.connect()?.build()?, 0, "for a person", &["go", "Go on"])?;
    screen.await_window("xfce4-notifyd").map(|_| ())
}
