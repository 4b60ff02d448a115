//! A desktop: a session bus with GNOME's keyring, a place for tray icons and one for notifications, and a screen.

mod board;
mod notifications;
mod prompter;
mod screen;
mod session;
mod tray_host;
mod wayland;

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use rustix::process::{Signal, getuid, kill_process};
use tempfile::TempDir;
use zbus::blocking::connection::Builder;

pub use self::notifications::{Button, Notification, Notifications};
pub use self::prompter::{Prompter, QUESTION};
pub use self::screen::{Screen, Window};
pub use self::tray_host::{Entry, Icon, Item, Picture, TrayHost, outline};
pub use self::wayland::Wayland;

use crate::agent::{AgentOptions, KeyPlace};
use crate::kept::{Kept, keeper_command, program_beside};
use crate::programs;
use crate::rig::{installed, is_root};

/// Owner of desktop and agent when the tests run as root: the user `nobody`, since a bus lets in nobody without a name.
const NAMED: u32 = 65_534;
const KEYRING_SERVICE: &str = "org.freedesktop.secrets";
const PASSWORD: &str = "the person's password";
/// A busy machine is slow; a keyring that is not on the bus by then will not be.
const PATIENCE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(5);

/// The session bus of a user, where nothing starts by itself. Dropping it ends the bus.
#[derive(Debug)]
pub struct Desktop {
    bus: Option<Kept>,
    files: Rc<Files>,
}

/// An unlocked keyring on a desktop's bus. Dropping it ends the keyring; its entries stay.
#[derive(Debug)]
pub struct Keyring {
    daemon: Kept,
}

impl Keyring {
    /// From now on it keeps its place on the bus and answers nobody.
    pub fn fall_silent(&self) -> Result<()> {
        self.signal(Signal::STOP)
    }

    /// Answers what it was asked meanwhile, and goes on.
    pub fn recover(&self) -> Result<()> {
        self.signal(Signal::CONT)
    }

    fn signal(&self, signal: Signal) -> Result<()> {
        let pid = self.daemon.pid().context("the keyring runs")?;
        Ok(kill_process(pid, signal)?)
    }
}

impl Desktop {
    pub fn start() -> Result<Self> {
        let files = Rc::new(Files::make()?);
        let mut command = files.command(&installed(&["/usr/bin/dbus-daemon"])?)?;
        command.arg(format!("--config-file={}", files.part("bus.conf").display()));
        command.args(["--nofork", "--print-address"]).stdout(Stdio::piped());
        let mut bus = Kept::start(&mut command)?;
        let said = read_line(bus.stdout().context("its output is piped")?)?;
        ensure!(said.starts_with("unix:"), "the bus does not start:\n{}", files.log()?);
        Ok(Self { bus: Some(bus), files })
    }

    /// For an agent on this desktop, which keeps its key in the keyring.
    pub fn agent_options(&self) -> AgentOptions {
        let environment = vec![("DBUS_SESSION_BUS_ADDRESS".to_owned(), self.files.address())];
        AgentOptions { key: KeyPlace::Keyring, environment, user: Some(self.files.user), ..AgentOptions::default() }
    }

    /// A connection of the test's own.
    pub fn connect(&self) -> Result<Builder<'static>> {
        Ok(Builder::address(&*self.files.address())?)
    }

    /// Ends the bus, and whatever is on it.
    pub fn end_bus(&mut self) {
        self.bus = None;
    }

    /// Unlocks the keyring of this name, an empty one at the first time. There is one at a time.
    pub fn unlock(&self, name: &str) -> Result<Keyring> {
        // The keeper gives what it runs no standard input, where the password has to come from.
        self.start_keyring(name, "exec \"$0\" --foreground --unlock --components=secrets < \"$1\"")
    }

    /// Starts the keyring of this name as a login without a password leaves it: locked, or where it is a new one, without
    /// anything to keep secrets in.
    pub fn start_locked(&self, name: &str) -> Result<Keyring> {
        self.start_keyring(name, "exec \"$0\" --foreground --components=secrets")
    }

    fn start_keyring(&self, name: &str, line: &str) -> Result<Keyring> {
        let program = installed(&["/usr/bin/gnome-keyring-daemon"])?;
        self.files.await_name(KEYRING_SERVICE, false, None)?;
        let entries = self.files.part(name);
        if !entries.exists() {
            self.files.make_own(name)?;
        }
        let mut command = self.files.command(Path::new("/bin/sh"))?;
        command.args(["-c", line]);
        command.arg(program).arg(self.files.part("password"));
        command.env("XDG_DATA_HOME", entries).stdout(Stdio::null());
        let mut daemon = Kept::start(&mut command)?;
        self.files.await_name(KEYRING_SERVICE, true, Some(&mut daemon))?;
        Ok(Keyring { daemon })
    }
}

/// Where everything of a desktop lies.
#[derive(Debug)]
struct Files {
    directory: TempDir,
    user: u32,
}

impl Files {
    fn make() -> Result<Self> {
        let directory = tempfile::Builder::new().prefix("signet-desktop-").tempdir_in("/tmp")?;
        fs::set_permissions(directory.path(), Permissions::from_mode(0o755))?;
        let user = if is_root() { NAMED } else { getuid().as_raw() };
        let files = Self { directory, user };
        programs::place(&program_beside("signet-keep")?, &files.part("signet-keep"))?;
        for name in ["run", "home", "services"] {
            files.make_own(name)?;
        }
        fs::write(files.part("password"), PASSWORD)?;
        fs::write(files.part("bus.conf"), bus_configuration(&files.address(), &files.part("services")))?;
        for name in ["password", "bus.conf"] {
            fs::set_permissions(files.part(name), Permissions::from_mode(0o644))?;
        }
        Ok(files)
    }

    fn make_own(&self, name: &str) -> Result<()> {
        let directory = self.part(name);
        fs::create_dir(&directory)?;
        fs::set_permissions(&directory, Permissions::from_mode(0o700))?;
        Ok(chown(&directory, Some(self.user), Some(self.user))?)
    }

    /// A program as the user, under the keeper.
    fn command(&self, program: &Path) -> Result<Command> {
        let mut command = keeper_command(&self.part("signet-keep"), program);
        command.env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin").env("LANG", "C.UTF-8").current_dir("/");
        command.env("HOME", self.part("home")).env("XDG_RUNTIME_DIR", self.part("run"));
        command.env("DBUS_SESSION_BUS_ADDRESS", self.address());
        command.stderr(self.open_log()?);
        if self.user != getuid().as_raw() {
            command.uid(self.user).gid(self.user);
        }
        Ok(command)
    }

    /// Waits until somebody has a name on the bus, or nobody; whoever is to take it must not end.
    fn await_name(&self, name: &str, there: bool, mut daemon: Option<&mut Kept>) -> Result<()> {
        let start = Instant::now();
        while self.has_owner(name)? != there {
            let has_ended = daemon.as_mut().map_or(Ok(false), |daemon| daemon.has_ended())?;
            if has_ended || start.elapsed() > PATIENCE {
                bail!("{name} is not as it should be (there: {there}):\n{}", self.log()?);
            }
            sleep(POLL);
        }
        Ok(())
    }

    fn has_owner(&self, name: &str) -> Result<bool> {
        let said = self.call_bus("NameHasOwner", &[&format!("string:{name}")])?;
        match said.trim() {
            "boolean true" => Ok(true),
            "boolean false" => Ok(false),
            _ => bail!("the bus does not answer: {said:?}\n{}", self.log()?),
        }
    }

    /// From now on the bus starts a program for whoever asks for this name.
    fn offer(&self, name: &str, line: &str) -> Result<()> {
        let service = format!("[D-BUS Service]\nName={name}\nExec={line}\n");
        fs::write(self.part("services").join(format!("{name}.service")), service)?;
        self.call_bus("ReloadConfig", &[]).map(|_| ())
    }

    /// Calls the bus itself, and gives the first line of its answer.
    fn call_bus(&self, method: &str, arguments: &[&str]) -> Result<String> {
        let mut command = self.command(&installed(&["/usr/bin/dbus-send"])?)?;
        command.args(["--session", "--print-reply=literal", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]);
        command.arg(format!("org.freedesktop.DBus.{method}")).args(arguments);
        let mut asking = Kept::start(command.stdout(Stdio::piped()))?;
        read_line(asking.stdout().context("its output is piped")?)
    }

    fn address(&self) -> String {
        format!("unix:path={}", self.part("run/bus").display())
    }

    fn open_log(&self) -> Result<File> {
        Ok(File::options().append(true).create(true).open(self.part("log"))?)
    }

    fn log(&self) -> Result<String> {
        Ok(fs::read_to_string(self.part("log"))?)
    }

    fn part(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }
}

/// Its one service directory is empty at first: no keyring or prompter comes up where a test wants none.
fn bus_configuration(address: &str, services: &Path) -> String {
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>{address}</listen>
  <servicedir>{}</servicedir>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="root"/>
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#,
        services.display()
    )
}

fn read_line(from: impl std::io::Read) -> Result<String> {
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(from), &mut line)?;
    Ok(line)
}
