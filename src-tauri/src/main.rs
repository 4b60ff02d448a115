//! `signet-window`: the window, a client of the agent in a process of its own. It ends when it is closed, and what the agent
//! holds never comes near a web engine.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod allowed;
mod commands;
mod window;

use std::env;
use std::process::{ExitCode, exit};

use desktop::Page;
use tracing::error;

/// Asks the web engine to let itself be driven by a program, for tests.
const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";

fn main() -> ExitCode {
    agent::start_log();
    if !cfg!(debug_assertions) && is_driven() {
        error!("a released window is driven by nobody but its person: {AUTOMATION} must not be set");
        return ExitCode::FAILURE;
    }
    let page = asked(env::args());
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, arguments, _folder| window::raise(app, asked(arguments))))
        .invoke_handler(tauri::generate_handler![
            commands::call,
            commands::subscribe,
            commands::open,
            commands::autostart,
            commands::set_autostart,
            commands::system_language,
            commands::hold,
            commands::close
        ])
        .manage(window::Held::default())
        .on_window_event(window::on_event)
        .setup(move |app| {
            // An error that is passed on would be a panic.
            if let Err(error) = window::open(app.handle(), page) {
                exit(unshown(&error).into());
            }
            Ok(())
        });
    match app.run(tauri::generate_context!()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => unshown(&error).into(),
    }
}

/// Whoever opened the window tells its person.
fn unshown(error: &tauri::Error) -> u8 {
    error!("the window cannot be opened: {error}");
    desktop::UNSHOWN
}

fn is_driven() -> bool {
    env::var_os(AUTOMATION).is_some()
}

/// The page that a command line names. One that is not there is no reason to show nothing.
fn asked(arguments: impl IntoIterator<Item = String>) -> Option<Page> {
    let mut named = arguments.into_iter().skip_while(|argument| argument != "--page").skip(1);
    Page::named(&named.next()?)
}
