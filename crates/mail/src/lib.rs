//! What Signet knows of mail: where Office 365 keeps it and how a token opens it.
//!
//! Pure: nothing here connects to anything.

#![warn(missing_docs)]

pub mod office365;
mod protocol;
pub mod refusal;
pub mod sasl;
pub mod settings;

pub use protocol::{Protocol, UnknownProtocol};
