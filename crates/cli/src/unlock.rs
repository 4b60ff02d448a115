use std::io::{self, BufRead, IsTerminal};

use clap::ArgMatches;
use ipc::AgentUnlock;
use secrecy::{ExposeSecret, SecretString};
use texts::text;

use crate::exit::{self, Failed};
use crate::out::Out;
use crate::{ask, connect};

/// NIST SP 800-63B § 5.1.1.1: the least that a person may choose.
const SHORTEST: usize = 8;

pub(crate) fn unlock(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    // Nobody is asked for a passphrase that no agent is there to take.
    connect()?;
    let choose = args.get_flag("choose");
    let passphrase = if choose { chosen(out)? } else { read(out, "cli-passphrase")? };
    ask(&AgentUnlock { passphrase, choose: choose.then_some(true), lang: Some(out.language.code().to_owned()) })?;
    out.say("cli-unlocked", &[]);
    Ok(())
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

/// From the terminal, where it is not shown; else the first line of standard input.
fn read(out: &Out, prompt: &str) -> Result<SecretString, Failed> {
    if io::stdin().is_terminal() {
        let prompt = text(out.language, prompt, &[]);
        return Ok(rpassword::prompt_password(format!("{prompt} "))?.into());
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned().into())
}
