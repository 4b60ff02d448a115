//! Who gets in, and where the endpoint may be.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::net::{UnixListener, UnixStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use ipc::{BindError, Endpoint, Listener};
use tempfile::tempdir;

use crate::fixture::{Agent, copy_of_knock, told};

/// `nobody` on most systems; any number but the tests' own would do.
const SOMEBODY_ELSE: u32 = 65534;

#[tokio::test]
async fn the_directory_and_the_socket_are_for_this_user_alone() {
    let directory = tempdir().unwrap();
    let path = directory.path().join("made/deeper/agent.sock");
    let _listener = Listener::bind(&Endpoint::at(&path)).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(path.parent().unwrap()).unwrap().mode() & 0o777, 0o700);
}

#[tokio::test]
async fn a_dead_agents_socket_is_replaced() {
    let directory = tempdir().unwrap();
    let path = directory.path().join("agent.sock");
    drop(UnixListener::bind(&path).unwrap());
    assert!(path.exists());
    // A child of another test has a copy of the listener, between its fork and its exec.
    while UnixStream::connect(&path).is_ok() {}
    let agent = Agent::start_in(directory);
    agent.connect().await.ask(r#"{"jsonrpc":"2.0","id":1,"method":"agent.status"}"#).await;
}

#[tokio::test]
async fn a_living_agents_socket_is_not() {
    let agent = Agent::start();
    assert!(matches!(Listener::bind(&agent.endpoint), Err(BindError::InUse(_))));
}

#[tokio::test]
async fn the_socket_goes_with_its_agent() {
    let directory = Agent::start().stop().await;
    assert!(!directory.path().join("agent.sock").exists());
}

#[tokio::test]
async fn another_file_in_the_sockets_place_is_left_alone() {
    let directory = tempdir().unwrap();
    let path = directory.path().join("agent.sock");
    fs::write(&path, "letters").unwrap();
    assert!(matches!(Listener::bind(&Endpoint::at(&path)), Err(BindError::Unsafe { .. })));
    assert_eq!(fs::read_to_string(&path).unwrap(), "letters");
}

#[tokio::test]
async fn a_link_in_the_directorys_place_is_refused() {
    let directory = tempdir().unwrap();
    symlink(tempdir().unwrap().keep(), directory.path().join("signet")).unwrap();
    refuses(&directory.path().join("signet/agent.sock"), "link");
}

#[tokio::test]
async fn a_directory_that_others_may_write_to_is_refused() {
    let directory = tempdir().unwrap();
    fs::set_permissions(directory.path(), Permissions::from_mode(0o777)).unwrap();
    refuses(&directory.path().join("agent.sock"), "write");
}

#[tokio::test]
async fn a_directory_of_another_user_is_refused() {
    if !is_root() {
        return skip("giving a directory away takes root");
    }
    let directory = tempdir().unwrap();
    chown(directory.path(), Some(SOMEBODY_ELSE), None).unwrap();
    refuses(&directory.path().join("agent.sock"), "another user");
}

#[tokio::test]
async fn another_user_is_refused_even_where_the_files_would_let_them() {
    if !is_root() {
        return skip("becoming another user takes root");
    }
    let agent = Agent::start();
    open_up(&agent);
    let knock = copy_of_knock(agent.directory.path(), "knock");
    let told = told(run_by(&knock, Some(SOMEBODY_ELSE)), "raw", agent.path()).await;
    assert_eq!(told, "closed");
    let own = self::told(run_by(&knock, None), "raw", agent.path()).await;
    assert!(own.contains("\"protocol\":1"), "this user is answered: {own}");
}

#[tokio::test]
async fn a_client_refuses_an_agent_of_another_user() {
    if !is_root() {
        return skip("becoming another user takes root");
    }
    let agent = Agent::start();
    open_up(&agent);
    let knock = copy_of_knock(agent.directory.path(), "knock");
    let told = told(run_by(&knock, Some(SOMEBODY_ELSE)), "client", agent.path()).await;
    assert!(told.contains("does not belong to this user"), "{told}");
}

#[cfg(target_os = "linux")]
#[test]
fn the_endpoint_is_where_the_environment_says() {
    let directory = tempdir().unwrap();
    let knock = copy_of_knock(directory.path(), "knock");
    let place = |variables: &[(&str, &str)]| {
        let mut command = Command::new(&knock);
        command.args(["where", "."]).env_remove("SIGNET_SOCKET").env_remove("XDG_RUNTIME_DIR");
        String::from_utf8(command.envs(variables.iter().copied()).output().unwrap().stdout).unwrap()
    };
    assert_eq!(place(&[("SIGNET_SOCKET", "/s/a.sock"), ("XDG_RUNTIME_DIR", "/x")]), "/s/a.sock\n");
    assert_eq!(place(&[("SIGNET_SOCKET", ""), ("XDG_RUNTIME_DIR", "/x")]), "/x/signet/agent.sock\n");
    let without = place(&[]);
    assert!(without.starts_with("/run/user/") || without.starts_with("/tmp/signet-"), "{without}");
    assert_eq!(place(&[("XDG_RUNTIME_DIR", "not/absolute")]), without);
}

fn refuses(path: &Path, because: &str) {
    let Err(BindError::Unsafe { reason, .. }) = Listener::bind(&Endpoint::at(path)) else {
        panic!("{} was bound", path.display());
    };
    assert!(reason.contains(because), "{reason}");
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[expect(clippy::print_stderr, reason = "whoever runs the tests should know")]
fn skip(reason: &str) {
    eprintln!("skipped: {reason}");
}

/// Lets every user as far as the agent's own check.
fn open_up(agent: &Agent) {
    fs::set_permissions(agent.directory.path(), Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(agent.path(), Permissions::from_mode(0o666)).unwrap();
}

/// A program as another user, where that is wanted.
fn run_by(program: &Path, user: Option<u32>) -> Command {
    let mut command = Command::new(program);
    if let Some(user) = user {
        command.uid(user).gid(user);
    }
    command
}
