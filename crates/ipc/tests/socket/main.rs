//! The endpoint over real sockets.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access;
mod client;
mod contract;
mod fixture;
mod framing;
mod limits;
