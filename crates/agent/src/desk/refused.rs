//! What components are refused: whoever reads only the log sees that their mail stands still, and since when.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use ipc::{Fault, FaultCode, Reply};
use tokio::sync::oneshot;
use tracing::{info, warn};

use super::profiles::is_id;
use super::requests::{Answer, reply};

/// A program may ask for any name; more of them than this that are no profile's are none of a real installation.
const REMEMBERED: usize = 100;

/// Why a profile's credential was refused last. Each change is told once: a component asks again and again.
#[derive(Clone, Default)]
pub(super) struct Refused(Arc<Mutex<BTreeMap<String, FaultCode>>>);

impl Refused {
    /// Passes on what is answered, and tells the log.
    pub(super) fn watching(&self, profile: &str, is_known: bool, answer: Answer) -> Answer {
        let (given, answered) = oneshot::channel();
        let profile = if is_id(profile) { profile } else { "?" };
        let (refused, profile) = (self.clone(), profile.to_owned());
        tokio::spawn(async move {
            let Ok(answered) = answered.await else { return };
            match refused.changed(&profile, is_known, &answered) {
                Some(Err(fault)) => warn!(profile, code = ?fault.code, "a component is refused"),
                Some(Ok(_)) => info!(profile, "a component is refused no more"),
                None => {}
            }
            reply(answer, answered);
        });
        given
    }

    /// The answer, if it is another than the last one.
    fn changed<'a>(
        &self,
        profile: &str,
        is_known: bool,
        answered: &'a Result<Reply, Fault>,
    ) -> Option<Result<&'a Reply, &'a Fault>> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_news = match answered {
            Ok(_) => last.remove(profile).is_some(),
            Err(_) if !is_known && last.len() >= REMEMBERED => false,
            Err(fault) => last.insert(profile.to_owned(), fault.code) != Some(fault.code),
        };
        is_news.then_some(answered.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use ipc::Done;
    use texts::Language;

    use super::*;
    use crate::said;

    #[test]
    fn each_change_is_told_once() {
        let refused = Refused::default();
        let good = || Ok(Done::default().into());
        let bad = |code| Err(said::simply(Language::English, code, "error-disabled", &[]));
        for (profile, answered, is_told) in [
            ("a", good(), false),
            ("a", bad(FaultCode::Disabled), true),
            ("a", bad(FaultCode::Disabled), false),
            ("b", bad(FaultCode::Disabled), true),
            ("a", bad(FaultCode::SignInRequired), true),
            ("a", good(), true),
            ("a", good(), false),
            ("a", bad(FaultCode::Disabled), true),
        ] {
            assert_eq!(refused.changed(profile, true, &answered).is_some(), is_told, "{profile} {answered:?}");
        }
    }

    #[test]
    fn names_without_end_are_not_remembered_without_end() {
        let refused = Refused::default();
        let no = Err(said::simply(Language::English, FaultCode::Configuration, "error-disabled", &[]));
        let told = (0..2 * REMEMBERED).filter(|name| refused.changed(&name.to_string(), false, &no).is_some());
        assert_eq!(told.count(), REMEMBERED);
        assert!(refused.changed("faktury", true, &no).is_some(), "a profile's own is heard all the same");
    }
}
