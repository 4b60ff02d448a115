use std::time::Duration;

use crate::account::ResourceKey;
use crate::event::AskerId;
use crate::grant::AccessToken;

/// One program that waits for an access token.
pub(crate) struct Waiting {
    pub(crate) asker: AskerId,
    pub(crate) key: ResourceKey,
    pub(crate) min_valid: Duration,
    /// It wants a token issued after this moment of the boot clock.
    pub(crate) newer_than: Option<Duration>,
    pub(crate) claims: Option<String>,
    pub(crate) deadline: Duration,
}

impl Waiting {
    /// Whether this token is what the program wants.
    pub(crate) fn content_with(&self, token: &AccessToken, boot: Duration) -> bool {
        token.is_good_for(self.min_valid, boot) && self.newer_than.is_none_or(|moment| token.issued > moment)
    }
}
