use std::io::{self, IsTerminal};

use agent::doctor::{Desktop, Examination, Finding, Level, Subject};
use agent::{Paths, StartError, told};
use clap::ArgMatches;
use ipc::Endpoint;
use serde_json::{Value, json};
use texts::text;

use crate::exit::{self, Failed};
use crate::out::Out;

/// Looks at everything that can be wrong here.
pub(crate) fn doctor(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let paths = Paths::of_this_user().map_err(StartError::from)?;
    let endpoint = Endpoint::of_this_user()?;
    let account = args.get_one::<String>("name").map(String::as_str);
    let desktop = if desktop::has_desktop() { Desktop::There } else { Desktop::Missing };
    let examination = Examination { paths: &paths, endpoint: &endpoint, desktop, account };
    let shows_progress = io::stderr().is_terminal();
    let found = examination.run(&mut |subject| {
        if shows_progress {
            out.say("doctor-looking", &[("subject", &text(out.language, &subject_id(subject), &[]))]);
        }
    });
    let found = found.map_err(|unknown| Failed::Said {
        id: "doctor-no-account",
        args: vec![("account", account.unwrap_or_default().to_owned()), ("known", unknown.known.join(", "))],
        code: exit::UNKNOWN_ACCOUNT,
    })?;
    show(&found, out)?;
    let is_wrong = found.iter().any(|finding| finding.level == Level::Wrong);
    if is_wrong { Err(Failed::Told(exit::ADMIN_OR_CONFIGURATION)) } else { Ok(()) }
}

fn show(found: &[Finding], out: &mut Out) -> Result<(), Failed> {
    if out.json {
        let findings: Vec<_> = found.iter().map(|finding| as_json(finding, out)).collect();
        let worst = found.iter().map(|finding| finding.level).max().unwrap_or(Level::Fine);
        return out.json(&json!({ "worst": worst, "findings": findings }));
    }
    for finding in found {
        for line in lines(finding, out) {
            out.result(&line)?;
        }
    }
    match found.iter().filter(|finding| finding.level == Level::Wrong).count() {
        0 if found.iter().all(|finding| finding.level == Level::Fine) => out.say("doctor-all-fine", &[]),
        0 => {}
        count => out.say("doctor-some-wrong", &[("count", &count.to_string())]),
    }
    Ok(())
}

fn lines(finding: &Finding, out: &Out) -> Vec<String> {
    let level = text(out.language, level_id(finding.level), &[]);
    let subject = text(out.language, &subject_id(finding.subject), &[]);
    let account = finding.account.as_ref().map(|account| format!(" ({account})")).unwrap_or_default();
    let said = told(out.language, &finding.said);
    let mend = finding.mend.as_ref().map(|mend| {
        let what = told(out.language, mend);
        format!("    {}", text(out.language, "doctor-mend", &[("what", &what)]))
    });
    [format!("[{level}] {subject}{account}: {said}")].into_iter().chain(mend).collect()
}

fn as_json(finding: &Finding, out: &Out) -> Value {
    json!({
        "subject": finding.subject,
        "account": finding.account,
        "level": finding.level,
        "id": finding.said.id,
        "args": finding.said.args,
        "message": told(out.language, &finding.said),
        "mend": finding.mend.as_ref().map(|mend| told(out.language, mend)),
    })
}

fn subject_id(subject: Subject) -> String {
    format!("doctor-subject-{}", subject.name())
}

fn level_id(level: Level) -> &'static str {
    match level {
        Level::Fine => "doctor-level-fine",
        Level::Warning => "doctor-level-warning",
        Level::Wrong => "doctor-level-wrong",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subject_and_level_has_its_word() {
        let levels = [Level::Fine, Level::Warning, Level::Wrong].map(level_id).map(str::to_owned);
        for id in Subject::ALL.map(subject_id).into_iter().chain(levels) {
            assert!(texts::exists(&id), "{id}");
        }
    }
}
