use std::time::Duration;

use secrecy::SecretString;

use crate::account::ResourceKey;
use crate::event::{NewTokens, StoredToken, Ticket};
use crate::failure::{Failure, Reason, Trouble};
use crate::moment::Moment;
use crate::schedule::{self, CLOCK_LEEWAY, LONGEST_LIFE};

/// What an account holds of a sign-in. Each state owns what means something in it, and nothing else.
pub(crate) enum Grant {
    /// The store has not been read.
    Unread,
    /// Nobody is signed in.
    SignedOut(Reason),
    /// Nothing is in the air.
    Resting { refresh: SecretString },
    /// One request spends the refresh token.
    Refreshing { refresh: SecretString, flight: Flight },
    /// New tokens have come and are on their way to the disk; nobody gets them before.
    Saving { refresh: SecretString, ticket: Ticket, landed: Option<(ResourceKey, AccessToken)>, patience: Duration },
    /// A passing failure; tried again at `retry_at`.
    Unreachable { refresh: SecretString, key: ResourceKey, failure: Failure, failures: u32, retry_at: Duration },
    /// A verdict; the refresh token is kept unless the verdict erased it.
    NeedsSignIn { refresh: Option<SecretString>, trouble: Trouble, retry_at: Duration },
}

/// One request in the air.
#[derive(Clone)]
pub(crate) struct Flight {
    pub(crate) ticket: Ticket,
    pub(crate) key: ResourceKey,
    pub(crate) before: Before,
    pub(crate) give_up: Duration,
}

/// What held when a flight set out, and goes on holding until it has landed.
#[derive(Clone)]
pub(crate) enum Before {
    /// Nothing stood in the way.
    Rest,
    /// So many tries in a row had failed, the last one like this.
    Failed { failure: Failure, failures: u32 },
    /// A verdict was in force.
    Judged(Trouble),
}

impl Before {
    pub(crate) fn failures(&self) -> u32 {
        match self {
            Self::Failed { failures, .. } => *failures,
            Self::Rest | Self::Judged(_) => 0,
        }
    }
}

impl Grant {
    /// The refresh token, if there is one to keep.
    pub(crate) fn refresh(&self) -> Option<&SecretString> {
        match self {
            Self::Unread | Self::SignedOut(_) => None,
            Self::Resting { refresh }
            | Self::Refreshing { refresh, .. }
            | Self::Saving { refresh, .. }
            | Self::Unreachable { refresh, .. } => Some(refresh),
            Self::NeedsSignIn { refresh, .. } => refresh.as_ref(),
        }
    }

    pub(crate) fn take(&mut self) -> Self {
        std::mem::replace(self, Self::Unread)
    }
}

/// An access token in memory; all times by the boot clock.
#[derive(Clone)]
pub(crate) struct AccessToken {
    pub(crate) secret: SecretString,
    pub(crate) scopes: Vec<String>,
    pub(crate) issued: Duration,
    pub(crate) life: Duration,
    pub(crate) refresh_at: Duration,
    /// When a program last asked for it.
    pub(crate) asked: Option<Duration>,
    pub(crate) repute: Repute,
}

/// What is known of a token besides its times.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repute {
    Good,
    /// A server refused it: it goes out only while no better one can be had.
    Suspect,
}

impl AccessToken {
    pub(crate) fn landed(new: &NewTokens, issued: Duration, jitter: u8) -> Self {
        let life = new.life.min(LONGEST_LIFE);
        Self {
            secret: new.access.clone(),
            scopes: new.scopes.clone(),
            issued,
            life,
            refresh_at: issued + schedule::refresh_age(life, new.refresh_in, jitter),
            asked: None,
            repute: Repute::Good,
        }
    }

    /// A token from the store, unless it has ended or the clock says that it comes from the future.
    pub(crate) fn restored(stored: StoredToken, now: Moment, jitter: u8) -> Option<Self> {
        let age = match now.wall.checked_sub(stored.issued) {
            Some(age) => age,
            None if stored.issued - now.wall <= CLOCK_LEEWAY => Duration::ZERO,
            None => return None,
        };
        let life = stored.life.min(LONGEST_LIFE);
        let left = life.checked_sub(age).filter(|left| !left.is_zero())?;
        let refresh_age = schedule::refresh_age(life, None, jitter);
        Some(Self {
            secret: stored.access,
            scopes: stored.scopes,
            issued: now.boot.saturating_sub(age),
            life: now.boot + left - now.boot.saturating_sub(age),
            refresh_at: now.boot + refresh_age.saturating_sub(age),
            asked: None,
            repute: Repute::Good,
        })
    }

    pub(crate) fn stored(&self, key: &ResourceKey, now: Moment) -> StoredToken {
        StoredToken {
            key: key.clone(),
            access: self.secret.clone(),
            scopes: self.scopes.clone(),
            issued: now.wall.saturating_sub(now.boot.saturating_sub(self.issued)),
            life: self.life,
        }
    }

    pub(crate) fn expires(&self) -> Duration {
        self.issued + self.life
    }

    pub(crate) fn left(&self, boot: Duration) -> Duration {
        self.expires().saturating_sub(boot)
    }

    /// Whether it lives at all.
    pub(crate) fn lives(&self, boot: Duration) -> bool {
        !self.left(boot).is_zero()
    }

    /// Whether it is worth handing out to somebody for whom it has to live so long.
    pub(crate) fn is_good_for(&self, min_valid: Duration, boot: Duration) -> bool {
        self.repute == Repute::Good && self.lives(boot) && self.left(boot) >= schedule::min_valid(min_valid, self.life)
    }
}
