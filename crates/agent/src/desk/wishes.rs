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
            *self = Self::Made { program: legible(program), reason };
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
    legible(text).trim().chars().take(REASON_LENGTH).collect()
}

fn legible(text: &str) -> String {
    text.chars().filter(|sign| !is_format(*sign)).map(spaced).collect()
}

/// A line must not end in the middle, by whatever sign.
fn spaced(sign: char) -> char {
    if sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}') { ' ' } else { sign }
}

/// Format characters (The Unicode Standard 15.0, general category Cf) are not seen, and turn around or hide what is.
fn is_format(sign: char) -> bool {
    matches!(
        sign,
        '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}'
            | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}'
            | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0001}'
            | '\u{e0020}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_s_words_are_few_and_in_one_line_as_they_stand() {
        assert_eq!(in_one_line(" Serwer\npocztowy\u{1b}[31m "), "Serwer pocztowy [31m");
        assert_eq!(
            in_one_line("faktura\u{202e}fdp.exe\u{2028}od\u{2066} DMS\u{feff}\u{e0041}"),
            "fakturafdp.exe od DMS"
        );
        assert_eq!(legible("/opt/\u{202e}mailer\n"), "/opt/mailer ");
        assert_eq!(in_one_line(&"ż".repeat(300)).chars().count(), REASON_LENGTH);
    }
}
