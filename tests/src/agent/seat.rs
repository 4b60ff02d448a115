//! Where a program of the desktop finds its display and its bus.

use std::env;
use std::process::Command;

use super::Opener;
use crate::desktop::Wayland;

/// What leads a program to the desktop of the person who runs the tests.
const OF_PERSON: [&str; 7] = [
    "DBUS_SESSION_BUS_ADDRESS",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_CURRENT_DESKTOP",
    "XDG_RUNTIME_DIR",
    "XDG_SESSION_TYPE",
];

/// Neither an accessibility bus nor portals are looked for.
const ALONE: [(&str, &str); 2] = [("NO_AT_BRIDGE", "1"), ("GTK_USE_PORTAL", "0")];

/// A place in front of a display, or without one.
#[derive(Clone, Debug)]
pub struct Seat {
    environment: Vec<(String, String)>,
}

impl Seat {
    /// Where no display is.
    pub fn without_display() -> Self {
        Self { environment: Vec::new() }
    }

    /// At this display, with nothing around that a test has not put there.
    pub fn at(display: &str) -> Self {
        Self { environment: owned([("DISPLAY", display), ("GDK_BACKEND", "x11"), ALONE[0], ALONE[1]]) }
    }

    /// At a Wayland compositor, where there is no X server.
    pub fn at_wayland(compositor: &Wayland) -> Self {
        let socket = compositor.socket().display().to_string();
        Self { environment: owned([("WAYLAND_DISPLAY", &*socket), ("GDK_BACKEND", "wayland"), ALONE[0], ALONE[1]]) }
    }

    /// At the display of whoever runs this process.
    pub fn of_person() -> Self {
        let found = OF_PERSON.into_iter().filter_map(|name| Some((name.to_owned(), env::var(name).ok()?)));
        Self { environment: found.collect() }
    }

    /// The same with pages opened by this.
    #[must_use]
    pub fn opening_by(self, opener: &Opener) -> Self {
        let [(name, path), _display] = opener.environment();
        self.with(name, &path)
    }

    /// The same with a further variable.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(super) fn seat(&self, command: &mut Command) {
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
    }
}

fn owned<const N: usize>(variables: [(&str, &str); N]) -> Vec<(String, String)> {
    variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}
