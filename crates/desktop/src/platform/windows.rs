/// Whether there is a desktop to show something on. A person's session always has one; a service runs no program that asks.
#[must_use]
pub fn has_desktop() -> bool {
    true
}
