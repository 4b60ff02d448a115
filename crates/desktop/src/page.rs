/// A page of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The accounts, and signing in to them.
    Accounts,
    /// The settings for outgoing mail.
    MailServer,
    /// The mailboxes that are read.
    Points,
    /// What can be chosen.
    Settings,
    /// How an organisation begins.
    FirstRun,
}

impl Page {
    /// Every page.
    pub const ALL: [Self; 5] = [Self::Accounts, Self::MailServer, Self::Points, Self::Settings, Self::FirstRun];

    /// Its name, on the command line and in the window's address.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::MailServer => "mail-server",
            Self::Points => "points",
            Self::Settings => "settings",
            Self::FirstRun => "first-run",
        }
    }

    /// The page of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.name() == name)
    }
}
