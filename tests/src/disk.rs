//! A disk of a test's own, small enough to be filled.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::rig::{as_root, run};

/// A file system in memory at some folder, gone when this is dropped.
#[derive(Debug)]
pub struct SmallDisk {
    folder: PathBuf,
}

impl SmallDisk {
    /// Mounts one of so many KiB over a folder, for its owner alone; what lies in the folder is covered.
    pub fn mount(folder: &Path, kib: u32, owner: u32) -> Result<Self> {
        let options = format!("size={kib}k,mode=700,uid={owner},gid={owner}");
        run(as_root("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(folder))?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Writes a file until nothing more goes in.
    pub fn fill(&self) -> Result<()> {
        let mut file = fs::File::create(self.filler())?;
        for length in [4096, 1] {
            loop {
                match file.write_all(&vec![0; length]) {
                    Ok(()) => {}
                    Err(error) if error.kind() == ErrorKind::StorageFull => break,
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(())
    }

    /// Takes that file away.
    pub fn free(&self) -> Result<()> {
        Ok(fs::remove_file(self.filler())?)
    }

    fn filler(&self) -> PathBuf {
        self.folder.join("filler")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Whoever has a file of it open keeps it until the file is closed.
        let _ = as_root("umount").arg("--lazy").arg(&self.folder).status();
    }
}
