//! What can be typed. Every word of the help comes from `locales/`.

mod profile;

use clap::{Arg, ArgAction, Command, ValueHint, value_parser};
use texts::Language;

/// Behind all options of a command's own.
const LAST: usize = 1000;

/// The whole command, with its help in this language.
pub(crate) fn command(language: Language) -> Command {
    let words = Words(Some(language));
    with_help(visible(&words).subcommand(man(&words)), &words)
}

/// What of it is offered to those who type it.
pub(crate) fn offered(language: Language) -> Command {
    let words = Words(Some(language));
    with_help(visible(&words), &words)
}

/// The same without a word: reading an argument costs no text that nobody is going to see.
pub(crate) fn silent() -> Command {
    let words = Words(None);
    with_help(visible(&words).subcommand(man(&words)), &words)
}

/// Behind everything else, so that arguments stand before options: headings come in the order of what they head.
fn with_help(command: Command, words: &Words) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help(words.text("help-help"))
        .help_heading(words.text("help-heading-options"))
        .display_order(LAST);
    command.mut_subcommands(|command| with_help(command, words)).arg(help)
}

fn visible(words: &Words) -> Command {
    let agent = words
        .command("agent", "help-agent")
        .arg(words.flag("foreground", "help-agent-foreground"))
        .arg(words.flag("stop", "help-agent-stop").conflicts_with("foreground"))
        .arg(words.json().conflicts_with("foreground"));
    let sign_in = words
        .command("sign-in", "help-sign-in")
        .arg(words.name("help-sign-in-name"))
        .arg(words.flag("no-browser", "help-sign-in-no-browser"))
        .arg(words.json());
    let sign_out = words.command("sign-out", "help-sign-out").arg(words.name("help-sign-out-name")).arg(words.json());
    words
        .command("signet", "help-signet")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(words.text("help-version"))
                .help_heading(words.text("help-heading-options")),
        )
        .arg(words.flag("no-input", "help-no-input").global(true).display_order(LAST))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .after_help(words.text("help-after"))
        .subcommand(agent)
        .subcommand(accounts(words))
        .subcommand(sign_in)
        .subcommand(sign_out)
        .subcommand(token(words))
        .subcommand(profile::profile(words))
        .subcommand(
            words
                .command("check", "help-check")
                .arg(words.argument("profile", "PROFILE", "help-check-profile"))
                .arg(words.option("send-to", "ADDRESS", "help-check-send-to"))
                .arg(words.json()),
        )
        .subcommand(words.command("status", "help-status").arg(words.json()))
        .subcommand(unlock(words))
        .subcommand(
            words
                .command("start-afresh", "help-start-afresh")
                .arg(words.flag("yes", "help-start-afresh-yes"))
                .arg(words.json()),
        )
        .subcommand(config(words))
        .subcommand(
            words
                .command("doctor", "help-doctor")
                .arg(words.name("help-doctor-name").required(false))
                .arg(words.json()),
        )
        .subcommand(completions(words))
}

fn accounts(words: &Words) -> Command {
    words
        .group("accounts", "help-accounts")
        .subcommand(settings(words.command("add", "help-accounts-add"), words))
        .subcommand(settings(words.command("set", "help-accounts-set"), words))
        .subcommand(words.command("list", "help-accounts-list").arg(words.json()))
        .subcommand(
            words
                .command("remove", "help-accounts-remove")
                .arg(words.name("help-accounts-remove-name"))
                .arg(words.json()),
        )
        .subcommand(
            words.command("retry", "help-accounts-retry").arg(words.name("help-accounts-retry-name")).arg(words.json()),
        )
}

fn config(words: &Words) -> Command {
    words
        .group("config", "help-config")
        .subcommand(words.command("check", "help-config-check").arg(words.json()))
        .subcommand(words.command("show", "help-config-show").arg(words.json()))
        .subcommand(words.command("edit", "help-config-edit"))
        .subcommand(words.command("path", "help-config-path").arg(words.json()))
}

fn completions(words: &Words) -> Command {
    words.command("completions", "help-completions").arg(
        words
            .argument("shell", "SHELL", "help-completions-shell")
            .value_parser(["bash", "zsh", "fish", "powershell"])
            .hide_possible_values(true),
    )
}

/// For those who package Signet.
fn man(words: &Words) -> Command {
    words
        .command("man", "help-man")
        .hide(true)
        .arg(words.argument("folder", "DIR", "help-man-folder").value_hint(ValueHint::DirPath))
}

/// What an account can be told, when it is added and later.
fn settings(command: Command, words: &Words) -> Command {
    command
        .arg(words.name("help-accounts-add-name"))
        .arg(words.option("login", "LOGIN", "help-accounts-add-login"))
        .arg(words.option("issuer", "URL", "help-accounts-add-issuer").conflicts_with_all(["tenant", "cloud"]))
        .arg(words.option("client-id", "ID", "help-accounts-add-client-id"))
        .arg(words.option("tenant", "TENANT", "help-accounts-add-tenant"))
        .arg(words.option("cloud", "CLOUD", "help-accounts-add-cloud"))
        .arg(
            words
                .option("resource", "RESOURCE", "help-accounts-add-resource")
                .action(ArgAction::Append)
                .requires("scope"),
        )
        .arg(words.option("scope", "SCOPE", "help-accounts-add-scope").action(ArgAction::Append))
        .arg(
            words
                .option("response-mode", "MODE", "help-accounts-add-response-mode")
                .value_parser(["form_post", "query"])
                .hide_possible_values(true),
        )
        .arg(words.json())
}

fn token(words: &Words) -> Command {
    words
        .command("token", "help-token")
        .arg(words.name("help-token-name"))
        .arg(
            words
                .option("for", "PROTOCOL", "help-token-for")
                .value_parser(["imap", "pop", "smtp"])
                .hide_possible_values(true),
        )
        .arg(words.option("min-valid", "SECONDS", "help-token-min-valid").value_parser(value_parser!(u32)))
        .arg(
            words
                .option("sasl", "MECHANISM", "help-token-sasl")
                .value_parser(["xoauth2", "oauthbearer"])
                .hide_possible_values(true),
        )
        .arg(words.flag("json", "help-token-json").conflicts_with("sasl"))
}

fn unlock(words: &Words) -> Command {
    words
        .command("unlock", "help-unlock")
        .arg(words.flag("choose", "help-unlock-choose").conflicts_with("change"))
        .arg(words.flag("change", "help-unlock-change"))
        .arg(words.json())
}

/// The words of the help, or silence.
struct Words(Option<Language>);

impl Words {
    fn text(&self, id: &str) -> String {
        self.0.map_or_else(String::new, |language| texts::text(language, id, &[]))
    }

    fn command(&self, name: &'static str, help: &str) -> Command {
        let heading = |id| self.text(id);
        Command::new(name)
            .about(self.text(help))
            .disable_help_flag(true)
            .subcommand_help_heading(heading("help-heading-commands"))
            .subcommand_value_name(heading("help-value-command"))
            .help_template(format!(
                "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
                heading("help-heading-usage")
            ))
    }

    /// A command that is nothing without one of its own commands.
    fn group(&self, name: &'static str, help: &str) -> Command {
        self.command(name, help).subcommand_required(true).arg_required_else_help(true).disable_help_subcommand(true)
    }

    fn name(&self, help: &str) -> Arg {
        self.argument("name", "NAME", help)
    }

    fn argument(&self, name: &'static str, value: &'static str, help: &str) -> Arg {
        Arg::new(name)
            .value_name(value)
            .required(true)
            .help(self.text(help))
            .help_heading(self.text("help-heading-arguments"))
    }

    fn json(&self) -> Arg {
        self.flag("json", "help-json")
    }

    fn flag(&self, name: &'static str, help: &str) -> Arg {
        self.option_base(name, help).action(ArgAction::SetTrue)
    }

    fn option(&self, name: &'static str, value: &'static str, help: &str) -> Arg {
        self.option_base(name, help).value_name(value)
    }

    fn option_base(&self, name: &'static str, help: &str) -> Arg {
        Arg::new(name).long(name).help(self.text(help)).help_heading(self.text("help-heading-options"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_is_sound_with_and_without_words() {
        for language in Language::ALL {
            command(language).debug_assert();
        }
        silent().debug_assert();
    }
}
