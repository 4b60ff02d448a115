use std::path::Path;

use broker::StoreTrouble;
use rusqlite::{Connection, OpenFlags};
use tracing::warn;

use super::FILE;
use super::meta::Meta;
use super::schema::Content;

/// What can be seen of a store without its key.
#[derive(Debug, Default)]
pub(crate) struct Peek {
    pub(crate) id: String,
    pub(crate) sealed_rows: u32,
}

/// Looks into a store that may be in use, and changes nothing in it; none where there is none yet.
pub(crate) fn peek(state: &Path) -> Result<Option<Peek>, StoreTrouble> {
    let path = state.join(FILE);
    if !path.exists() {
        return Ok(None);
    }
    let refused = |error: rusqlite::Error| {
        warn!(%error, path = %path.display(), "the database cannot be looked into");
        StoreTrouble::Disk
    };
    let connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(refused)?;
    match Content::of(&connection).map_err(refused)? {
        Content::Newer(_) => Err(StoreTrouble::Newer),
        Content::Foreign => Err(StoreTrouble::Disk),
        // The agent brings it up when it starts; what an older one says can wait until then.
        Content::Ours(_) => {
            let meta = Meta::of(&connection).ok();
            Ok(meta.map(|Meta { id, rows, .. }| Peek { id, sealed_rows: rows }))
        }
    }
}
