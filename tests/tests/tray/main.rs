//! The real `signet-tray` on a desktop whose tray and notifications the tests read as values.

mod hosts;
mod keyring;
mod life;
mod menu;
mod notifications;
mod scene;
mod sign_in;
