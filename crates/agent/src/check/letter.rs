use ipc::Sender;
use lettre::Message;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use texts::{Language, text};
use tracing::warn;

/// A message that says of itself that it is a test, as the profile's component would send it.
pub(super) fn test_message(sender: &Sender, to: &str, language: Language) -> Option<Vec<u8>> {
    let built = build(sender, to, language);
    built.inspect_err(|error| warn!(%error, "no test message can be made")).ok()
}

fn build(sender: &Sender, to: &str, language: Language) -> anyhow::Result<Vec<u8>> {
    let from = Mailbox::new(sender.display_name.clone(), sender.email.parse()?);
    let mut letter = Message::builder().from(from).to(to.parse()?).message_id(None);
    if let Some(reply_to) = &sender.reply_to {
        letter = letter.reply_to(reply_to.parse()?);
    }
    let letter = letter.subject(text(language, "check-letter-subject", &[]));
    let body = text(language, "check-letter-body", &[("sender", &sender.email)]);
    Ok(letter.header(ContentType::TEXT_PLAIN).body(body)?.formatted())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_carries_name_and_reply_address() {
        let sender = Sender {
            email: "biuro@firma.pl".into(),
            display_name: Some("Sekretariat Żółw".into()),
            reply_to: Some("kontakt@firma.pl".into()),
        };
        let letter = test_message(&sender, "anna@firma.pl", Language::Polish).unwrap();
        let letter = String::from_utf8(letter).unwrap();
        for part in ["<biuro@firma.pl>", "To: anna@firma.pl", "Reply-To: kontakt@firma.pl", "Subject: Signet: =?utf-8?"]
        {
            assert!(letter.contains(part), "{part} in {letter}");
        }
        for name in ["o'neil_{1}!#$%&*+-/=?^`|~", "księgowość", &"a".repeat(64)] {
            let to = mail::settings::address(&format!("{name}@żółw.pl")).unwrap();
            assert!(test_message(&sender, &to, Language::Polish).is_some(), "{to}: what a form takes can be sent to");
        }
        assert!(
            test_message(&Sender { email: "no address".into(), ..sender }, "anna@firma.pl", Language::Polish).is_none()
        );
    }
}
