//! Says what the window may ask for, and what is missing where its pages are not built.

use std::path::Path;

use tauri_build::{AppManifest, Attributes};

const PAGES: &str = "../ui/dist";
/// Each is allowed by name in `capabilities/window.json`.
const COMMANDS: &[&str] =
    &["call", "subscribe", "open", "autostart", "set_autostart", "system_language", "hold", "close"];

fn main() {
    println!("cargo:rerun-if-changed={PAGES}");
    assert!(
        Path::new(PAGES).join("index.html").is_file(),
        "the window's pages are not built. Build them with: npm --prefix ui ci && npm --prefix ui run build"
    );
    let commands = AppManifest::new().commands(COMMANDS);
    if let Err(error) = tauri_build::try_build(Attributes::new().app_manifest(commands)) {
        panic!("{error:#}");
    }
}
