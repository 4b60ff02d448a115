//! What the person is told of by notifications: a pure function of how the agent stands, of the language, and of what they
//! have been told before.

mod wishes;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use agent::told;
use ipc::{AccountState, AccountView, FaultKind, Message, Snapshot, Wish};
use texts::{Language, text};

use self::wishes::Wishes;
use crate::mood::Mood;
use crate::standing::{Concern, Standing, concerns};

/// Names that a notification of many accounts or programs lists; the others are counted.
const NAMES_SHOWN: usize = 5;

/// What a notification is about. There is one of each at a time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Topic {
    /// Accounts that need somebody.
    Reminder,
    /// What concerns no single account.
    Concern(Concern),
    /// Programs' wishes that somebody sign in.
    Wishes,
    /// How the sign-in to this account went.
    SignIn(String),
    /// Something that was chosen and could not be done.
    Refusal,
}

/// What a click on the notification itself is called among programs.
pub(crate) const DEFAULT_ACTION: &str = "default";

/// A notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) title: String,
    pub(crate) body: String,
    /// The first is also what a click on the notification itself does.
    pub(crate) buttons: Vec<(Button, String)>,
    pub(crate) stay: Stay,
    /// The icon whose picture it bears.
    pub(crate) mood: Mood,
}

/// How long a notification stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stay {
    /// As long as the desktop lets such things stay.
    Briefly,
    /// Until somebody answers it, or its cause is gone.
    UntilAnswered,
}

/// What can be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Button {
    SignIn,
    NotNow,
    Unlock,
    Open,
}

impl Button {
    /// Its name among programs.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::NotNow => "not_now",
            Self::Unlock => "unlock",
            Self::Open => "open",
        }
    }

    /// Which of a notification's buttons an action is: a click on the notification itself means the first.
    #[cfg_attr(target_os = "macos", expect(dead_code, reason = "no notification has buttons there yet"))]
    pub(crate) fn pressed(buttons: &[Self], action: &str) -> Option<Self> {
        buttons.iter().find(|button| action == DEFAULT_ACTION || action == button.key()).copied()
    }

    /// With the word on it.
    pub(crate) fn labelled(self, language: Language) -> (Self, String) {
        let id = match self {
            Self::SignIn => "tray-button-sign-in",
            Self::NotNow => "tray-button-not-now",
            Self::Unlock => "tray-button-unlock",
            Self::Open => "tray-button-open",
        };
        (self, text(language, id, &[]))
    }
}

/// Where notifications are read as markup, a name or a sentence must not be taken for it, nor hold what XML may not
/// (Extensible Markup Language 1.0, section 2.2).
#[cfg_attr(all(target_os = "macos", not(test)), expect(dead_code, reason = "no notification is markup there"))]
pub(crate) fn escaped(text: &str) -> String {
    let allowed = text
        .replace(|it| matches!(it, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}'), "");
    allowed.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What is to be done about notifications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Shown, in the place of what there is on this topic.
    Show(Topic, Notice),
    /// No longer of use.
    Withdraw(Topic),
}

/// What the person has been told of.
#[derive(Debug, Default)]
pub(crate) struct Notices {
    told: BTreeMap<Topic, Told>,
    wishes: Wishes,
}

#[derive(Debug)]
struct Told {
    version: Version,
    seen: Seen,
}

/// What a notification tells of: anything further makes it worth telling again.
type Version = BTreeSet<String>;

#[derive(Debug)]
enum Seen {
    /// It still stands there, in this language.
    Standing(Language),
    /// The person has put it away.
    PutAway,
}

struct Wanted {
    version: Version,
    notice: Notice,
}

impl Notices {
    /// Takes note of what programs wish. Where some of it is told a little later: how long until it is to be called again.
    pub(crate) fn hear(&mut self, standing: &Standing, now: Instant) -> Option<Duration> {
        match standing {
            Standing::Starting | Standing::NotRunning => None,
            Standing::Running(snapshot) => self.wishes.hear(&snapshot.wishes, now),
        }
    }

    /// What is to be shown and withdrawn now.
    pub(crate) fn update(&mut self, standing: &Standing, language: Language) -> Vec<Change> {
        let wanted = match standing {
            // Nothing is known, so nothing is over.
            Standing::Starting | Standing::NotRunning => return Vec::new(),
            Standing::Running(snapshot) => wanted(snapshot, &self.wishes.told(&snapshot.wishes), language),
        };
        let over: Vec<Topic> = self.told.keys().filter(|topic| !wanted.contains_key(*topic)).cloned().collect();
        let mut changes = Vec::new();
        for topic in over {
            self.told.remove(&topic);
            changes.push(Change::Withdraw(topic));
        }
        for (topic, Wanted { version, notice }) in wanted {
            if self.told.get(&topic).is_none_or(|told| told.is_stale(&version, language)) {
                self.told.insert(topic.clone(), Told { version, seen: Seen::Standing(language) });
                changes.push(Change::Show(topic, notice));
            }
        }
        changes
    }

    /// The person has answered it or put it away: it does not come back by itself.
    pub(crate) fn put_away(&mut self, topic: &Topic) {
        if let Some(told) = self.told.get_mut(topic) {
            told.seen = Seen::PutAway;
        }
    }

    /// The wishes that the person is told of.
    pub(crate) fn wishes<'s>(&self, snapshot: &'s Snapshot) -> Vec<&'s Wish> {
        self.wishes.told(&snapshot.wishes)
    }

    /// The person says *Not now* to it: that holds for what the same program wishes for the account next, too.
    pub(crate) fn refuse(&mut self, wish: &Wish, now: Instant) {
        self.wishes.refuse(wish, now);
    }

    /// What showed them is gone, and with it all that stood there.
    pub(crate) fn forget_standing(&mut self) {
        self.told.retain(|_, told| matches!(told.seen, Seen::PutAway));
    }
}

impl Told {
    fn is_stale(&self, version: &Version, language: Language) -> bool {
        match self.seen {
            Seen::Standing(shown) => shown != language || self.version != *version,
            Seen::PutAway => !version.is_subset(&self.version),
        }
    }
}

fn wanted(snapshot: &Snapshot, wishes: &[&Wish], language: Language) -> BTreeMap<Topic, Wanted> {
    let concerns = concerns(snapshot).into_iter().map(|(concern, message)| {
        let wanted = Wanted { version: [message.id.clone()].into(), notice: of_concern(concern, message, language) };
        (Topic::Concern(concern), wanted)
    });
    let reminder = reminder(snapshot, language).map(|wanted| (Topic::Reminder, wanted));
    let wishes = of_wishes(wishes, language).map(|wanted| (Topic::Wishes, wanted));
    concerns.chain(reminder).chain(wishes).collect()
}

/// The accounts that a reminder is about: whose person is at it is not done yet.
pub(crate) fn needing(snapshot: &Snapshot) -> Vec<&AccountView> {
    let Some(reminder) = &snapshot.reminder else { return Vec::new() };
    let needs = |account: &&AccountView| match account.state {
        AccountState::NeedsSignIn => true,
        AccountState::SigningIn => reminder.accounts.contains(&account.name),
        AccountState::SignedOut | AccountState::Ready | AccountState::Unreachable => false,
    };
    snapshot.accounts.iter().filter(needs).collect()
}

fn reminder(snapshot: &Snapshot, language: Language) -> Option<Wanted> {
    let version = [snapshot.reminder.as_ref()?.number.to_string()].into();
    let notice = match &*needing(snapshot) {
        [] => return None,
        [only] => of_one(only, language),
        several => of_many(several, language),
    };
    Some(Wanted { version, notice })
}

fn of_one(account: &AccountView, language: Language) -> Notice {
    let reason = account.reason.as_ref().map(|reason| told(language, reason));
    let reason = reason.unwrap_or_else(|| text(language, "tray-reminder-one", &[]));
    let (title, button) = match account.cause.kind {
        Some(FaultKind::Admin) => ("tray-reminder-admin-title", Button::Open),
        Some(FaultKind::Configuration) => ("tray-settings-title", Button::Open),
        _ => ("tray-reminder-title", Button::SignIn),
    };
    Notice {
        title: text(language, title, &[]),
        // Some desktops cut a long title off.
        body: format!("{}: {reason}", account.name),
        buttons: vec![button.labelled(language)],
        stay: Stay::UntilAnswered,
        mood: Mood::Attention,
    }
}

fn of_many(accounts: &[&AccountView], language: Language) -> Notice {
    let names: Vec<&str> = accounts.iter().map(|account| &*account.name).collect();
    let args = [("count", &*accounts.len().to_string()), ("names", &*listed(&names, language))];
    Notice {
        title: text(language, "tray-reminder-title", &[]),
        body: text(language, "tray-reminder-many", &args),
        buttons: vec![Button::Open.labelled(language)],
        stay: Stay::UntilAnswered,
        mood: Mood::Attention,
    }
}

fn listed(names: &[&str], language: Language) -> String {
    let shown = names[..names.len().min(NAMES_SHOWN)].join(", ");
    match names.len().saturating_sub(NAMES_SHOWN) {
        0 => shown,
        more => text(language, "tray-and-more", &[("names", &shown), ("count", &more.to_string())]),
    }
}

fn of_wishes(wishes: &[&Wish], language: Language) -> Option<Wanted> {
    let notice = match wishes {
        [] => return None,
        [only] => of_wish(only, language),
        several => of_many_wishes(several, language),
    };
    Some(Wanted { version: wishes.iter().map(|wish| wish.sign_in.clone()).collect(), notice })
}

fn of_wish(wish: &Wish, language: Language) -> Notice {
    let program = &*wish.program;
    let body = match &wish.reason {
        None => text(language, "tray-wish", &[("program", program)]),
        Some(reason) => text(language, "tray-wish-because", &[("program", program), ("reason", reason)]),
    };
    Notice {
        title: text(language, "tray-wish-title", &[("account", &wish.account)]),
        body,
        buttons: [Button::SignIn, Button::NotNow].map(|button| button.labelled(language)).into(),
        stay: Stay::UntilAnswered,
        mood: Mood::Attention,
    }
}

fn of_many_wishes(wishes: &[&Wish], language: Language) -> Notice {
    let names: Vec<&str> = wishes.iter().map(|wish| &*wish.account).collect();
    let programs: BTreeSet<&str> = wishes.iter().map(|wish| &*wish.program).collect();
    let programs = listed(&Vec::from_iter(programs), language);
    let args = [("count", &*wishes.len().to_string()), ("names", &*listed(&names, language)), ("programs", &*programs)];
    Notice {
        title: text(language, "tray-wishes-title", &[]),
        body: text(language, "tray-wishes", &args),
        buttons: [Button::Open, Button::NotNow].map(|button| button.labelled(language)).into(),
        stay: Stay::UntilAnswered,
        mood: Mood::Attention,
    }
}

fn of_concern(concern: Concern, message: &Message, language: Language) -> Notice {
    let (title, button) = match concern {
        Concern::Keyring => ("tray-locked-title", Button::Unlock),
        Concern::Passphrase => ("tray-locked-title", Button::Open),
        Concern::Store => ("tray-store-title", Button::Open),
        Concern::Settings => ("tray-settings-title", Button::Open),
    };
    Notice {
        title: text(language, title, &[]),
        body: told(language, message),
        buttons: vec![button.labelled(language)],
        stay: Stay::UntilAnswered,
        mood: if concern.is_lock() { Mood::Locked } else { Mood::Attention },
    }
}

#[cfg(test)]
mod tests;
