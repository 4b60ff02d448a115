//! What may stand in `config.toml`, and every place where something else stands.
//!
//! serde stops at the first mistake and speaks English; this tells them all, as messages.

use std::ops::Range;

use ipc::Message;
use toml_edit::{Document, Item, TableLike, TomlError};

use super::mistake::Mistake;

/// What a setting holds.
enum Shape {
    Text,
    Texts,
    Version,
    Flag,
    /// A whole number, this one at most.
    Count(i64),
    OneOf(&'static [&'static str]),
    Section(&'static [Setting]),
    /// A section whose names the person chooses; all hold the same.
    Named(&'static Self),
}

struct Setting {
    name: &'static str,
    shape: Shape,
    is_needed: bool,
}

const DOCUMENT: Shape = Shape::Section(&[
    Setting { name: "version", shape: Shape::Version, is_needed: true },
    setting("app", Shape::Section(&[text("client_id"), text("tenant"), text("cloud")])),
    setting("network", Shape::Section(&[text("proxy"), text("extra_ca")])),
    setting("store", Shape::Section(&[setting("key", Shape::OneOf(&["keyring", "passphrase", "systemd", "file"]))])),
    setting("desktop", Shape::Section(&[setting("language", Shape::OneOf(&["pl", "en"]))])),
    setting(
        "reminders",
        Shape::Section(&[setting("every_minutes", Shape::Count(WEEK_OF_MINUTES)), setting("command", Shape::Texts)]),
    ),
    setting("accounts", Shape::Named(&ACCOUNT)),
    setting("mail_server", Shape::Section(&MAIL_SERVER)),
    setting("points", Shape::Named(&POINT)),
]);

const ENCRYPTIONS: Shape = Shape::OneOf(&["automatic", "none", "tls", "starttls"]);
const AUTHENTICATIONS: Shape = Shape::OneOf(&["password", "oauth2"]);
/// Wrong ports are told by those who connect.
const ANY_PORT: Shape = Shape::Count(u32::MAX as i64);

const MAIL_SERVER: [Setting; 17] = [
    setting("enabled", Shape::Flag),
    text("name"),
    text("description"),
    setting("send_with", Shape::OneOf(&["mail_component", "sql_profile"])),
    text("sql_profile"),
    text("email"),
    text("display_name"),
    text("reply_to"),
    setting("protocol", Shape::OneOf(&["smtp"])),
    text("server"),
    setting("port", ANY_PORT),
    setting("encryption", ENCRYPTIONS),
    setting("authentication", AUTHENTICATIONS),
    text("login"),
    text("account"),
    text("mailbox"),
    setting("kind", Shape::OneOf(&["mail_server"])),
];

const POINT: Shape = Shape::Section(&[
    setting("kind", Shape::OneOf(&["documents", "attachments"])),
    setting("enabled", Shape::Flag),
    text("name"),
    text("description"),
    setting("protocol", Shape::OneOf(&["imap", "pop"])),
    text("server"),
    setting("port", ANY_PORT),
    setting("encryption", ENCRYPTIONS),
    setting("authentication", AUTHENTICATIONS),
    text("login"),
    text("account"),
    text("mailbox"),
    text("folder"),
]);

const WEEK_OF_MINUTES: i64 = 7 * 24 * 60;

const ACCOUNT: Shape = Shape::Section(&[
    text("login"),
    text("issuer"),
    text("client_id"),
    text("cloud"),
    text("tenant"),
    setting("response_mode", Shape::OneOf(&["form_post", "query"])),
    setting("resources", Shape::Named(&Shape::Texts)),
    setting("allowed_tenants", Shape::Texts),
    setting("provisional", Shape::Flag),
]);

const fn setting(name: &'static str, shape: Shape) -> Setting {
    Setting { name, shape, is_needed: false }
}

const fn text(name: &'static str) -> Setting {
    setting(name, Shape::Text)
}

/// The file's settings with their places, if it is TOML at all.
pub(super) fn read(text: &str) -> Result<Document<&str>, Mistake> {
    Document::parse(text).map_err(|error| Mistake::at(text, &error.span().unwrap_or_default(), no_toml(&error)))
}

/// Every place where something stands that does not belong there.
pub(super) fn mistakes(text: &str, document: &Document<&str>) -> Vec<Mistake> {
    let mut found = Vec::new();
    look_at("", document.as_item(), 0..0, &DOCUMENT, &mut found);
    found.sort_by_key(|(place, _)| place.start);
    found.into_iter().map(|(place, said)| Mistake::at(text, &place, said)).collect()
}

/// Where the name of an account stands.
pub(super) fn place_of_account(document: &Document<&str>, name: &str) -> Range<usize> {
    let accounts = document.get("accounts").and_then(Item::as_table_like);
    accounts.and_then(|accounts| accounts.key(name)?.span()).unwrap_or_default()
}

/// Where a setting of a section stands; if it does not, where the file begins.
pub(super) fn place_of_setting(document: &Document<&str>, section: &str, name: &str) -> Range<usize> {
    let section = document.get(section).and_then(Item::as_table_like);
    section.and_then(|section| section.get(name)?.span()).unwrap_or_default()
}

fn no_toml(error: &TomlError) -> Message {
    if error.message() == "duplicate key" {
        return Message::new("config-duplicate");
    }
    Message::new("config-no-toml").with("detail", error.message().replace('\n', ", "))
}

type Found = Vec<(Range<usize>, Message)>;

fn look_at(name: &str, item: &Item, otherwise: Range<usize>, shape: &Shape, found: &mut Found) {
    let place = item.span().unwrap_or(otherwise);
    let wrong = |what: &str| Message::new(format!("config-wants-{what}")).with("key", name);
    match shape {
        Shape::Text if item.is_str() => {}
        Shape::Text => found.push((place, wrong("text"))),
        Shape::Version => match item.as_integer() {
            Some(1) => {}
            Some(other) => {
                found.push((place, Message::new("config-unknown-version").with("found", other.to_string())));
            }
            None => found.push((place, wrong("number"))),
        },
        Shape::Flag if item.is_bool() => {}
        Shape::Flag => found.push((place, wrong("flag"))),
        Shape::Count(most) => match item.as_integer() {
            Some(count) if (0..=*most).contains(&count) => {}
            Some(_) => found.push((place, wrong("count").with("most", most.to_string()))),
            None => found.push((place, wrong("number"))),
        },
        Shape::OneOf(known) => match item.as_str() {
            Some(value) if known.contains(&value) => {}
            Some(value) => found.push((place, unknown("config-unknown-value", value, known).with("key", name))),
            None => found.push((place, wrong("text"))),
        },
        Shape::Texts => match item.as_array() {
            Some(texts) if texts.iter().all(|text| text.is_str()) => {}
            Some(_) | None => found.push((place, wrong("texts"))),
        },
        Shape::Section(settings) => match item.as_table_like() {
            Some(section) => look_into(section, place, settings, found),
            None => found.push((place, wrong("section"))),
        },
        Shape::Named(each) => match item.as_table_like() {
            Some(section) => {
                for (name, item) in section.iter() {
                    look_at(name, item, key_place(section, name), each, found);
                }
            }
            None => found.push((place, wrong("section"))),
        },
    }
}

fn look_into(section: &dyn TableLike, place: Range<usize>, settings: &[Setting], found: &mut Found) {
    for (name, item) in section.iter() {
        let at = key_place(section, name);
        match settings.iter().find(|setting| setting.name == name) {
            Some(setting) => look_at(name, item, at, &setting.shape, found),
            None => {
                let known: Vec<_> = settings.iter().map(|setting| setting.name).collect();
                found.push((at, unknown("config-unknown-setting", name, &known)));
            }
        }
    }
    for setting in settings.iter().filter(|setting| setting.is_needed && !section.contains_key(setting.name)) {
        found.push((place.clone(), Message::new("config-missing").with("key", setting.name)));
    }
}

fn key_place(section: &dyn TableLike, name: &str) -> Range<usize> {
    section.key(name).and_then(toml_edit::Key::span).unwrap_or_default()
}

/// A word that is not known here, and the known one that looks most like it, or else all of them.
fn unknown(id: &str, word: &str, known: &[&str]) -> Message {
    /// Of 0 for nothing in common to 1 for the same: a letter or two wrong in a short word.
    const ALIKE: f64 = 0.6;
    let alike = known.iter().map(|name| (strsim::normalized_damerau_levenshtein(word, name), name));
    match alike.max_by(|(one, _), (other, _)| one.total_cmp(other)) {
        Some((likeness, nearest)) if likeness >= ALIKE => {
            Message::new(format!("{id}-nearest")).with("word", word).with("nearest", *nearest)
        }
        Some(_) | None => Message::new(id).with("word", word).with("known", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn check(text: &str, want: &[(usize, usize, &str)]) {
        let found = match read(text) {
            Ok(document) => mistakes(text, &document),
            Err(mistake) => vec![mistake],
        };
        let found: Vec<_> = found.iter().map(|it| (it.line, it.column, it.said.id.as_str())).collect();
        assert_eq!(found, want, "of {text}");
    }

    #[test]
    fn every_mistake_is_told_with_its_place() {
        check("version = 1\n[app]\nclient_id = 'x'\n[accounts.dms]\nlogin = 'a@b.pl'\n", &[]);
        check("[app]\nclient_id = 'x'\n", &[(1, 1, "config-missing")]);
        check("version = '1'\n", &[(1, 11, "config-wants-number")]);
        check("version = 1\nversion = 1\n", &[(2, 1, "config-duplicate")]);
        check("version 1\n", &[(1, 9, "config-no-toml")]);
        check("version = 1\nreminders.every_minutes = 60\n", &[]);
        check("version = 1\nreminders.every_minutes = -1\n", &[(2, 27, "config-wants-count")]);
        check("version = 1\nreminders.every_minutes = 10081\n", &[(2, 27, "config-wants-count")]);
        check("version = 1\nreminders.every_minutes = '60'\n", &[(2, 27, "config-wants-number")]);
        check("version = 1\ndesktop.language = 'de'\n", &[(2, 20, "config-unknown-value")]);
        check("version = 1\nnetwork = 3\n", &[(2, 11, "config-wants-section")]);
        check("version = 1\n[accounts.a]\nresources = { mail = 'x' }\n", &[(3, 22, "config-wants-texts")]);
        check("version = 1\naccounts.a.allowed_tenants = [1]\n", &[(2, 30, "config-wants-texts")]);
        check(
            "version = 1\n[app]\nclient = 5\ntenant = 6\n[store]\nkey = 'fiel'\n[netwerk]\n",
            &[
                (3, 1, "config-unknown-setting-nearest"),
                (4, 10, "config-wants-text"),
                (6, 7, "config-unknown-value-nearest"),
                (7, 2, "config-unknown-setting-nearest"),
            ],
        );
        check(
            "version = 1\n[quite_other]\n[store]\nkey = 'moon'\n",
            &[(2, 2, "config-unknown-setting"), (4, 7, "config-unknown-value")],
        );
    }

    #[test]
    fn a_name_is_told_of_the_one_that_was_meant_or_of_all() {
        let nearest = unknown("config-unknown-setting", "tennant", &["client_id", "tenant"]);
        assert_eq!(nearest.args["nearest"], "tenant");
        let none = unknown("config-unknown-setting", "colour", &["client_id", "tenant"]);
        assert_eq!(none.args["known"], "client_id, tenant");
    }

    /// serde lists what it knows where it is shown what it does not know.
    fn known_to_serde(text: &str) -> Vec<String> {
        let refused = toml_edit::de::from_str::<super::super::Document>(text).unwrap_err();
        let mut known: Vec<_> = refused.message().split('`').skip(3).step_by(2).map(str::to_owned).collect();
        known.sort();
        known
    }

    #[track_caller]
    fn check_names(shape: &Shape, text: &str) {
        let mut names = match shape {
            Shape::Section(settings) => settings.iter().map(|it| it.name.to_owned()).collect(),
            Shape::OneOf(words) => words.iter().map(|&word| word.to_owned()).collect(),
            Shape::Text | Shape::Texts | Shape::Version | Shape::Flag | Shape::Count(_) | Shape::Named(_) => Vec::new(),
        };
        names.sort();
        assert_eq!(names, known_to_serde(text), "{text}");
    }

    fn part<'s>(shape: &'s Shape, name: &str) -> &'s Shape {
        match shape {
            Shape::Section(settings) => &settings.iter().find(|it| it.name == name).unwrap().shape,
            Shape::Named(each) => each,
            Shape::Text | Shape::Texts | Shape::Version | Shape::Flag | Shape::Count(_) | Shape::OneOf(_) => {
                panic!("{name} is in no section")
            }
        }
    }

    #[test]
    fn every_setting_of_a_profile_may_stand_in_its_section() {
        let known = |settings: &[Setting]| settings.iter().map(|it| it.name.to_owned()).collect::<BTreeSet<_>>();
        let text = || Some("x".to_owned());
        let all = ipc::Profile {
            name: text(),
            description: text(),
            send_with: Some(ipc::SendWith::SqlProfile),
            sql_profile: text(),
            email: text(),
            display_name: text(),
            reply_to: text(),
            protocol: text(),
            server: text(),
            port: Some(1),
            login: text(),
            account: text(),
            mailbox: text(),
            folder: text(),
            ..ipc::Profile::default()
        };
        let written = toml_edit::ser::to_document(&all).unwrap();
        let written: BTreeSet<_> = written.iter().map(|(key, _)| key.to_owned()).collect();
        let Shape::Section(point) = POINT else { panic!("a point is a section") };
        assert_eq!(&known(&MAIL_SERVER) | &known(point), written);
    }

    #[test]
    fn what_may_stand_here_is_what_is_read() {
        check_names(&DOCUMENT, "version = 1\nzzz = 1");
        for section in ["app", "network", "store", "desktop", "reminders"] {
            check_names(part(&DOCUMENT, section), &format!("version = 1\n{section}.zzz = 1"));
        }
        check_names(part(part(&DOCUMENT, "store"), "key"), "version = 1\nstore.key = 'zzz'");
        check_names(&ACCOUNT, "version = 1\naccounts.a.zzz = 1");
        check_names(part(&ACCOUNT, "response_mode"), "version = 1\naccounts.a.response_mode = 'zzz'");
    }
}
