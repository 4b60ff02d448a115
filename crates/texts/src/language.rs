use std::fmt;
use std::str::FromStr;

/// A language that Signet speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English, and whatever Signet does not speak.
    English,
    /// Polish.
    Polish,
}

impl Language {
    pub(crate) const COUNT: usize = 2;

    /// Every language.
    pub const ALL: [Self; Self::COUNT] = [Self::English, Self::Polish];

    /// The language's ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Polish => "pl",
        }
    }

    /// The language to use: that of `SIGNET_LANG`, else the first of the system's languages that Signet speaks, else
    /// English.
    pub fn current() -> Self {
        let wish = std::env::var("SIGNET_LANG").ok();
        Self::choose(wish.as_deref(), sys_locale::get_locales())
    }

    /// The language that a browser prefers, from its `Accept-Language` header (RFC 9110, section 12.5.4); English
    /// where it asks for neither.
    pub fn of_accept_language(header: &str) -> Self {
        let mut best = (Self::English, 0.0);
        for range in header.split(',') {
            let Some((language, quality)) = weighted(range) else {
                continue;
            };
            if quality > best.1 {
                best = (language, quality);
            }
        }
        best.0
    }

    fn choose(wish: Option<&str>, system: impl IntoIterator<Item = String>) -> Self {
        if let Some(language) = wish.and_then(|tag| tag.parse().ok()) {
            return language;
        }
        system.into_iter().find_map(|tag| tag.parse().ok()).unwrap_or(Self::English)
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads a tag as BCP 47 or POSIX write it: `pl`, `pl-PL`, `pl_PL.UTF-8`; the POSIX locale `C` is English.
    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        let primary = tag.trim().split(['-', '_', '.', '@']).next();
        match primary.unwrap_or_default().to_ascii_lowercase().as_str() {
            "en" | "c" | "posix" => Ok(Self::English),
            "pl" => Ok(Self::Polish),
            _ => Err(UnknownLanguage),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A tag that names no language Signet speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownLanguage;

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a language of Signet's: en or pl")
    }
}

impl std::error::Error for UnknownLanguage {}

fn weighted(range: &str) -> Option<(Language, f32)> {
    let mut parts = range.split(';');
    let language = parts.next()?.parse().ok()?;
    let quality = match parts.find_map(|part| part.trim().strip_prefix("q=")) {
        Some(quality) => quality.parse().ok()?,
        None => 1.0,
    };
    Some((language, quality))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_every_notation_are_read() {
        for tag in ["pl", "PL", "pl-PL", "pl_PL.UTF-8", "pl_PL@euro", " pl "] {
            assert_eq!(tag.parse(), Ok(Language::Polish), "{tag}");
        }
        for tag in ["en", "en-GB", "en_US.UTF-8", "C", "C.UTF-8", "POSIX"] {
            assert_eq!(tag.parse(), Ok(Language::English), "{tag}");
        }
        for tag in ["", "de", "plt", "english", "*"] {
            assert_eq!(tag.parse::<Language>(), Err(UnknownLanguage), "{tag}");
        }
    }

    #[test]
    fn the_wish_goes_before_the_system() {
        let choose = |wish, system: &[&str]| Language::choose(wish, system.iter().map(|&tag| tag.to_owned()));
        assert_eq!(choose(Some("en"), &["pl-PL"]), Language::English);
        assert_eq!(choose(Some("pl"), &["en-US"]), Language::Polish);
        assert_eq!(choose(Some("de"), &["pl-PL"]), Language::Polish);
        assert_eq!(choose(None, &["de-DE", "pl-PL"]), Language::Polish);
        assert_eq!(choose(None, &["C", "pl-PL"]), Language::English);
        assert_eq!(choose(None, &["de-DE"]), Language::English);
        assert_eq!(choose(None, &[]), Language::English);
    }

    #[test]
    fn a_browser_gets_the_language_it_weighs_most() {
        for (header, want) in [
            ("pl,en-US;q=0.7,en;q=0.3", Language::Polish),
            ("en-US,en;q=0.9,pl;q=0.8", Language::English),
            ("en;q=0.5, pl;q=0.9", Language::Polish),
            ("de, pl ; q=0.5", Language::Polish),
            ("pl;q=0, de", Language::English),
            ("pl;q=much", Language::English),
            ("pl;q=NaN", Language::English),
            ("*", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(Language::of_accept_language(header), want, "{header}");
        }
    }
}
