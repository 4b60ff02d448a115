//! `signet-tray`: an agent with a tray icon, which is a client of the endpoint like any other.
// As a program of the desktop it has no console.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod arguments;
mod event;
#[cfg(test)]
mod fixture;
mod hands;
mod menu;
mod mood;
mod notices;
mod outcome;
mod picture;
mod platform;
mod running;
mod sign_in;
mod standing;
#[cfg(any(windows, test))]
mod toast;
mod tray;
mod window;

use std::env;
use std::io::Write;
use std::process::ExitCode;

use texts::{Language, text};

use self::arguments::Asked;

/// As for the `signet` command: any failure, and wrong usage.
const FAILED: u8 = 1;
const MISUSED: u8 = 2;

fn main() -> ExitCode {
    let language = Language::current();
    let arguments: Vec<String> = env::args_os().skip(1).map(|it| it.to_string_lossy().into_owned()).collect();
    match arguments::asked(&arguments) {
        Ok(Asked::Run(start)) => running::run(start, language).unwrap_or_else(|error| failed(&format!("{error:#}"))),
        Ok(Asked::Window(page)) => {
            let opened = window::command(page).and_then(|mut command| platform::become_program(&mut command));
            opened.unwrap_or_else(|error| failed(&format!("{}: {error}", text(language, "tray-no-window", &[]))))
        }
        Ok(Asked::Help) => printed(&text(language, "tray-help", &[])),
        Ok(Asked::Version) => printed(concat!("signet-tray ", env!("CARGO_PKG_VERSION"))),
        Err(stray) => {
            said(&text(language, "tray-misused", &[("argument", &stray)]));
            MISUSED.into()
        }
    }
}

fn printed(what: &str) -> ExitCode {
    match writeln!(std::io::stdout(), "{what}") {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => FAILED.into(),
    }
}

fn failed(why: &str) -> ExitCode {
    said(why);
    FAILED.into()
}

/// A terminal that is gone is no reason to fail otherwise than for `what`.
fn said(what: &str) {
    let _ = writeln!(std::io::stderr(), "{what}");
}
