//! Named pipes: who gets in, whose they are, and how many there can be. Where Wine has only a part of what Windows does, a
//! test says SKIP there, and fails where it would have to on Windows.

mod security;

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Write};
use std::os::windows::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Barrier};
use std::thread;

use ipc::{AgentStatus, BindError, Client, ConnectError, Endpoint, Listener};
use tempfile::tempdir;
use windows_sys::Win32::Storage::FileSystem::{SECURITY_ANONYMOUS, SECURITY_IDENTIFICATION};

use self::security::{access_of, pipe_of, skip, this_user};
use crate::fixture::{Agent, address, copy_of_knock, told};

const STATUS: &[u8] = b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"agent.status\"}\n";
/// At once: more than a system gives to `WaitForMultipleObjects`, and than one instance serves without a queue.
const CROWD: usize = 200;

#[tokio::test]
async fn the_pipe_is_for_this_user_alone() {
    let agent = Agent::start();
    let access = tokio::task::spawn_blocking(move || {
        let pipe = OpenOptions::new().read(true).write(true).open(agent.path()).unwrap();
        access_of(&pipe)
    });
    let (access, user) = (access.await.unwrap(), this_user());
    let entries = access.strip_prefix(&format!("O:{user}D:P")).expect("owned by this user, nothing inherited");
    assert_eq!(entries.matches('(').count(), 1, "one entry: {access}");
    assert!(entries.starts_with("(A;;") && entries.ends_with(&format!(";;;{user})")), "this user may: {access}");
}

#[tokio::test]
async fn a_living_agents_pipe_is_not_shared() {
    let agent = Agent::start();
    match Listener::bind(&agent.endpoint) {
        Err(BindError::InUse(path)) => assert_eq!(path, agent.path()),
        Ok(_) => skip("a second agent at the same pipe is refused", "FILE_FLAG_FIRST_PIPE_INSTANCE has no effect"),
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_client_refuses_another_users_pipe() {
    let directory = tempdir().unwrap();
    let path = address(directory.path());
    // Administrators: an owner that one may name who is one of them.
    let _pipe = pipe_of(&path, "O:BAD:P(A;;GA;;;WD)").expect("run by an administrator");
    let refused = connect(path.clone()).await;
    assert!(matches!(&refused, Err(ConnectError::NotOurs(at)) if *at == path), "{refused:?}");
}

#[tokio::test]
async fn a_client_that_is_not_let_in_says_whose_pipe_it_is_not() {
    let directory = tempdir().unwrap();
    let path = address(directory.path());
    let _pipe = pipe_of(&path, &format!("O:{}D:P(D;;GA;;;WD)", this_user())).unwrap();
    match connect(path).await {
        Err(ConnectError::NotOurs(_)) => {}
        Ok(_) => skip("a pipe's access list keeps clients out", "access lists of pipes are kept and not enforced"),
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_client_that_does_not_say_who_it_is_gets_no_answer() {
    let agent = Agent::start();
    assert!(answer(&agent, SECURITY_IDENTIFICATION).await.contains("\"protocol\":1"), "one that does is answered");
    if answer(&agent, SECURITY_ANONYMOUS).await.is_empty() {
        return;
    }
    skip("an anonymous client is turned away", "a pipe's server sees the client's user whatever the client allows");
}

#[tokio::test]
async fn another_computer_is_refused() {
    let (directory, agent) = (tempdir().unwrap(), Agent::start());
    let from_outside = |path: &Path| {
        let pipe = path.file_name().unwrap().to_owned();
        tokio::task::spawn_blocking(move || {
            let path = Path::new(r"\\127.0.0.1\pipe").join(pipe);
            OpenOptions::new().read(true).write(true).open(path)
        })
    };
    let open_to_all = address(directory.path());
    let _pipe = pipe_of(&open_to_all, "D:(A;;GA;;;WD)").unwrap();
    if let Err(error) = from_outside(&open_to_all).await.unwrap() {
        return skip("another computer is refused", &format!("no pipe can be reached over the network: {error}"));
    }
    assert!(from_outside(&agent.path()).await.unwrap().is_err(), "another computer got in");
}

#[tokio::test]
async fn only_a_pipe_of_this_computer_is_written_to() {
    let directory = tempdir().unwrap();
    let file = directory.path().join("agent.sock");
    std::fs::write(&file, "letters").unwrap();
    for path in [file.clone(), r"\\elsewhere\pipe\signet".into()] {
        let refused = connect(path).await;
        assert!(matches!(refused, Err(ConnectError::Io { .. })), "{refused:?}");
    }
    assert_eq!(std::fs::read_to_string(file).unwrap(), "letters");
}

#[tokio::test]
async fn a_crowd_that_comes_at_once_is_answered_to_the_last() {
    let agent = Agent::start();
    let endpoint = agent.endpoint.clone();
    let versions = tokio::task::spawn_blocking(move || {
        let start = Arc::new(Barrier::new(CROWD));
        let ask = |_| {
            let (endpoint, start) = (endpoint.clone(), Arc::clone(&start));
            thread::spawn(move || {
                start.wait();
                let mut client = Client::connect(&endpoint).unwrap();
                let version = client.call(&AgentStatus {}).unwrap().version;
                // All stay until all are there.
                start.wait();
                version
            })
        };
        let all: Vec<_> = (0..CROWD).map(ask).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(versions.await.unwrap(), vec!["0.1.0"; CROWD]);
}

#[tokio::test]
async fn those_who_come_and_go_keep_nobody_out() {
    let agent = Agent::start();
    let path = agent.path();
    let comers = thread::spawn(move || {
        for _ in 0..CROWD {
            // Taken just then: that is a visit too.
            drop(OpenOptions::new().read(true).write(true).open(&path));
        }
    });
    for _ in 0..CROWD {
        assert!(
            agent.connect().await.ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"agent.status\"}").await["id"] == 1
        );
    }
    comers.join().unwrap();
}

#[tokio::test]
async fn the_endpoint_is_named_after_the_user() {
    let directory = tempdir().unwrap();
    let knock = copy_of_knock(directory.path(), "knock");
    let place = |socket: &str| {
        let mut command = Command::new(&knock);
        command.env("SIGNET_SOCKET", socket);
        told(command, "where", ".".into())
    };
    assert_eq!(place(r"\\.\pipe\other").await, r"\\.\pipe\other");
    assert_eq!(place("").await, format!(r"\\.\pipe\signet-{}", this_user()));
    assert!(this_user().starts_with("S-1-5-21-"), "a person, and no service: {}", this_user());
}

async fn connect(path: PathBuf) -> Result<Client, ConnectError> {
    tokio::task::spawn_blocking(move || Client::connect(&Endpoint::at(path))).await.unwrap()
}

/// What a bare client is answered that lets the agent see this much of it; nothing where it is turned away.
async fn answer(agent: &Agent, level: u32) -> String {
    let path = agent.path();
    let ask = move || {
        let mut pipe = OpenOptions::new().read(true).write(true).security_qos_flags(level).open(path)?;
        pipe.write_all(STATUS)?;
        let mut line = String::new();
        BufReader::new(pipe).read_line(&mut line)?;
        Ok::<_, std::io::Error>(line)
    };
    tokio::task::spawn_blocking(ask).await.unwrap().unwrap_or_default()
}
