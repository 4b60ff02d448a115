use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use broker::StoreTrouble;
use ipc::Message;

use super::finding::Finding;
use crate::config::KeyPlace;
use crate::key::{KeySource, Wake};
use crate::store::{self, Peek};

/// Somebody is looking on; the agent itself waits longer.
const PATIENCE: Duration = Duration::from_secs(5);

/// What there is of a key, for what there is to be opened by it.
#[derive(Debug)]
enum Keeping {
    /// The key is there.
    There(KeyPlace),
    /// Neither key nor saved sign-ins: the first sign-in makes the key.
    NotYet(KeyPlace),
    /// The agent is given it.
    ByPassphrase,
    Trouble(StoreTrouble),
}

pub(super) fn examine(place: KeyPlace, state: &Path) -> Finding {
    finding(look(place, state).unwrap_or_else(Keeping::Trouble))
}

fn look(place: KeyPlace, state: &Path) -> Result<Keeping, StoreTrouble> {
    if place == KeyPlace::Passphrase {
        return Ok(Keeping::ByPassphrase);
    }
    // The keyring is asked even where there is no store yet: it has to be there for the first sign-in.
    let Peek { id, sealed_rows } = store::peek(state)?.unwrap_or_default();
    let nobody: Wake = Arc::new(|| {});
    match KeySource::at(place, state, &nobody).peek(&id, PATIENCE)? {
        Some(_) => Ok(Keeping::There(place)),
        None if sealed_rows > 0 => Err(StoreTrouble::KeyMissing),
        None => Ok(Keeping::NotYet(place)),
    }
}

/// A pure table.
fn finding(keeping: Keeping) -> Finding {
    let said = |id: &str, place: KeyPlace| Message::new(id).with("place", place.name());
    match keeping {
        // Shown as such for as long as it is used.
        Keeping::There(KeyPlace::File) => Finding::warning(said("doctor-key-file", KeyPlace::File)),
        Keeping::There(place) => Finding::fine(said("doctor-key-there", place)),
        Keeping::NotYet(place) => Finding::fine(said("doctor-key-not-yet", place)),
        Keeping::ByPassphrase => Finding::fine(Message::new("doctor-key-passphrase")),
        Keeping::Trouble(trouble) => Finding::wrong(Message::new(match trouble {
            StoreTrouble::KeyringAbsent => "doctor-key-no-keyring",
            StoreTrouble::KeyringOutOfReach => "doctor-key-no-bus",
            StoreTrouble::KeyringEmpty => "doctor-key-no-default",
            StoreTrouble::KeyringLocked => "doctor-key-locked",
            StoreTrouble::KeyringDenied => "doctor-key-denied",
            StoreTrouble::KeyringSilent => "doctor-key-silent",
            StoreTrouble::KeyMissing => "doctor-key-missing",
            StoreTrouble::CredentialMissing => "doctor-key-no-credential",
            StoreTrouble::Newer => "doctor-key-newer",
            StoreTrouble::PassphraseWanted | StoreTrouble::PassphraseUnset | StoreTrouble::Disk => {
                "doctor-key-no-store"
            }
        })),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::{Level, check_words};
    use super::*;

    #[track_caller]
    fn check(keeping: Keeping, level: Level, want: &str) {
        let finding = finding(keeping);
        assert_eq!((finding.level, finding.said.id.as_str()), (level, format!("doctor-key-{want}").as_str()));
        check_words([finding]);
    }

    #[test]
    fn each_state_of_the_key_has_its_finding() {
        check(Keeping::There(KeyPlace::Keyring), Level::Fine, "there");
        check(Keeping::There(KeyPlace::File), Level::Warning, "file");
        check(Keeping::NotYet(KeyPlace::Systemd), Level::Fine, "not-yet");
        check(Keeping::ByPassphrase, Level::Fine, "passphrase");
        for (trouble, want) in [
            (StoreTrouble::KeyringAbsent, "no-keyring"),
            (StoreTrouble::KeyringOutOfReach, "no-bus"),
            (StoreTrouble::KeyringEmpty, "no-default"),
            (StoreTrouble::KeyringLocked, "locked"),
            (StoreTrouble::KeyringDenied, "denied"),
            (StoreTrouble::KeyringSilent, "silent"),
            (StoreTrouble::KeyMissing, "missing"),
            (StoreTrouble::CredentialMissing, "no-credential"),
            (StoreTrouble::Newer, "newer"),
            (StoreTrouble::Disk, "no-store"),
        ] {
            check(Keeping::Trouble(trouble), Level::Wrong, want);
        }
    }
}
