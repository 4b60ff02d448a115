use ipc::Message;
use serde::Serialize;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// As it should be.
    Fine,
    /// Signet works, but not as well as it could, or not for long.
    Warning,
    /// Signet does not work until this is mended.
    Wrong,
}

/// What was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// `config.toml`.
    Configuration,
    /// The folder of the state.
    State,
    /// The agent, its lock and its endpoint.
    Agent,
    /// The key that opens the saved sign-ins.
    Key,
    /// What opens the sign-in page.
    Browser,
    /// Where the browser's answer arrives.
    Loopback,
    /// The way out.
    Proxy,
    /// The identity service.
    Authority,
    /// This computer's time.
    Clock,
    /// The application registered there.
    Registration,
}

impl Subject {
    /// Every subject, in the order in which they are looked at.
    pub const ALL: [Self; 10] = [
        Self::Configuration,
        Self::State,
        Self::Agent,
        Self::Browser,
        Self::Loopback,
        Self::Key,
        Self::Proxy,
        Self::Authority,
        Self::Clock,
        Self::Registration,
    ];

    /// Its word in the ids of messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::State => "state",
            Self::Agent => "agent",
            Self::Key => "key",
            Self::Browser => "browser",
            Self::Loopback => "loopback",
            Self::Proxy => "proxy",
            Self::Authority => "authority",
            Self::Clock => "clock",
            Self::Registration => "registration",
        }
    }
}

/// What was found, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub subject: Subject,
    /// For which account, where it is not for all.
    pub account: Option<String>,
    /// How much it matters.
    pub level: Level,
    /// What was found.
    pub said: Message,
    /// What to do; nothing where all is well.
    pub mend: Option<Message>,
}

impl Finding {
    pub(super) fn fine(said: Message) -> Self {
        Self { subject: Subject::Configuration, account: None, level: Level::Fine, said, mend: None }
    }

    pub(super) fn warning(said: Message) -> Self {
        Self { level: Level::Warning, mend: Some(mend_of(&said)), ..Self::fine(said) }
    }

    pub(super) fn wrong(said: Message) -> Self {
        Self { level: Level::Wrong, ..Self::warning(said) }
    }

    pub(super) fn about(self, subject: Subject) -> Self {
        Self { subject, ..self }
    }

    pub(super) fn of_account(self, name: &str) -> Self {
        Self { account: Some(name.to_owned()), ..self }
    }
}

/// What to do stands beside what was found, under the same id, and may name the same things.
fn mend_of(said: &Message) -> Message {
    Message { id: format!("{}-mend", said.id), ..said.clone() }
}

/// That there are words for each of these findings, in all that they say.
#[cfg(test)]
#[track_caller]
pub(super) fn check_words(findings: impl IntoIterator<Item = Finding>) {
    for finding in findings {
        for message in [Some(&finding.said), finding.mend.as_ref()].into_iter().flatten() {
            assert!(texts::exists(&message.id), "there are no words for {}", message.id);
            for language in texts::Language::ALL {
                let told = crate::told(language, message);
                assert!(!told.contains('{'), "something was not filled in: {told}");
            }
        }
    }
}
