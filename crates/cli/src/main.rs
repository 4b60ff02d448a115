//! `signet`: asks the agent, and runs one where there is no desktop.

mod accounts;
mod agent;
mod check;
mod command;
mod completions;
mod config;
mod doctor;
mod exit;
mod interrupt;
mod man;
mod out;
mod platform;
mod profile;
mod sign_in;
mod start_afresh;
mod status;
mod token;
mod unlock;
mod usage;

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::ArgMatches;
use clap::error::ErrorKind;
use ipc::{Client, Endpoint, Method};
use texts::Language;

use self::exit::Failed;
use self::out::Out;

fn main() -> ExitCode {
    let mut out = Out::new(Language::current());
    let arguments: Vec<_> = env::args_os().collect();
    let ran = match command::silent().try_get_matches_from(&arguments) {
        Ok(matches) => run(&matches, &mut out),
        Err(_) => explain(&arguments, &mut out),
    };
    match ran {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => out.failed(&failed),
    }
}

/// What was asked for help, or was not understood, is read once more by somebody who can speak.
fn explain(arguments: &[OsString], out: &mut Out) -> Result<(), Failed> {
    let Err(error) = command::command(out.language).try_get_matches_from(arguments) else { return Ok(()) };
    out.json = arguments.iter().take_while(|it| *it != "--").any(|it| it == "--json");
    let page = usage::page(out.language, &error.to_string());
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return out.result(page.trim_end());
    }
    let what = usage::what(out.language, &error);
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return Err(Failed::Usage { what, shown: page.trim_end().to_owned() });
    }
    Err(Failed::Usage { what, shown: usage::sentence(out.language, &error) })
}

fn run(matches: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let Some((command, args)) = matches.subcommand() else { return Ok(()) };
    let (of_group, args) = match args.subcommand() {
        Some((of_group, args)) => (of_group, args),
        None => ("", args),
    };
    out.no_input = args.get_flag("no-input");
    out.json = args.try_get_one("json").ok().flatten().copied().unwrap_or_default();
    match (command, of_group) {
        ("agent", _) => agent::run(args, out),
        ("accounts", "add") => accounts::add(args, out),
        ("accounts", "set") => accounts::set(args, out),
        ("accounts", "list") => accounts::list(out),
        ("accounts", "remove") => accounts::remove(args, out),
        ("accounts", "retry") => accounts::retry(args, out),
        ("check", _) => check::check(args, out),
        ("profile", "list") => profile::list(out),
        ("profile", "show") => profile::show(args, out),
        ("profile", "set") => profile::set(args, out),
        ("profile", "import") => profile::import(args, out),
        ("profile", "remove") => profile::remove(args, out),
        ("profile", "password") => profile::password(args, out),
        ("sign-in", _) => sign_in::sign_in(args, out),
        ("sign-out", _) => sign_in::sign_out(args, out),
        ("token", _) => token::token(args, out),
        ("status", _) => status::status(out),
        ("start-afresh", _) => start_afresh::start_afresh(args, out),
        ("unlock", _) => unlock::unlock(args, out),
        ("config", "check") => config::check(out),
        ("config", "show") => config::show(out),
        ("config", "edit") => config::edit(out),
        ("config", "path") => config::path(out),
        ("doctor", _) => doctor::doctor(args, out),
        ("completions", _) => completions::completions(args, out),
        ("man", _) => man::man(args, out),
        _ => Ok(()),
    }
}

/// An argument that the command's definition says is there.
fn given<'a>(args: &'a ArgMatches, name: &str) -> &'a str {
    args.get_one::<String>(name).map_or("", String::as_str)
}

fn connect() -> Result<Client, Failed> {
    Ok(Client::connect(&Endpoint::of_this_user()?)?)
}

fn ask<M: Method>(params: &M) -> Result<M::Result, Failed> {
    Ok(connect()?.call(params)?)
}
