//! What must hold of everything that reads bytes from outside, whatever comes: for the fuzzer, and for the replay of what
//! it found.

mod answers;
mod lines;
mod requests;

pub use self::answers::answers;
pub use self::lines::lines;
pub use self::requests::requests;

use serde_json::Value;

/// Takes whatever comes, and panics if something does not hold of it.
pub type Check = fn(&[u8]);

/// Each parser's check, by the name of its corpus.
pub const TARGETS: [(&str, Check); 3] = [("lines", lines), ("requests", requests), ("answers", answers)];

/// Stands for a secret, so that it is found wherever it has got to. The fuzzer learns it: what holds it from the start shows
/// nothing.
const SECRET: &str = "a-secret-that-nobody-may-see";
/// The members that hold one.
const SECRET_MEMBERS: [&str; 5] = ["access_token", "initial_response", "passphrase", "open_url", "authorize_url"];

fn holds_mark(value: &Value) -> bool {
    value.to_string().contains(SECRET)
}

/// The same with [`SECRET`] in the place of each secret.
fn with_marked_secrets(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let marked = members.into_iter().map(|(name, value)| {
                let is_secret = value.is_string() && SECRET_MEMBERS.contains(&name.as_str());
                let value = if is_secret { SECRET.into() } else { with_marked_secrets(value) };
                (name, value)
            });
            Value::Object(marked.collect())
        }
        Value::Array(values) => values.into_iter().map(with_marked_secrets).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

#[cfg(test)]
#[path = "../../../fuzz/replay.rs"]
mod replay;
