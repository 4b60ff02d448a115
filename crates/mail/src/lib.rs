//! What Signet knows of mail: where Office 365 keeps it, how a token opens it, what a server's no means.
//!
//! Nothing here but [`check`] connects to anything.

#![warn(missing_docs)]

pub mod check;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
pub mod office365;
mod protocol;
pub mod refusal;
pub mod sasl;
pub mod settings;

pub use protocol::{Protocol, UnknownProtocol};
