//! JSON-RPC 2.0 envelopes: reading requests and answers, writing both.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::fault::{Fault, FaultCode};

/// The method of the notification that calls a request off (after the Language Server Protocol).
pub const CANCEL: &str = "$/cancelRequest";

/// The method of the notification that carries a new snapshot.
pub const CHANGED: &str = "agent.changed";

/// What an answer is recognised by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Id {
    /// A whole number.
    Integer(i64),
    /// Anything else a client likes.
    Text(String),
}

/// A request as it stands in its line.
#[derive(Debug)]
pub struct Request<'a> {
    /// Absent in a notification, which gets no answer.
    pub id: Option<Id>,
    /// The method's name.
    pub method: Cow<'a, str>,
    /// The parameters, unread.
    pub params: Option<&'a RawValue>,
}

/// A line that is no request, with what can be answered to it.
#[derive(Debug)]
pub struct Malformed {
    /// The request's id, where it could be made out.
    pub id: Option<Id>,
    /// What is wrong.
    pub fault: Fault,
}

impl<'a> Request<'a> {
    /// Reads one line, without its end.
    ///
    /// # Errors
    /// `ParseError` when it is not JSON, `InvalidRequest` when it is not a request object.
    pub fn parse(line: &'a [u8]) -> Result<Self, Malformed> {
        let line = std::str::from_utf8(line).map_err(|_| not_json("the line is not UTF-8"))?;
        let envelope = Envelope::read(line)?;
        let id = match envelope.id.map(|id| serde_json::from_str::<Id>(id.get())) {
            None => None,
            Some(Ok(id)) => Some(id),
            Some(Err(_)) => return Err(invalid(None, "id must be a string or an integer")),
        };
        if envelope.jsonrpc.is_none_or(|version| version.get() != "\"2.0\"") {
            return Err(invalid(id, "jsonrpc must be \"2.0\""));
        }
        let Some(Ok(Text(method))) = envelope.method.map(|method| serde_json::from_str(method.get())) else {
            return Err(invalid(id, "method must be a string"));
        };
        Ok(Self { id, method, params: envelope.params })
    }
}

/// The members of a request, each as it was written: so one wrong member does not hide the others.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow, default, deserialize_with = "present")]
    jsonrpc: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    id: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    method: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    params: Option<&'a RawValue>,
}

impl<'a> Envelope<'a> {
    fn read(line: &'a str) -> Result<Self, Malformed> {
        let text = line.trim_start_matches([' ', '\t', '\r']);
        if text.starts_with('{') {
            return serde_json::from_str(text).map_err(|error| {
                if error.is_data() {
                    invalid(None, "a member is there twice")
                } else {
                    not_json("the line is not JSON")
                }
            });
        }
        let serde::de::IgnoredAny = serde_json::from_str(text).map_err(|_| not_json("the line is not JSON"))?;
        let what = if text.starts_with('[') { "batches are not taken" } else { "a request is an object" };
        Err(invalid(None, what))
    }
}

/// A string borrowed from the line where it holds no escapes.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// `null` counts as there: only an absent `id` makes a notification.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

fn not_json(what: &str) -> Malformed {
    Malformed { id: None, fault: Fault::new(FaultCode::ParseError, what) }
}

fn invalid(id: Option<Id>, what: &str) -> Malformed {
    Malformed { id, fault: Fault::new(FaultCode::InvalidRequest, what) }
}

/// What a client receives: an answer to one of its requests, or a notification.
#[derive(Debug, Deserialize)]
pub(crate) struct Received<'a> {
    pub(crate) id: Option<Id>,
    #[serde(borrow)]
    pub(crate) method: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(crate) params: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(crate) result: Option<&'a RawValue>,
    pub(crate) error: Option<Fault>,
}

/// The `params` of [`CANCEL`].
#[derive(Deserialize)]
pub(crate) struct Cancel {
    pub(crate) id: Id,
}

#[derive(Serialize)]
#[serde(tag = "jsonrpc", rename = "2.0")]
struct Asked<'a, P> {
    id: &'a Id,
    method: &'a str,
    params: &'a P,
}

#[derive(Serialize)]
#[serde(tag = "jsonrpc", rename = "2.0")]
struct Answered<'a, R> {
    id: &'a Id,
    result: &'a R,
}

#[derive(Serialize)]
#[serde(tag = "jsonrpc", rename = "2.0")]
struct Refused<'a> {
    /// `null` where the request's own could not be made out (JSON-RPC 2.0, section 5).
    id: Option<&'a Id>,
    error: &'a Fault,
}

#[derive(Serialize)]
#[serde(tag = "jsonrpc", rename = "2.0")]
struct Notified<'a, P> {
    method: &'a str,
    params: &'a P,
}

/// Appends a request and its line end.
pub(crate) fn write_request<P: Serialize>(
    out: &mut Vec<u8>,
    id: &Id,
    method: &str,
    params: &P,
) -> serde_json::Result<()> {
    write_line(out, &Asked { id, method, params })
}

/// Appends an answer and its line end.
pub(crate) fn write_answer<R: Serialize>(out: &mut Vec<u8>, id: &Id, result: &R) -> serde_json::Result<()> {
    write_line(out, &Answered { id, result })
}

/// Appends a refusal and its line end.
pub(crate) fn write_refusal(out: &mut Vec<u8>, id: Option<&Id>, error: &Fault) -> serde_json::Result<()> {
    write_line(out, &Refused { id, error })
}

/// Appends a notification and its line end.
pub(crate) fn write_notification<P: Serialize>(out: &mut Vec<u8>, method: &str, params: &P) -> serde_json::Result<()> {
    write_line(out, &Notified { method, params })
}

fn write_line<T: Serialize>(out: &mut Vec<u8>, line: &T) -> serde_json::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.push(b'\n');
    Ok(())
}
