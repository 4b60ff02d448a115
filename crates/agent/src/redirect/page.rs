//! The pages of a sign-in: fixed, without scripts, in the browser's language.

use secrecy::{ExposeSecret, SecretString};
use texts::{Language, text};

use super::request::CONFIRM_PATH;

/// What the person reads in the browser.
pub(crate) enum Page {
    /// All is well.
    SignedIn,
    /// The answer is being checked; the page looks again by itself.
    Wait,
    /// Another person than the account's; the address leads to the choice of another account.
    WrongPerson { signed_in_as: String, login: String, another: Option<SecretString> },
    /// Another login than the configured one: is it right?
    Confirm { signed_in_as: String, login: String, secret: SecretString, another: Option<SecretString> },
    /// The person said no at the authority.
    Declined,
    /// It failed, for this reason, in both languages.
    Failed([String; 2]),
    /// The code came in the address, where histories and logs see it.
    CodeByGet,
    /// Cancelled from elsewhere.
    Cancelled,
    /// Its time is over.
    Expired,
    /// Nothing that belongs to the sign-in.
    Unknown,
}

const STYLE: &str = "body{font:17px/1.5 system-ui,sans-serif;background:#f4f6f8;color:#1b2733;display:grid;\
    place-items:center;min-height:100vh;margin:0}main{background:#fff;padding:2.5rem 3rem;max-width:34rem;\
    border-radius:12px;box-shadow:0 2px 12px #0002;text-align:center}h1{font-size:1.5rem;margin:.5rem 0}\
    .mark{font-size:2.5rem;line-height:1}.good{color:#117a3d}.bad{color:#b3261e}.ask{color:#0b5cad}\
    .actions{display:flex;gap:1rem;justify-content:center;flex-wrap:wrap;margin-top:1.5rem}\
    a,button{font:inherit;padding:.5rem 1.25rem;border-radius:8px;border:1px solid #0b5cad;color:#0b5cad;\
    background:#fff;text-decoration:none;cursor:pointer}button{background:#0b5cad;color:#fff}\
    a:focus-visible,button:focus-visible{outline:3px solid #f2a33a}\
    @media(prefers-color-scheme:dark){body{background:#12181f;color:#e6edf3}main{background:#1c2530}\
    .good{color:#5bd38a}.bad{color:#ff8f86}.ask,a{color:#7db8ff}a{background:#1c2530;border-color:#7db8ff}}";

impl Page {
    pub(super) fn html(&self, language: Language) -> String {
        let (name, mark) = match self {
            Self::SignedIn => ("page-signed-in", "good\">✓"),
            Self::Wait => ("page-wait", "ask\">…"),
            Self::WrongPerson { .. } => ("page-wrong-person", "bad\">✕"),
            Self::Confirm { .. } => ("page-confirm", "ask\">?"),
            Self::Declined => ("page-declined", "bad\">✕"),
            Self::Failed(_) => ("page-failed", "bad\">✕"),
            Self::CodeByGet => ("page-code-by-get", "bad\">✕"),
            Self::Cancelled => ("page-cancelled", "bad\">✕"),
            Self::Expired => ("page-expired", "bad\">✕"),
            Self::Unknown => ("page-unknown", "bad\">✕"),
        };
        let args = self.args(language);
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let said = |part: &str| escape(&text(language, &format!("{name}-{part}"), &args));
        let (title, line) = (said("title"), said("line"));
        let refresh = if matches!(self, Self::Wait) { "<meta http-equiv=\"refresh\" content=\"1\">" } else { "" };
        format!(
            "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\">{refresh}\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
             <style>{STYLE}</style></head><body><main><div aria-hidden=\"true\" class=\"mark {mark}</div>\
             <h1>{title}</h1><p>{line}</p>{}</main></body></html>",
            self.actions(language),
        )
    }

    fn args(&self, language: Language) -> Vec<(&'static str, String)> {
        match self {
            Self::WrongPerson { signed_in_as, login, .. } | Self::Confirm { signed_in_as, login, .. } => {
                vec![("signed_in_as", signed_in_as.clone()), ("login", login.clone())]
            }
            Self::Failed([english, polish]) => {
                let detail = match language {
                    Language::English => english,
                    Language::Polish => polish,
                };
                vec![("detail", detail.clone())]
            }
            Self::SignedIn
            | Self::Wait
            | Self::Declined
            | Self::CodeByGet
            | Self::Cancelled
            | Self::Expired
            | Self::Unknown => Vec::new(),
        }
    }

    fn actions(&self, language: Language) -> String {
        let link = |another: &Option<SecretString>| {
            another.as_ref().map_or_else(String::new, |url| {
                let label = escape(&text(language, "use-another-account", &[]));
                format!("<a id=\"other-account\" href=\"{}\">{label}</a>", escape(url.expose_secret()))
            })
        };
        match self {
            Self::WrongPerson { another, .. } => format!("<div class=\"actions\">{}</div>", link(another)),
            Self::Confirm { secret, another, .. } => format!(
                "<form class=\"actions\" method=\"post\" action=\"{CONFIRM_PATH}\">\
                 <input type=\"hidden\" name=\"secret\" value=\"{}\">\
                 <button id=\"confirm-login\">{}</button>{}</form>",
                escape(secret.expose_secret()),
                escape(&text(language, "confirm-login", &[])),
                link(another),
            ),
            Self::SignedIn
            | Self::Wait
            | Self::Declined
            | Self::Failed(_)
            | Self::CodeByGet
            | Self::Cancelled
            | Self::Expired
            | Self::Unknown => String::new(),
        }
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            plain => escaped.push(plain),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &Page, language: Language, want: &[&str]) {
        let html = page.html(language);
        for part in want {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert!(!html.contains("<script"), "a page has a script: {html}");
    }

    #[test]
    fn the_closing_page_speaks_the_words_people_know() {
        let polish = ["Gratulacje! Zostałeś zalogowany", "Zamknij kartę i wróć do aplikacji", "lang=\"pl\""];
        check(&Page::SignedIn, Language::Polish, &polish);
        check(&Page::SignedIn, Language::English, &["Congratulations! You are signed in", "lang=\"en\""]);
    }

    #[test]
    fn a_name_from_outside_cannot_become_markup() {
        let page = Page::WrongPerson {
            signed_in_as: "<script>alert(1)</script>\"'".into(),
            login: "a&b@firma.pl".into(),
            another: None,
        };
        check(&page, Language::English, &["&lt;script&gt;", "a&amp;b@firma.pl"]);
    }
}
