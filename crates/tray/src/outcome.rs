use ipc::{Fault, FaultCode};
use texts::{Language, text};

use crate::mood::Mood;
use crate::notices::{Button, Notice, Stay};

/// How a sign-in went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    SignedIn {
        login: String,
    },
    Cancelled,
    Declined,
    WrongPerson {
        signed_in_as: String,
    },
    Expired,
    /// It goes on, and its person has to open the page by hand.
    NoBrowser,
    Failed(Fault),
    /// The agent went away meanwhile.
    Lost,
}

/// What the person is told of it, if they do not know already.
pub(crate) fn notice(account: &str, outcome: Outcome, language: Language) -> Option<Notice> {
    let say = |id, args: &[(&str, &str)]| text(language, id, args);
    let amiss = |title, body, button: Button| Notice {
        title: say(title, &[("account", account)]),
        body,
        buttons: vec![button.labelled(language)],
        stay: Stay::Briefly,
        mood: Mood::Attention,
    };
    let failed = |body, button| amiss("tray-failed", body, button);
    Some(match outcome {
        Outcome::Cancelled | Outcome::Lost => return None,
        Outcome::SignedIn { login } => Notice {
            title: say("tray-signed-in", &[("login", &login)]),
            body: say("tray-signed-in-body", &[("account", account)]),
            buttons: Vec::new(),
            stay: Stay::Briefly,
            mood: Mood::SignedIn,
        },
        Outcome::Declined => failed(say("cli-declined", &[]), Button::SignIn),
        Outcome::Expired => failed(say("cli-expired", &[]), Button::SignIn),
        Outcome::WrongPerson { signed_in_as } => {
            failed(say("cli-wrong-person-ended", &[("signed_in_as", &signed_in_as)]), Button::SignIn)
        }
        Outcome::NoBrowser => amiss("tray-unopened", say("tray-unopened-body", &[]), Button::Open),
        Outcome::Failed(fault) if fault.code == FaultCode::SignInRequired => failed(fault.message, Button::SignIn),
        Outcome::Failed(fault) => failed(fault.message, Button::Open),
    })
}
