//! What is too long, too slow, too many. Paused time does not wait for what is still under way between two
//! pipes: on Windows these tests take the real one.

#[cfg(unix)]
use std::{sync::Arc, time::Duration};

use ipc::limits::{IN_FLIGHT, LONG_INBOUND_LINE};
use ipc::{AccountState, AccountView, Snapshot};

#[cfg(unix)]
use crate::fixture::snapshot;
use crate::fixture::{Agent, Wire};

const STATUS: &str = r#"{"jsonrpc":"2.0","id":1,"method":"agent.status"}"#;

async fn ask_slow(wire: &mut Wire, id: usize) {
    let params = r#"{"account":"slow"}"#;
    wire.send(&format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"token.get\",\"params\":{params}}}\n")).await;
}

#[tokio::test]
async fn a_line_of_the_limit_is_taken() {
    let agent = Agent::start();
    let padded = format!("{STATUS}{}", " ".repeat(LONG_INBOUND_LINE - STATUS.len()));
    assert_eq!(agent.connect().await.ask(&padded).await["id"], 1);
}

#[tokio::test]
async fn a_line_too_long_is_told_and_ends_the_connection() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    let answer = wire.ask(&"x".repeat(LONG_INBOUND_LINE + 2)).await;
    assert_eq!(answer["error"]["code"], -32058);
    assert_eq!(answer["error"]["data"]["code"], "limit");
    assert!(answer["error"]["message"].as_str().unwrap().contains("1048576"), "it says the limit: {answer}");
    assert!(answer["id"].is_null());
    assert!(wire.is_closed().await);
}

#[cfg_attr(unix, tokio::test(start_paused = true))]
#[cfg_attr(windows, tokio::test)]
async fn a_line_begun_and_not_finished_ends_the_connection() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    assert_eq!(wire.ask(STATUS).await["id"], 1);
    wire.send("{\"jsonrpc\":").await;
    let answer = wire.line().await.unwrap();
    assert_eq!(answer["error"]["code"], -32058);
    assert!(wire.is_closed().await);
}

#[cfg(unix)]
#[tokio::test(start_paused = true)]
async fn a_connection_that_asks_nothing_stays() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    tokio::time::advance(Duration::from_secs(3600)).await;
    assert_eq!(wire.ask(STATUS).await["id"], 1);
}

#[tokio::test]
async fn one_request_too_many_is_refused_and_the_others_are_not() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    for id in 0..IN_FLIGHT {
        ask_slow(&mut wire, id).await;
    }
    agent.canned.until_waiting(IN_FLIGHT).await;
    ask_slow(&mut wire, 1000).await;
    let refused = wire.line().await.unwrap();
    assert_eq!((&refused["id"], &refused["error"]["code"]), (&1000.into(), &(-32058).into()));

    agent.canned.gate.add_permits(IN_FLIGHT);
    let mut answered = Vec::new();
    for _ in 0..IN_FLIGHT {
        let answer = wire.line().await.unwrap();
        assert!(answer["result"].is_object());
        answered.push(answer["id"].as_u64().unwrap());
    }
    answered.sort_unstable();
    assert_eq!(answered, (0..IN_FLIGHT as u64).collect::<Vec<_>>());
}

#[tokio::test]
async fn cancelling_drops_the_wait_and_says_so() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    ask_slow(&mut wire, 1).await;
    ask_slow(&mut wire, 2).await;
    agent.canned.until_waiting(2).await;
    let answer = wire.ask(r#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}"#).await;
    assert_eq!((&answer["id"], &answer["error"]["code"]), (&1.into(), &(-32800).into()));
    agent.canned.until_waiting(1).await;
    agent.canned.gate.add_permits(1);
    assert_eq!(wire.line().await.unwrap()["id"], 2, "the other is answered");
}

#[tokio::test]
async fn cancelling_what_does_not_wait_changes_nothing() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    for params in [r#"{"id":77}"#, r#"{"id":"1"}"#, r#"{"id":{}}"#, "{}", "[1]"] {
        wire.send(&format!("{{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\",\"params\":{params}}}\n")).await;
    }
    assert_eq!(wire.ask(STATUS).await["id"], 1);
}

#[tokio::test]
async fn closing_drops_the_waits() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    ask_slow(&mut wire, 1).await;
    ask_slow(&mut wire, 2).await;
    agent.canned.until_waiting(2).await;
    drop(wire);
    agent.canned.until_waiting(0).await;
}

#[tokio::test]
async fn an_answer_too_long_becomes_a_refusal() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    let answer = wire.ask(r#"{"jsonrpc":"2.0","id":1,"method":"token.get","params":{"account":"huge"}}"#).await;
    assert_eq!((&answer["id"], &answer["error"]["code"]), (&1.into(), &(-32058).into()));
    assert_eq!(wire.ask(STATUS).await["id"], 1);
}

#[cfg_attr(unix, tokio::test(start_paused = true))]
#[cfg_attr(windows, tokio::test)]
async fn a_subscriber_that_does_not_read_is_dropped() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    wire.ask(r#"{"jsonrpc":"2.0","id":1,"method":"agent.subscribe"}"#).await;
    agent.publish(large_snapshot());
    agent.canned.snapshots.closed().await;
}

#[cfg_attr(unix, tokio::test(start_paused = true))]
#[cfg_attr(windows, tokio::test)]
async fn a_client_that_asks_and_does_not_read_is_dropped() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    ask_slow(&mut wire, 1).await;
    agent.canned.until_waiting(1).await;
    let flood = format!("{STATUS}\n").repeat(1000);
    let flooding = tokio::spawn(async move {
        use tokio::io::AsyncWriteExt;
        while wire.0.write_all(flood.as_bytes()).await.is_ok() {}
    });
    flooding.await.unwrap();
    agent.canned.until_waiting(0).await;
}

#[cfg(unix)]
#[tokio::test(start_paused = true)]
async fn a_subscriber_gets_the_newest_snapshot_ten_times_a_second_at_most() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    wire.ask(r#"{"jsonrpc":"2.0","id":1,"method":"agent.subscribe"}"#).await;
    let publishing = {
        let canned = Arc::clone(&agent.canned);
        tokio::spawn(async move {
            for revision in 2..=101 {
                tokio::time::advance(Duration::from_millis(10)).await;
                canned.snapshots.send_replace(Arc::new(snapshot(revision)));
            }
        })
    };
    let mut seen = vec![1];
    while seen.last() != Some(&101) {
        seen.push(wire.line().await.unwrap()["params"]["revision"].as_u64().unwrap());
    }
    publishing.await.unwrap();
    assert!(seen.is_sorted_by(|earlier, later| earlier < later), "{seen:?}");
    assert!(seen.len() <= 12, "a second of changes: {seen:?}");
}

/// More than a socket's buffers hold.
fn large_snapshot() -> Snapshot {
    let account = |number| AccountView {
        name: format!("account-{number}"),
        login: "x".repeat(200),
        state: AccountState::Ready,
        reason: None,
        cause: ipc::Cause::default(),
        expires_at: None,
        resources: Vec::new(),
        sign_in: None,
        failed_sign_in: None,
        consent_url: None,
        provisional: false,
    };
    Snapshot { revision: 2, accounts: (0..3000).map(account).collect(), ..Snapshot::default() }
}
