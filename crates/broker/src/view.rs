use std::time::Duration;

use crate::account::AccountName;
use crate::event::{SignInId, StoreTrouble};
use crate::failure::Trouble;

/// What may be seen of the broker; holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// All accounts, in the order of their names.
    pub accounts: Vec<AccountView>,
    /// The store's trouble, if it has one.
    pub store: Option<StoreTrouble>,
}

/// What may be seen of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountView {
    /// Its name.
    pub name: AccountName,
    /// The configured login.
    pub login: String,
    /// How it stands.
    pub state: ViewState,
    /// What stands in the way, in the states that have such a thing.
    pub trouble: Option<Trouble>,
    /// When its first resource's token ends, by the boot clock.
    pub expires: Option<Duration>,
    /// The sign-in under way.
    pub sign_in: Option<SignInId>,
    /// The last sign-in, where it failed and nothing better has come since.
    pub failed: Option<FailedSignIn>,
    /// Its sign-in is in memory only, since the disk refuses.
    pub unsaved: bool,
}

/// A sign-in that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedSignIn {
    /// Which one.
    pub sign_in: SignInId,
    /// Why.
    pub trouble: Trouble,
    /// When, by the boot clock.
    pub at: Duration,
}

/// How an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewState {
    /// Nobody is signed in.
    SignedOut,
    /// The person is signing in.
    SigningIn,
    /// Tokens can be had.
    Ready,
    /// The authority or the store cannot be reached now.
    Unreachable,
    /// The person or an administrator has to act.
    NeedsSignIn,
}
