use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ipc::{Audience, Call, Caller, Fault, FaultCode, Handler, Reply, Snapshot};
use tokio::sync::{mpsc, oneshot, watch};

use crate::input::{Asking, Input, Inputs, Request};

/// Where the endpoint's requests enter the loop.
pub(crate) struct Door {
    inputs: mpsc::UnboundedSender<Input>,
    snapshots: watch::Receiver<Arc<Snapshot>>,
    requests: AtomicU64,
}

impl Door {
    pub(crate) fn new(inputs: mpsc::UnboundedSender<Input>, snapshots: watch::Receiver<Arc<Snapshot>>) -> Self {
        Self { inputs, snapshots, requests: AtomicU64::new(0) }
    }
}

impl Handler for Door {
    fn call(&self, caller: &Caller, call: Call) -> impl Future<Output = Result<Reply, Fault>> + Send {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let (answer, answered) = oneshot::channel();
        let waiting = Waiting { number, inputs: self.inputs.clone(), answered };
        self.inputs.tell(Input::Call(Request { number, asking: asking(caller, &call), call, answer }));
        waiting.done()
    }

    fn snapshots(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.snapshots.clone()
    }
}

/// Who asks is looked up only where it matters: it costs more than a cached token.
fn asking(caller: &Caller, call: &Call) -> Option<Asking> {
    if call.audience() == Audience::Anybody {
        return None;
    }
    let program = caller.executable().map_or_else(|_| format!("pid {}", caller.pid()), |p| p.display().to_string());
    Some(Asking { is_manager: caller.is_this_installation(), program })
}

/// A request under way; dropped unanswered, it tells the loop that nobody waits.
struct Waiting {
    number: u64,
    inputs: mpsc::UnboundedSender<Input>,
    answered: oneshot::Receiver<Result<Reply, Fault>>,
}

impl Waiting {
    async fn done(mut self) -> Result<Reply, Fault> {
        let answer = (&mut self.answered).await;
        answer.unwrap_or_else(|_| Err(Fault::new(FaultCode::Internal, "the agent is stopping")))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if !self.answered.is_terminated() {
            self.inputs.tell(Input::Gone(self.number));
        }
    }
}
