//! An HTTP proxy that tunnels (CONNECT, RFC 9110 § 9.3.6) to this computer, or refuses to.

use std::io::{BufRead, BufReader, Read, Write, copy};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::{Context, Result};

/// Longer than any request to it.
const LONGEST_HEAD: u64 = 16 * 1024;

/// A proxy on a port of its own. Dropping it ends it, and every tunnel through it.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Debug, Default)]
struct Shared {
    refusal: Option<u16>,
    asked: Vec<String>,
    tunnels: Vec<TcpStream>,
    is_over: bool,
}

impl Proxy {
    /// Starts one that lets everything through. Whatever host is named, the tunnel ends on this computer.
    pub fn start() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::<Mutex<Shared>>::default();
        let for_clients = Arc::clone(&shared);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if lock(&for_clients).is_over {
                    break;
                }
                let shared = Arc::clone(&for_clients);
                // A client or a server that goes away ends its own tunnel alone.
                thread::spawn(move || serve(&client, &shared));
            }
        });
        Ok(Self { address, shared })
    }

    /// As a setting names it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on it answers with this HTTP status; the tunnels that stand are cut.
    pub fn refuse(&self, status: u16) {
        let mut shared = lock(&self.shared);
        shared.refusal = Some(status);
        shared.cut();
    }

    /// From now on it lets everything through again.
    pub fn let_through(&self) {
        lock(&self.shared).refusal = None;
    }

    /// Where it was asked to lead, as `HOST:PORT`, since the start or the last time this was asked.
    pub fn take_asked(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.shared).asked)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let mut shared = lock(&self.shared);
        shared.is_over = true;
        shared.cut();
        // So that the listener looks.
        let _ = TcpStream::connect(self.address);
    }
}

impl Shared {
    fn cut(&mut self) {
        for tunnel in self.tunnels.drain(..) {
            let _ = tunnel.shutdown(Shutdown::Both);
        }
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(client: &TcpStream, shared: &Mutex<Shared>) -> Result<()> {
    let target = target(client)?;
    let refusal = {
        let mut shared = lock(shared);
        shared.asked.push(target.clone());
        shared.refusal
    };
    if let Some(status) = refusal {
        let page = "<html><body>The proxy says no.</body></html>";
        let challenge = if status == 407 { "Proxy-Authenticate: Basic realm=\"proxy\"\r\n" } else { "" };
        let length = page.len();
        let head = format!("HTTP/1.1 {status} No\r\n{challenge}Content-Type: text/html\r\nContent-Length: {length}");
        let mut answer = client;
        return Ok(write!(answer, "{head}\r\nConnection: close\r\n\r\n{page}")?);
    }
    let (_, port) = target.rsplit_once(':').context("a port")?;
    let server = TcpStream::connect((Ipv4Addr::LOCALHOST, port.parse()?))?;
    tunnel(client, &server, shared)
}

/// What a CONNECT asks for.
fn target(client: &TcpStream) -> Result<String> {
    let mut lines = BufReader::new(client.take(LONGEST_HEAD)).lines();
    let first = lines.next().context("a request")??;
    // The client sends nothing behind the head before it is answered, so nothing is lost in the reader.
    while !lines.next().context("an end of the head")??.is_empty() {}
    let target = first.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next());
    Ok(target.with_context(|| format!("{first} is no CONNECT"))?.to_owned())
}

fn tunnel(mut client: &TcpStream, server: &TcpStream, shared: &Mutex<Shared>) -> Result<()> {
    lock(shared).tunnels.extend([client.try_clone()?, server.try_clone()?]);
    client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
    thread::scope(|both| {
        both.spawn(|| pass(client, server));
        pass(server, client);
    });
    Ok(())
}

/// Passes on what comes, up to its end.
fn pass(mut from: &TcpStream, mut to: &TcpStream) {
    let _ = copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Write);
}
