//! What real desktops put on a screen: a window manager, a panel with tray icons, and somebody who shows notifications.

use std::fs;
use std::os::unix::fs::chown;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::Screen;
use super::screen::Window;
use crate::kept::Kept;
use crate::rig::installed;

/// The panel's settings: at the top, as wide as the screen, icons at its right end.
const PANEL: &str = include_str!("xfce4-panel.xml");
/// Where packages say what serves a name on the bus.
const SERVICES: &str = "/usr/share/dbus-1/services";

/// The class of the windows of Xfce's panel's parts: that of the icons is the only one here.
const TRAY: &str = "wrapper-2.0";

impl Screen {
    /// From now on windows have borders, and can be raised.
    pub fn manage_windows(&mut self) -> Result<()> {
        let mut command = self.command(&["/usr/bin/openbox"])?;
        command.arg("--sm-disable").stdout(Stdio::null());
        self.programs.insert(0, Kept::start(&mut command)?);
        Ok(())
    }

    /// Starts a panel (Xfce's) with a place for tray icons.
    pub fn panel(&mut self) -> Result<()> {
        self.files.offer("org.xfce.Xfconf", &program_of("org.xfce.Xfconf")?)?;
        let mut folder = self.files.part("home");
        for name in [".config", "xfce4", "xfconf", "xfce-perchannel-xml"] {
            folder.push(name);
            fs::create_dir(&folder)?;
            chown(&folder, Some(self.files.user), Some(self.files.user))?;
        }
        fs::write(folder.join("xfce4-panel.xml"), PANEL)?;
        let command = self.command(&["/usr/bin/xfce4-panel"])?;
        self.serve("org.kde.StatusNotifierWatcher", command)
    }

    /// Starts a daemon (Xfce's) that shows notifications.
    pub fn notification_daemon(&mut self) -> Result<()> {
        let command = self.command(&[&program_of("org.xfce.xfce4-notifyd.Notifications")?])?;
        self.serve("org.freedesktop.Notifications", command)
    }

    /// Waits until the panel shows an icon, clicks it, and gives the menu that opens.
    pub fn open_tray_menu(&self) -> Result<Window> {
        // An icon widens the window that the panel gives to it.
        let has_width = |all: &[Window]| all.iter().find(|window| window.width > 1).copied();
        let icon = self.until_windows(TRAY, has_width)?;
        let (x, y) = (icon.x + icon.width.cast_signed() / 2, icon.y + icon.height.cast_signed() / 2);
        self.act(&["mousemove", &x.to_string(), &y.to_string(), "click", "1"])?;
        self.until_windows(TRAY, |all| all.iter().find(|window| window.height > icon.height).copied())
    }

    /// Closes the menu again, without choosing anything.
    pub fn close_tray_menu(&self, menu: Window) -> Result<()> {
        self.act(&["key", "Escape", "mousemove", "0", "400"])?;
        self.until_windows(TRAY, |all| all.iter().all(|window| window.id != menu.id).then_some(()))
    }

    fn serve(&mut self, name: &str, mut command: Command) -> Result<()> {
        // Nothing but what is on this display and this bus is looked for.
        command.env("GDK_BACKEND", "x11").env("NO_AT_BRIDGE", "1").env("GTK_USE_PORTAL", "0").stdout(Stdio::null());
        let mut daemon = Kept::start(&mut command)?;
        self.files.await_name(name, true, Some(&mut daemon))?;
        self.programs.insert(0, daemon);
        Ok(())
    }
}

/// The program of a service that is installed: it lies elsewhere on each architecture.
fn program_of(service: &str) -> Result<String> {
    let file = installed(&[&format!("{SERVICES}/{service}.service")])?;
    let text = fs::read_to_string(&file)?;
    let line = text.lines().find_map(|line| line.strip_prefix("Exec="));
    Ok(line.with_context(|| format!("{} starts nothing", file.display()))?.to_owned())
}
