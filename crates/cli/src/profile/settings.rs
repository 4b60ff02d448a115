//! The settings of a profile by their names, which are those of `config.toml`.

use clap::ArgMatches;
use ipc::{NamedProfile, Profile};
use serde_json::{Map, Value};

/// Texts and choices; each is an option of `signet profile set` with hyphens, and a column of a list.
const WORDS: [&str; 15] = [
    "kind",
    "name",
    "description",
    "send_with",
    "sql_profile",
    "email",
    "display_name",
    "reply_to",
    "protocol",
    "server",
    "encryption",
    "authentication",
    "login",
    "account",
    "mailbox",
];
const FOLDER: &str = "folder";
const PORT: &str = "port";
const ENABLED: &str = "enabled";
/// What the mail server alone knows.
const OUTGOING: [&str; 5] = ["send_with", "sql_profile", "email", "display_name", "reply_to"];

fn names() -> impl Iterator<Item = &'static str> {
    WORDS.into_iter().chain([FOLDER, PORT, ENABLED])
}

/// Everything that a point can be told.
pub(super) fn of_a_point() -> impl Iterator<Item = &'static str> {
    names().filter(|name| !OUTGOING.contains(name))
}

/// What keeps a value from being this setting's.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// It is no number.
    Number,
    /// It is none of the words there are for it.
    Word,
}

/// A profile whose settings are written one by one.
pub(super) struct Writing(Map<String, Value>);

impl Writing {
    pub(super) fn on(profile: &Profile) -> Self {
        Self(serde_json::to_value(profile).ok().and_then(|it| it.as_object().cloned()).unwrap_or_default())
    }

    /// An empty text takes the setting away.
    pub(super) fn set(&mut self, name: &str, text: &str) -> Result<(), Unfit> {
        let text = text.trim();
        let old = self.0.remove(name);
        if text.is_empty() {
            return Ok(());
        }
        let value = match name {
            PORT => text.parse::<u32>().map(Value::from).map_err(|_| Unfit::Number),
            ENABLED => switch(text).map(Value::Bool).ok_or(Unfit::Word),
            _ => Ok(Value::from(text)),
        };
        let unfit = match value {
            Ok(value) => {
                self.0.insert(name.to_owned(), value);
                if self.profile().is_some() {
                    return Ok(());
                }
                Unfit::Word
            }
            Err(unfit) => unfit,
        };
        // The others are still to be judged.
        self.0.remove(name);
        self.0.extend(old.map(|old| (name.to_owned(), old)));
        Err(unfit)
    }

    /// None if a word is none of those there are.
    pub(super) fn profile(&self) -> Option<Profile> {
        serde_json::from_value(Value::Object(self.0.clone())).ok()
    }
}

/// As people answer in both languages.
fn switch(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "tak" | "1" => Some(true),
        "false" | "no" | "nie" | "0" => Some(false),
        _ => None,
    }
}

/// Changes what is given; which words there are was looked at when they were read.
pub(super) fn take_from(args: &ArgMatches, profile: &mut Profile) {
    let mut writing = Writing::on(profile);
    for name in WORDS.into_iter().chain([FOLDER, PORT]) {
        if let Some(text) = args.get_one::<String>(&name.replace('_', "-")) {
            let _ = writing.set(name, text);
        }
    }
    if let Some(changed) = writing.profile() {
        *profile = changed;
    }
    profile.enabled = args.get_flag("enable") || profile.enabled && !args.get_flag("disable");
}

/// Each setting that has a value, and the value.
pub(super) fn told(named: &NamedProfile) -> Vec<[String; 2]> {
    let told = serde_json::to_value(named).ok().and_then(|it| it.as_object().cloned()).unwrap_or_default();
    let order = ["id", "kind", ENABLED].into_iter().chain(names().skip(1).filter(|name| *name != ENABLED));
    let line = |name: &str| {
        let value = told.get(name)?;
        Some([name.to_owned(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)])
    };
    order.chain(["has_password"]).filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use ipc::{Authentication, ProfileKind};

    use super::*;

    #[test]
    fn what_is_given_replaces_what_was_and_an_empty_text_takes_it_away() {
        let line = "signet profile set faktury --kind attachments --login anna@firma.pl --folder= --authentication oauth2 \
                    --port 993 --enable";
        let matches = crate::command::command(texts::Language::English).try_get_matches_from(line.split_whitespace());
        let matches = matches.unwrap();
        let args = matches.subcommand().unwrap().1.subcommand().unwrap().1;
        let mut profile = Profile {
            kind: ProfileKind::Documents,
            folder: Some("Faktury".into()),
            mailbox: Some("faktury@firma.pl".into()),
            ..Profile::default()
        };
        take_from(args, &mut profile);
        let want = Profile {
            kind: ProfileKind::Attachments,
            enabled: true,
            port: Some(993),
            authentication: Authentication::OAuth2,
            login: Some("anna@firma.pl".into()),
            mailbox: Some("faktury@firma.pl".into()),
            ..Profile::default()
        };
        assert_eq!(profile, want);
        let told: Vec<_> = told(&NamedProfile { id: "faktury".into(), profile, has_password: false });
        let names: Vec<_> = told.iter().map(|[name, _]| name.as_str()).collect();
        let want =
            ["id", "kind", "enabled", "encryption", "authentication", "login", "mailbox", "port", "has_password"];
        assert_eq!(names, want);
    }

    #[test]
    fn whatever_may_be_left_out_can_be_taken_away_again() {
        let optional = || names().filter(|name| !["kind", ENABLED].contains(name));
        let mut line = vec!["signet".to_owned(), "profile".into(), "set".into(), "mail_server".into()];
        line.extend(optional().flat_map(|name| [format!("--{}", name.replace('_', "-")), String::new()]));
        let matches = crate::command::command(texts::Language::English).try_get_matches_from(line).unwrap();
        let args = matches.subcommand().unwrap().1.subcommand().unwrap().1;
        let all: Map<String, Value> = optional()
            .map(|name| {
                let value = match name {
                    PORT => 587.into(),
                    "send_with" => "sql_profile".into(),
                    "encryption" => "tls".into(),
                    "authentication" => "oauth2".into(),
                    _ => "x".into(),
                };
                (name.to_owned(), value)
            })
            .collect();
        let mut profile: Profile = serde_json::from_value(Value::Object(all)).unwrap();
        assert!(profile.port.is_some() && profile.folder.is_some() && profile.reply_to.is_some(), "{profile:?}");
        take_from(args, &mut profile);
        assert_eq!(profile, Profile::default());
    }

    #[test]
    fn a_word_that_there_is_not_is_refused_and_the_old_one_stays() {
        let mut writing = Writing::on(&Profile::default());
        for (name, text, want) in [
            ("encryption", "ssl", Err(Unfit::Word)),
            ("encryption", " starttls ", Ok(())),
            ("port", "many", Err(Unfit::Number)),
            ("port", "993", Ok(())),
            ("enabled", "perhaps", Err(Unfit::Word)),
            ("enabled", "Tak", Ok(())),
            ("kind", "invoices", Err(Unfit::Word)),
            ("name", "Żółw", Ok(())),
        ] {
            assert_eq!(writing.set(name, text), want, "{name} {text}");
        }
        let profile = writing.profile().unwrap();
        assert_eq!((profile.port, profile.enabled, profile.name.as_deref()), (Some(993), true, Some("Żółw")));
    }
}
