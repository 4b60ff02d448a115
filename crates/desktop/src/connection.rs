use std::ops::ControlFlow;
use std::thread;
use std::time::Duration;

use ipc::{Client, Endpoint, Snapshot};

/// An agent that starts in this very process answers within a few of these.
const FIRST_PAUSE: Duration = Duration::from_millis(5);
/// Nobody notices half a second; and an agent that is gone may be gone for days.
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

/// What is heard of the agent.
#[derive(Debug)]
pub enum Report {
    /// How everything stands now.
    Changed(Box<Snapshot>),
    /// Nobody answers at the endpoint any more, or yet.
    Lost,
}

/// Follows the agent for ever: each snapshot as it comes, and once each time it is lost. Ends when `tell` says so.
pub fn follow(endpoint: &Endpoint, mut tell: impl FnMut(Report) -> ControlFlow<()>) {
    let mut pause = FIRST_PAUSE;
    loop {
        match snapshots(endpoint, &mut tell) {
            Met::Nobody if pause < LONGEST_PAUSE => {
                pause *= 2;
                // Not told yet: who has just started may be a moment late.
                if pause >= LONGEST_PAUSE && tell(Report::Lost).is_break() {
                    return;
                }
            }
            Met::Nobody => {}
            Met::Somebody => {
                pause = FIRST_PAUSE;
                if tell(Report::Lost).is_break() {
                    return;
                }
            }
            Met::Enough => return,
        }
        thread::sleep(pause);
    }
}

enum Met {
    Nobody,
    Somebody,
    Enough,
}

fn snapshots(endpoint: &Endpoint, tell: &mut impl FnMut(Report) -> ControlFlow<()>) -> Met {
    let Ok(subscription) = Client::connect(endpoint).map_err(drop).and_then(|agent| agent.subscribe().map_err(drop))
    else {
        return Met::Nobody;
    };
    for snapshot in subscription {
        let Ok(snapshot) = snapshot else { break };
        if tell(Report::Changed(Box::new(snapshot))).is_break() {
            return Met::Enough;
        }
    }
    Met::Somebody
}
