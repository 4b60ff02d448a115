//! The key in the desktop's keyring: asked in threads, since a service may hang, and a person's answer may never come.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, TryRecvError};
use std::thread;
use std::time::Duration;

use broker::StoreTrouble;
use tracing::warn;
use zeroize::Zeroize;

use super::{Key, Wake};
use crate::platform::{self, KeyringLock};

/// A keyring answers within milliseconds; one that does not is not waited for any longer.
const PATIENCE: Duration = Duration::from_secs(20);
const SERVICE: &str = "Signet";

pub(crate) struct Keyring {
    /// A call that has not come back in time: it is not followed by a second one.
    late: Option<Receiver<Heard>>,
    question: Question,
    wake: Wake,
}

/// The system's question for the password of a locked keyring.
enum Question {
    /// It may be put.
    Due,
    /// The person has it before them.
    Put(Receiver<()>),
    /// It was dismissed, or could not be put: only the person's wish puts it again.
    Dismissed,
}

/// What a call has come to.
enum Heard {
    Locked,
    Done(Result<Option<Key>, StoreTrouble>),
}

impl Keyring {
    pub(super) fn new(wake: Wake) -> Self {
        Self { late: None, question: Question::Due, wake }
    }

    pub(super) fn read(&mut self, id: &str) -> Result<Option<Key>, StoreTrouble> {
        self.call(id, read)
    }

    pub(super) fn peek(&mut self, id: &str, patience: Duration) -> Result<Option<Key>, StoreTrouble> {
        match self.hear(id, patience, read)? {
            Heard::Done(done) => done,
            Heard::Locked => Err(StoreTrouble::KeyringLocked),
        }
    }

    pub(super) fn write(&mut self, id: &str, key: &Key) -> Result<(), StoreTrouble> {
        let key = key.clone();
        self.call(id, move |id| write(id, &key).map(|()| Some(key))).map(|_| ())
    }

    pub(super) fn forget(&mut self, id: &str) -> Result<(), StoreTrouble> {
        self.call(id, |id| entry(id)?.delete_credential().map(|()| None).map_err(|error| trouble(&error))).map(|_| ())
    }

    /// The person wishes to be asked, whatever they said before.
    pub(super) fn ask_again(&mut self) {
        if let Question::Dismissed = self.question {
            self.question = Question::Due;
        }
    }

    /// A locked keyring is not waited for: the person is asked, and the answer wakes whoever is to try again.
    fn call(
        &mut self,
        id: &str,
        work: impl FnOnce(&str) -> Result<Option<Key>, StoreTrouble> + Send + 'static,
    ) -> Result<Option<Key>, StoreTrouble> {
        match self.hear(id, PATIENCE, work)? {
            Heard::Done(done) => done,
            Heard::Locked => Err(self.ask(id)),
        }
    }

    fn hear(
        &mut self,
        id: &str,
        patience: Duration,
        work: impl FnOnce(&str) -> Result<Option<Key>, StoreTrouble> + Send + 'static,
    ) -> Result<Heard, StoreTrouble> {
        let own_id = id.to_owned();
        let answer = self.late.take().unwrap_or_else(|| {
            in_a_thread(move |answer| {
                let heard = match platform::keyring_lock(SERVICE, &own_id) {
                    Ok(KeyringLock::Locked) => Heard::Locked,
                    Ok(KeyringLock::Open) => Heard::Done(work(&own_id)),
                    Err(trouble) => Heard::Done(Err(trouble)),
                };
                // It may have taken too long.
                let _ = answer.send(heard);
            })
        });
        match answer.recv_timeout(patience) {
            Ok(heard) => Ok(heard),
            Err(RecvTimeoutError::Disconnected) => Err(StoreTrouble::KeyringAbsent),
            Err(RecvTimeoutError::Timeout) => {
                self.late = Some(answer);
                Err(StoreTrouble::KeyringSilent)
            }
        }
    }

    fn ask(&mut self, id: &str) -> StoreTrouble {
        if let Question::Put(answered) = &self.question
            && !matches!(answered.try_recv(), Err(TryRecvError::Empty))
        {
            self.question = Question::Dismissed;
        }
        if let Question::Due = self.question {
            let (id, wake) = (id.to_owned(), self.wake.clone());
            self.question = Question::Put(in_a_thread(move |answered| {
                if let Err(trouble) = platform::unlock_keyring(SERVICE, &id) {
                    warn!(?trouble, "the keyring stays locked");
                }
                let _ = answered.send(());
                wake();
            }));
        }
        match self.question {
            Question::Due | Question::Put(_) => StoreTrouble::KeyringLocked,
            Question::Dismissed => StoreTrouble::KeyringDenied,
        }
    }
}

fn in_a_thread<T: Send + 'static>(call: impl FnOnce(mpsc::Sender<T>) + Send + 'static) -> Receiver<T> {
    let (answer, answers) = mpsc::channel();
    let spawned = thread::Builder::new().name("keyring".into()).spawn(move || call(answer));
    if let Err(error) = spawned {
        warn!(%error, "no thread for the keyring");
    }
    answers
}

/// A store made anew for each try: a keyring that appears after login is found then.
fn entry(store_id: &str) -> Result<keyring_core::Entry, StoreTrouble> {
    let store = platform::keyring().map_err(|error| trouble(&error))?;
    store.build(SERVICE, store_id, None).map_err(|error| trouble(&error))
}

fn read(store_id: &str) -> Result<Option<Key>, StoreTrouble> {
    match entry(store_id)?.get_secret() {
        Ok(mut secret) => {
            let key = <[u8; 32]>::try_from(secret.as_slice()).map(Key::new).map_err(|_| StoreTrouble::KeyMissing);
            secret.zeroize();
            key.map(Some)
        }
        Err(keyring_core::Error::NoEntry) => Ok(None),
        Err(error) => Err(trouble(&error)),
    }
}

fn write(store_id: &str, key: &Key) -> Result<(), StoreTrouble> {
    entry(store_id)?.set_secret(key.as_slice()).map_err(|error| trouble(&error))
}

fn trouble(error: &keyring_core::Error) -> StoreTrouble {
    let trouble = platform::keyring_trouble(error);
    warn!(?trouble, %error, "the keyring refuses");
    trouble
}
