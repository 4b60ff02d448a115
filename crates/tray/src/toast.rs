//! A notification as Windows reads it
//! (<https://learn.microsoft.com/windows/apps/develop/notifications/app-notifications/toast-schema>).

use crate::notices::{DEFAULT_ACTION, Notice, Stay, escaped};

pub(crate) fn markup(notice: &Notice) -> String {
    // A reminder stays on the screen until somebody answers it; one without buttons would be none.
    let scenario = match notice.stay {
        Stay::UntilAnswered if !notice.buttons.is_empty() => " scenario=\"reminder\"",
        Stay::UntilAnswered | Stay::Briefly => "",
    };
    let button = |label: &str, key| {
        format!("<action content=\"{}\" arguments=\"{key}\" activationType=\"foreground\"/>", quoted(label))
    };
    let actions: String = notice.buttons.iter().map(|(it, label)| button(label, it.key())).collect();
    format!(
        "<toast launch=\"{DEFAULT_ACTION}\"{scenario}><visual><binding template=\"ToastGeneric\"><text>{}</text>\
         <text>{}</text></binding></visual><actions>{actions}</actions></toast>",
        quoted(&notice.title),
        quoted(&notice.body)
    )
}

/// What stands in an attribute must not end it.
fn quoted(text: &str) -> String {
    escaped(text).replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mood::Mood;
    use crate::notices::Button;

    #[test]
    fn a_toast_stays_as_long_as_its_notification_and_takes_no_name_for_markup() {
        let notice = |buttons, stay| Notice {
            title: "Sign in".into(),
            body: "\"A\"\u{1b}\0 <a&b@firma.pl>\u{ffff}".into(),
            buttons,
            stay,
            mood: Mood::Attention,
        };
        let with_button = notice(vec![(Button::SignIn, "Sign in <now>".into())], Stay::UntilAnswered);
        assert_eq!(
            markup(&with_button),
            "<toast launch=\"default\" scenario=\"reminder\"><visual><binding template=\"ToastGeneric\">\
             <text>Sign in</text><text>&quot;A&quot; &lt;a&amp;b@firma.pl&gt;</text></binding></visual><actions>\
             <action content=\"Sign in &lt;now&gt;\" arguments=\"sign_in\" activationType=\"foreground\"/>\
             </actions></toast>"
        );
        for plain in [notice(Vec::new(), Stay::UntilAnswered), notice(Vec::new(), Stay::Briefly)] {
            assert!(markup(&plain).starts_with("<toast launch=\"default\"><visual>"), "{}", markup(&plain));
        }
    }
}
