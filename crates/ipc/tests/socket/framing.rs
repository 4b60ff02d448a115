//! Lines that come in any shape.

use crate::fixture::Agent;
use tokio::io::AsyncBufReadExt;

const STATUS: &str = r#"{"jsonrpc":"2.0","id":1,"method":"agent.status"}"#;

#[tokio::test]
async fn bytes_may_come_one_at_a_time() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    for byte in format!("{STATUS}\n").chars() {
        wire.send(&byte.to_string()).await;
        tokio::task::yield_now().await;
    }
    assert_eq!(wire.line().await.unwrap()["id"], 1);
}

#[tokio::test]
async fn a_byte_order_mark_crlf_and_empty_lines_are_taken() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    assert_eq!(wire.ask(&format!("\u{feff}{STATUS}\r\n\r\n\n")).await["id"], 1);
    assert_eq!(wire.ask(STATUS).await["id"], 1);
}

#[tokio::test]
async fn many_requests_in_one_write_are_all_answered() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    let lines: String =
        (0..500).map(|id| format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"agent.status\"}}\n")).collect();
    wire.send(&lines).await;
    for id in 0..500 {
        assert_eq!(wire.line().await.unwrap()["id"], id);
    }
}

#[tokio::test]
async fn an_answer_overtakes_one_that_waits() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    wire.send("{\"jsonrpc\":\"2.0\",\"id\":\"slow\",\"method\":\"token.get\",\"params\":{\"account\":\"slow\"}}\n")
        .await;
    assert_eq!(wire.ask(STATUS).await["id"], 1);
    agent.canned.gate.add_permits(1);
    assert_eq!(wire.line().await.unwrap()["id"], "slow");
}

#[cfg(unix)]
#[tokio::test]
async fn a_pipe_that_ended_without_a_line_end_still_gets_its_answer() {
    use tokio::io::AsyncWriteExt;
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    wire.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"token.get\",\"params\":{\"account\":\"slow\"}}\n").await;
    wire.send(STATUS).await;
    wire.0.shutdown().await.unwrap();
    assert_eq!(wire.line().await.unwrap()["id"], 1);
    agent.canned.gate.add_permits(1);
    assert_eq!(wire.line().await.unwrap()["id"], 2, "one that has to wait as well");
    assert!(wire.is_closed().await, "then it is over");
}

/// What `StreamJsonRpc` writes through its `NewLineDelimitedMessageHandler`, in either style of its `NewLine`, and what
/// it can read: UTF-8 without a byte order mark, one message a line, LF or CRLF
/// (<https://microsoft.github.io/vs-streamjsonrpc/api/StreamJsonRpc.NewLineDelimitedMessageHandler.html>).
#[tokio::test]
async fn stream_json_rpc_is_understood_and_understands() {
    for end in ["\n", "\r\n"] {
        let agent = Agent::start();
        let mut wire = agent.connect().await;
        let slow = r#"{"jsonrpc":"2.0","id":2,"method":"token.get","params":{"account":"slow","protocol":"smtp"}}"#;
        let cancel = r#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":2}}"#;
        wire.send(&format!("{slow}{end}{cancel}{end}")).await;
        let mut line = Vec::new();
        wire.0.read_until(b'\n', &mut line).await.unwrap();
        let text = std::str::from_utf8(&line).unwrap().strip_suffix('\n').expect("a line");
        assert!(text.starts_with('{') && text.ends_with('}'), "a message and its end, nothing else: {text:?}");
        let answer: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(
            (&answer["jsonrpc"], &answer["id"], &answer["error"]["code"]),
            (&"2.0".into(), &2.into(), &(-32800).into())
        );
    }
}
