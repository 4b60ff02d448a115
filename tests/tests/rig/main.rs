//! The rig proved on itself, before anything is proved with it.

mod application;
mod lifetime;
mod mail;
mod provider;
