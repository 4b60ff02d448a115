//! What goes on around the agent: networks come and go, the machine sleeps and wakes up.

use std::convert::Infallible;
use std::future::pending;
use std::time::Duration;

use broker::Event;
use netwatcher::AsyncWatch;
use netwatcher::async_adapter::Tokio;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};
use tracing::{info, warn};

use crate::input::{Input, Inputs};
use crate::platform::Awakening;

/// A network that comes up brings its addresses one after the other; the first alone does not reach far.
const SETTLES: Duration = Duration::from_secs(1);
/// One that never settles is used all the same.
const SETTLES_LONGEST: Duration = Duration::from_secs(5);

/// Tells the loop whenever what failed before is worth another try.
pub(crate) async fn watch(inputs: mpsc::UnboundedSender<Input>) -> Infallible {
    let mut surroundings = Surroundings::new().await;
    loop {
        surroundings.changed().await;
        surroundings.settle().await;
        info!("the network or the clock has changed: what failed is tried again");
        inputs.event(Event::NetworkChanged);
    }
}

/// What can be watched here; a system or a sandbox may not let all of it be.
struct Surroundings {
    networks: Option<AsyncWatch>,
    awakening: Option<Awakening>,
}

impl Surroundings {
    async fn new() -> Self {
        let networks = netwatcher::watch_interfaces_async::<Tokio>();
        let mut networks = networks.inspect_err(|error| warn!(%error, "changes of the network go unnoticed")).ok();
        let awakening = Awakening::new().inspect_err(|error| warn!(%error, "waking up goes unnoticed")).ok();
        if let Some(networks) = &mut networks {
            // The first one is what is there already.
            networks.changed().await;
        }
        Self { networks, awakening }
    }

    async fn changed(&mut self) {
        let Self { networks, awakening } = self;
        tokio::select! {
            () = async { match networks {
                Some(networks) => drop(networks.changed().await),
                None => pending().await,
            }} => {}
            () = async { match awakening {
                Some(awakening) => awakening.come().await,
                None => pending().await,
            }} => {}
        }
    }

    async fn settle(&mut self) {
        let latest = Instant::now() + SETTLES_LONGEST;
        while timeout_at(latest.min(Instant::now() + SETTLES), self.changed()).await.is_ok() {}
    }
}
