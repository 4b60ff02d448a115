//! The loopback listener of one sign-in: RFC 8252 § 7.3, with the code in a POST body.
//!
//! Any number of connections; whatever carries no known `state` gets a 4xx and changes nothing.

#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
mod page;
mod request;

use std::collections::VecDeque;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use ::http::{Request, Response};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use socket2::{Domain, Socket, Type};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

pub(crate) use self::page::Page;
pub(crate) use self::request::{Answer, AnswerError, Reply, Visitor, start_address, stranger};

/// Strangers may hold connections open; beyond this, the oldest one ends for each new one.
const CONNECTIONS: usize = 1024;
/// A request's head has to come in this time; a browser opens connections ahead of need and may hold them.
const HEAD_LIMIT: Duration = Duration::from_secs(120);
/// Headers of a browser take two or three kB.
const HEAD_SIZE: usize = 16 * 1024;
const BACKLOG: i32 = 1024;
const PORT_TRIES: usize = 16;

/// Bound on 127.0.0.1 and, where there is one, on ::1, on the same port.
pub(crate) struct Listener {
    port: u16,
    v4: TcpListener,
    v6: Option<TcpListener>,
}

impl Listener {
    /// Takes a free port. Must be called inside the runtime.
    pub(crate) fn bind() -> io::Result<Self> {
        let mut last = io::Error::from(io::ErrorKind::AddrInUse);
        for _ in 0..PORT_TRIES {
            let v4 = listen((Ipv4Addr::LOCALHOST, 0).into())?;
            let port = v4.local_addr()?.port();
            match listen((Ipv6Addr::LOCALHOST, port).into()) {
                Ok(v6) => return Ok(Self { port, v4, v6: Some(v6) }),
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = error,
                Err(_) => return Ok(Self { port, v4, v6: None }),
            }
        }
        Err(last)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Serves until it is dropped.
    pub(crate) async fn serve(self, visitor: Arc<impl Visitor>) -> Infallible {
        let mut visits = JoinSet::new();
        let mut by_age = VecDeque::new();
        loop {
            let accepted = tokio::select! {
                accepted = self.v4.accept() => accepted,
                accepted = accept(self.v6.as_ref()) => accepted,
                Some(_) = visits.join_next() => continue,
            };
            match accepted {
                Ok((stream, _)) => {
                    by_age.retain(|visit: &AbortHandle| !visit.is_finished());
                    if by_age.len() == CONNECTIONS
                        && let Some(oldest) = by_age.pop_front()
                    {
                        oldest.abort();
                    }
                    by_age.push_back(visits.spawn(visit(stream, self.port, Arc::clone(&visitor))));
                }
                // Out of descriptors: the ones in use have to end first.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    if address.is_ipv6() {
        socket.set_only_v6(true)?;
    }
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    socket.set_nonblocking(true)?;
    TcpListener::from_std(socket.into())
}

async fn accept(listener: Option<&TcpListener>) -> io::Result<(TcpStream, SocketAddr)> {
    match listener {
        Some(listener) => listener.accept().await,
        None => std::future::pending().await,
    }
}

async fn visit(stream: TcpStream, port: u16, visitor: Arc<impl Visitor>) {
    let answer = |request| request::answer(request, port, &*visitor);
    if let Err(error) = converse(stream, answer).await {
        tracing::trace!(%error, "a visitor left");
    }
}

/// HTTP with a visitor, until either side ends it.
async fn converse<A, F>(stream: impl AsyncRead + AsyncWrite + Unpin, answer: A) -> hyper::Result<()>
where
    A: Fn(Request<Incoming>) -> F,
    F: Future<Output = Response<Full<Bytes>>>,
{
    let service = service_fn(|request| {
        let answered = answer(request);
        async { Ok::<_, Infallible>(answered.await) }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_LIMIT)
        .max_buf_size(HEAD_SIZE)
        .serve_connection(TokioIo::new(stream), service)
        .await
}
