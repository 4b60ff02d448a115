use std::time::Duration;

use agent::StartError;
use desktop::Page;
use ipc::Snapshot;
use texts::Language;

use crate::menu::{Choice, Item};
use crate::mood::Mood;
use crate::notices::{Button, Change, Topic};
use crate::outcome::Outcome;

/// What happens to the tray.
#[derive(Debug)]
pub(crate) enum Event {
    /// The agent has changed.
    Changed(Box<Snapshot>),
    /// The agent does not answer.
    Lost,
    /// The agent of this process is over.
    AgentEnded(AgentEnd),
    /// Something in the menu.
    Chosen(Choice),
    /// The icon itself.
    Clicked,
    /// A notification's button, or the notification itself.
    #[cfg_attr(
        all(target_os = "macos", not(test)),
        expect(dead_code, reason = "no notification has buttons there yet")
    )]
    Pressed(Topic, Button),
    /// A notification is gone, by whatever means.
    #[cfg_attr(target_os = "macos", expect(dead_code, reason = "no notification has buttons there yet"))]
    Closed(Topic),
    /// The desktop shows notifications anew, and none of those it showed.
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "elsewhere it is no service that may end"))]
    NoticesLost,
    /// A sign-in that the tray has started or joined.
    SignInEnded { account: String, outcome: Outcome },
    /// The page of a sign-in under way did not open.
    PageUnopened { account: String, outcome: Outcome },
    /// Something that was chosen and could not be done.
    Refused(Undone, String),
    /// The window was started, and nothing can show it.
    Unshown,
    /// The time has come that was waited for.
    Woken,
    /// The system, or the end of the session.
    Terminated,
}

/// How the agent in this process came to its end.
#[derive(Debug)]
pub(crate) enum AgentEnd {
    /// It was asked to.
    Asked,
    /// It never began: another process, by this number (`?` where the system does not tell it), owns the sign-ins.
    Elsewhere { pid: String },
    /// It cannot run, for this reason.
    Failed(StartError),
}

/// What can be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Undone {
    Unlock,
    Speak,
    Window,
    Agent,
}

/// What is to be seen in the tray.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct View {
    pub(crate) mood: Mood,
    pub(crate) title: String,
    pub(crate) menu: Vec<Item>,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Draw(View),
    Tell(Change),
    /// Open its page and wait for its end.
    SignIn(String, Language),
    /// Open its page once more; somebody waits already.
    OpenPage(String, Language),
    Cancel(String),
    Unlock(Language),
    Speak(Language),
    Window(Option<Page>),
    /// Have the tray woken after this time.
    Wake(Duration),
    StartAgent,
    StopAgent,
    End,
}
