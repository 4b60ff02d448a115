use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::Language;

type Bundle = FluentBundle<FluentResource>;

/// One file of `locales/{en,pl}/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum File {
    Agent,
    Browser,
    Cli,
    Config,
    Doctor,
    Forms,
    Mail,
    Tray,
    Usage,
    Window,
    Aadsts,
}

impl File {
    const COUNT: usize = 11;

    /// The file that a message's id belongs to, by the id's first word: finding it parses nothing.
    pub(crate) fn of(id: &str) -> Option<Self> {
        match id.split('-').next()? {
            "error" | "reason" => Some(Self::Agent),
            "profile" | "check" | "refusal" => Some(Self::Mail),
            "page" | "confirm" | "use" => Some(Self::Browser),
            "cli" | "help" | "notice" | "status" | "state" | "column" | "duration" => Some(Self::Cli),
            "config" => Some(Self::Config),
            "doctor" => Some(Self::Doctor),
            "form" | "leaving" | "points" => Some(Self::Forms),
            "tray" => Some(Self::Tray),
            "usage" => Some(Self::Usage),
            "window" | "accounts" | "add" | "signing" | "explain" | "first" | "guide" | "settings" => {
                Some(Self::Window)
            }
            "aadsts" => Some(Self::Aadsts),
            _ => None,
        }
    }

    fn source(self, language: Language) -> &'static str {
        macro_rules! embedded {
            ($name:literal) => {
                match language {
                    Language::English => include_str!(concat!("../../../locales/en/", $name)),
                    Language::Polish => include_str!(concat!("../../../locales/pl/", $name)),
                }
            };
        }
        match self {
            Self::Agent => embedded!("agent.ftl"),
            Self::Browser => embedded!("browser.ftl"),
            Self::Cli => embedded!("cli.ftl"),
            Self::Config => embedded!("config.ftl"),
            Self::Doctor => embedded!("doctor.ftl"),
            Self::Forms => embedded!("forms.ftl"),
            Self::Mail => embedded!("mail.ftl"),
            Self::Tray => embedded!("tray.ftl"),
            Self::Usage => embedded!("usage.ftl"),
            Self::Window => embedded!("window.ftl"),
            Self::Aadsts => embedded!("aadsts.ftl"),
        }
    }
}

pub(crate) fn has(file: File, id: &str) -> bool {
    bundle(file, Language::English).get_message(id).is_some_and(|message| message.value().is_some())
}

pub(crate) fn value(file: File, language: Language, id: &str, args: &[(&str, &str)]) -> Option<String> {
    let bundle = bundle(file, language);
    let pattern = bundle.get_message(id)?.value()?;
    let args: FluentArgs<'_> = args.iter().map(|&(name, value)| (name, argument(value))).collect();
    // What cannot be formatted (an argument that was not given) stays in the text as `{$name}`.
    let mut unformatted = Vec::new();
    Some(bundle.format_pattern(pattern, Some(&args), &mut unformatted).into_owned())
}

pub(crate) fn attribute(file: File, language: Language, id: &str, name: &str) -> Option<String> {
    let bundle = bundle(file, language);
    let attribute = bundle.get_message(id)?.get_attribute(name)?;
    let mut unformatted = Vec::new();
    Some(bundle.format_pattern(attribute.value(), None, &mut unformatted).into_owned())
}

/// A number only where writing it again gives the same text: an account named "007" keeps its name.
fn argument(value: &str) -> FluentValue<'_> {
    match value.parse::<u32>() {
        Ok(number) if number.to_string() == value => FluentValue::from(number),
        _ => FluentValue::from(value),
    }
}

fn bundle(file: File, language: Language) -> &'static Bundle {
    static BUNDLES: [OnceLock<Bundle>; Language::COUNT * File::COUNT] =
        [const { OnceLock::new() }; Language::COUNT * File::COUNT];
    BUNDLES[language as usize * File::COUNT + file as usize].get_or_init(|| parse(file, language))
}

fn parse(file: File, language: Language) -> Bundle {
    let locale: LanguageIdentifier = language.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Isolating marks would end up in terminals and JSON; both languages are written left to right.
    bundle.set_use_isolating(false);
    // A broken message is left out and the others serve; the tests let no broken message through.
    let resource = FluentResource::try_new(file.source(language).to_owned()).unwrap_or_else(|(partial, _)| partial);
    bundle.add_resource_overriding(resource);
    bundle
}
