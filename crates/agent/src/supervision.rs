//! What the manager of services that started the agent hears of it: that it serves, how the accounts stand, and that the loop
//! still goes round.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use ipc::{AccountState, Snapshot};
use texts::Language;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use crate::input::{Input, Inputs};
use crate::platform::{self, Word};

/// Where nobody waits for signs of life, none is given.
const NEVER: Duration = Duration::from_secs(60 * 60 * 24 * 365);

/// Tells the manager of services, if there is one, until the future is dropped.
pub(crate) async fn attend(
    inputs: mpsc::UnboundedSender<Input>,
    mut snapshots: watch::Receiver<Arc<Snapshot>>,
) -> Infallible {
    if !platform::is_supervised() {
        return std::future::pending().await;
    }
    goes_round(&inputs).await;
    platform::tell_supervisor(&Word::Ready);
    // Twice in the time allowed, as sd_watchdog_enabled(3) advises.
    let pause = platform::supervisor_patience().map_or(NEVER, |patience| patience / 2);
    let mut pulse = interval_at(Instant::now() + pause, pause);
    pulse.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut told = String::new();
    loop {
        let status = status(&snapshots.borrow_and_update(), Language::current());
        if status != told {
            platform::tell_supervisor(&Word::Status(status.clone()));
            told = status;
        }
        tokio::select! {
            Ok(()) = snapshots.changed() => {}
            _ = pulse.tick() => {
                goes_round(&inputs).await;
                platform::tell_supervisor(&Word::Alive);
            }
        }
    }
}

/// Returns once the loop has come by; never if it hangs.
async fn goes_round(inputs: &mpsc::UnboundedSender<Input>) {
    let (answer, answered) = oneshot::channel();
    inputs.tell(Input::Pulse(answer));
    if answered.await.is_err() {
        std::future::pending().await
    }
}

fn status(snapshot: &Snapshot, language: Language) -> String {
    let needs = |state| matches!(state, AccountState::NeedsSignIn | AccountState::SignedOut);
    let needing = snapshot.accounts.iter().filter(|account| needs(account.state)).count();
    let (id, count) = match (needing, snapshot.accounts.len()) {
        (0, 0) => ("status-none", 0),
        (0, all) => ("status-well", all),
        (needing, _) => ("status-need", needing),
    };
    texts::text(language, id, &[("count", &count.to_string())])
}

#[cfg(test)]
mod tests {
    use ipc::{AccountView, Cause};

    use super::*;

    fn check(states: &[AccountState], want: &str) {
        let account = |state: &AccountState| AccountView {
            name: "a".into(),
            login: "a@b.pl".into(),
            state: *state,
            reason: None,
            cause: Cause::default(),
            expires_at: None,
            resources: Vec::new(),
            sign_in: None,
            failed_sign_in: None,
            consent_url: None,
            provisional: false,
        };
        let snapshot = Snapshot { accounts: states.iter().map(account).collect(), ..Snapshot::default() };
        assert_eq!(status(&snapshot, Language::English), want, "{states:?}");
    }

    #[test]
    fn the_status_says_how_many_accounts_need_somebody() {
        use AccountState::{NeedsSignIn, Ready, SignedOut, Unreachable};

        check(&[], "There is no account yet");
        check(&[Ready], "1 account, which needs nobody");
        check(&[Ready, Unreachable], "2 accounts, none of which needs anybody");
        check(&[Ready, NeedsSignIn], "1 account needs somebody: signet status tells what to do");
        check(&[SignedOut, NeedsSignIn], "2 accounts need somebody: signet status tells what to do");
    }
}
