//! A display, what belongs on it, and pictures of it.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::rc::Rc;
use std::thread::sleep;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt as _, EventMask};

use super::{Desktop, Files, PATIENCE, POLL, read_line};
use crate::kept::Kept;
use crate::rig::installed;

/// A display with nothing on it at first. Dropping it ends it, and the programs that show something there.
#[derive(Debug)]
pub struct Screen {
    pub(super) files: Rc<Files>,
    name: String,
    /// Ended in this order, the display at last.
    pub(super) programs: Vec<Kept>,
    _server: Kept,
}

/// Where a window is, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub id: u32,
    pub x: i32,
    pub y: i32,
    pub width: u32,
    pub height: u32,
}

impl Window {
    /// As xdotool(1) tells it: the id, and then lines of names and numbers.
    fn told(lines: &str) -> Option<Self> {
        let (id, rest) = lines.split_once('\n')?;
        let number = |name| rest.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('=')?.parse().ok());
        let size = |name| number(name).and_then(|number| u32::try_from(number).ok());
        Some(Self {
            id: id.parse().ok()?,
            x: number("X")?,
            y: number("Y")?,
            width: size("WIDTH")?,
            height: size("HEIGHT")?,
        })
    }
}

impl Desktop {
    /// A display of its own, so many pixels wide and high.
    pub fn screen(&self, width: u32, height: u32) -> Result<Screen> {
        let mut command = self.files.command(&installed(&["/usr/bin/Xvfb"])?)?;
        // The server takes the first number that is free, and tells it when it serves.
        command.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0"]);
        command.arg(format!("{width}x{height}x24")).stdout(Stdio::piped());
        let mut server = Kept::start(&mut command)?;
        let number = read_line(server.stdout().context("its output is piped")?)?;
        ensure!(!number.trim().is_empty(), "no display:\n{}", self.files.log()?);
        Ok(Screen {
            files: Rc::clone(&self.files),
            name: format!(":{}", number.trim()),
            programs: Vec::new(),
            _server: server,
        })
    }
}

impl Screen {
    /// What `DISPLAY` is set to.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Waits until there is a window of this class, and gives the first.
    pub fn await_window(&self, class: &str) -> Result<Window> {
        self.until_windows(class, |all| all.first().copied())
    }

    /// Waits until a window of this title is there.
    pub fn await_title(&self, title: &str) -> Result<()> {
        self.act(&["search", "--sync", "--onlyvisible", "--name", title])
    }

    /// Waits until this window is the only one of its class.
    pub fn await_only(&self, class: &str, window: Window) -> Result<()> {
        self.until_windows(class, |all| matches!(all, [only] if only.id == window.id).then_some(()))
    }

    /// Waits until there is none.
    pub fn await_no_window(&self, class: &str) -> Result<()> {
        self.until_windows(class, |all| all.is_empty().then_some(()))
    }

    /// Waits until those windows of a class that can be seen are as wanted.
    pub(super) fn until_windows<R>(&self, class: &str, wanted: impl Fn(&[Window]) -> Option<R>) -> Result<R> {
        let start = Instant::now();
        loop {
            let all = self.windows(class)?;
            if let Some(found) = wanted(&all) {
                return Ok(found);
            }
            ensure!(start.elapsed() < PATIENCE, "the windows of {class} are {all:?}:\n{}", self.files.log()?);
            sleep(POLL);
        }
    }

    pub(super) fn windows(&self, class: &str) -> Result<Vec<Window>> {
        let words = ["search", "--onlyvisible", "--class", class, "getwindowgeometry", "--shell", "%@"];
        let mut command = self.command(&["/usr/bin/xdotool"])?;
        let mut searching = Kept::start(command.args(words).stdout(Stdio::piped()))?;
        let mut told = String::new();
        searching.stdout().context("its output is piped")?.read_to_string(&mut told)?;
        // It fails where there is none, and where one goes while it is asked about.
        Ok(told.split("WINDOW=").filter_map(Window::told).collect())
    }

    /// Has the keyboard's keys go to a window. Found anew among all windows, some of which come and go, it would be lost now
    /// and then.
    pub fn focus(&self, window: Window) -> Result<()> {
        self.act(&["windowfocus", "--sync", &window.id.to_string()])
    }

    /// The same where windows are managed: waits until their manager says that this is the one in use. Its keys, as that which closes
    /// a window, go by what the manager knows.
    pub fn activate(&self, window: Window) -> Result<()> {
        self.act(&["windowactivate", "--sync", &window.id.to_string()])
    }

    /// Has the window's manager close it, as its close button does (`_NET_CLOSE_WINDOW`, Extended Window Manager Hints). The keys for
    /// it, played in, come to nothing now and then.
    pub fn close(&self, window: Window) -> Result<()> {
        /// That it is the person's own wish.
        const BY_PERSON: u32 = 2;
        let (server, screen) = x11rb::connect(Some(&self.name))?;
        let root = server.setup().roots[screen].root;
        let close = server.intern_atom(false, b"_NET_CLOSE_WINDOW")?.reply()?.atom;
        let to_manager = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
        let message = ClientMessageEvent::new(32, window.id, close, [x11rb::CURRENT_TIME, BY_PERSON, 0, 0, 0]);
        Ok(server.send_event(false, root, to_manager, message)?.check()?)
    }

    /// Does what these words of xdotool(1) say.
    pub fn act(&self, words: &[&str]) -> Result<()> {
        let ended = self.xdotool(words)?;
        ensure!(ended.success(), "xdotool {words:?}: {ended}\n{}", self.files.log()?);
        Ok(())
    }

    fn xdotool(&self, words: &[&str]) -> Result<ExitStatus> {
        let mut command = self.command(&["/usr/bin/xdotool"])?;
        Kept::start(command.args(words).stdout(Stdio::null()))?.wait()
    }

    /// Takes a picture (PNG) of a part of the screen.
    pub fn picture(&self, Window { x, y, width, height, .. }: Window, file: &Path) -> Result<()> {
        let mut command = self.command(&["/usr/bin/maim"])?;
        command.args(["--hidecursor", &format!("--geometry={width}x{height}+{x}+{y}")]).stdout(Stdio::piped());
        let mut taking = Kept::start(&mut command)?;
        let mut picture = Vec::new();
        taking.stdout().context("its output is piped")?.read_to_end(&mut picture)?;
        ensure!(taking.wait()?.success(), "no picture:\n{}", self.files.log()?);
        Ok(fs::write(file, picture)?)
    }

    /// The first of these programs that is there, on this display.
    pub(super) fn command(&self, places: &[&str]) -> Result<Command> {
        let mut command = self.files.command(&installed(places)?)?;
        command.env("DISPLAY", &self.name);
        Ok(command)
    }
}
