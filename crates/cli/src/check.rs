use clap::ArgMatches;
use ipc::{CheckCancel, CheckStep, CheckWait, FaultKind, ProfileCheck};
use serde_json::json;
use texts::text;

use crate::exit::{self, Failed};
use crate::interrupt::on_interrupt;
use crate::out::Out;
use crate::{ask, connect, given};

/// Tries a profile's connection, and tells each step as it is done.
pub(crate) fn check(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let lang = Some(out.language.code().to_owned());
    let send_to = args.get_one::<String>("send-to").cloned();
    let mut agent = connect()?;
    let profile = given(args, "profile").to_owned();
    let started = agent.call(&ProfileCheck { profile, send_to, lang: lang.clone(), ..ProfileCheck::default() })?;
    let check = started.check.clone();
    on_interrupt(move || drop(ask(&CheckCancel { check: check.clone(), lang: None })));
    let mut steps: Vec<CheckStep> = Vec::new();
    let cancelled = loop {
        let seen = Some(u32::try_from(steps.len()).unwrap_or(u32::MAX));
        let asked = CheckWait { check: started.check.clone(), seen, wait_seconds: None, lang: lang.clone() };
        let progress = agent.call(&asked)?;
        for step in progress.steps {
            if !out.json {
                for line in lines(&step, out) {
                    out.result(&line)?;
                }
            }
            steps.push(step);
        }
        if progress.done {
            break progress.cancelled;
        }
    };
    let failed = steps.iter().find(|step| !step.ok);
    let code = failed.map(|step| code(step.kind));
    if out.json {
        out.json(&json!({ "ok": failed.is_none() && !cancelled, "cancelled": cancelled, "steps": steps }))?;
    }
    if cancelled {
        out.say("cli-check-cancelled", &[]);
        return Err(Failed::Told(exit::FAILED));
    }
    code.map_or(Ok(()), |code| Err(Failed::Told(code)))
}

fn lines(step: &CheckStep, out: &Out) -> Vec<String> {
    let level = text(out.language, if step.ok { "doctor-level-fine" } else { "doctor-level-wrong" }, &[]);
    let first = format!("[{level}] {} ({} ms)", step.text, step.milliseconds);
    let words = step.line.as_ref().map(|line| format!("    {line}"));
    let action =
        step.action.as_ref().map(|what| format!("    {}", text(out.language, "doctor-mend", &[("what", what)])));
    [first].into_iter().chain(words).chain(action).collect()
}

fn code(kind: Option<FaultKind>) -> u8 {
    match kind {
        Some(FaultKind::SignIn) => exit::SIGN_IN_REQUIRED,
        Some(FaultKind::Admin | FaultKind::Configuration) => exit::ADMIN_OR_CONFIGURATION,
        Some(FaultKind::Transient) => exit::UNREACHABLE,
        Some(FaultKind::UserChoice) => exit::DENIED,
        None => exit::FAILED,
    }
}
