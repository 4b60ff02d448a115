use std::collections::BTreeSet;
use std::convert::Infallible;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;
use tokio::time::timeout;
use tracing::warn;

use crate::input::{Input, Inputs};

/// An editor empties a file before it fills it, or moves another one into its place.
const SETTLES: Duration = Duration::from_millis(100);

/// Tells the loop whenever somebody has touched the configuration.
pub(crate) async fn watch(path: &Path, inputs: mpsc::UnboundedSender<Input>) -> Infallible {
    let (touch, mut touched) = mpsc::unbounded_channel();
    let watcher = watcher_of(path, touch);
    if let Err(error) = &watcher {
        warn!(%error, path = %path.display(), "changes of the configuration go unnoticed until the next start");
    }
    while touched.recv().await.is_some() {
        while timeout(SETTLES, touched.recv()).await.is_ok_and(|more| more.is_some()) {}
        inputs.tell(Input::ConfigTouched);
    }
    drop(watcher);
    std::future::pending().await
}

/// Tells the loop whenever the policy comes, changes or goes, its folder with it.
pub(crate) async fn watch_policy(path: &Path, inputs: mpsc::UnboundedSender<Input>) -> Infallible {
    loop {
        let (touch, mut touched) = mpsc::unbounded_channel();
        let files = path.ancestors().filter_map(Path::file_name).take(2).map(ToOwned::to_owned).collect();
        let folders = path.ancestors().skip(1).take(2).filter(|folder| folder.is_dir());
        // Without one it is read with each start and each change of the configuration.
        let Ok(watcher) = watcher(files, folders, touch) else { return std::future::pending().await };
        if touched.recv().await.is_none() {
            return std::future::pending().await;
        }
        while timeout(SETTLES, touched.recv()).await.is_ok_and(|more| more.is_some()) {}
        // The folder may be another one by now.
        drop(watcher);
        inputs.tell(Input::ConfigTouched);
    }
}

fn watcher<'a>(
    files: BTreeSet<OsString>,
    folders: impl IntoIterator<Item = &'a Path>,
    touch: mpsc::UnboundedSender<()>,
) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let about = |event: notify::Event| {
            !event.kind.is_access()
                && event.paths.iter().filter_map(|path| path.file_name()).any(|it| files.contains(it))
        };
        if event.is_ok_and(about) {
            // After the loop's end it concerns nobody.
            let _ = touch.send(());
        }
    })?;
    for folder in folders {
        watcher.watch(folder, RecursiveMode::NonRecursive)?;
    }
    Ok(watcher)
}

/// The folders are made where they are not there yet.
fn watcher_of(path: &Path, touch: mpsc::UnboundedSender<()>) -> notify::Result<RecommendedWatcher> {
    let places = places(path);
    let files = places.iter().filter_map(|place| place.file_name().map(ToOwned::to_owned)).collect();
    let folders: BTreeSet<_> = places.iter().filter_map(|place| place.parent()).collect();
    for folder in &folders {
        fs::create_dir_all(folder).map_err(notify::Error::io)?;
    }
    watcher(files, folders, touch)
}

/// Where the file stands, and where it lies if it is a link.
fn places(path: &Path) -> Vec<PathBuf> {
    [Some(path.to_owned()), fs::canonicalize(path).ok()].into_iter().flatten().collect()
}
