//! The `signet` under test, as an unprivileged user with a home of its own.

mod autostart;
mod crowd;
mod endpoint;
mod home;
mod opener;
mod seat;
mod sign_in;
mod supervised;
mod tray;
mod watch;

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use rustix::process::{Pid, getuid};

pub use crowd::Crowd;
pub use endpoint::Endpoint;
pub use opener::Opener;
pub use seat::Seat;
pub use sign_in::{SignIn, SigningIn};
pub use supervised::{HANDING_OVER, Supervisor};
pub use tray::Tray;
pub use watch::Watch;

use self::home::Home;
pub(crate) use self::home::config;
pub(crate) use self::sign_in::whole;
use crate::browser::Browser;
use crate::forms::Forms;
use crate::kept::{Kept, Word, keeper_command, program_beside};
use crate::programs;
use crate::rig::{Rig, UNRESOLVED};

/// Owner of the agent when the tests run as root: above every range that is handed out, and without a name.
pub const OWNER: u32 = 61_001;
/// Somebody else on the same computer.
pub const STRANGER: u32 = 61_002;

const PROGRAMS: [&str; 4] = ["signet", "signet-keep", "signet-line", "signet-crowd"];
/// A busy machine is slow; an agent that does not listen by then will not.
const PATIENCE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(2);

/// How an agent is set up.
#[derive(Clone, Debug, Default)]
pub struct AgentOptions {
    /// `SIGNET_LANG` of agent and commands; English when left out.
    pub language: Option<String>,
    /// Whether `[app]` is left out of the configuration, so that only accounts with an issuer of their own work.
    pub without_app: bool,
    /// Where the store's key is kept.
    pub key: KeyPlace,
    /// Further lines of `config.toml`.
    pub config: String,
    /// Further environment of agent and commands.
    pub environment: Vec<(String, String)>,
    /// Who it runs as, if the tests run as root; [`OWNER`] when left out.
    pub user: Option<u32>,
}

impl AgentOptions {
    /// [`UNRESOLVED`] is no name. What lets a name without dots be looked up as another one (hostname(7)) makes it one that no
    /// question to a name server can hold, so that none leaves this computer.
    pub fn knowing_no_name(rig: &Rig) -> Result<Self> {
        let file = rig.directory().join("aliases");
        fs::write(&file, format!("{UNRESOLVED} {}.invalid\n", "x".repeat(64)))?;
        let environment = vec![("HOSTALIASES".to_owned(), file.display().to_string())];
        Ok(Self { environment, ..Self::default() })
    }
}

/// `[store] key` of the configuration.
#[derive(Clone, Copy, Debug, Default)]
pub enum KeyPlace {
    #[default]
    File,
    Keyring,
    Passphrase,
    Systemd,
}

impl KeyPlace {
    fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Keyring => "keyring",
            Self::Passphrase => "passphrase",
            Self::Systemd => "systemd",
        }
    }
}

/// A running `signet agent`, and what talks to it. Dropping it ends it and removes its home.
#[derive(Debug)]
pub struct Agent {
    process: Option<Kept>,
    browser: Browser,
    forms: Forms,
    home: Home,
}

/// What a command said.
#[derive(Clone, Debug)]
pub struct Said {
    /// Exit code; -1 when a signal ended it.
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Said {
    /// What a command that succeeded printed, without the line's end.
    pub fn line(self) -> Result<String> {
        ensure!(self.code == 0, "it ended with {}: {}", self.code, self.stderr);
        Ok(self.stdout.trim_end().to_owned())
    }
}

/// Somebody on the agent's computer.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'a> {
    home: &'a Home,
    uid: u32,
    language: Option<&'a str>,
}

impl Agent {
    /// Starts an agent whose accounts are the rig's, and waits until it listens.
    pub fn start(rig: &Rig, options: AgentOptions) -> Result<Self> {
        let mut agent = Self::at_rest(rig, options)?;
        agent.launch()?;
        Ok(agent)
    }

    /// The same, not started yet.
    pub fn at_rest(rig: &Rig, options: AgentOptions) -> Result<Self> {
        let home = Home::make(rig, options)?;
        Ok(Self { process: None, browser: Browser::new(rig), forms: Forms::new(rig), home })
    }

    /// Starts it again on the same home, after [`Agent::stop`] or [`Agent::kill`].
    pub fn launch(&mut self) -> Result<()> {
        ensure!(self.process.is_none(), "the agent is running");
        let log = File::options().append(true).create(true).open(self.home.log())?;
        let mut command = self.owner().kept_command();
        command.args(["agent", "--foreground"]).stdout(log.try_clone()?).stderr(log);
        self.process = Some(Kept::start(&mut command)?);
        self.await_listening()
    }

    /// Waits until somebody listens at its place.
    pub fn await_listening(&mut self) -> Result<()> {
        let start = Instant::now();
        while UnixStream::connect(self.home.socket()).is_err() {
            let has_ended = self.process.as_mut().map_or(Ok(false), Kept::has_ended)?;
            if has_ended || start.elapsed() > PATIENCE {
                bail!("the agent does not listen:\n{}", self.log()?);
            }
            sleep(POLL);
        }
        Ok(())
    }

    /// Asks it to end (SIGTERM), waits until it has, and gives its exit code.
    pub fn stop(&mut self) -> Result<Option<i32>> {
        self.end(Word::Term)
    }

    /// Ends it as a crash would (SIGKILL).
    pub fn kill(&mut self) -> Result<()> {
        self.end(Word::Kill).map(|_| ())
    }

    fn end(&mut self, word: Word) -> Result<Option<i32>> {
        let mut process = self.process.take().context("the agent is not running")?;
        process.tell(word)?;
        Ok(process.wait()?.code())
    }

    pub fn pid(&self) -> Option<Pid> {
        self.process.as_ref()?.pid()
    }

    /// All it has written since its first start.
    pub fn log(&self) -> Result<String> {
        Ok(fs::read_to_string(self.home.log())?)
    }

    /// The user it runs as.
    pub fn owner(&self) -> Caller<'_> {
        self.as_user(self.home.owner)
    }

    /// Somebody else; only root can be anybody else.
    pub fn as_user(&self, uid: u32) -> Caller<'_> {
        Caller { home: &self.home, uid, language: None }
    }

    /// Runs `signet` as the owner.
    pub fn signet(&self, arguments: &[&str]) -> Result<Said> {
        self.owner().signet(arguments)
    }

    /// Runs `signet token` as the owner and gives the token.
    pub fn token(&self, account: &str) -> Result<String> {
        self.signet(&["token", account])?.line()
    }

    /// Connects to the endpoint as the owner.
    pub fn endpoint(&self) -> Result<Endpoint> {
        self.owner().endpoint()
    }

    /// The browser of its person.
    pub fn browser(&mut self) -> &mut Browser {
        &mut self.browser
    }

    /// The directory of `config.toml`.
    pub fn config_dir(&self) -> PathBuf {
        self.home.part("config")
    }

    /// Changes `config.toml`, which the agent reads when it starts.
    pub fn edit_config(&self, edit: impl FnOnce(&str) -> String) -> Result<()> {
        let file = self.config_dir().join("config.toml");
        Ok(fs::write(&file, edit(&fs::read_to_string(&file)?))?)
    }

    pub fn state_dir(&self) -> PathBuf {
        self.home.part("state")
    }

    pub fn socket(&self) -> PathBuf {
        self.home.socket()
    }

    /// The `signet` that it is.
    pub fn program(&self) -> PathBuf {
        self.home.program("signet")
    }

    /// The directory of everything it and its commands read and write.
    pub fn home(&self) -> &Path {
        self.home.directory.path()
    }

    /// The file everything it says goes to.
    pub fn log_file(&self) -> PathBuf {
        self.home.log()
    }

    /// Puts a further program beside `signet`, where its user can run it.
    pub fn lend(&self, program: &Path) -> Result<PathBuf> {
        let name = program.file_name().context("a program has a name")?;
        let place_for_it = self.home.part("bin").join(name);
        if !place_for_it.exists() {
            programs::place(program, &place_for_it)?;
        }
        Ok(place_for_it)
    }

    /// From now on its home, the log in it, outlives it.
    pub fn keep_files(&mut self) {
        self.home.directory.disable_cleanup(true);
    }
}

impl<'a> Caller<'a> {
    /// The same with another `SIGNET_LANG`.
    pub fn speaking(self, language: &'a str) -> Self {
        Self { language: Some(language), ..self }
    }

    /// Runs `signet` and waits for its end.
    pub fn signet(self, arguments: &[&str]) -> Result<Said> {
        self.signet_reading("", arguments)
    }

    /// The same, with this on its standard input.
    pub fn signet_reading(self, input: &str, arguments: &[&str]) -> Result<Said> {
        let mut command = self.dressed(Command::new(self.home.program("signet")));
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = command.spawn()?;
        if let Some(mut stdin) = running.stdin.take() {
            // One that reads nothing may have ended already.
            let _ = stdin.write_all(input.as_bytes());
        }
        let output = running.wait_with_output()?;
        Ok(Said {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout)?,
            stderr: String::from_utf8(output.stderr)?,
        })
    }

    /// Connects to the endpoint.
    pub fn endpoint(self) -> Result<Endpoint> {
        let mut command = self.dressed(Command::new(self.home.program("signet-line")));
        command.arg(self.home.socket());
        Endpoint::open(&mut command)
    }

    /// Connects as a program of the agent's installation: a manager.
    pub fn manager(self) -> Result<Endpoint> {
        let program = self.home.program("signet-tray");
        if !program.exists() {
            // A link to the file that strangers run would make managers of them.
            programs::copy(&program_beside("signet-line")?, &program)?;
        }
        let mut command = self.dressed(Command::new(program));
        command.arg(self.home.socket());
        Endpoint::open(&mut command)
    }

    /// Any other program, in the agent's environment: a mail program with its token command, say.
    pub fn command(self, program: impl AsRef<Path>) -> Command {
        self.dressed(Command::new(program.as_ref()))
    }

    fn kept_command(self) -> Command {
        self.kept("signet")
    }

    /// A program beside `signet`, under the keeper.
    fn kept(self, program: &str) -> Command {
        self.kept_at(&self.home.program(program))
    }

    fn kept_at(self, program: &Path) -> Command {
        self.dressed(keeper_command(&self.home.program("signet-keep"), program))
    }

    fn dressed(self, mut command: Command) -> Command {
        command.env_clear().envs(self.home.environment.iter().map(|(name, value)| (name, value)));
        command.envs(self.language.map(|language| ("SIGNET_LANG", language)));
        command.current_dir("/");
        if self.uid != getuid().as_raw() {
            command.uid(self.uid).gid(self.uid);
        }
        command
    }
}
