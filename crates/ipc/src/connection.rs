//! One connection: reads requests, has them answered, sends the answers; all in one task.

use std::future::poll_fn;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::watch;
use tokio::time::{Instant, Sleep, sleep, sleep_until};

use crate::caller::Caller;
use crate::discovery;
use crate::fault::{Fault, FaultCode};
use crate::framing::{LineReader, Outbox, TooLong};
use crate::limits;
use crate::message::{
    CANCEL, CHANGED, Cancel, Id, Malformed, Request, write_answer, write_notification, write_refusal,
};
use crate::method::{AgentSubscribe, Call, Method, Reply, RpcDiscover};
use crate::platform::{self, Stream};
use crate::server::Handler;
use crate::snapshot::Snapshot;

/// Serves a connection until either side ends it.
pub(crate) async fn converse<H: Handler>(stream: Stream, caller: &Caller, handler: &H) {
    let mut conversation = Conversation {
        stream,
        caller,
        handler,
        lines: LineReader::new(limits::INBOUND_LINE),
        outbox: Outbox::default(),
        waiting: Vec::new(),
        next_snapshot: None,
        line_time: None,
        unread_time: None,
        stage: Stage::New,
    };
    match poll_fn(|cx| conversation.poll(cx)).await {
        End::Over => {}
        End::GivenUp => platform::cut_off(&conversation.stream),
    }
}

/// Tells one connection too many that it is; nobody waits for it to read that.
pub(crate) fn turn_away(stream: &Stream) {
    let mut line = Vec::new();
    let fault = Fault::new(FaultCode::Limit, format!("at most {} connections at a time", limits::CONNECTIONS));
    if write_refusal(&mut line, None, &fault).is_ok() {
        // It is closed whether or not it could be told.
        let _ = stream.try_write(&line);
    }
}

type Answer<'a> = Pin<Box<dyn Future<Output = Result<Reply, Fault>> + Send + 'a>>;
type NextSnapshot = Pin<Box<dyn Future<Output = Option<(Arc<Snapshot>, watch::Receiver<Arc<Snapshot>>)>> + Send>>;
type Timer = Pin<Box<Sleep>>;

struct Conversation<'a, H> {
    stream: Stream,
    caller: &'a Caller,
    handler: &'a H,
    lines: LineReader,
    outbox: Outbox,
    waiting: Vec<(Option<Id>, Answer<'a>)>,
    next_snapshot: Option<NextSnapshot>,
    line_time: Option<Timer>,
    unread_time: Option<Timer>,
    stage: Stage,
}

/// How a connection ends.
enum End {
    Over,
    /// The client does not read, and what it was sent is not kept for it.
    GivenUp,
}

enum Stage {
    /// Nothing was read yet.
    New,
    Open,
    /// The client has finished sending, and may still be reading.
    HalfClosed(Timer),
    /// The client broke a rule and was told. What it still sends is read and dropped for a while:
    /// closing at once would throw the answer away before it is read.
    TurnedOut(Timer),
}

/// What a line asks for.
enum Asked {
    Call(Option<Id>, Call),
    Subscribe(Option<Id>),
    Discover(Option<Id>),
    Cancel(Id),
    Refuse(Option<Id>, Fault),
    Nothing,
}

impl<H: Handler> Conversation<'_, H> {
    /// Ready when the connection is to be closed.
    fn poll(&mut self, cx: &mut Context) -> Poll<End> {
        let mut turn = limits::LINES_A_TURN;
        loop {
            self.take_lines(cx, &mut turn);
            self.poll_waiting(cx);
            let sending = self.poll_send_all(cx);
            if matches!(sending, Poll::Ready(Err(_))) {
                return Poll::Ready(End::Over);
            }
            if self.is_left_unread(cx) {
                return Poll::Ready(End::GivenUp);
            }
            if self.is_full() {
                return Poll::Pending;
            }
            if turn == 0 {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            if sending.is_ready() && self.is_done() {
                return Poll::Ready(End::Over);
            }
            match self.poll_receive(cx) {
                Poll::Ready(Ok(())) => {}
                Poll::Ready(Err(_)) => return Poll::Ready(End::Over),
                Poll::Pending => return self.poll_timers(cx),
            }
        }
    }

    /// A client that asks and does not read is not listened to until it does.
    fn is_full(&self) -> bool {
        self.outbox.unsent().len() >= limits::OUTBOUND_LINE
    }

    /// Whether a client that has finished sending has had all it asked for.
    fn is_done(&self) -> bool {
        matches!(self.stage, Stage::HalfClosed(_)) && self.waiting.is_empty() && self.next_snapshot.is_none()
    }

    fn take_lines(&mut self, cx: &mut Context, turn: &mut usize) {
        while *turn > 0 && !self.is_full() && !matches!(self.stage, Stage::TurnedOut(_)) {
            match self.lines.next_line() {
                None => return,
                Some(Ok(line)) => {
                    let asked = Asked::read(line);
                    self.line_time = None;
                    *turn -= 1;
                    self.take(asked, cx);
                }
                Some(Err(error)) => self.take_longer(error),
            }
        }
    }

    /// A program of this installation may write longer lines. Whether it is one is looked at only where that matters.
    fn take_longer(&mut self, error: TooLong) {
        if self.lines.limit() < limits::LONG_INBOUND_LINE && self.caller.is_this_installation() {
            return self.lines.allow(limits::LONG_INBOUND_LINE);
        }
        self.turn_out_for(error);
    }

    fn take(&mut self, asked: Asked, cx: &mut Context) {
        match asked {
            Asked::Call(id, call) => self.begin(id, call, cx),
            Asked::Subscribe(id) => self.subscribe(id),
            Asked::Discover(id) => self.discover(id.as_ref()),
            Asked::Cancel(id) => self.cancel(&id),
            Asked::Refuse(id, fault) => self.send_refusal(id.as_ref(), &fault),
            Asked::Nothing => {}
        }
    }

    /// Most answers are ready at once: these never join the waiting.
    fn begin(&mut self, id: Option<Id>, call: Call, cx: &mut Context) {
        if self.waiting.len() >= limits::IN_FLIGHT {
            let fault = Fault::new(FaultCode::Limit, format!("at most {} requests at a time", limits::IN_FLIGHT));
            return self.send_answer(id.as_ref(), Err(fault));
        }
        let mut answer: Answer = Box::pin(self.handler.call(self.caller, call));
        match poll_answer(&mut answer, cx) {
            Poll::Ready(result) => self.send_answer(id.as_ref(), result),
            Poll::Pending => self.waiting.push((id, answer)),
        }
    }

    fn cancel(&mut self, id: &Id) {
        while let Some(at) = self.waiting.iter().position(|(waiting, _)| waiting.as_ref() == Some(id)) {
            drop(self.waiting.swap_remove(at));
            self.send_refusal(Some(id), &Fault::new(FaultCode::Cancelled, "the request was cancelled"));
        }
    }

    fn subscribe(&mut self, id: Option<Id>) {
        let mut snapshots = self.handler.snapshots();
        let snapshot = Arc::clone(&snapshots.borrow_and_update());
        if let Some(id) = id {
            self.send(Some(&id), |out| write_answer(out, &id, &*snapshot));
        }
        self.next_snapshot = Some(Box::pin(next_snapshot(snapshots, Instant::now() + limits::SNAPSHOT_PAUSE)));
    }

    fn discover(&mut self, id: Option<&Id>) {
        let Some(id) = id else { return };
        self.send(Some(id), |out| write_answer(out, id, &discovery::document()?));
    }

    fn poll_waiting(&mut self, cx: &mut Context) {
        let mut at = 0;
        while at < self.waiting.len() {
            match poll_answer(&mut self.waiting[at].1, cx) {
                Poll::Pending => at += 1,
                Poll::Ready(result) => {
                    let (id, _) = self.waiting.swap_remove(at);
                    self.send_answer(id.as_ref(), result);
                }
            }
        }
    }

    /// A subscriber is sent a snapshot only when it has read the last: so it always gets the newest.
    fn poll_send_all(&mut self, cx: &mut Context) -> Poll<io::Result<()>> {
        loop {
            ready!(self.poll_send(cx))?;
            let Some(next) = &mut self.next_snapshot else { return Poll::Ready(Ok(())) };
            let Poll::Ready(next) = next.as_mut().poll(cx) else { return Poll::Ready(Ok(())) };
            self.next_snapshot = next.map(|(snapshot, snapshots)| {
                self.send(None, |out| write_notification(out, CHANGED, &*snapshot));
                let next: NextSnapshot = Box::pin(next_snapshot(snapshots, Instant::now() + limits::SNAPSHOT_PAUSE));
                next
            });
        }
    }

    fn poll_send(&mut self, cx: &mut Context) -> Poll<io::Result<()>> {
        while !self.outbox.unsent().is_empty() {
            let unsent = self.outbox.unsent();
            let part = &unsent[..unsent.len().min(limits::OUTBOUND_PART)];
            let sent = ready!(Pin::new(&mut self.stream).poll_write(cx, part))?;
            if sent == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.outbox.sent(sent);
            self.unread_time = None;
        }
        Poll::Ready(Ok(()))
    }

    /// Whether the client has not read what it was sent for too long.
    fn is_left_unread(&mut self, cx: &mut Context) -> bool {
        if self.outbox.unsent().is_empty() {
            self.unread_time = None;
            return false;
        }
        let timer = self.unread_time.get_or_insert_with(|| Box::pin(sleep(limits::UNREAD_TIME)));
        timer.as_mut().poll(cx).is_ready()
    }

    fn poll_receive(&mut self, cx: &mut Context) -> Poll<io::Result<()>> {
        if matches!(self.stage, Stage::HalfClosed(_)) {
            return Poll::Pending;
        }
        if matches!(self.stage, Stage::TurnedOut(_)) && self.outbox.unsent().is_empty() {
            ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
        }
        let mut room = ReadBuf::new(self.lines.room());
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut room))?;
        let read = room.filled().len();
        match self.stage {
            Stage::TurnedOut(_) if read > 0 => {}
            Stage::TurnedOut(_) => return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into())),
            Stage::New | Stage::Open | Stage::HalfClosed(_) if read == 0 => self.end_of_requests(cx)?,
            Stage::New => {
                platform::confirm_caller(&self.stream)?;
                self.stage = Stage::Open;
                self.lines.filled(read);
            }
            Stage::Open | Stage::HalfClosed(_) => self.lines.filled(read),
        }
        Poll::Ready(Ok(()))
    }

    /// A shell's pipe ends once it has asked, without a line end at times, and still wants its answer.
    fn end_of_requests(&mut self, cx: &mut Context) -> io::Result<()> {
        if platform::has_hung_up(&self.stream) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.line_time = None;
        match self.lines.take_rest().map(|rest| rest.map(Asked::read)) {
            Some(Ok(asked)) => self.take(asked, cx),
            Some(Err(error)) => {
                self.turn_out_for(error);
                return Ok(());
            }
            None => {}
        }
        self.stage = Stage::HalfClosed(Box::pin(sleep(limits::HALF_CLOSED_CHECK)));
        Ok(())
    }

    fn poll_timers(&mut self, cx: &mut Context) -> Poll<End> {
        match &mut self.stage {
            Stage::TurnedOut(timer) => return timer.as_mut().poll(cx).map(|()| End::GivenUp),
            Stage::HalfClosed(timer) => {
                while timer.as_mut().poll(cx).is_ready() {
                    if platform::has_hung_up(&self.stream) {
                        return Poll::Ready(End::Over);
                    }
                    timer.as_mut().reset(Instant::now() + limits::HALF_CLOSED_CHECK);
                }
                return Poll::Pending;
            }
            Stage::New | Stage::Open => {}
        }
        if !self.lines.is_within_line() {
            return Poll::Pending;
        }
        let timer = self.line_time.get_or_insert_with(|| Box::pin(sleep(limits::LINE_TIME)));
        ready!(timer.as_mut().poll(cx));
        self.turn_out(format!("a line must be finished within {} seconds", limits::LINE_TIME.as_secs()));
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    fn turn_out_for(&mut self, TooLong: TooLong) {
        self.turn_out(format!("a line may be {} bytes long at most", self.lines.limit()));
    }

    fn turn_out(&mut self, why: String) {
        self.waiting.clear();
        self.next_snapshot = None;
        self.send_refusal(None, &Fault::new(FaultCode::Limit, why));
        self.stage = Stage::TurnedOut(Box::pin(sleep(limits::UNREAD_TIME)));
    }

    fn send_answer(&mut self, id: Option<&Id>, result: Result<Reply, Fault>) {
        let Some(id) = id else { return };
        match result {
            Ok(reply) => self.send(Some(id), |out| write_answer(out, id, &reply)),
            Err(fault) => self.send_refusal(Some(id), &fault),
        }
    }

    fn send_refusal(&mut self, id: Option<&Id>, fault: &Fault) {
        self.send(id, |out| write_refusal(out, id, fault));
    }

    fn send(&mut self, id: Option<&Id>, write: impl FnOnce(&mut Vec<u8>) -> serde_json::Result<()>) {
        if self.outbox.push(limits::OUTBOUND_LINE, write).is_ok() {
            return;
        }
        tracing::error!(?id, "an answer is too long to be sent");
        let fault = Fault::new(FaultCode::Limit, format!("the answer is longer than {} bytes", limits::OUTBOUND_LINE));
        // A refusal is short.
        let _ = self.outbox.push(limits::OUTBOUND_LINE, |out| write_refusal(out, id, &fault));
    }
}

impl Asked {
    fn read(line: &[u8]) -> Self {
        let Request { id, method, params } = match Request::parse(line) {
            Ok(request) => request,
            Err(Malformed { id, fault }) => return Self::Refuse(id, fault),
        };
        match &*method {
            CANCEL => params
                .and_then(|params| serde_json::from_str(params.get()).ok())
                .map_or(Self::Nothing, |Cancel { id }| Self::Cancel(id)),
            AgentSubscribe::NAME => Self::Subscribe(id),
            RpcDiscover::NAME => Self::Discover(id),
            method => match Call::parse(method, params) {
                Ok(call) => Self::Call(id, call),
                Err(_) if id.is_none() => Self::Nothing,
                Err(fault) => Self::Refuse(id, fault),
            },
        }
    }
}

/// A handler that panics fails its own request alone.
fn poll_answer(answer: &mut Answer, cx: &mut Context) -> Poll<Result<Reply, Fault>> {
    catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(cx)))
        .unwrap_or_else(|_| Poll::Ready(Err(Fault::new(FaultCode::Internal, "the agent failed at this request"))))
}

/// The next change, but not before a moment. None when there will be no more.
async fn next_snapshot(
    mut snapshots: watch::Receiver<Arc<Snapshot>>,
    not_before: Instant,
) -> Option<(Arc<Snapshot>, watch::Receiver<Arc<Snapshot>>)> {
    snapshots.changed().await.ok()?;
    sleep_until(not_before).await;
    let snapshot = Arc::clone(&snapshots.borrow_and_update());
    Some((snapshot, snapshots))
}
