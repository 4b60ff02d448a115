use std::io::{self, IsTerminal};

use clap::ArgMatches;
use ipc::AgentStartAfresh;
use texts::text;

use crate::exit::{self, Failed};
use crate::out::Out;
use crate::{ask, connect};

pub(crate) fn start_afresh(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    connect()?;
    if !args.get_flag("yes") && !is_agreed(out)? {
        return Err(Failed::Said { id: "cli-start-afresh-not", args: Vec::new(), code: exit::USAGE });
    }
    let begun = ask(&AgentStartAfresh { lang: Some(out.language.code().to_owned()) })?;
    out.say("cli-started-afresh", &[("path", &begun.kept)]);
    Ok(())
}

/// Nobody can agree where nobody types.
fn is_agreed(out: &mut Out) -> Result<bool, Failed> {
    if !io::stdin().is_terminal() {
        return Ok(false);
    }
    out.say("cli-start-afresh-ask", &[]);
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim().to_lowercase() == text(out.language, "cli-start-afresh-yes", &[]))
}
