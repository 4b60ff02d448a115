//! What Linux and macOS have in common.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::{Access, access, statvfs};
use rustix::process::{Resource, Rlimit, geteuid, getrlimit, setrlimit};
use tokio::signal::unix::{SignalKind, signal};

use super::Folder;

/// Opens a file that only its owner can read, and makes it so from the first moment.
pub(crate) fn open_private(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    options.mode(0o600).open(path)
}

/// Makes the directory if it is not there, and lets nobody but its owner in.
pub(crate) fn make_private_dir(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    fs::set_permissions(path, Permissions::from_mode(0o700))
}

/// Looks at a directory without changing it.
pub(crate) fn folder(path: &Path) -> io::Result<Folder> {
    let found = fs::metadata(path)?;
    let free = statvfs(path).ok().map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize));
    Ok(Folder {
        is_folder: found.is_dir(),
        is_ours: found.uid() == geteuid().as_raw(),
        is_open_to_others: found.mode() & 0o077 != 0,
        is_writable: access(path, Access::WRITE_OK | Access::EXEC_OK).is_ok(),
        free,
    })
}

/// Moves a file into another's place.
pub(crate) fn replace(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

/// Each connection is an open file, and a login session allows 1,024 of them where nobody asks for more.
pub(crate) fn allow_connections(count: usize) -> io::Result<()> {
    /// Files, pipes, sockets to authorities and browsers.
    const BESIDE: u64 = 512;
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = (count as u64 + BESIDE).min(maximum.unwrap_or(u64::MAX));
    if current.is_some_and(|current| current < wanted) {
        setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum })?;
    }
    Ok(())
}

/// Listens from now on for the system's or the terminal's wish that the process end.
pub(crate) fn termination() -> io::Result<impl Future<Output = ()>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_connections_fit_than_a_login_session_allows() {
        let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
        setrlimit(Resource::Nofile, Rlimit { current: Some(256), maximum }).unwrap();
        allow_connections(1_000).unwrap();
        let most = maximum.unwrap_or(u64::MAX);
        assert_eq!(getrlimit(Resource::Nofile).current, Some(1_512.min(most)));
        allow_connections(10).unwrap();
        assert_eq!(getrlimit(Resource::Nofile).current, Some(1_512.min(most)), "it is never lowered");
    }
}
