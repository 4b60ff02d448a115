use std::io::{self, BufRead, IsTerminal};

use clap::ArgMatches;
use ipc::{AgentUnlock, CallError, Client};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use texts::text;

use crate::connect;
use crate::exit::{self, Failed};
use crate::out::Out;

/// NIST SP 800-63B § 5.1.1.1: the least that a person may choose.
const SHORTEST: usize = 8;

pub(crate) fn unlock(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    // Nobody is asked for a passphrase that no agent is there to take.
    let mut agent = connect()?;
    if args.get_flag("change") {
        let from = read(out, "cli-passphrase-present")?;
        let to = chosen(out)?;
        call(&mut agent, AgentUnlock { passphrase: Some(from), change_to: Some(to), ..AgentUnlock::default() }, out)?;
        return out.done(&json!({ "changed": true }), "cli-passphrase-changed", &[]);
    }
    if args.get_flag("choose") {
        let passphrase = Some(chosen(out)?);
        call(&mut agent, AgentUnlock { passphrase, choose: Some(true), ..AgentUnlock::default() }, out)?;
    } else if is_passphrase_wanted(&mut agent, out)? {
        let passphrase = Some(read(out, "cli-passphrase")?);
        call(&mut agent, AgentUnlock { passphrase, ..AgentUnlock::default() }, out)?;
    }
    out.done(&json!({ "unlocked": true }), "cli-unlocked", &[])
}

/// A keyring unlocks without; whether it is one is the agent's to know.
fn is_passphrase_wanted(agent: &mut Client, out: &Out) -> Result<bool, Failed> {
    match call(agent, AgentUnlock::default(), out) {
        Ok(()) => Ok(false),
        Err(Failed::Fault(fault)) if fault.data.reason.as_deref() == Some("passphrase_wanted") => Ok(true),
        Err(failed) => Err(failed),
    }
}

fn call(agent: &mut Client, wish: AgentUnlock, out: &Out) -> Result<(), Failed> {
    let done: Result<_, CallError> = agent.call(&AgentUnlock { lang: Some(out.language.code().to_owned()), ..wish });
    done.map(|_| ()).map_err(Failed::from)
}

/// Typed twice where somebody types.
fn chosen(out: &Out) -> Result<SecretString, Failed> {
    let passphrase = read(out, "cli-passphrase-choose")?;
    if passphrase.expose_secret().chars().count() < SHORTEST {
        let args = vec![("least", SHORTEST.to_string())];
        return Err(Failed::Said { id: "cli-passphrase-short", args, code: exit::USAGE });
    }
    let again = if io::stdin().is_terminal() { read(out, "cli-passphrase-again")? } else { passphrase.clone() };
    if again.expose_secret() == passphrase.expose_secret() {
        Ok(passphrase)
    } else {
        Err(Failed::Said { id: "cli-passphrase-differs", args: Vec::new(), code: exit::USAGE })
    }
}

fn read(out: &Out, prompt: &str) -> Result<SecretString, Failed> {
    secret(out, prompt, "cli-passphrase-unasked")
}

/// From the terminal, where it is not shown; else the next line of standard input.
pub(crate) fn secret(out: &Out, prompt: &str, unasked: &'static str) -> Result<SecretString, Failed> {
    if io::stdin().is_terminal() {
        if out.no_input {
            return Err(Failed::Said { id: unasked, args: Vec::new(), code: exit::USAGE });
        }
        let prompt = text(out.language, prompt, &[]);
        return Ok(rpassword::prompt_password(format!("{prompt} "))?.into());
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned().into())
}
