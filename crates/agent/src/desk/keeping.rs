//! Between the loop and the store: what is read again, and what comes back.

use std::path::Path;
use std::time::Duration;

use broker::{AccountName, Event, Kept, StoreTrouble};
use ipc::{AgentUnlock, Done, Message, StartedAfresh};
use texts::Language;
use tokio::sync::oneshot;
use tracing::{info, warn};

use super::Desk;
use super::requests::{Answer, reply};
use crate::input::{Input, Inputs};
use crate::said;
use crate::store::{NotAfresh, NotUnlocked, Place, Unlock};

const STORE_REST_WHILE_LOCKED: Duration = Duration::from_secs(30);
const STORE_REST_LONGEST: Duration = Duration::from_secs(5 * 60);
/// A desktop that starts brings its keyring within seconds; later tries come less and less often.
const STORE_REST_SHORTEST: Duration = Duration::from_secs(5);
/// Whether the store will be tried again, and after which pause the next time.
pub(super) enum StoreRetry {
    /// It works.
    Idle,
    /// A try is due.
    Due { rest: Duration },
    /// The last try failed.
    Failed { rest: Duration },
}

impl Desk {
    /// After the pause, or because something has changed.
    pub(super) fn store_is_worth_a_try(&mut self) {
        if let StoreRetry::Due { rest } = self.store_retry {
            self.store_retry = StoreRetry::Failed { rest };
        }
        self.load(Vec::new());
    }

    /// Reads rows that have not been read yet, these and earlier ones.
    pub(super) fn load(&mut self, accounts: Vec<AccountName>) {
        self.unread.extend(accounts);
        let places: Vec<_> = self.unread.iter().filter_map(|account| self.place(account)).collect();
        if !places.is_empty() {
            self.store.load(places);
        }
    }

    /// Takes up what is still wanted: a row read for an authority that is no longer configured is not.
    pub(super) fn loaded(&mut self, rows: Result<Vec<(Place, Kept)>, StoreTrouble>) {
        let rows = match rows {
            Ok(rows) => rows,
            Err(trouble) => {
                warn!(?trouble, "the saved sign-ins cannot be read");
                for (answer, language) in self.unlocking.drain(..) {
                    reply(answer, Err(said::not_unlocked(language, NotUnlocked::Trouble(trouble))));
                }
                self.retry_store(trouble);
                return self.drive(Event::StoreFailed(trouble));
            }
        };
        self.store_retry = StoreRetry::Idle;
        let wanted = rows.into_iter().filter(|(at, _)| {
            self.configured.get(&at.account).is_some_and(|account| account.authority_key() == at.authority)
        });
        let wanted: Vec<_> = wanted.map(|(at, kept)| (at.account, kept)).collect();
        self.unread.retain(|unread| wanted.iter().all(|(account, _)| account != unread));
        self.drive(Event::StoreRead(wanted));
        for (answer, _) in self.unlocking.drain(..) {
            reply(answer, Ok(Done::default().into()));
        }
    }

    /// A fresh file has taken the place of one that was not ours: it gets what memory has, and the person is told.
    pub(super) fn store_set_aside(&mut self, path: &Path) {
        let notice = Message::new("notice-store-set-aside").with("path", path.display().to_string());
        self.standing.push(notice);
        self.drive(Event::StoreReplaced);
    }

    /// The passphrase goes to the store's thread, where turning it into a key takes its time.
    pub(super) fn unlock(&self, params: AgentUnlock, answer: Answer, language: Language) {
        let wish = match (params.passphrase, params.change_to, params.choose.unwrap_or_default()) {
            (None, _, _) => Unlock::Try,
            (Some(from), Some(to), _) => Unlock::Change { from, to },
            (Some(passphrase), None, true) => Unlock::Choose(passphrase),
            (Some(passphrase), None, false) => Unlock::With(passphrase),
        };
        let (told, telling) = oneshot::channel();
        self.store.unlock(wish, told);
        let inputs = self.inputs.clone();
        tokio::spawn(async move {
            let outcome = telling.await.unwrap_or(Err(NotUnlocked::Trouble(StoreTrouble::Disk)));
            inputs.tell(Input::Unlocked(outcome, answer, language));
        });
    }

    /// Whoever has unlocked the store finds the saved sign-ins read when they hear of it.
    pub(super) fn unlocked(&mut self, outcome: Result<(), NotUnlocked>, answer: Answer, language: Language) {
        match outcome {
            Ok(()) if !self.unread.is_empty() => self.unlocking.push((answer, language)),
            Ok(()) => reply(answer, Ok(Done::default().into())),
            Err(why) => reply(answer, Err(said::not_unlocked(language, why))),
        }
        // Whatever came of it, it may be news.
        self.store_is_worth_a_try();
    }

    pub(super) fn start_afresh(&self, answer: Answer, language: Language) {
        let (told, telling) = oneshot::channel();
        self.store.start_afresh(told);
        let inputs = self.inputs.clone();
        tokio::spawn(async move {
            let kept = telling.await.unwrap_or(Err(NotAfresh::Trouble(StoreTrouble::Disk)));
            if let Ok(kept) = &kept {
                info!(kept = %kept.display(), "the store is begun anew");
                inputs.tell(Input::StartedAfresh);
            }
            let begun = kept.map(|kept| StartedAfresh { kept: kept.display().to_string() }.into());
            reply(answer, begun.map_err(|why| said::not_afresh(language, why)));
        });
    }

    /// What memory has goes into the empty store; the other accounts are found to be signed out.
    pub(super) fn started_afresh(&mut self) {
        self.drive(Event::StoreReplaced);
        self.store_is_worth_a_try();
    }

    pub(super) fn place(&self, account: &AccountName) -> Option<Place> {
        let config = self.configured.get(account)?;
        Some(Place { account: account.clone(), authority: config.authority_key() })
    }

    fn retry_store(&mut self, trouble: StoreTrouble) {
        if matches!(
            trouble,
            StoreTrouble::PassphraseWanted
                | StoreTrouble::PassphraseUnset
                | StoreTrouble::CredentialMissing
                | StoreTrouble::Newer
        ) {
            // Nothing comes of trying: it is given by somebody, or with the next start.
            return;
        }
        // A look at a locked keyring costs little, and whoever has unlocked it does not want to wait.
        let is_locked = matches!(trouble, StoreTrouble::KeyringLocked | StoreTrouble::KeyringDenied);
        let longest = if is_locked { STORE_REST_WHILE_LOCKED } else { STORE_REST_LONGEST };
        let rest = match self.store_retry {
            StoreRetry::Due { .. } => return,
            StoreRetry::Idle => STORE_REST_SHORTEST,
            StoreRetry::Failed { rest } => (rest * 2).min(longest),
        };
        self.store_retry = StoreRetry::Due { rest };
        let inputs = self.inputs.clone();
        tokio::spawn(async move {
            tokio::time::sleep(rest).await;
            inputs.tell(Input::RetryStore);
        });
    }
}
