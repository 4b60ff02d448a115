use std::io;
use std::path::Path;

use ipc::Message;

use super::finding::Finding;
use crate::platform::{self, Folder};

const MIB: u64 = 1024 * 1024;
/// A rotated refresh token that does not fit costs the sign-in.
const TOO_LITTLE: u64 = 4 * MIB;
/// A log and a database grow.
const LITTLE: u64 = 100 * MIB;

pub(super) fn examine(path: &Path) -> Finding {
    finding(path, platform::folder(path))
}

/// A pure table.
fn finding(path: &Path, found: io::Result<Folder>) -> Finding {
    let said = |id: &str| Message::new(id).with("path", path.display().to_string());
    let folder = match found {
        Ok(folder) => folder,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Finding::fine(said("doctor-state-new")),
        Err(error) => return Finding::wrong(said("doctor-state-unreadable").with("detail", error.to_string())),
    };
    let free = folder.free.unwrap_or(u64::MAX);
    let with_free = |id: &str| said(id).with("mib", (free / MIB).to_string());
    if !folder.is_folder {
        Finding::wrong(said("doctor-state-no-folder"))
    } else if !folder.is_ours {
        Finding::wrong(said("doctor-state-foreign"))
    } else if !folder.is_writable {
        Finding::wrong(said("doctor-state-read-only"))
    } else if free < TOO_LITTLE {
        Finding::wrong(with_free("doctor-state-full"))
    } else if free < LITTLE {
        Finding::warning(with_free("doctor-state-nearly-full"))
    } else if folder.is_open_to_others {
        Finding::warning(said("doctor-state-open"))
    } else {
        Finding::fine(said("doctor-state-fine"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::check_words;
    use super::*;

    const GOOD: Folder =
        Folder { is_folder: true, is_ours: true, is_open_to_others: false, is_writable: true, free: Some(u64::MAX) };

    #[track_caller]
    fn check(found: io::Result<Folder>, want: &str) {
        let finding = finding(Path::new("/state"), found);
        assert_eq!(finding.said.id, format!("doctor-state-{want}"));
        check_words([finding]);
    }

    #[test]
    fn each_state_of_the_folder_has_its_finding() {
        check(Ok(GOOD), "fine");
        check(Ok(Folder { free: None, ..GOOD }), "fine");
        check(Ok(Folder { is_open_to_others: true, ..GOOD }), "open");
        check(Ok(Folder { free: Some(50 * MIB), ..GOOD }), "nearly-full");
        check(Ok(Folder { free: Some(MIB), ..GOOD }), "full");
        check(Ok(Folder { is_writable: false, ..GOOD }), "read-only");
        check(Ok(Folder { is_ours: false, ..GOOD }), "foreign");
        check(Ok(Folder { is_folder: false, ..GOOD }), "no-folder");
        check(Err(io::ErrorKind::NotFound.into()), "new");
        check(Err(io::ErrorKind::PermissionDenied.into()), "unreadable");
    }
}
