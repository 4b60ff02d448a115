use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::timeout;
use tracing::warn;

use crate::input::{Input, Inputs};
use crate::platform::FileWatch;

/// An editor empties a file before it fills it, or moves another one into its place.
const SETTLES: Duration = Duration::from_millis(100);

/// Tells the loop whenever somebody has touched the configuration.
pub(crate) async fn watch(path: &Path, inputs: mpsc::UnboundedSender<Input>) -> Infallible {
    let Err(error) = tell_of(path, &inputs).await;
    warn!(%error, path = %path.display(), "changes of the configuration go unnoticed until the next start");
    std::future::pending().await
}

async fn tell_of(path: &Path, inputs: &mpsc::UnboundedSender<Input>) -> io::Result<Infallible> {
    let mut watch = watch_of(path)?;
    loop {
        settled(&mut watch).await?;
        inputs.tell(Input::ConfigTouched);
    }
}

/// Tells the loop whenever the policy comes, changes or goes, its folder with it.
pub(crate) async fn watch_policy(path: &Path, inputs: mpsc::UnboundedSender<Input>) -> Infallible {
    loop {
        let files = path.ancestors().filter_map(Path::file_name).take(2).map(ToOwned::to_owned).collect();
        let folders = path.ancestors().skip(1).take(2).filter(|folder| folder.is_dir());
        // Without one it is read with each start and each change of the configuration.
        let Ok(mut watch) = FileWatch::new(files, folders) else { return std::future::pending().await };
        if settled(&mut watch).await.is_err() {
            return std::future::pending().await;
        }
        // The folder may be another one by now.
        drop(watch);
        inputs.tell(Input::ConfigTouched);
    }
}

/// Waits until something has been done with the files, and nothing more is.
async fn settled(watch: &mut FileWatch) -> io::Result<()> {
    watch.touched().await?;
    while let Ok(more) = timeout(SETTLES, watch.touched()).await {
        more?;
    }
    Ok(())
}

/// The folders are made where they are not there yet.
fn watch_of(path: &Path) -> io::Result<FileWatch> {
    let places = places(path);
    let files = places.iter().filter_map(|place| place.file_name().map(ToOwned::to_owned)).collect();
    let folders: BTreeSet<_> = places.iter().filter_map(|place| place.parent()).collect();
    for folder in &folders {
        fs::create_dir_all(folder)?;
    }
    FileWatch::new(files, folders)
}

/// Where the file stands, and where it lies if it is a link.
fn places(path: &Path) -> Vec<PathBuf> {
    [Some(path.to_owned()), fs::canonicalize(path).ok()].into_iter().flatten().collect()
}
