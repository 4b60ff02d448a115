use serde_json::Value;
use serde_json::value::RawValue;

use super::{SECRET, holds_mark, with_marked_secrets};
use crate::fault::Fault;
use crate::message::{Id, Malformed, Request, write_refusal, write_request};
use crate::method::Call;

/// A request that is understood and written again is the same request; a refusal is one line, and neither it nor the call's
/// debug form repeats what may be a secret.
pub fn requests(line: &[u8]) {
    if line.contains(&b'\n') {
        return;
    }
    match Request::parse(line) {
        Ok(request) => {
            reads_back(&request);
            if let Ok(call) = Call::parse(&request.method, request.params) {
                call_reads_back(&call);
            }
            keeps_secrets(&request);
        }
        Err(Malformed { id, fault }) => is_told_in_a_line(id.as_ref(), &fault),
    }
}

fn reads_back(request: &Request) {
    let id = request.id.clone().unwrap_or(Id::Integer(0));
    let mut line = Vec::new();
    write_request(&mut line, &id, &request.method, &request.params).expect("what was JSON can be written");
    assert_eq!(line.pop(), Some(b'\n'));
    let again = Request::parse(&line).expect("what was written can be read");
    assert_eq!((again.id, &again.method), (Some(id), &request.method));
    assert_eq!(again.params.map(RawValue::get), Some(request.params.map_or("null", RawValue::get)));
}

fn call_reads_back(call: &Call) {
    let params = call.params().expect("parameters can be written");
    let again = Call::parse(call.name(), Some(&params)).expect("what was written can be read");
    assert_eq!(again.params().expect("parameters can be written").get(), params.get());
}

/// A refusal repeats no text of the parameters, as any of it might be a secret in the wrong place; a call shows none that is
/// in its own.
fn keeps_secrets(request: &Request) {
    let Some(params) = request.params.and_then(|params| serde_json::from_str(params.get()).ok()) else { return };
    if holds_mark(&params) || request.method.contains(SECRET) {
        return;
    }
    let understood =
        |params: &Value| Call::parse(&request.method, Some(&RawValue::from_string(params.to_string()).expect("JSON")));
    if let Err(fault) = understood(&with_marked_texts(&params)) {
        assert!(!format!("{fault} {fault:?}").contains(SECRET), "{fault:?}");
        is_told_in_a_line(request.id.as_ref(), &fault);
    }
    if let Ok(call) = understood(&with_marked_secrets(params)) {
        assert!(!format!("{call:?}").contains(SECRET), "{call:?}");
    }
}

/// The same with [`SECRET`] in the place of each text.
fn with_marked_texts(value: &Value) -> Value {
    match value {
        Value::String(_) => SECRET.into(),
        Value::Array(values) => values.iter().map(with_marked_texts).collect(),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (name.clone(), with_marked_texts(value))).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

fn is_told_in_a_line(id: Option<&Id>, fault: &Fault) {
    let mut line = Vec::new();
    write_refusal(&mut line, id, fault).expect("a refusal can be written");
    assert_eq!(line.iter().position(|byte| *byte == b'\n'), Some(line.len() - 1));
    let line: Value = serde_json::from_slice(&line).expect("a refusal is JSON");
    assert!(line["error"]["code"].is_i64(), "{line}");
}
