//! What can be typed. Every word of the help comes from `locales/`.

use clap::{Arg, ArgAction, Command, value_parser};
use texts::Language;

/// The whole command, in this language.
pub(crate) fn command(language: Language) -> Command {
    let words = Words(language);
    let accounts = words
        .command("accounts", "help-accounts")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(settings(words.command("add", "help-accounts-add"), &words))
        .subcommand(settings(words.command("set", "help-accounts-set"), &words))
        .subcommand(words.command("list", "help-accounts-list").arg(words.flag("json", "help-accounts-list-json")))
        .subcommand(words.command("remove", "help-accounts-remove").arg(words.name("help-accounts-remove-name")))
        .subcommand(words.command("retry", "help-accounts-retry").arg(words.name("help-accounts-retry-name")));
    let sign_in = words
        .command("sign-in", "help-sign-in")
        .arg(words.name("help-sign-in-name"))
        .arg(words.flag("no-browser", "help-sign-in-no-browser"));
    let agent = words
        .command("agent", "help-agent")
        .arg(words.flag("foreground", "help-agent-foreground"))
        .arg(words.flag("stop", "help-agent-stop").conflicts_with("foreground"));
    words
        .command("signet", "help-signet")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help(words.text("help-version")))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .after_help(words.text("help-after"))
        .subcommand(agent)
        .subcommand(accounts)
        .subcommand(sign_in)
        .subcommand(words.command("sign-out", "help-sign-out").arg(words.name("help-sign-out-name")))
        .subcommand(token(&words))
        .subcommand(words.command("status", "help-status").arg(words.flag("json", "help-status-json")))
        .subcommand(unlock(&words))
        .subcommand(words.command("start-afresh", "help-start-afresh").arg(words.flag("yes", "help-start-afresh-yes")))
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
                .value_parser(["form_post", "query"]),
        )
}

fn token(words: &Words) -> Command {
    words
        .command("token", "help-token")
        .arg(words.name("help-token-name"))
        .arg(words.option("for", "PROTOCOL", "help-token-for").value_parser(["imap", "pop", "smtp"]))
        .arg(words.option("min-valid", "SECONDS", "help-token-min-valid").value_parser(value_parser!(u32)))
        .arg(words.option("sasl", "MECHANISM", "help-token-sasl").value_parser(["xoauth2", "oauthbearer"]))
        .arg(words.flag("json", "help-token-json").conflicts_with("sasl"))
}

fn unlock(words: &Words) -> Command {
    words
        .command("unlock", "help-unlock")
        .arg(words.flag("choose", "help-unlock-choose").conflicts_with("change"))
        .arg(words.flag("change", "help-unlock-change"))
}

struct Words(Language);

impl Words {
    fn text(&self, id: &str) -> String {
        texts::text(self.0, id, &[])
    }

    fn command(&self, name: &'static str, help: &str) -> Command {
        let heading = |id| self.text(id);
        Command::new(name)
            .about(self.text(help))
            .disable_help_flag(true)
            .subcommand_help_heading(heading("help-heading-commands"))
            .help_template(format!(
                "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
                heading("help-heading-usage")
            ))
            .arg(
                Arg::new("help")
                    .short('h')
                    .long("help")
                    .action(ArgAction::Help)
                    .help(self.text("help-help"))
                    .help_heading(heading("help-heading-options")),
            )
    }

    fn name(&self, help: &str) -> Arg {
        Arg::new("name")
            .value_name("NAME")
            .required(true)
            .help(self.text(help))
            .help_heading(self.text("help-heading-arguments"))
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
    fn the_command_is_sound_and_every_word_of_its_help_exists() {
        for language in Language::ALL {
            let mut command = command(language);
            command.clone().debug_assert();
            let mut pages = vec![command.render_help().to_string()];
            for sub in command.get_subcommands_mut() {
                pages.push(sub.render_help().to_string());
                pages.extend(sub.get_subcommands_mut().map(|sub| sub.render_help().to_string()));
            }
            for page in pages {
                assert!(!page.contains("help-"), "a text is missing: {page}");
            }
        }
    }
}
