//! What the window's pages can ask for. Each is allowed by name in `capabilities/window.json`.

use std::ops::ControlFlow;
use std::thread;

use desktop::{Report, autostart as login};
use ipc::{CallError, Client, ConnectError, Endpoint, Fault, FaultCode, Snapshot};
use serde::Serialize;
use serde_json::{Map, Value};
use tauri::async_runtime::spawn_blocking;
use tauri::ipc::Channel;
use tauri::{State, Window};
use texts::{Language, text};

use crate::allowed::is_allowed;
use crate::window::Held;

/// What a page hears of the agent.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum News {
    /// How everything stands now.
    Snapshot(Box<Snapshot>),
    /// Nobody answers: always `true`.
    Lost(bool),
}

/// Asks the agent. Each request has a connection of its own, so that none waits for another.
#[tauri::command]
pub(crate) async fn call(method: String, params: Map<String, Value>) -> Result<Value, Fault> {
    if !is_allowed(&method) {
        return Err(Fault::new(FaultCode::MethodNotFound, format!("the window asks for no {method:?}")));
    }
    let asked = spawn_blocking(move || ask(&method, &params)).await;
    asked.unwrap_or_else(|error| Err(Fault::new(FaultCode::Internal, error.to_string())))
}

/// Has every snapshot sent from now on, for as long as the window is open.
#[tauri::command]
pub(crate) fn subscribe(channel: Channel<News>) -> Result<(), Fault> {
    let endpoint = endpoint()?;
    thread::spawn(move || {
        desktop::follow(&endpoint, |report| {
            let news = match report {
                Report::Changed(snapshot) => News::Snapshot(snapshot),
                Report::Lost => News::Lost(true),
            };
            if channel.send(news).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    });
    Ok(())
}

/// Shows a page in the person's browser.
#[tauri::command]
pub(crate) fn open(url: &str) -> Result<(), Fault> {
    if !is_for_browser(url) {
        return Err(Fault::new(FaultCode::InvalidParams, "only web pages are opened").with_reason("no_page"));
    }
    if desktop::open_page(url) {
        Ok(())
    } else {
        let said = text(Language::current(), "cli-browser-failed", &[]);
        Err(Fault::new(FaultCode::Internal, said).with_reason("no_browser"))
    }
}

/// Whether the tray starts at login.
#[tauri::command]
pub(crate) fn autostart() -> Result<bool, Fault> {
    login::is_on().map_err(of_system)
}

/// Has the tray start at login, or no longer.
#[tauri::command]
pub(crate) fn set_autostart(on: bool) -> Result<(), Fault> {
    login::set(on).map_err(of_system)
}

/// The language of the system, which holds where the person has chosen none.
#[tauri::command]
pub(crate) fn system_language() -> &'static str {
    Language::current().code()
}

/// Whether closing the window is to be asked about first: something on its page is not saved.
#[tauri::command]
pub(crate) fn hold(on: bool, held: State<'_, Held>) {
    held.set(on);
}

/// Closes the window, whatever is on its page.
#[tauri::command]
pub(crate) fn close(window: Window) -> Result<(), Fault> {
    window.destroy().map_err(|error| Fault::new(FaultCode::Internal, error.to_string()).with_reason("system"))
}

fn ask(method: &str, params: &Map<String, Value>) -> Result<Value, Fault> {
    let mut agent = Client::connect(&endpoint()?).map_err(unconnected)?;
    agent.pass_on(method, params).map_err(|error| {
        if let CallError::Fault(fault) = error { fault } else { Fault::new(FaultCode::Internal, error.to_string()) }
    })
}

fn endpoint() -> Result<Endpoint, Fault> {
    Endpoint::of_this_user().map_err(of_system)
}

fn unconnected(error: ConnectError) -> Fault {
    let said = if let ConnectError::NotRunning(_) = error {
        text(Language::current(), "cli-not-running", &[])
    } else {
        error.to_string()
    };
    Fault::new(FaultCode::Internal, said).with_reason("not_running")
}

fn of_system(error: std::io::Error) -> Fault {
    Fault::new(FaultCode::Internal, error.to_string()).with_reason("system")
}

/// A secure page, or one of the agent's own on this machine.
fn is_for_browser(address: &str) -> bool {
    let Ok(address) = tauri::Url::parse(address) else { return false };
    match (address.scheme(), address.host_str()) {
        ("https", Some(_)) => true,
        ("http", Some(host)) => ["127.0.0.1", "[::1]", "localhost"].contains(&host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_secure_pages_and_the_agents_own_are_opened() {
        for good in ["https://login.microsoftonline.com/x?y=z", "http://127.0.0.1:4000/open/1", "http://[::1]:4000/"] {
            assert!(is_for_browser(good), "{good}");
        }
        for bad in
            ["http://example.com/", "http://127.0.0.1.example.com/", "file:///etc/passwd", "javascript:alert(1)", ""]
        {
            assert!(!is_for_browser(bad), "{bad}");
        }
    }

    #[test]
    fn the_pages_hear_news_in_the_shape_they_read() {
        let lost = serde_json::to_value(News::Lost(true)).unwrap();
        assert_eq!(lost, serde_json::json!({ "lost": true }));
        let news = serde_json::to_value(News::Snapshot(Box::default())).unwrap();
        assert_eq!(news["snapshot"]["revision"], 0);
    }
}
