use std::collections::BTreeSet;
use std::convert::Infallible;
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
    let watcher = watcher(path, touch);
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

fn watcher(path: &Path, touch: mpsc::UnboundedSender<()>) -> notify::Result<RecommendedWatcher> {
    let places = places(path);
    let files: BTreeSet<_> = places.iter().filter_map(|place| place.file_name().map(ToOwned::to_owned)).collect();
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
    let folders: BTreeSet<_> = places.iter().filter_map(|place| place.parent()).collect();
    for folder in folders {
        fs::create_dir_all(folder).map_err(notify::Error::io)?;
        watcher.watch(folder, RecursiveMode::NonRecursive)?;
    }
    Ok(watcher)
}

/// Where the file stands, and where it lies if it is a link.
fn places(path: &Path) -> Vec<PathBuf> {
    [Some(path.to_owned()), fs::canonicalize(path).ok()].into_iter().flatten().collect()
}
