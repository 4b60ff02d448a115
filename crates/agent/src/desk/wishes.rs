//! Sign-ins that programs have started: somebody has to ask their person, and open the page.

use ipc::Wish;

use super::Desk;

/// A program's words are shown to a person, so they are few and in one line.
const REASON_LENGTH: usize = 200;

/// Whether a sign-in waits for somebody to open its page.
#[derive(Default)]
pub(super) enum Wished {
    /// Nobody has heard of it yet.
    #[default]
    Unsaid,
    /// A program waits.
    Made { program: String, reason: Option<String> },
    /// A manager has the address, or it is over.
    TakenUp,
}

impl Wished {
    pub(super) fn made(&mut self, program: &str, reason: Option<String>) {
        if let Self::Unsaid = self {
            let reason = reason.map(|reason| in_one_line(&reason)).filter(|reason| !reason.is_empty());
            *self = Self::Made { program: program.to_owned(), reason };
        }
    }

    pub(super) fn taken_up(&mut self) {
        *self = Self::TakenUp;
    }
}

impl Desk {
    pub(super) fn wishes(&self) -> Vec<Wish> {
        let wishes = self.sign_ins.iter().filter_map(|(id, open)| match &open.wish {
            Wished::Made { program, reason } => Some(Wish {
                sign_in: id.0.clone(),
                account: open.account.to_string(),
                program: program.clone(),
                reason: reason.clone(),
            }),
            Wished::Unsaid | Wished::TakenUp => None,
        });
        let mut wishes: Vec<_> = wishes.collect();
        wishes.sort_by(|one, other| one.account.cmp(&other.account));
        wishes
    }
}

fn in_one_line(text: &str) -> String {
    let words: String = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    words.trim().chars().take(REASON_LENGTH).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_s_words_are_few_and_in_one_line() {
        assert_eq!(in_one_line(" Serwer\npocztowy\u{1b}[31m "), "Serwer pocztowy [31m");
        assert_eq!(in_one_line(&"ż".repeat(300)).chars().count(), REASON_LENGTH);
    }
}
