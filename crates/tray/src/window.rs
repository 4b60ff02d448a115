//! The window, in a process of its own: started, and only missed where nothing can show it. A second one raises the first by
//! itself.

use std::env;
use std::io;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

use desktop::{Page, UNSHOWN};

use crate::platform;

/// Where there is no display its toolkit panics.
const PANICKED: i32 = 101;

/// Opens it, at a page or where it was. `unshown` is called where that comes to nothing.
pub(crate) fn open(page: Option<Page>, unshown: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let mut window = command(page)?.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    // Waited for anyway, or it would stay a zombie for as long as the tray runs.
    thread::spawn(move || {
        if window.wait().is_ok_and(is_unshown) {
            unshown();
        }
    });
    Ok(())
}

/// One that was closed, ended or killed has been seen.
fn is_unshown(ended: ExitStatus) -> bool {
    ended.code().is_some_and(|code| [i32::from(UNSHOWN), PANICKED, platform::UNLOADED].contains(&code))
}

/// The command that opens it: the program beside this one.
pub(crate) fn command(page: Option<Page>) -> io::Result<Command> {
    let mut command = Command::new(program()?);
    if let Some(page) = page {
        command.args(["--page", page.name()]);
    }
    Ok(command)
}

fn program() -> io::Result<PathBuf> {
    Ok(env::current_exe()?.with_file_name("signet-window").with_extension(env::consts::EXE_EXTENSION))
}
