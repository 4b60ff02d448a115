//! The window, in a process of its own: started, and not looked after. A second one raises the first by itself.

use std::env;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

use desktop::Page;

/// Opens it, at a page or where it was.
pub(crate) fn open(page: Option<Page>) -> io::Result<()> {
    let mut window = command(page)?.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    // Waited for, or it would stay a zombie for as long as the tray runs.
    thread::spawn(move || window.wait());
    Ok(())
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
