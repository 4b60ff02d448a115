//! What goes over the wire, to the letter.

use ipc::limits::{CONNECTIONS, CONNECTIONS_PER_PROCESS, IN_FLIGHT, INBOUND_LINE, LONG_INBOUND_LINE, OUTBOUND_LINE};
use ipc::{
    AccountAdd, AccountRemove, AgentSubscribe, AgentUnlock, Call, FaultCode, Method, Reply, RpcDiscover, TokenGet,
    TokenReject,
};
use serde_json::{Value, json};

use crate::fixture::{Agent, TOKEN, sign_in, signed_out, snapshot, token};

async fn check(asked: &str, want: Value) {
    let agent = Agent::start();
    assert_eq!(agent.connect().await.ask(asked).await, want, "to {asked}");
}

#[tokio::test]
async fn a_token_comes_ready_for_the_mail_server() {
    let asked = r#"{"jsonrpc":"2.0","id":1,"method":"token.get","params":{"account":"biuro@firma.pl","protocol":"imap","min_valid_seconds":300}}"#;
    let result = json!({
        "access_token": TOKEN, "token_type": "Bearer", "expires_at": "2026-11-23T10:15:00Z", "expires_in": 3541,
        "account": "biuro@firma.pl", "login": "biuro@firma.pl",
        "scopes": ["https://outlook.office.com/IMAP.AccessAsUser.All"],
        "sasl": {"mechanism": "XOAUTH2", "initial_response": "dXNlcj1i"},
    });
    check(asked, json!({"jsonrpc": "2.0", "id": 1, "result": result})).await;
}

#[tokio::test]
async fn a_refusal_says_what_to_do() {
    let error = json!({
        "code": -32050, "message": "Zaloguj się ponownie na konto biuro@firma.pl.",
        "data": {"code": "sign_in_required", "kind": "sign_in", "reason": "password_changed",
            "action": "signet sign-in biuro@firma.pl", "aadsts": 50173, "correlation_id": "5e0c"},
    });
    let asked = r#"{"jsonrpc":"2.0","id":"a","method":"token.get","params":{"account":"out"}}"#;
    check(asked, json!({"jsonrpc": "2.0", "id": "a", "error": error})).await;
}

#[tokio::test]
async fn a_sign_in_starts_and_ends() {
    check(
        r#"{"jsonrpc":"2.0","id":2,"method":"sign_in.start","params":{"account":"biuro@firma.pl","reason":"Serwer pocztowy"}}"#,
        json!({"jsonrpc": "2.0", "id": 2, "result": {"sign_in": "si-7f3a", "state": "waiting"}}),
    )
    .await;
    let ended = json!({"state": "signed_in", "account": "biuro@firma.pl", "login": "biuro@firma.pl"});
    check(
        r#"{"jsonrpc":"2.0","id":3,"method":"sign_in.wait","params":{"sign_in":"si-7f3a","wait_seconds":120}}"#,
        json!({"jsonrpc": "2.0", "id": 3, "result": ended}),
    )
    .await;
}

#[tokio::test]
async fn a_failed_sign_in_tells_the_errors_data() {
    let error = serde_json::to_value(signed_out()).unwrap();
    check(
        r#"{"jsonrpc":"2.0","id":3,"method":"sign_in.wait","params":{"sign_in":"si-failed"}}"#,
        json!({"jsonrpc": "2.0", "id": 3, "result": {
            "state": "failed", "code": -32050, "message": error["message"], "data": error["data"]}}),
    )
    .await;
}

#[tokio::test]
async fn accounts_are_listed() {
    let row = json!({"name": "biuro@firma.pl", "login": "biuro@firma.pl", "state": "ready", "expires_at": "2026-11-23T10:15:00Z"});
    check(
        r#"{"jsonrpc":"2.0","id":4,"method":"account.list","params":{}}"#,
        json!({"jsonrpc": "2.0", "id": 4, "result": {"accounts": [row]}}),
    )
    .await;
}

#[tokio::test]
async fn the_status_is_told_without_params_with_null_and_with_an_empty_array() {
    let result = json!({"version": "0.1.0", "protocol": 1, "uptime_seconds": 7, "accounts": 1, "needing_attention": 0});
    for params in ["", r#","params":null"#, r#","params":[]"#, r#","params":{"later":[1]}"#] {
        let asked = format!(r#"{{"jsonrpc":"2.0","id":5,"method":"agent.status"{params}}}"#);
        check(&asked, json!({"jsonrpc": "2.0", "id": 5, "result": result})).await;
    }
}

#[tokio::test]
async fn a_subscriber_gets_the_snapshot_and_then_every_change() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    let first = wire.ask(r#"{"jsonrpc":"2.0","id":6,"method":"agent.subscribe","params":{}}"#).await;
    let failed = json!({"sign_in": "si-5e0c", "at": "2026-11-23T10:15:00Z", "reason": {"id": "reason-admin-consent-required"}, "kind": "admin", "aadsts": 90_094});
    let account = json!({"name": "biuro@firma.pl", "login": "biuro@firma.pl", "state": "needs_sign_in", "failed_sign_in": failed,
        "consent_url": "https://id.example/adminconsent",
        "reason": {"id": "reason-password-changed", "args": {"account": "biuro@firma.pl"}},
        "kind": "sign_in", "aadsts": 50_173, "correlation_id": "5e0c"});
    let reminder = json!({"number": 3, "accounts": ["biuro@firma.pl"]});
    let wish = json!({"sign_in": "si-7f3a", "account": "biuro@firma.pl", "program": "C:\\DMS\\mail.exe",
        "reason": "Serwer pocztowy"});
    let snapshot_of = |revision: u64| json!({"revision": revision, "accounts": [account], "reminder": reminder, "wishes": [wish], "language": "pl"});
    let result = snapshot_of(1);
    assert_eq!(first, json!({"jsonrpc": "2.0", "id": 6, "result": result}));

    agent.publish(snapshot(2));
    let changed = wire.line().await.unwrap();
    let params = snapshot_of(2);
    assert_eq!(changed, json!({"jsonrpc": "2.0", "method": "agent.changed", "params": params}));

    let status = wire.ask(r#"{"jsonrpc":"2.0","id":7,"method":"agent.status"}"#).await;
    assert_eq!(status["id"], 7, "a subscriber may go on asking");
}

#[tokio::test]
async fn the_endpoint_describes_itself_in_one_line() {
    let agent = Agent::start();
    let answer = agent.connect().await.ask(r#"{"jsonrpc":"2.0","id":8,"method":"rpc.discover"}"#).await;
    assert_eq!((&answer["id"], &answer["result"]["openrpc"]), (&json!(8), &json!("1.3.2")));
    let described = answer["result"]["methods"].as_array().unwrap();
    let described: Vec<_> = described.iter().map(|method| method["name"].as_str().unwrap()).collect();
    for method in Call::NAMES {
        assert!(described.contains(method), "{method} is missing in {described:?}");
    }
}

#[tokio::test]
async fn what_a_method_has_nothing_to_tell_about_is_an_empty_object() {
    for (method, params) in [
        ("token.reject", r#"{"account":"a","access_token":"t"}"#),
        ("account.add", r#"{"name":"a","resources":{"mail":["s"]},"response_mode":"form_post"}"#),
        ("account.remove", r#"{"account":"a"}"#),
        ("sign_in.cancel", r#"{"sign_in":"si-1"}"#),
        ("sign_out", r#"{"account":"a"}"#),
        ("agent.stop", "{}"),
    ] {
        let asked = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{method}","params":{params}}}"#);
        check(&asked, json!({"jsonrpc": "2.0", "id": 1, "result": {}})).await;
    }
}

#[tokio::test]
async fn whoever_starts_afresh_is_told_where_the_old_is_kept() {
    let asked = r#"{"jsonrpc":"2.0","id":1,"method":"agent.start_afresh"}"#;
    check(asked, json!({"jsonrpc": "2.0", "id": 1, "result": {"kept": "/state/state.db.old-1"}})).await;
}

#[tokio::test]
async fn the_examples_of_json_rpc_that_apply_are_answered_as_there() {
    for (line, code, id) in [
        (r#"{"jsonrpc": "2.0", "method": "foobar", "id": "1"}"#, -32601, json!("1")),
        (r#"{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]"#, -32700, Value::Null),
        (r#"{"jsonrpc": "2.0", "method": 1, "params": "bar"}"#, -32600, Value::Null),
        (
            r#"[{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},{"jsonrpc": "2.0", "method""#,
            -32700,
            Value::Null,
        ),
        ("[]", -32600, Value::Null),
        ("[1,2,3]", -32600, Value::Null),
    ] {
        let agent = Agent::start();
        let answer = agent.connect().await.ask(line).await;
        assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(code), &id), "to {line}");
    }
}

#[tokio::test]
async fn what_is_no_request_is_refused_and_the_connection_goes_on() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    for (line, code, id) in [
        ("nonsense", -32700, Value::Null),
        ("\"text\"", -32600, Value::Null),
        (r#"{"id":1,"method":"agent.status"}"#, -32600, json!(1)),
        (r#"{"jsonrpc":"1.0","id":1,"method":"agent.status"}"#, -32600, json!(1)),
        (r#"{"jsonrpc":"2.0","id":null,"method":"agent.status"}"#, -32600, Value::Null),
        (r#"{"jsonrpc":"2.0","id":1.5,"method":"agent.status"}"#, -32600, Value::Null),
        (r#"{"jsonrpc":"2.0","id":true,"method":"agent.status"}"#, -32600, Value::Null),
        (r#"{"jsonrpc":"2.0","id":1,"id":2,"method":"agent.status"}"#, -32600, Value::Null),
        (r#"{"jsonrpc":"2.0","id":1}"#, -32600, json!(1)),
    ] {
        let answer = wire.ask(line).await;
        assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(code), &id), "to {line}");
    }
    wire.0.get_mut().try_write(b"\xff\xfe\n").unwrap();
    assert_eq!(wire.line().await.unwrap()["error"]["code"], -32700, "bytes that are not UTF-8");
    assert_eq!(wire.ask(r#"{"jsonrpc":"2.0","id":9,"method":"agent.status"}"#).await["id"], 9);
}

#[tokio::test]
async fn wrong_params_are_named_and_their_values_are_not_repeated() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    for (method, params, field) in [
        ("token.get", "{}", json!("account")),
        ("token.get", r#"{"account":7}"#, json!("account")),
        ("token.get", r#"{"account":"a","protocol":"swordfish"}"#, json!("protocol")),
        ("token.get", r#"{"account":"a","min_valid_seconds":-1}"#, json!("min_valid_seconds")),
        ("token.get", r#"{"account":"a","scopes":["s",{"swordfish":1}]}"#, json!("scopes[1]")),
        ("account.add", r#"{"name":"a","resources":{"mail":"swordfish"}}"#, json!("resources.mail")),
        ("token.get", r#"["swordfish"]"#, Value::Null),
        ("token.get", r#""swordfish""#, Value::Null),
    ] {
        let asked = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{method}","params":{params}}}"#);
        let answer = wire.ask(&asked).await;
        assert_eq!(answer["error"]["code"], -32602, "to {asked}");
        assert_eq!(answer["error"]["data"]["field"], field, "to {asked}");
        assert!(!answer.to_string().contains("swordfish"), "it repeats what was sent: {answer}");
    }
}

#[tokio::test]
async fn a_notification_gets_no_answer() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    for method in ["agent.status", "foobar", "token.get"] {
        wire.send(&format!("{{\"jsonrpc\":\"2.0\",\"method\":\"{method}\"}}\n")).await;
    }
    assert_eq!(wire.ask(r#"{"jsonrpc":"2.0","id":9,"method":"agent.status"}"#).await["id"], 9);
}

#[tokio::test]
async fn a_panic_fails_its_own_request_alone() {
    let agent = Agent::start();
    let mut wire = agent.connect().await;
    let answer = wire.ask(r#"{"jsonrpc":"2.0","id":1,"method":"token.get","params":{"account":"broken"}}"#).await;
    assert_eq!(answer["error"]["code"], -32603);
    assert_eq!(wire.ask(r#"{"jsonrpc":"2.0","id":2,"method":"agent.status"}"#).await["id"], 2);
}

#[test]
fn the_protocols_page_names_every_method_and_every_error() {
    let page = include_str!("../../../../docs/protocol.md");
    for method in Call::NAMES.iter().chain([&AgentSubscribe::NAME, &RpcDiscover::NAME]) {
        assert!(page.contains(method), "no word of {method}");
    }
    for code in (-32060..=-32050).map(FaultCode::from) {
        let row = format!("| `{}` | {} |", code.name().unwrap(), code.code());
        assert!(page.contains(&row), "no row {row}");
    }
    let digits = page.replace(',', "");
    for limit in [INBOUND_LINE, LONG_INBOUND_LINE, OUTBOUND_LINE, IN_FLIGHT, CONNECTIONS, CONNECTIONS_PER_PROCESS] {
        assert!(digits.contains(&limit.to_string()), "no limit of {limit}");
    }
}

#[test]
fn no_secret_shows_when_anything_is_formatted() {
    let reject = || TokenReject { account: "a".into(), access_token: TOKEN.into(), lang: None };
    let secret = || Some(TOKEN.into());
    let unlock = || AgentUnlock { passphrase: secret(), change_to: secret(), ..AgentUnlock::default() };
    let started = ipc::SignInStarted {
        sign_in: "si-1".into(),
        state: sign_in("si-1"),
        open_url: Some(format!("http://localhost:1/start/{TOKEN}").into()),
        authorize_url: Some(format!("https://login.example/?state={TOKEN}").into()),
    };
    let formatted = [
        format!("{:?}", token(TOKEN)),
        format!("{:#?}", Reply::from(token(TOKEN))),
        format!("{:?}", Ok::<_, ipc::Fault>(Reply::from(token(TOKEN)))),
        format!("{started:?} {:?}", Reply::from(started.clone())),
        format!("{:?} {:?}", reject(), Call::TokenReject(reject())),
        format!("{:?}", Call::TokenGet(TokenGet::default())),
        format!("{:?} {:?}", Call::AccountAdd(AccountAdd::default()), Call::AccountRemove(AccountRemove::default())),
        format!("{:?} {:?}", signed_out(), snapshot(1)),
        format!("{:?} {:?}", unlock(), Call::AgentUnlock(unlock())),
    ];
    for text in formatted {
        assert!(!text.contains(TOKEN), "a secret shows in {text}");
        assert!(!text.contains("dXNlcj1i"), "a SASL response shows in {text}");
    }
}
