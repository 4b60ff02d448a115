//! The files of `locales/` against each other: what one language says the other says too.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource, VariantKey};
use fluent_syntax::parser;
use texts::Language;

/// Texts that are the same in both languages, and why.
const SAME_IN_BOTH: [&str; 15] = [
    "column-login", // the word the DMS uses
    "accounts-login",
    "add-login",
    "signing-detail-login",
    "form-port",
    "form-encryption-tls",
    "form-encryption-starttls",
    "form-authentication-oauth",
    "form-login",
    "form-try-took",
    "points-folder",
    "points-paste-wrong",
    "settings-version", // a name and a number
    "tray-language-en", // each language is called by its own name
    "tray-language-pl",
];

const FILES: [&str; 11] = [
    "aadsts.ftl",
    "agent.ftl",
    "browser.ftl",
    "cli.ftl",
    "config.ftl",
    "doctor.ftl",
    "forms.ftl",
    "mail.ftl",
    "tray.ftl",
    "usage.ftl",
    "window.ftl",
];

/// A message's value or attribute, by its id (`id` or `id.attribute`).
type Patterns = BTreeMap<String, Pattern<String>>;

#[test]
fn both_languages_have_the_same_files() {
    for language in Language::ALL {
        let found: BTreeSet<String> = fs::read_dir(folder(language))
            .expect("the folder is there")
            .map(|entry| {
                let name = entry.expect("a readable entry").file_name();
                name.into_string().expect("a plain name")
            })
            .collect();
        assert_eq!(found, FILES.map(str::to_owned).into(), "{language}");
    }
}

#[test]
fn every_message_parses_and_none_is_twice() {
    for language in Language::ALL {
        for file in FILES {
            let mut seen = BTreeSet::new();
            for entry in parsed(language, file).body {
                match entry {
                    Entry::Message(message) => {
                        let id = message.id.name;
                        assert!(message.value.is_some(), "{language}/{file}: {id} is empty");
                        assert!(seen.insert(id.clone()), "{language}/{file}: {id} twice");
                    }
                    Entry::Junk { content } => panic!("{language}/{file}: {content}"),
                    Entry::Term(_) | Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
                }
            }
        }
    }
}

#[test]
fn both_languages_have_the_same_ids_with_the_same_variables() {
    let [english, polish] = Language::ALL.map(all_patterns);
    let ids = |patterns: &Patterns| patterns.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(ids(&english), ids(&polish));
    for (id, pattern) in &english {
        assert_eq!(variables(pattern), variables(&polish[id]), "{id}");
    }
}

#[test]
fn every_id_is_found_and_rendered() {
    for (id, pattern) in all_patterns(Language::English) {
        if id.contains('.') {
            continue;
        }
        assert!(texts::exists(&id), "{id}: no file for its first word");
        let variables = variables(&pattern);
        let args: Vec<(&str, &str)> = variables.iter().map(|name| (&**name, "7")).collect();
        for language in Language::ALL {
            let text = texts::text(language, &id, &args);
            assert!(!text.trim().is_empty(), "{language}: {id} says nothing");
            assert!(!text.contains(['{', '}']), "{language}: {id}: {text}");
        }
    }
}

#[test]
fn polish_is_translated() {
    let [english, polish] = Language::ALL.map(all_patterns);
    for (id, pattern) in &english {
        let same = *pattern == polish[id];
        let expected = SAME_IN_BOTH.contains(&id.as_str());
        assert_eq!(same, expected, "{id}");
    }
}

#[test]
fn counted_messages_have_each_plural_form_of_their_language() {
    for (language, want) in [(Language::English, vec!["one", "other"]), (Language::Polish, vec!["few", "many", "one"])]
    {
        for (id, pattern) in all_patterns(language) {
            for forms in plural_forms(&pattern) {
                assert_eq!(forms, want, "{language}: {id}");
            }
        }
    }
}

#[test]
fn every_known_error_number_has_meaning_and_action() {
    let numbers: Vec<u32> = all_patterns(Language::English)
        .keys()
        .filter_map(|id| id.strip_prefix("aadsts-"))
        .filter(|id| !id.contains('.'))
        .map(|id| id.parse().expect("a number"))
        .collect();
    for number in numbers {
        for language in Language::ALL {
            let text = texts::aadsts(language, number);
            let text = text.unwrap_or_else(|| panic!("{language}: {number} has no action"));
            for sentence in [text.meaning, text.action] {
                assert!(sentence.ends_with('.'), "{language}: {number}: {sentence}");
            }
        }
    }
}

#[test]
fn each_language_has_its_own_quotation_marks() {
    for file in FILES {
        let read = |language| fs::read_to_string(folder(language).join(file)).expect("readable");
        assert!(!read(Language::Polish).contains('"'), "pl/{file}");
        assert!(!read(Language::English).contains(['„', '”']), "en/{file}");
    }
}

fn folder(language: Language) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../locales").join(language.code())
}

fn parsed(language: Language, file: &str) -> Resource<String> {
    let source = fs::read_to_string(folder(language).join(file)).expect("a readable file");
    parser::parse(source).unwrap_or_else(|(_, errors)| panic!("{language}/{file}: {errors:?}"))
}

fn all_patterns(language: Language) -> Patterns {
    let mut patterns = Patterns::new();
    for file in FILES {
        for entry in parsed(language, file).body {
            let Entry::Message(message) = entry else {
                continue;
            };
            let id = message.id.name;
            for attribute in message.attributes {
                patterns.insert(format!("{id}.{}", attribute.id.name), attribute.value);
            }
            patterns.extend(message.value.map(|value| (id, value)));
        }
    }
    patterns
}

fn expressions(pattern: &Pattern<String>) -> impl Iterator<Item = &Expression<String>> {
    pattern.elements.iter().filter_map(|element| match element {
        PatternElement::Placeable { expression } => Some(expression),
        PatternElement::TextElement { .. } => None,
    })
}

fn variables(pattern: &Pattern<String>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for expression in expressions(pattern) {
        let (Expression::Inline(inline) | Expression::Select { selector: inline, .. }) = expression;
        if let InlineExpression::VariableReference { id } = inline {
            names.insert(id.name.clone());
        }
        if let Expression::Select { variants, .. } = expression {
            names.extend(variants.iter().flat_map(|variant| variables(&variant.value)));
        }
    }
    names
}

fn plural_forms(pattern: &Pattern<String>) -> impl Iterator<Item = Vec<&str>> {
    expressions(pattern).filter_map(|expression| {
        let Expression::Select { variants, .. } = expression else {
            return None;
        };
        let mut forms: Vec<&str> = variants
            .iter()
            .map(|variant| match &variant.key {
                VariantKey::Identifier { name } => name.as_str(),
                VariantKey::NumberLiteral { value } => value.as_str(),
            })
            .collect();
        forms.sort_unstable();
        Some(forms)
    })
}
