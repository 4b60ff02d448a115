//! Tokens that servers refuse.

use std::time::Duration;

use broker::{AccountName, Answer, Event, Refusal, ResourceKey};

use super::{Asker, RESOURCES, World, key};

impl World {
    /// Whether nothing keeps the account from asking the authority for this.
    pub(super) fn may_depart(&self, account: &AccountName, key: &ResourceKey) -> bool {
        let boot = self.now.boot;
        self.accounts.get(account).is_some_and(|account| {
            let spaced = account.tried.get(key).is_none_or(|last| *last + Duration::from_secs(60) <= boot);
            let suspended = account.suspended.get(key).is_some_and(|until| *until > boot);
            account.read
                && !account.erased
                && account.refresh.is_some()
                && account.rests_until <= boot
                && !account.failing
                && !account.judged
                && spaced
                && !suspended
        })
    }

    /// Some token that was ever given out is said to have been refused by a server.
    pub(super) fn reject(&mut self) {
        let account = self.an_account();
        let served = self.accounts.get(&account).and_then(|account| account.served.get(&key(RESOURCES[0]))).cloned();
        let Some(access) = served.filter(|_| self.dice.roll(4) > 0).or_else(|| self.some_token()) else { return };
        let asker = self.new_asker();
        let deadline = Some(self.now.boot);
        let rejects = Some(access.clone());
        let about = Some(account.clone());
        self.askers.insert(
            asker,
            Asker { account: about, key: None, min_valid: Duration::ZERO, fresh: false, deadline, rejects },
        );
        self.happens(Event::Rejected { asker, account, access: access.into() });
    }

    fn some_token(&mut self) -> Option<String> {
        let number = self.dice.roll(self.tokens.len().max(1));
        self.tokens.keys().nth(number).cloned()
    }

    /// A token in use is suspect from now on, unless it is so young that the server has another reason.
    pub(super) fn rejection_answered(&mut self, asker: &Asker, access: &str, answer: &Answer) {
        let boot = self.now.boot;
        let account = asker.account.as_ref().and_then(|name| self.accounts.get(name));
        let in_use = account.is_some_and(|account| {
            let token = &self.tokens[access];
            token.era == account.era && account.served.get(&token.key).is_some_and(|served| served == access)
        });
        let Some(token) = self.tokens.get_mut(access) else { return };
        let age = boot.saturating_sub(token.ends.saturating_sub(token.life));
        match answer {
            Answer::Noted if !in_use => {}
            Answer::Noted if age >= Duration::from_secs(300) => token.suspect = true,
            Answer::Refused(Refusal::TooYoung(_)) if in_use && age < Duration::from_secs(300) => {}
            Answer::Refused(Refusal::NoAccount(_)) if account.is_none() => {}
            Answer::Noted | Answer::Refused(_) | Answer::Token(_) | Answer::SignIn(_) | Answer::SignInStarted(_) => {
                self.broken("a rejection is answered wrongly")
            }
        }
    }
}
