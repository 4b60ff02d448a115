//! A Wine of our own: a prefix that nobody else uses, and the server of that prefix.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::kit::{self, Kit};

/// Debian's `wine` script wants the 32-bit half too.
const WINE: &str = "/usr/lib/wine/wine64";
const SERVER: &str = "/usr/lib/wine/wineserver";
/// Seconds. Making a prefix takes ten; a program that panics without a console may never end.
const PATIENCE: u32 = 300;
/// Seconds that the server outlives its last program: one for all test programs, and none for long should we be killed.
const PERSISTENCE: u32 = 60;
/// Wine's own complaints are shown, but for those about the desktop that there is not.
const MESSAGES: &str = "err+all,fixme-all,err-winediag,err-systray,err-ole,err-rpc";

/// Rust's standard library takes random numbers from here; Wine before 8.17 has no such file.
const RANDOM: (&str, &str) = (
    "bcryptprimitives.dll",
    "#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG); /* RtlGenRandom */
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T count) {
    return SystemFunction036(bytes, (ULONG)count);
}
",
);

pub(super) struct Wine<'k> {
    kit: &'k Kit,
    prefix: PathBuf,
}

impl<'k> Wine<'k> {
    pub(super) fn start(kit: &'k Kit, folder: &Path) -> Result<Self> {
        let prefix = folder.join("wine");
        remove(&prefix)?;
        fs::create_dir_all(&prefix)?;
        let wine = Self { kit, prefix };
        wine.begin(wine.server(&format!("-p{PERSISTENCE}")))?;
        let mut boot = wine.program(&["wineboot", "--init"]);
        // Neither .NET nor a browser is offered to be installed.
        boot.env("WINEDLLOVERRIDES", "mscoree=;mshtml=");
        wine.begin(boot)?;
        wine.add_random_numbers()?;
        // Wine itself must work before a test is blamed.
        wine.begin(wine.program(&["cmd", "/c", "ver"]))?;
        Ok(wine)
    }

    /// What Wine starts in the background holds the outputs of what it was started by: no pipe to us may be among them.
    fn begin(&self, mut command: Command) -> Result<()> {
        let log = self.prefix.join("start.log");
        let file = File::options().create(true).append(true).open(&log)?;
        let done = kit::run(command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file));
        done.with_context(|| fs::read_to_string(&log).unwrap_or_default()).context("Wine does not work")
    }

    /// What a program is run with, as cargo wants it.
    pub(super) fn runner(&self) -> String {
        format!("timeout --kill-after=5 {PATIENCE} {WINE}")
    }

    /// Lets a command start programs in this prefix.
    pub(super) fn dress<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command
            .env("WINEPREFIX", &self.prefix)
            .env("WINEARCH", "win64")
            .env("WINEDEBUG", MESSAGES)
            .env_remove("DISPLAY")
    }

    fn program(&self, words: &[&str]) -> Command {
        let mut command = self.kit.command("timeout");
        command.args(["--kill-after=5", &PATIENCE.to_string(), WINE]).args(words);
        self.dress(&mut command);
        command
    }

    fn server(&self, word: &str) -> Command {
        let mut command = self.kit.command("timeout");
        command.args(["--kill-after=5", &PATIENCE.to_string(), SERVER, word]);
        self.dress(&mut command);
        command
    }

    fn add_random_numbers(&self) -> Result<()> {
        let (name, code) = RANDOM;
        let library = self.prefix.join("drive_c/windows/system32").join(name);
        if library.exists() {
            return Ok(());
        }
        let source = self.prefix.join("random.c");
        fs::write(&source, code)?;
        let mut compiler = self.kit.command("x86_64-w64-mingw32-gcc");
        compiler.args(["-shared", "-O2", "-o"]).args([&library, &source]).arg("-ladvapi32");
        kit::run_quietly(&mut compiler)
    }
}

impl Drop for Wine<'_> {
    fn drop(&mut self) {
        // Of this prefix alone. Whatever of it does not work leaves a folder that the next start removes.
        for word in ["-k", "-w"] {
            let _ = self.server(word).stdout(Stdio::null()).stderr(Stdio::null()).status();
        }
        let _ = remove(&self.prefix);
    }
}

fn remove(prefix: &Path) -> Result<()> {
    match fs::remove_dir_all(prefix) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
