//! The other end: asks the agent and waits for the answer. Blocking and without a runtime, since
//! `signet token` is started anew for each mail.

use std::io::{self, Read, Write};
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::endpoint::Endpoint;
use crate::fault::{Fault, FaultCode};
use crate::framing::{LineReader, Outbox, TooLong};
use crate::limits;
use crate::message::{CHANGED, Id, Received, write_request};
use crate::method::{AccountList, AccountRow, AgentSubscribe, Method, SignInState, SignInWait};
use crate::platform;
use crate::snapshot::Snapshot;

/// A connection to the agent.
#[derive(Debug)]
pub struct Client {
    stream: platform::ClientStream,
    lines: LineReader,
    asked: i64,
}

/// Why the agent could not be reached.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// Nobody listens.
    #[error("no agent is running at {}", .0.display())]
    NotRunning(PathBuf),
    /// Somebody else's process listens there.
    #[error("what listens at {} does not belong to this user", .0.display())]
    NotOurs(PathBuf),
    /// The system refused.
    #[error("cannot connect to {}", .path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Why a request has no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// The agent refused it.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The connection broke, or no answer came in time.
    #[error("the connection to the agent broke")]
    Io(#[from] io::Error),
    /// The request does not fit into a line.
    #[error("the request is longer than {} bytes", limits::LONG_INBOUND_LINE)]
    TooLong,
    /// What came is not an answer to what was asked.
    #[error("the agent's answer makes no sense: {0}")]
    Garbage(String),
}

impl Client {
    /// Connects, and makes sure that it is this user's agent that listens.
    ///
    /// # Errors
    /// [`ConnectError`]
    pub fn connect(endpoint: &Endpoint) -> Result<Self, ConnectError> {
        let stream = platform::connect(endpoint)?;
        Ok(Self { stream, lines: LineReader::new(limits::OUTBOUND_LINE), asked: 0 })
    }

    /// Asks, and waits for the answer.
    ///
    /// # Errors
    /// [`CallError`]; after `Io` and `Garbage` the connection is of no more use. Where the system can bound a
    /// read (not Windows), `Io` of the kind `WouldBlock` after [`limits::ANSWER_TIME`].
    pub fn call<M: Method>(&mut self, params: &M) -> Result<M::Result, CallError> {
        self.pass_on(M::NAME, params)
    }

    /// The same by the method's name, for who passes on what others ask and are answered.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub fn pass_on<R: DeserializeOwned>(&mut self, method: &str, params: &impl Serialize) -> Result<R, CallError> {
        platform::set_read_timeout(&self.stream, Some(limits::ANSWER_TIME))?;
        let asked = self.ask(method, params)?;
        loop {
            let line = next_line(&mut self.stream, &mut self.lines)?;
            let received: Received = serde_json::from_slice(line).map_err(garbage)?;
            if received.method.is_some() {
                continue;
            }
            if let Some(fault) = received.error {
                return Err(fault.into());
            }
            if received.id.as_ref() != Some(&asked) {
                return Err(CallError::Garbage("it answers something else".into()));
            }
            let result = received.result.ok_or_else(|| CallError::Garbage("it has no result".into()))?;
            return serde_json::from_str(result.get()).map_err(garbage);
        }
    }

    /// All accounts, page by page.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub fn accounts(&mut self) -> Result<Vec<AccountRow>, CallError> {
        let mut rows = Vec::new();
        let mut asked = AccountList::default();
        loop {
            let page = self.call(&asked)?;
            rows.extend(page.accounts);
            match page.next {
                Some(next) => asked.after = Some(next),
                None => return Ok(rows),
            }
        }
    }

    /// Waits for a sign-in's end, however long that takes. Each wrong person who came while the right one still can goes to
    /// `refused`, by login.
    ///
    /// # Errors
    /// As [`Self::call`], and whatever `refused` says.
    pub fn await_sign_in<E: From<CallError>>(
        &mut self,
        sign_in: &str,
        lang: Option<&str>,
        mut refused: impl FnMut(&str) -> Result<(), E>,
    ) -> Result<SignInState, E> {
        let mut asked = SignInWait {
            sign_in: sign_in.to_owned(),
            wait_seconds: Some(limits::WAIT_SECONDS_MAX),
            seen: Some(0),
            lang: lang.map(str::to_owned),
        };
        loop {
            match self.call(&asked) {
                Err(CallError::Fault(fault)) if fault.code == FaultCode::TimedOut => {}
                Err(error) => return Err(error.into()),
                Ok(SignInState::Waiting {}) => {}
                Ok(SignInState::WrongPerson { signed_in_as, refusals }) if Some(refusals) > asked.seen => {
                    refused(&signed_in_as)?;
                    asked.seen = Some(refusals);
                }
                Ok(ended) => return Ok(ended),
            }
        }
    }

    /// Subscribes: the first snapshot comes at once, each later one after a change.
    ///
    /// # Errors
    /// [`CallError`]
    pub fn subscribe(mut self) -> Result<Subscription, CallError> {
        let first = self.call(&AgentSubscribe {})?;
        platform::set_read_timeout(&self.stream, None)?;
        Ok(Subscription { client: self, first: Some(first) })
    }

    fn ask(&mut self, method: &str, params: &impl Serialize) -> Result<Id, CallError> {
        self.asked += 1;
        let id = Id::Integer(self.asked);
        let mut outbox = Outbox::default();
        outbox
            .push(limits::LONG_INBOUND_LINE, |out| write_request(out, &id, method, params))
            .map_err(|TooLong| CallError::TooLong)?;
        self.stream.write_all(outbox.unsent())?;
        Ok(id)
    }
}

/// The snapshots as they come; ends when the agent does.
#[derive(Debug)]
pub struct Subscription {
    client: Client,
    first: Option<Snapshot>,
}

impl Iterator for Subscription {
    type Item = Result<Snapshot, CallError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(first) = self.first.take() {
            return Some(Ok(first));
        }
        loop {
            let line = match next_line(&mut self.client.stream, &mut self.client.lines) {
                Err(CallError::Io(error)) if error.kind() == io::ErrorKind::UnexpectedEof => return None,
                Err(error) => return Some(Err(error)),
                Ok(line) => line,
            };
            match serde_json::from_slice::<Received>(line) {
                Err(error) => return Some(Err(garbage(error))),
                Ok(Received { method: Some(method), params: Some(params), .. }) if method == CHANGED => {
                    return Some(serde_json::from_str(params.get()).map_err(garbage));
                }
                Ok(Received { error: Some(fault), .. }) => return Some(Err(fault.into())),
                Ok(_) => {}
            }
        }
    }
}

/// `serde_json`'s own words may quote what came, so only the place is told.
fn garbage(error: serde_json::Error) -> CallError {
    CallError::Garbage(format!("at column {}", error.column()))
}

fn next_line<'a>(stream: &mut platform::ClientStream, lines: &'a mut LineReader) -> Result<&'a [u8], CallError> {
    let found = loop {
        if let Some(found) = lines.find_line() {
            break found;
        }
        match stream.read(lines.room()) {
            Ok(0) => return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into()),
            Ok(read) => lines.filled(read),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    };
    let place = found.map_err(|error| CallError::Garbage(error.to_string()))?;
    Ok(lines.line(place))
}
