use std::env;

use ipc::Message;

use super::finding::Finding;
use crate::platform;

/// Whether there is somewhere to show a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desktop {
    /// A display, or a system that always has one.
    There,
    /// A text terminal, a service.
    Missing,
}

pub(super) fn examine(desktop: Desktop) -> Finding {
    let folders: Vec<_> = env::var_os("PATH").iter().flat_map(env::split_paths).collect();
    let is_there = |opener: &str| folders.iter().any(|folder| folder.join(opener).is_file());
    finding(desktop, platform::OPENERS.is_empty() || platform::OPENERS.iter().copied().any(is_there))
}

/// A pure table.
fn finding(desktop: Desktop, has_opener: bool) -> Finding {
    match (desktop, has_opener) {
        (Desktop::There, true) => Finding::fine(Message::new("doctor-browser-fine")),
        (Desktop::There, false) => Finding::warning(Message::new("doctor-browser-no-opener")),
        (Desktop::Missing, _) => Finding::warning(Message::new("doctor-browser-no-desktop")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::check_words;
    use super::*;

    #[test]
    fn each_state_of_the_desktop_has_its_finding() {
        let check = |desktop, has_opener, want: &str| {
            let finding = finding(desktop, has_opener);
            assert_eq!(finding.said.id, format!("doctor-browser-{want}"));
            check_words([finding]);
        };
        check(Desktop::There, true, "fine");
        check(Desktop::There, false, "no-opener");
        check(Desktop::Missing, true, "no-desktop");
    }
}
