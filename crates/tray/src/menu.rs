//! The menu as a value: a pure function of how the agent stands and of the language.

use ipc::{AccountState, AccountView, FaultKind, Snapshot, Wish};
use texts::{Language, text};

use crate::standing::{Concern, Standing, concerns, idle, wish};

/// Beyond this the accounts have a menu of their own: the rest must stay within reach of the pointer.
const ACCOUNTS_IN_SIGHT: usize = 8;
/// Letters of an account's name that fit into a line of a menu.
const NAME_SHOWN: usize = 48;

/// A line of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// Does something when it is chosen.
    Action { label: String, choice: Choice },
    /// Leads to further lines.
    Group { label: String, items: Vec<Item> },
    /// One of several holds.
    OneOf { selected: usize, options: Vec<(String, Choice)> },
    /// A rule between lines.
    Rule,
}

/// What a person can choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Sign in to this account; or open the page of a sign-in under way once more.
    SignIn(String),
    /// Call this sign-in off.
    Cancel(String),
    /// Have the keyring ask for its password.
    Unlock,
    /// The window, where it was.
    Open,
    /// The window, at the accounts.
    Accounts,
    /// This language, everywhere.
    Speak(Language),
    /// Run the agent in this process.
    Start,
    /// No icon any more, and no agent if it is this process's.
    Quit,
}

pub(crate) fn menu(standing: &Standing, language: Language) -> Vec<Item> {
    let words = Words(language);
    let mut items = match standing {
        Standing::Starting => Vec::new(),
        Standing::NotRunning => vec![words.action("tray-start", Choice::Start)],
        Standing::Running(snapshot) => words.of_snapshot(snapshot),
    };
    if !items.is_empty() {
        items.push(Item::Rule);
    }
    items.push(words.action("tray-open", Choice::Open));
    items.push(words.languages());
    items.push(Item::Rule);
    items.push(words.action("tray-quit", Choice::Quit));
    items
}

struct Words(Language);

impl Words {
    fn of_snapshot(&self, snapshot: &Snapshot) -> Vec<Item> {
        let concerns = concerns(snapshot).into_iter().map(|(concern, _)| self.concern(concern));
        let mut items: Vec<Item> = concerns.collect();
        items.dedup();
        let lines = |account| self.account(account, wish(snapshot, account));
        let accounts: Vec<Item> = snapshot.accounts.iter().flat_map(lines).collect();
        match snapshot.accounts.len() {
            0 => items.push(self.action("tray-no-accounts", Choice::Accounts)),
            1..=ACCOUNTS_IN_SIGHT => items.extend(accounts),
            count => {
                items.extend(self.next(&idle(snapshot)));
                let label = text(self.0, "tray-accounts", &[("count", &count.to_string())]);
                items.push(Item::Group { label, items: accounts });
            }
        }
        items
    }

    fn concern(&self, concern: Concern) -> Item {
        match concern {
            Concern::Keyring => self.action("tray-unlock", Choice::Unlock),
            Concern::Passphrase | Concern::Store | Concern::Settings => self.action("tray-attention", Choice::Open),
        }
    }

    /// A line with its state, and what can be done about it.
    fn account(&self, account: &AccountView, wish: Option<&Wish>) -> Vec<Item> {
        let name = shortened(&account.name);
        let state = if wish.is_some() { text(self.0, "tray-state-wished", &[]) } else { self.state(account) };
        let args = [("account", &*name), ("state", &*state)];
        let mut items = vec![Item::Action { label: text(self.0, "tray-account", &args), choice: Choice::Accounts }];
        let about = |id| text(self.0, id, &[("account", &name)]);
        let sign_in = Choice::SignIn(account.name.clone());
        if let Some(wish) = wish {
            items.push(Item::Action { label: about("tray-sign-in"), choice: sign_in });
            items.push(Item::Action { label: about("tray-put-off"), choice: Choice::Cancel(wish.sign_in.clone()) });
            return items;
        }
        match (account.state, &account.sign_in) {
            (AccountState::NeedsSignIn | AccountState::SignedOut, _) => {
                items.push(Item::Action { label: about("tray-sign-in"), choice: sign_in });
            }
            (AccountState::SigningIn, Some(under_way)) => {
                items.push(Item::Action { label: about("tray-open-page"), choice: sign_in });
                items.push(Item::Action { label: about("tray-cancel"), choice: Choice::Cancel(under_way.clone()) });
            }
            (AccountState::SigningIn, None) | (AccountState::Ready | AccountState::Unreachable, _) => {}
        }
        items
    }

    fn state(&self, account: &AccountView) -> String {
        let id = match (account.state, account.cause.kind) {
            (AccountState::NeedsSignIn, Some(FaultKind::Admin)) => "tray-state-admin",
            (AccountState::NeedsSignIn, Some(FaultKind::Configuration)) => "tray-state-configuration",
            (AccountState::NeedsSignIn, _) => "state-needs-sign-in",
            (AccountState::SignedOut, _) => "state-signed-out",
            (AccountState::SigningIn, _) => "state-signing-in",
            (AccountState::Ready, _) => "state-ready",
            (AccountState::Unreachable, _) => "state-unreachable",
        };
        text(self.0, id, &[])
    }

    /// Where the accounts are out of sight: whose turn it is.
    fn next(&self, waiting: &[&AccountView]) -> Option<Item> {
        match waiting {
            [] => None,
            [only] => {
                let label = text(self.0, "tray-sign-in", &[("account", &shortened(&only.name))]);
                Some(Item::Action { label, choice: Choice::SignIn(only.name.clone()) })
            }
            several => {
                let label = text(self.0, "tray-sign-in-next", &[("count", &several.len().to_string())]);
                Some(Item::Action { label, choice: Choice::Accounts })
            }
        }
    }

    fn languages(&self) -> Item {
        let option = |language: Language| {
            let name = match language {
                Language::English => "tray-language-en",
                Language::Polish => "tray-language-pl",
            };
            (text(self.0, name, &[]), Choice::Speak(language))
        };
        let selected = Language::ALL.iter().position(|language| *language == self.0).unwrap_or_default();
        let options = Item::OneOf { selected, options: Language::ALL.map(option).into() };
        Item::Group { label: text(self.0, "tray-language", &[]), items: vec![options] }
    }

    fn action(&self, id: &str, choice: Choice) -> Item {
        Item::Action { label: text(self.0, id, &[]), choice }
    }
}

fn shortened(name: &str) -> String {
    match name.char_indices().nth(NAME_SHOWN) {
        None => name.to_owned(),
        Some((end, _)) => format!("{}...", &name[..end]),
    }
}

#[cfg(test)]
mod tests;
