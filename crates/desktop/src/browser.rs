use crate::platform;

/// Opens the person's default browser, detached and never waited for. Says whether something was started.
#[must_use]
pub fn open_page(address: &str) -> bool {
    let is_page = address.starts_with("https://") || address.starts_with("http://");
    is_page && platform::has_desktop() && open::that_detached(address).is_ok()
}
