//! What the system tells of files, in its own way.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io;
use std::path::Path;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;

/// What is done with some files, whichever of the folders they are in.
pub(crate) struct FileWatch {
    touches: mpsc::UnboundedReceiver<()>,
    _watcher: RecommendedWatcher,
}

impl FileWatch {
    pub(crate) fn new<'a>(names: BTreeSet<OsString>, folders: impl IntoIterator<Item = &'a Path>) -> io::Result<Self> {
        let (touch, touches) = mpsc::unbounded_channel();
        let is_ours = move |event: notify::Event| {
            !event.kind.is_access()
                && event.paths.iter().filter_map(|path| path.file_name()).any(|it| names.contains(it))
        };
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(&is_ours) {
                // After the loop's end it concerns nobody.
                let _ = touch.send(());
            }
        })
        .map_err(io::Error::other)?;
        for folder in folders {
            watcher.watch(folder, RecursiveMode::NonRecursive).map_err(io::Error::other)?;
        }
        Ok(Self { touches, _watcher: watcher })
    }

    /// Waits until one of the files has come, changed or gone.
    pub(crate) async fn touched(&mut self) -> io::Result<()> {
        self.touches.recv().await.ok_or_else(|| io::Error::other("the watching has ended"))
    }
}
