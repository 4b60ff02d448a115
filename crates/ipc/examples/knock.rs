//! Connects to an endpoint and says what it met: `knock raw|client|long|serve|where PATH`. The tests run copies of it
//! as other users and from other directories.
#![expect(clippy::print_stdout, reason = "that is how it tells its test")]

use std::error::Error;
use std::sync::Arc;

use ipc::limits::INBOUND_LINE;
use ipc::{
    AccountRemove, AgentStatus, Call, Caller, Client, Endpoint, Fault, FaultCode, Handler, Listener, Reply, Snapshot,
    Status,
};
use tokio::sync::watch;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let (Some(role), Some(path)) = (words.next(), words.next()) else {
        return Err("knock raw|client|long|serve|where PATH".into());
    };
    let endpoint = Endpoint::at(path);
    match role.as_str() {
        "client" => println!("{}", as_client(&endpoint)),
        "long" => println!("{}", in_a_long_line(&endpoint)),
        "where" => println!("{}", Endpoint::of_this_user()?.path().display()),
        "serve" => serve(&endpoint)?,
        _ => println!("{}", raw(&endpoint)?),
    }
    Ok(())
}

fn as_client(endpoint: &Endpoint) -> String {
    match Client::connect(endpoint).map(|mut client| client.call(&AgentStatus {})) {
        Ok(Ok(status)) => status.version,
        Ok(Err(error)) => error.to_string(),
        Err(error) => error.to_string(),
    }
}

fn in_a_long_line(endpoint: &Endpoint) -> String {
    let asked = AccountRemove { account: "x".repeat(INBOUND_LINE), lang: None };
    match Client::connect(endpoint).map(|mut client| client.call(&asked)) {
        Ok(Ok(_)) => "done".to_owned(),
        Ok(Err(error)) => error.to_string(),
        Err(error) => error.to_string(),
    }
}

/// Asks without looking who listens.
#[cfg(unix)]
fn raw(endpoint: &Endpoint) -> std::io::Result<String> {
    use std::io::{Read, Write};
    let mut stream = std::os::unix::net::UnixStream::connect(endpoint.path())?;
    // A connection that is closed at once may break under the request already.
    let _ = stream.write_all(b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"agent.status\"}\n");
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    Ok(if answer.is_empty() { "closed".into() } else { answer })
}

#[cfg(not(unix))]
fn raw(_: &Endpoint) -> std::io::Result<String> {
    Err(std::io::ErrorKind::Unsupported.into())
}

fn serve(endpoint: &Endpoint) -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = Listener::bind(endpoint)?;
        println!("ready");
        ipc::serve(listener, Arc::new(Doorkeeper)).await;
        Ok(())
    })
}

/// Answers as its version whether a manager asks.
struct Doorkeeper;

impl Handler for Doorkeeper {
    async fn call(&self, caller: &Caller, call: Call) -> Result<Reply, Fault> {
        let Call::AgentStatus(_) = call else {
            return Err(Fault::new(FaultCode::Internal, "not here"));
        };
        let version = if caller.is_this_installation() { "manager" } else { "program" };
        Ok(Status { version: version.into(), ..Status::default() }.into())
    }

    fn snapshots(&self) -> watch::Receiver<Arc<Snapshot>> {
        watch::channel(Arc::default()).1
    }
}
