//! What Signet's programs ask of the person's desktop, and how those that stay in sight follow the agent.
#![warn(missing_docs)]

pub mod autostart;
mod browser;
mod connection;
mod page;
mod platform;

/// With this code (`EX_UNAVAILABLE`, sysexits(3)) the window ends where nothing can show it: no web engine, no display.
pub const UNSHOWN: u8 = 69;

pub use browser::open_page;
pub use connection::{Report, follow};
pub use page::Page;
pub use platform::has_desktop;
