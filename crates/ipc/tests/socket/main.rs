//! The endpoint over real sockets.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[cfg(unix)]
mod access;
mod client;
mod contract;
mod fixture;
mod framing;
mod limits;
mod managers;
#[cfg(windows)]
mod pipe;
