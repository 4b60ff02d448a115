//! Where the endpoint is.

use std::io;
use std::path::{Path, PathBuf};

use crate::platform;

/// The environment variable that places the endpoint elsewhere.
pub const VARIABLE: &str = "SIGNET_SOCKET";

/// The address of an agent: a socket's path, or on Windows a pipe's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint(PathBuf);

impl Endpoint {
    /// This user's endpoint: `SIGNET_SOCKET` where it is set, else the place the system has for it.
    ///
    /// # Errors
    /// When the system does not say who this user is.
    pub fn of_this_user() -> io::Result<Self> {
        match std::env::var_os(VARIABLE) {
            Some(path) if !path.is_empty() => Ok(Self(path.into())),
            _ => platform::usual_endpoint().map(Self),
        }
    }

    /// The endpoint at a path, or of a pipe's full name.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The path, or the pipe's name.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}
