//! The project's folder, the tools put there, and how programs are started with them.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Output, Stdio};

use anyhow::{Context, Result, bail};

pub(crate) struct Kit {
    pub(crate) root: PathBuf,
    path: Vec<PathBuf>,
    node: Option<PathBuf>,
}

impl Kit {
    pub(crate) fn new() -> Result<Self> {
        // Asked at run time: a checkout that was moved still holds an xtask built at its old place.
        let package =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package.parent().context("xtask lies in the project's folder")?;
        let mut path = vec![root.join("target/tools/bin")];
        path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        Ok(Self { root: root.to_owned(), path, node: None })
    }

    /// Where tools of the project's own are installed.
    pub(crate) fn tools(&self) -> PathBuf {
        self.root.join("target/tools")
    }

    /// From now on this Node runs, for us and for all that we start.
    pub(crate) fn adopt_node(&mut self, node: PathBuf) {
        if let Some(folder) = node.parent().filter(|folder| folder.starts_with(self.tools())) {
            self.path.insert(0, folder.to_owned());
        }
        self.node = Some(node);
    }

    /// The program that this name would start. The system folders are searched too: a plain user's
    /// PATH often lacks them.
    pub(crate) fn find(&self, name: &str) -> Option<PathBuf> {
        let system = ["/usr/local/sbin", "/usr/sbin", "/sbin"].map(PathBuf::from);
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        self.path.iter().chain(&system).map(|folder| folder.join(&file)).find(|file| file.is_file())
    }

    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("PATH", self.joined_path());
        if let Some(node) = &self.node {
            command.env("SIGNET_NODE", node);
        }
        command
    }

    pub(crate) fn cargo<I, A>(&self, args: I) -> Command
    where
        I: IntoIterator<Item = A>,
        A: AsRef<OsStr>,
    {
        let mut command = self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(args);
        command
    }

    fn joined_path(&self) -> OsString {
        env::join_paths(&self.path).unwrap_or_else(|_| env::var_os("PATH").unwrap_or_default())
    }
}

/// Runs it with our own stdin, stdout and stderr; anything but success is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", name(command)))?;
    succeeded(command, status)
}

/// Runs it without a word; what it said is told when it fails.
pub(crate) fn run_quietly(command: &mut Command) -> Result<()> {
    let output = output(command.stdin(Stdio::null()))?;
    let said = [output.stdout, output.stderr].concat();
    succeeded(command, output.status).with_context(|| String::from_utf8_lossy(&said).trim().to_owned())
}

/// Runs it and takes what it printed, whether or not it succeeded.
pub(crate) fn output(command: &mut Command) -> Result<Output> {
    command.output().with_context(|| format!("cannot start {}", name(command)))
}

/// The stdout of a program that succeeds.
pub(crate) fn stdout(command: &mut Command) -> Result<String> {
    let output = output(command)?;
    if !output.status.success() {
        bail!("{} failed: {}", name(command), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Becomes this program where the system can, so that Ctrl-C reaches it and nobody else.
pub(crate) fn become_program(command: &mut Command) -> Result<()> {
    #[cfg(unix)]
    {
        let error = std::os::unix::process::CommandExt::exec(command);
        Err(error).with_context(|| format!("cannot start {}", name(command)))
    }
    #[cfg(not(unix))]
    run(command)
}

pub(crate) fn succeeded(command: &Command, status: ExitStatus) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    match status.code() {
        Some(code) => bail!("{} failed (exit code {code})", shown(command)),
        None => bail!("{} was ended by a signal", shown(command)),
    }
}

/// The command as one would type it.
pub(crate) fn shown(command: &Command) -> String {
    let mut words = vec![name(command)];
    words.extend(command.get_args().map(|arg| arg.to_string_lossy().into_owned()));
    words.join(" ")
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned()
}
