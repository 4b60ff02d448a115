use std::path::PathBuf;

use broker::{AccountName, Event, Kept, SignInId, StoreTrouble};
use ipc::{Call, Fault, ProfileSet, Reply, SavedProfile};
use secrecy::SecretString;
use texts::Language;
use tokio::sync::{mpsc, oneshot};

use crate::config::{Config, ConfigError};
use crate::store::{Former, NotUnlocked, Place};

/// Everything that reaches the one loop.
pub(crate) enum Input {
    /// Something the broker decides about.
    Event(Event),
    /// Rows were read, or could not be.
    Loaded(Result<Vec<(Place, Kept)>, StoreTrouble>),
    /// An account's row was to be erased.
    Erased(AccountName, Result<(), StoreTrouble>),
    /// The address of a sign-in's page, for managers.
    SignInAddress { id: SignInId, port: u16, address: SecretString },
    /// A program's request.
    Call(Request),
    /// A program does not wait any more.
    Gone(u64),
    /// Somebody has touched the configuration.
    ConfigTouched,
    /// What it said when this was the edition in force.
    ConfigRead(u64, Result<Config, ConfigError>),
    /// A database that was not ours was moved here.
    SetAside(PathBuf),
    /// The store has been begun anew, and is empty.
    StartedAfresh,
    /// The store is worth another try.
    RetryStore,
    /// The store's lock was tried for somebody.
    Unlocked(Result<(), NotUnlocked>, oneshot::Sender<Result<Reply, Fault>>, Language),
    /// A profile's password is kept, and the profile is to be saved.
    PasswordKept(Box<ProfileSet>, SavedProfile, Former, oneshot::Sender<Result<Reply, Fault>>, Language),
    /// Somebody wants to know whether the loop goes round.
    Pulse(oneshot::Sender<()>),
    /// The system asks the agent to end.
    Stop,
}

/// A program's request on its way through the loop.
pub(crate) struct Request {
    /// Numbers the request, for [`Input::Gone`].
    pub(crate) number: u64,
    pub(crate) call: Call,
    /// None for methods that are everybody's.
    pub(crate) asking: Option<Asking>,
    pub(crate) answer: oneshot::Sender<Result<Reply, Fault>>,
}

/// What the loop has to know of a caller.
pub(crate) struct Asking {
    /// A program of this installation.
    pub(crate) is_manager: bool,
    /// The program, for telling starters of sign-ins apart.
    pub(crate) program: String,
}

/// The way into the loop.
pub(crate) trait Inputs {
    fn tell(&self, input: Input);
    fn event(&self, event: Event) {
        self.tell(Input::Event(event));
    }
}

impl Inputs for mpsc::UnboundedSender<Input> {
    fn tell(&self, input: Input) {
        // The loop ends last; what comes after it concerns nobody.
        let _ = self.send(input);
    }
}
