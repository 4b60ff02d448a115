use std::io;

use clap::ArgMatches;
use ipc::AgentStartAfresh;
use serde_json::json;
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
    out.done(&json!({ "kept": begun.kept }), "cli-started-afresh", &[("path", &begun.kept)])
}

/// Nobody can agree where nobody types.
fn is_agreed(out: &mut Out) -> Result<bool, Failed> {
    if !out.may_ask() {
        return Ok(false);
    }
    out.say("cli-start-afresh-ask", &[]);
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim().to_lowercase() == text(out.language, "cli-start-afresh-yes", &[]))
}
