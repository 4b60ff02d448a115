//! Signet's state machine: who is signed in, which token is fresh, what to do next.
//!
//! [`Broker::handle`] takes one [`Event`] at one [`Moment`] and answers with [`Effect`]s for the agent to carry
//! out. Nothing here reads a clock, draws a random number or touches the world; a seed comes at construction.
#![warn(missing_docs)]

mod aadsts;
mod account;
mod broker;
mod desk;
mod event;
mod failure;
mod grant;
mod moment;
mod reminder;
pub mod schedule;
mod session;
mod sign_in;
mod verdict;
mod view;
mod waiting;

pub use account::{AccountName, AccountSpec, Identity, Person, Resource, ResourceKey};
pub use broker::Broker;
pub use event::{
    Answer, Ask, AskerId, Effect, Event, Kept, NewTokens, NotFound, Refusal, SignInId, Stage, StoreTrouble, Stored,
    StoredToken, Ticket, Token,
};
pub use failure::{AuthorityError, Detail, Failure, Kind, NoAnswer, Reason, Transport, Trouble};
pub use moment::Moment;
pub use sign_in::SignInState;
pub use verdict::{Verdict, judge};
pub use view::{AccountView, FailedSignIn, View, ViewState};
