use ipc::AccountState;
use texts::{Language, text};

use crate::standing::{Standing, concerns, waiting};

/// What the icon says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Mood {
    /// All is well.
    SignedIn,
    /// Something is under way that needs nobody.
    Working,
    /// Somebody has to do something.
    Attention,
    /// Nobody is signed in, and nobody has to be.
    SignedOut,
    /// What is saved is locked.
    Locked,
}

impl Mood {
    pub(crate) fn of(standing: &Standing) -> Self {
        let snapshot = match standing {
            Standing::Starting => return Self::Working,
            Standing::NotRunning => return Self::Attention,
            Standing::Running(snapshot) => snapshot,
        };
        let concerns = concerns(snapshot);
        let any = |state| snapshot.accounts.iter().any(|account| account.state == state);
        if concerns.iter().any(|(concern, _)| concern.is_lock()) {
            Self::Locked
        } else if !concerns.is_empty() || !waiting(snapshot).is_empty() {
            Self::Attention
        } else if any(AccountState::SigningIn) || any(AccountState::Unreachable) {
            Self::Working
        } else if any(AccountState::Ready) {
            Self::SignedIn
        } else {
            Self::SignedOut
        }
    }
}

/// The same in words, for those who point at the icon or have it read to them.
pub(crate) fn title(standing: &Standing, language: Language) -> String {
    let say = |id| text(language, id, &[]);
    match (Mood::of(standing), standing) {
        (_, Standing::NotRunning) => say("tray-title-not-running"),
        (Mood::SignedIn, _) => say("tray-title-signed-in"),
        (Mood::Working, _) => say("tray-title-working"),
        (Mood::SignedOut, _) => say("tray-title-signed-out"),
        (Mood::Locked, _) => say("tray-title-locked"),
        (Mood::Attention, Standing::Running(snapshot)) => match waiting(snapshot).len() {
            0 => say("tray-title-attention"),
            count => text(language, "tray-title-accounts", &[("count", &count.to_string())]),
        },
        (Mood::Attention, Standing::Starting) => say("tray-title-attention"),
    }
}

#[cfg(test)]
mod tests {
    use AccountState::{NeedsSignIn, Ready, SignedOut, SigningIn, Unreachable};

    use super::*;
    use crate::fixture::{noticing, running, snapshot, wishing};

    #[track_caller]
    fn check(states: &[AccountState], notices: &[&str], want: Mood, said: &str) {
        let standing = running(noticing(snapshot(states), notices));
        assert_eq!(
            (Mood::of(&standing), &*title(&standing, Language::English)),
            (want, said),
            "{states:?} {notices:?}"
        );
    }

    #[test]
    fn the_icon_says_what_matters_most() {
        check(&[], &[], Mood::SignedOut, "Signet: nobody is signed in");
        check(&[SignedOut], &[], Mood::SignedOut, "Signet: nobody is signed in");
        check(&[Ready, SignedOut], &[], Mood::SignedIn, "Signet: signed in");
        check(&[Ready, SigningIn], &[], Mood::Working, "Signet: one moment...");
        check(&[Ready, Unreachable], &[], Mood::Working, "Signet: one moment...");
        check(&[Ready, SigningIn, NeedsSignIn], &[], Mood::Attention, "Signet: 1 account needs you");
        check(&[NeedsSignIn, NeedsSignIn], &[], Mood::Attention, "Signet: 2 accounts need you");
        check(&[Ready], &["notice-key-file"], Mood::SignedIn, "Signet: signed in");
        check(&[Ready], &["error-store-disk"], Mood::Attention, "Signet needs your attention");
        check(&[Ready], &["notice-config-broken"], Mood::Attention, "Signet needs your attention");
        check(&[NeedsSignIn], &["error-keyring-denied"], Mood::Locked, "Signet: the saved sign-ins are locked");
        check(
            &[],
            &["error-store-disk", "error-passphrase-wanted"],
            Mood::Locked,
            "Signet: the saved sign-ins are locked",
        );
    }

    #[test]
    fn what_a_program_asks_of_the_person_wants_attention() {
        for state in [Ready, SigningIn, SignedOut] {
            let standing = running(wishing(snapshot(&[state]), "a"));
            assert_eq!(Mood::of(&standing), Mood::Attention, "{state:?}");
            assert_eq!(title(&standing, Language::English), "Signet: 1 account needs you");
        }
    }

    #[test]
    fn an_agent_that_does_not_answer_wants_attention_and_one_that_starts_does_not() {
        assert_eq!(Mood::of(&Standing::NotRunning), Mood::Attention);
        assert_eq!(title(&Standing::NotRunning, Language::English), "Signet: the agent is not running");
        assert_eq!(Mood::of(&Standing::Starting), Mood::Working);
    }
}
