//! The agent's end: accepts connections and answers what they ask.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::caller::Caller;
use crate::connection;
use crate::endpoint::Endpoint;
use crate::fault::Fault;
use crate::limits;
use crate::method::{Call, Reply};
use crate::platform;
use crate::snapshot::Snapshot;

/// What answers the requests.
pub trait Handler: Send + Sync + 'static {
    /// Answers one request. The future is dropped when the request is cancelled and when its connection
    /// closes; it may be polled more often than it was woken.
    fn call(&self, caller: &Caller, call: Call) -> impl Future<Output = Result<Reply, Fault>> + Send;

    /// The snapshots, for those who subscribe.
    fn snapshots(&self) -> watch::Receiver<Arc<Snapshot>>;
}

/// A bound endpoint that nobody is served at yet. Dropping it takes the socket away.
#[derive(Debug)]
pub struct Listener(platform::Listener);

/// A socket that is bound and listens already; on Windows there is no such thing.
pub type Handed = platform::Handed;

/// Why an endpoint could not be bound.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BindError {
    /// Somebody answers there already.
    #[error("another agent already answers at {}", .0.display())]
    InUse(PathBuf),
    /// The directory is a link, belongs to somebody else, or others may write to it.
    #[error("{} is not safe for the endpoint: {reason}", .path.display())]
    Unsafe {
        /// The directory, or what stands in the socket's place.
        path: PathBuf,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The system refused.
    #[error("cannot listen at {}", .path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Listener {
    /// Binds the endpoint for this user alone. A socket that a dead agent left behind is replaced: the
    /// caller holds the lock that says there is no other agent. Wants a tokio runtime around it.
    ///
    /// # Errors
    /// [`BindError`]
    pub fn bind(endpoint: &Endpoint) -> Result<Self, BindError> {
        platform::Listener::bind(endpoint).map(Self)
    }

    /// Takes over an endpoint that somebody else has bound, and will go on listening at: its file stays. Wants a tokio
    /// runtime around it.
    ///
    /// # Errors
    /// [`BindError`]; above all, that it is bound elsewhere.
    pub fn adopt(handed: Handed, endpoint: &Endpoint) -> Result<Self, BindError> {
        platform::Listener::adopt(handed, endpoint).map(Self)
    }
}

/// Serves the endpoint until the future is dropped; then its connections end too.
pub async fn serve<H: Handler>(listener: Listener, handler: Arc<H>) {
    let Listener(mut listener) = listener;
    let mut connections = JoinSet::new();
    let seats = Seats::default();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(stream) => {
                    if let Some((stream, caller, seat)) = admit(stream, &seats) {
                        let handler = Arc::clone(&handler);
                        connections.spawn(async move {
                            connection::converse(stream, &caller, &*handler).await;
                            drop(seat);
                        });
                    }
                }
                // Out of descriptors or memory, or a client gone before its turn: none ends the agent.
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    tokio::time::sleep(limits::ACCEPT_REST).await;
                }
            },
            Some(ended) = connections.join_next() => {
                if let Err(error) = ended {
                    tracing::error!(%error, "a connection failed");
                }
            }
        }
    }
}

/// Lets a connection in, or closes it before anything was read.
fn admit(stream: platform::Stream, seats: &Seats) -> Option<(platform::Stream, Caller, Seat)> {
    let caller = Caller::of(&stream).inspect_err(|error| tracing::warn!(%error, "cannot see who connected")).ok()?;
    if !caller.is_this_user() {
        tracing::warn!(pid = caller.pid(), "refused a connection of another user");
        return None;
    }
    let Some(seat) = seats.take(caller.pid()) else {
        tracing::warn!(pid = caller.pid(), "refused a connection: too many");
        connection::turn_away(&stream);
        return None;
    };
    Some((stream, caller, seat))
}

/// Counts the connections, in all and by process.
#[derive(Clone, Default)]
struct Seats(Arc<Mutex<Taken>>);

#[derive(Default)]
struct Taken {
    all: usize,
    by_process: HashMap<u32, usize>,
}

/// One connection's place; given back when dropped.
struct Seat {
    seats: Seats,
    pid: u32,
}

impl Seats {
    fn take(&self, pid: u32) -> Option<Seat> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_process = taken.by_process.get(&pid).copied().unwrap_or_default();
        if taken.all >= limits::CONNECTIONS || of_process >= limits::CONNECTIONS_PER_PROCESS {
            return None;
        }
        taken.all += 1;
        taken.by_process.insert(pid, of_process + 1);
        Some(Seat { seats: self.clone(), pid })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all -= 1;
        if let Some(of_process) = taken.by_process.get_mut(&self.pid) {
            *of_process -= 1;
            if *of_process == 0 {
                taken.by_process.remove(&self.pid);
            }
        }
    }
}
