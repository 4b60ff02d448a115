//! `signet`: asks the agent, and runs one where there is no desktop.

mod accounts;
mod agent;
mod browser;
mod command;
mod exit;
mod out;
mod platform;
mod sign_in;
mod start_afresh;
mod status;
mod token;
mod unlock;

use std::process::ExitCode;

use clap::ArgMatches;
use ipc::{Client, Endpoint, Method};
use texts::Language;

use self::exit::Failed;
use self::out::Out;

fn main() -> ExitCode {
    let mut out = Out::new(Language::current());
    let matches = match command::command(out.language).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return out.usage(&error),
    };
    match run(&matches, &mut out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => out.failed(&failed),
    }
}

fn run(matches: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    match matches.subcommand() {
        Some(("agent", args)) => agent::run(args, out),
        Some(("accounts", args)) => match args.subcommand() {
            Some(("add", args)) => accounts::add(args, out),
            Some(("set", args)) => accounts::set(args, out),
            Some(("list", args)) => accounts::list(args, out),
            Some(("remove", args)) => accounts::remove(args, out),
            Some(("retry", args)) => accounts::retry(args, out),
            _ => Ok(()),
        },
        Some(("sign-in", args)) => sign_in::sign_in(args, out),
        Some(("sign-out", args)) => sign_in::sign_out(args, out),
        Some(("token", args)) => token::token(args, out),
        Some(("status", args)) => status::status(args, out),
        Some(("start-afresh", args)) => start_afresh::start_afresh(args, out),
        Some(("unlock", args)) => unlock::unlock(args, out),
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
