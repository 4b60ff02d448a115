//! `signet.exe` under Wine, in front of the same rig. `cargo xtask windows` says where both are: `SIGNET_EXE`, and Wine's own
//! `WINEPREFIX`.

use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tempfile::TempDir;

use crate::agent::{AgentOptions, KeyPlace, Said, SigningIn, config, whole};
use crate::desktop::Screen;
use crate::kept::{Kept, kept_command};
use crate::rig::{Rig, run};

/// Debian's `wine` script wants the 32-bit half too.
const WINE: &str = "/usr/lib/wine/wine64";
const SERVER: &str = "/usr/lib/wine/wineserver";
/// Seconds for one command. A program that panics without a console may never end.
const PATIENCE: &str = "120";
/// A busy machine is slow; what is not in the log by then will not be.
const LIMIT: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(20);

/// A person's account on a Windows computer. The agent listens at its usual pipe, so there is one at a time.
#[derive(Debug)]
pub struct WindowsHome {
    directory: TempDir,
    program: PathBuf,
}

/// A `signet-tray.exe` that runs.
#[derive(Debug)]
pub struct WindowsTray(Kept);

impl WindowsTray {
    /// Waits for its end, which is a good one.
    pub fn ended(mut self) -> Result<()> {
        let ended = self.0.wait()?;
        ensure!(ended.success(), "{ended}");
        Ok(())
    }
}

impl WindowsHome {
    /// A home whose configuration names the rig, with the key in the Credential Manager. No agent runs yet.
    pub fn make(rig: &Rig) -> Result<Self> {
        let program = env::var_os("SIGNET_EXE").context("cargo xtask windows says where signet.exe is")?.into();
        let directory = tempfile::Builder::new().prefix("signet-windows-").tempdir_in("/tmp")?;
        let options = AgentOptions { key: KeyPlace::Keyring, ..AgentOptions::default() };
        for part in ["config", "state"] {
            fs::create_dir(directory.path().join(part))?;
        }
        // Wine has no chain engine with further roots: this authority is put among the system's own.
        let config = config(rig, &options).replace("extra_ca = ", "# extra_ca = ");
        fs::write(directory.path().join("config/config.toml"), config)?;
        trust(&rig.ca())?;
        Ok(Self { directory, program })
    }

    /// Runs `signet.exe` and waits for its end.
    pub fn signet(&self, arguments: &[&str]) -> Result<Said> {
        self.run("signet.exe", arguments)
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<Said> {
        said(self.dressed(Command::new("timeout"), program).args(arguments))
    }

    /// Runs another program, on this display.
    fn wine(&self, screen: &Screen, words: &[&str]) -> Result<Said> {
        let mut command = Command::new("timeout");
        command.args(["--kill-after=5", PATIENCE, WINE]).args(words).env("DISPLAY", screen.name()).current_dir("/");
        said(&mut command)
    }

    /// Runs `signet.exe sign-in` up to the address of its page.
    pub fn begin_sign_in(&self, account: &str) -> Result<SigningIn> {
        let mut command = self.dressed(kept_command("timeout")?, "signet.exe");
        SigningIn::by_hand(command.args(["sign-in", account, "--no-browser"])).with_context(|| self.log())
    }

    /// Runs `signet-tray.exe` on this display. Everything else of this Wine ends: its first program decides whether it has a
    /// desktop.
    pub fn start_tray(&self, screen: &Screen) -> Result<WindowsTray> {
        for word in ["-k", "-w"] {
            Command::new("timeout").args(["--kill-after=5", PATIENCE, SERVER, word]).status()?;
        }
        let mut command = self.dressed(kept_command("timeout")?, "signet-tray.exe");
        Ok(WindowsTray(Kept::start(command.env("DISPLAY", screen.name()))?))
    }

    /// Ends Wine's own taskbar, and waits until it is gone.
    pub fn end_taskbar(&self, screen: &Screen) -> Result<()> {
        self.wine(screen, &["taskkill", "/f", "/im", "explorer.exe"])?.line()?;
        self.wine(screen, &[&self.taskbar()?, "gone"])?.line().map(|_| ())
    }

    /// Ends the session, as who logs out does, up to the end of the tray. Wine's own command for it may outlive what it ends.
    pub fn end_session(&self, screen: &Screen, tray: WindowsTray) -> Result<()> {
        let mut command = kept_command("timeout")?;
        command.args(["--kill-after=5", PATIENCE, WINE, "wineboot", "--end-session"]);
        let _ending = Kept::start(command.env("DISPLAY", screen.name()).current_dir("/"))?;
        tray.ended()
    }

    /// Has another taskbar come, and gives what it was told of icons, a line each.
    pub fn late_taskbar(&self, screen: &Screen) -> Result<String> {
        self.wine(screen, &[&self.taskbar()?])?.line()
    }

    fn taskbar(&self) -> Result<String> {
        let (source, program) = (self.directory.path().join("taskbar.c"), self.directory.path().join("taskbar.exe"));
        if !program.exists() {
            fs::write(&source, include_str!("windows/taskbar.c"))?;
            run(Command::new("x86_64-w64-mingw32-gcc").args(["-std=c2x", "-o"]).arg(&program).arg(&source))?;
        }
        Ok(program.display().to_string())
    }

    /// Runs `signet-window.exe` and waits for its end.
    pub fn window(&self) -> Result<Said> {
        self.run("signet-window.exe", &[])
    }

    /// Waits until the agent, or the tray, has said this.
    pub fn await_log(&self, wanted: &str) -> Result<()> {
        let start = Instant::now();
        while !self.log().contains(wanted) {
            ensure!(start.elapsed() < LIMIT, "waited in vain for {wanted:?}: {}", self.log());
            sleep(POLL);
        }
        Ok(())
    }

    /// All that the agent has said.
    pub fn log(&self) -> String {
        fs::read_to_string(self.state_dir().join("agent.log")).unwrap_or_default()
    }

    /// What the agent keeps.
    pub fn state_dir(&self) -> PathBuf {
        self.directory.path().join("state")
    }

    /// `timeout` with a time, Wine, and the program.
    fn dressed(&self, mut command: Command, program: &str) -> Command {
        command.args(["--kill-after=5", PATIENCE, WINE]).arg(self.program.with_file_name(program));
        let at = |part: &str| windows_path(&self.directory.path().join(part));
        command.env("SIGNET_CONFIG_DIR", at("config")).env("SIGNET_STATE_DIR", at("state"));
        command.env("SIGNET_LANG", "en").env_remove("SIGNET_SOCKET").current_dir("/");
        command
    }
}

impl Drop for WindowsHome {
    fn drop(&mut self) {
        // It may have been ended already.
        let _ = self.signet(&["agent", "--stop"]);
    }
}

/// What a program leaves running may hold its outputs, so they are files.
fn said(command: &mut Command) -> Result<Said> {
    let (mut stdout, mut stderr) = (tempfile::tempfile()?, tempfile::tempfile()?);
    command.stdin(Stdio::null()).stdout(stdout.try_clone()?).stderr(stderr.try_clone()?);
    let code = command.status()?.code().unwrap_or(-1);
    Ok(Said { code, stdout: text(whole(&mut stdout)?), stderr: text(whole(&mut stderr)?) })
}

/// Puts a certificate among those that this user trusts, as the registry keeps them: one property, the certificate itself,
/// under a key named after its hash.
fn trust(certificate: &Path) -> Result<()> {
    const CERTIFICATE: u32 = 32;
    let text = fs::read_to_string(certificate)?;
    let lines: String = text.lines().filter(|line| !line.starts_with("-----")).collect();
    let bytes = STANDARD.decode(lines)?;
    let size = u32::try_from(bytes.len())?;
    let blob = [CERTIFICATE, 1, size].into_iter().flat_map(u32::to_le_bytes).chain(bytes.iter().copied());
    let blob: String = blob.map(|byte| format!("{byte:02X}")).collect();
    let key = format!("{}\\{}", r"HKCU\Software\Microsoft\SystemCertificates\Root\Certificates", sha1(&bytes)?);
    let mut add = Command::new("timeout");
    add.args([PATIENCE, WINE, "reg", "add", &key, "/v", "Blob", "/t", "REG_BINARY", "/d", &blob, "/f"]);
    run(&mut add)
}

fn sha1(bytes: &[u8]) -> Result<String> {
    let mut summing = Command::new("sha1sum").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    summing.stdin.take().context("its input is piped")?.write_all(bytes)?;
    let said = String::from_utf8(summing.wait_with_output()?.stdout)?;
    Ok(said.split(' ').next().unwrap_or_default().to_uppercase())
}

/// Wine shows the whole file system as drive Z.
fn windows_path(path: &Path) -> String {
    format!("Z:{}", path.display().to_string().replace('/', "\\"))
}

fn text(said: String) -> String {
    said.replace("\r\n", "\n")
}
