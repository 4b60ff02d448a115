use std::sync::atomic::{AtomicBool, Ordering};

use desktop::Page;
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder, Window, WindowEvent};
use tracing::warn;

use crate::is_driven;

/// As in `capabilities/window.json`.
const LABEL: &str = "main";
const SIZE: (f64, f64) = (960.0, 680.0);
/// The pages are made for this and more.
const SMALLEST: (f64, f64) = (480.0, 360.0);

/// Opens the window, at this page.
pub(crate) fn open(app: &AppHandle, page: Option<Page>) -> tauri::Result<()> {
    let address = page.map_or_else(|| "index.html".to_owned(), |page| format!("index.html{}", place(page)));
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App(address.into()))
        .title("Signet")
        .inner_size(SIZE.0, SIZE.1)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        // Nothing of what it shows is left on the disk. The engine lets only what is no such window be driven.
        .incognito(!is_driven());
    window.build().map(drop)
}

/// Whether its page holds what is not saved.
#[derive(Default)]
pub(crate) struct Held {
    is_on: AtomicBool,
    /// The page was told to ask the person, and has not said that it does.
    is_unheard: AtomicBool,
}

impl Held {
    /// As the page says, also whenever it was told to ask.
    pub(crate) fn set(&self, on: bool) {
        self.is_on.store(on, Ordering::Relaxed);
        self.is_unheard.store(false, Ordering::Relaxed);
    }

    /// Whether the page is to ask. One that did not hear the last time, since its process is gone, holds nobody up.
    fn asks(&self) -> bool {
        self.is_on.load(Ordering::Relaxed) && !self.is_unheard.swap(true, Ordering::Relaxed)
    }
}

/// A window that is held is not closed: its page asks the person, and closes it if they mean it.
pub(crate) fn on_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else { return };
    if !window.state::<Held>().asks() {
        return;
    }
    let Some(page) = window.get_webview_window(LABEL) else { return };
    // As ui/src/lib/backend/tauri.ts hears it. A page that cannot be asked holds nobody up.
    match page.eval("dispatchEvent(new Event('signet-closing'))") {
        Ok(()) => api.prevent_close(),
        Err(error) => warn!(%error, "the page cannot be asked"),
    }
}

/// Brings the window to the front, and to this page.
pub(crate) fn raise(app: &AppHandle, page: Option<Page>) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    let went = page.map_or(Ok(()), |page| window.eval(format!("location.hash = '{}'", place(page))));
    let raised = went.and_then(|()| window.unminimize()).and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = raised {
        warn!(%error, "the window does not come to the front");
    }
}

/// The page within the address, as the pages read it.
fn place(page: Page) -> String {
    format!("#/{}", page.name())
}
