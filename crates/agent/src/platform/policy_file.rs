//! The policy is a file of root's.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use ipc::Message;

use super::NoPolicy;

#[cfg(target_os = "macos")]
const PLACE: &str = "/private/etc/signet/policy.toml";
#[cfg(not(target_os = "macos"))]
const PLACE: &str = "/etc/signet/policy.toml";
const WRITABLE_BY_OTHERS: u32 = 0o022;

/// No variable of the environment moves it.
pub(crate) fn policy_place() -> PathBuf {
    PathBuf::from(PLACE)
}

/// The policy as it is written, if nobody but root can have written it.
pub(crate) fn policy_text() -> Result<String, NoPolicy> {
    let path = policy_place();
    let file = match fs::symlink_metadata(&path) {
        Ok(file) => file,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Err(NoPolicy::Absent);
        }
        Err(error) => return Err(unreadable(&error)),
    };
    if !file.is_file() {
        return Err(NoPolicy::Unfit(Message::new("config-policy-no-file")));
    }
    for place in path.ancestors() {
        is_root_s(place)?;
    }
    fs::read_to_string(&path).map_err(|error| unreadable(&error))
}

fn is_root_s(place: &Path) -> Result<(), NoPolicy> {
    let found = fs::metadata(place).map_err(|error| unreadable(&error))?;
    if found.uid() == 0 && found.mode() & WRITABLE_BY_OTHERS == 0 {
        return Ok(());
    }
    Err(NoPolicy::Unfit(Message::new("config-policy-not-root").with("place", place.display().to_string())))
}

fn unreadable(error: &std::io::Error) -> NoPolicy {
    NoPolicy::Unfit(Message::new("config-policy-unreadable").with("detail", error.to_string()))
}
