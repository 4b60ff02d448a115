use std::env;

/// Whether there is a desktop to show something on. Without a display `xdg-open` would take over the terminal with a text
/// browser; macOS needs no variable.
#[must_use]
pub fn has_desktop() -> bool {
    let set = |variable| env::var_os(variable).is_some_and(|value| !value.is_empty());
    cfg!(target_os = "macos") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
