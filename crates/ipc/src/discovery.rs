//! What `rpc.discover` answers: the endpoint described by an OpenRPC document (<https://spec.open-rpc.org>).

#[cfg(test)]
mod tests;

use serde_json::Value;

/// Written by this module's test out of the types of [`crate::method`], and compared with them ever after.
const DOCUMENT: &str = include_str!("discovery/openrpc.json");

/// The document.
///
/// # Errors
/// None that the test would let pass: the text is JSON.
pub(crate) fn document() -> serde_json::Result<Value> {
    serde_json::from_str(DOCUMENT)
}
