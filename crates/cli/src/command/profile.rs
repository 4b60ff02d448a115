use std::num::ParseIntError;

use clap::builder::PossibleValue;
use clap::{Arg, Command, ValueHint};

use super::Words;

pub(super) fn profile(words: &Words) -> Command {
    words
        .group("profile", "help-profile")
        .subcommand(words.command("list", "help-profile-list").arg(words.json()))
        .subcommand(named(words, "show", "help-profile-show"))
        .subcommand(settings(named(words, "set", "help-profile-set"), words))
        .subcommand(
            words
                .command("import", "help-profile-import")
                .arg(words.argument("file", "FILE", "help-profile-import-file").value_hint(ValueHint::FilePath))
                .arg(words.json())
                .after_help(words.text("help-profile-import-after")),
        )
        .subcommand(named(words, "password", "help-profile-password"))
        .subcommand(named(words, "remove", "help-profile-remove"))
}

fn named(words: &Words, name: &'static str, help: &str) -> Command {
    let profile = words.argument("profile", "PROFILE", "help-profile-profile");
    words.command(name, help).arg(profile).arg(words.json())
}

/// What a profile can be told. An empty text takes a setting away.
fn settings(command: Command, words: &Words) -> Command {
    let choice = |name, value, help: &str, values: &'static [&'static str]| {
        let values = values.iter().map(|value| PossibleValue::new(*value));
        let all = values.chain([PossibleValue::new("").hide(true)]).collect::<Vec<_>>();
        words.option(name, value, help).value_parser(all).hide_possible_values(true)
    };
    let text = |name: &'static str, value| -> Arg { words.option(name, value, &format!("help-profile-{name}")) };
    command
        .arg(
            words
                .option("kind", "KIND", "help-profile-kind")
                .value_parser(["mail_server", "documents", "attachments"])
                .hide_possible_values(true),
        )
        .arg(words.flag("enable", "help-profile-enable").conflicts_with("disable"))
        .arg(words.flag("disable", "help-profile-disable"))
        .arg(text("name", "NAME"))
        .arg(text("description", "TEXT"))
        .arg(choice("send-with", "WHAT", "help-profile-send-with", &["mail_component", "sql_profile"]))
        .arg(text("sql-profile", "NAME"))
        .arg(text("email", "ADDRESS"))
        .arg(text("display-name", "NAME"))
        .arg(text("reply-to", "ADDRESS"))
        .arg(choice("protocol", "PROTOCOL", "help-profile-protocol", &["smtp", "imap", "pop"]))
        .arg(text("server", "HOST"))
        .arg(text("port", "PORT").value_parser(a_number_or_nothing))
        .arg(choice("encryption", "HOW", "help-profile-encryption", &["automatic", "none", "tls", "starttls"]))
        .arg(choice("authentication", "HOW", "help-profile-authentication", &["password", "oauth2"]))
        .arg(text("login", "LOGIN"))
        .arg(text("account", "ACCOUNT"))
        .arg(text("mailbox", "ADDRESS"))
        .arg(text("folder", "FOLDER"))
}

fn a_number_or_nothing(text: &str) -> Result<String, ParseIntError> {
    let text = text.trim();
    if !text.is_empty() {
        text.parse::<u32>()?;
    }
    Ok(text.to_owned())
}
