//! Linux tells of what is done with files by inotify(7), and only of what is asked for: a folder like `/etc`, out of
//! which every program reads as it starts, wakes nobody.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fs::inotify::{self, CreateFlags, Event, Reader, WatchFlags};
use tokio::io::unix::AsyncFd;

use super::system::waitable;

/// Holds a few of the longest names.
const BUFFER: usize = 4096;

/// What is done with some files, whichever of the folders they are in.
pub(crate) struct FileWatch {
    inotify: AsyncFd<OwnedFd>,
    names: BTreeSet<OsString>,
}

impl FileWatch {
    /// Must be called inside the runtime.
    pub(crate) fn new<'a>(names: BTreeSet<OsString>, folders: impl IntoIterator<Item = &'a Path>) -> io::Result<Self> {
        let inotify = inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)?;
        let changes = WatchFlags::CREATE
            | WatchFlags::MODIFY
            | WatchFlags::CLOSE_WRITE
            | WatchFlags::ATTRIB
            | WatchFlags::MOVE
            | WatchFlags::DELETE;
        for folder in folders {
            inotify::add_watch(&inotify, folder, changes)?;
        }
        Ok(Self { inotify: waitable(inotify)?, names })
    }

    /// Waits until one of the files has come, changed or gone.
    pub(crate) async fn touched(&mut self) -> io::Result<()> {
        loop {
            let mut ready = self.inotify.readable().await?;
            if let Ok(found) = ready.try_io(|inotify| Ok(find(inotify.get_ref(), &self.names)?)) {
                return found;
            }
        }
    }
}

/// Reads until something has been done with one of them; `WOULDBLOCK` when that was not so.
fn find(inotify: &OwnedFd, names: &BTreeSet<OsString>) -> rustix::io::Result<()> {
    let mut buffer = [MaybeUninit::uninit(); BUFFER];
    let mut events = Reader::new(inotify, &mut buffer);
    while !is_about(&events.next()?, names) {}
    Ok(())
}

fn is_about(event: &Event<'_>, names: &BTreeSet<OsString>) -> bool {
    event.file_name().is_some_and(|name| names.contains(OsStr::from_bytes(name.to_bytes())))
}
