use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{SECRET, holds_mark, with_marked_secrets};
use crate::message::{Received, write_refusal};
use crate::method::{Accounts, Done, Erased, SignInStarted, SignInState, Status, Token};
use crate::snapshot::Snapshot;

/// An answer or a notification that a client understands and writes again is the same; its debug form shows no secret.
pub fn answers(line: &[u8]) {
    let Ok(received) = serde_json::from_slice::<Received>(line) else { return };
    if let Some(fault) = &received.error {
        let mut line = Vec::new();
        write_refusal(&mut line, received.id.as_ref(), fault).expect("a refusal can be written");
        let again: Received = serde_json::from_slice(&line).expect("what was written can be read");
        assert_eq!((again.id.as_ref(), again.error.as_ref()), (received.id.as_ref(), Some(fault)));
    }
    for content in [received.result, received.params].into_iter().flatten() {
        reads_back::<Token>(content);
        reads_back::<Accounts>(content);
        reads_back::<SignInStarted>(content);
        reads_back::<SignInState>(content);
        reads_back::<Erased>(content);
        reads_back::<Status>(content);
        reads_back::<Done>(content);
        reads_back::<Snapshot>(content);
    }
}

fn reads_back<T: Serialize + DeserializeOwned + std::fmt::Debug>(content: &RawValue) {
    let Ok(understood) = serde_json::from_str::<T>(content.get()) else { return };
    let written = serde_json::to_value(&understood).expect("a result can be written");
    let again: T = serde_json::from_value(written.clone()).expect("what was written can be read");
    assert_eq!(serde_json::to_value(&again).expect("a result can be written"), written);
    let Some(content) = serde_json::from_str::<Value>(content.get()).ok().filter(|content| !holds_mark(content)) else {
        return;
    };
    if let Ok(marked) = serde_json::from_value::<T>(with_marked_secrets(content)) {
        assert!(!format!("{marked:?}").contains(SECRET), "{marked:?}");
    }
}
