//! The blocking client.

#[cfg(unix)]
use std::os::unix::net::UnixListener;

#[cfg(unix)]
use ipc::Endpoint;
use ipc::{AgentStatus, CallError, Client, ConnectError, FaultCode, SignInState, SignInWait, TokenGet, TokenReject};
use secrecy::ExposeSecret;
#[cfg(unix)]
use tempfile::tempdir;

use crate::fixture::{Agent, TOKEN, signed_out, snapshot};

/// Runs the blocking client beside the agent.
async fn with_client<T: Send + 'static>(agent: &Agent, talk: impl FnOnce(Client) -> T + Send + 'static) -> T {
    let endpoint = agent.endpoint.clone();
    tokio::task::spawn_blocking(move || talk(Client::connect(&endpoint).unwrap())).await.unwrap()
}

#[tokio::test]
async fn a_token_is_read_back_as_a_secret() {
    let agent = Agent::start();
    let asked = TokenGet { account: "biuro@firma.pl".into(), ..TokenGet::default() };
    let token = with_client(&agent, move |mut client| client.call(&asked).unwrap()).await;
    assert_eq!(token.access_token.expose_secret(), TOKEN);
    assert!(!format!("{token:?}").contains(TOKEN));
}

#[tokio::test]
async fn a_secret_is_sent_in_clear_to_the_agent_alone() {
    let agent = Agent::start();
    let reject = TokenReject { account: "a".into(), access_token: TOKEN.into(), lang: None };
    with_client(&agent, move |mut client| client.call(&reject).unwrap()).await;
}

#[tokio::test]
async fn a_refusal_arrives_whole_and_the_connection_goes_on() {
    let agent = Agent::start();
    let asked = TokenGet { account: "out".into(), ..TokenGet::default() };
    let (refused, status) =
        with_client(&agent, move |mut client| (client.call(&asked), client.call(&AgentStatus {}))).await;
    let Err(CallError::Fault(fault)) = refused else { panic!("not refused") };
    assert_eq!(fault.code, FaultCode::SignInRequired);
    assert_eq!(fault, signed_out());
    assert_eq!(status.unwrap().version, "0.1.0");
}

#[tokio::test]
async fn the_ends_of_a_sign_in_are_told_apart() {
    let agent = Agent::start();
    let wait = |id: &str| SignInWait { sign_in: id.into(), ..SignInWait::default() };
    let (failed, wrong) = (wait("si-failed"), wait("si-wrong"));
    let (failed, wrong) =
        with_client(&agent, move |mut client| (client.call(&failed).unwrap(), client.call(&wrong).unwrap())).await;
    assert_eq!(failed, SignInState::Failed { error: signed_out() });
    assert_eq!(wrong, SignInState::WrongPerson { signed_in_as: "jan@firma.pl".into(), refusals: 1 });
}

#[tokio::test]
async fn a_subscription_ends_with_its_agent() {
    let agent = Agent::start();
    let mut snapshots = with_client(&agent, |client| client.subscribe().unwrap()).await;
    agent.publish(snapshot(2));
    let (seen, snapshots) = tokio::task::spawn_blocking(move || {
        let seen: Vec<_> = snapshots.by_ref().take(2).map(Result::unwrap).collect();
        (seen, snapshots)
    })
    .await
    .unwrap();
    assert_eq!(seen.last(), Some(&snapshot(2)));
    agent.stop().await;
    assert_eq!(tokio::task::spawn_blocking(move || { snapshots }.count()).await.unwrap(), 0);
}

#[tokio::test]
async fn clients_come_back_after_a_restart() {
    let agent = Agent::start();
    let mut client = with_client(&agent, |mut client| {
        client.call(&AgentStatus {}).unwrap();
        client
    })
    .await;
    let endpoint = agent.endpoint.clone();
    let directory = agent.stop().await;
    let gone = tokio::task::spawn_blocking(move || client.call(&AgentStatus {})).await.unwrap();
    assert!(matches!(gone, Err(CallError::Io(_))), "{gone:?}");
    assert!(matches!(Client::connect(&endpoint), Err(ConnectError::NotRunning(_))));
    let agent = Agent::start_in(directory);
    assert_eq!(with_client(&agent, |mut client| client.call(&AgentStatus {}).unwrap()).await.version, "0.1.0");
}

#[cfg(unix)]
#[test]
fn nobody_listening_is_told_apart() {
    let directory = tempdir().unwrap();
    let path = directory.path().join("agent.sock");
    let endpoint = Endpoint::at(&path);
    assert!(matches!(Client::connect(&endpoint), Err(ConnectError::NotRunning(_))), "no socket");
    drop(UnixListener::bind(&path).unwrap());
    assert!(matches!(Client::connect(&endpoint), Err(ConnectError::NotRunning(_))), "a dead agent's socket");
}

#[cfg(unix)]
#[test]
fn an_answer_that_makes_no_sense_is_told_and_not_repeated() {
    use std::io::{Read, Write};
    for line in ["swordfish", "{}", r#"{"id":7,"result":"swordfish"}"#, r#"{"id":1,"result":"swordfish"}"#] {
        let directory = tempdir().unwrap();
        let path = directory.path().join("agent.sock");
        let listener = UnixListener::bind(&path).unwrap();
        let answering = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.read_exact(&mut [0]).unwrap();
            stream.write_all(format!("{line}\n").as_bytes()).unwrap();
            stream
        });
        let error = Client::connect(&Endpoint::at(&path)).unwrap().call(&AgentStatus {}).unwrap_err();
        assert!(matches!(error, CallError::Garbage(_)), "to {line}: {error:?}");
        assert!(!format!("{error} {error:?}").contains("swordfish"), "{error:?}");
        answering.join().unwrap();
    }
}
