//! Signet on a rig of real parts.
//!
//! [`Rig`] starts an Entra-shaped OpenID provider and mail servers that check every token with it, [`Browser`] is the
//! person in front of the login pages, [`Forms`] one in a hurry, [`Agent`] is the `signet` under test, and [`mail`] logs in where a token is
//! for. What any of them started ends with it, and with the test process if that is killed.

pub mod agent;
pub mod browser;
pub mod desktop;
pub mod disk;
pub mod fifo;
pub mod forms;
pub mod mail;
pub mod mounts;
pub mod network;
pub mod office;
pub mod processes;
pub mod programs;
pub mod proxy;
pub mod redirect;
pub mod rig;
pub mod terminal;
pub mod webdriver;
pub mod windows;

mod kept;

pub use agent::{Agent, AgentOptions};
pub use browser::{Browser, Person, Seen, Visit, Window};
pub use desktop::{Desktop, Keyring};
pub use forms::{Answer, Forms};
pub use proxy::Proxy;
pub use redirect::Redirect;
pub use rig::{Options, Rig};
