//! Many points out of a list: every line is judged first, and all are saved or none.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};

use clap::ArgMatches;
use ipc::{
    Authentication, Client, ImportedProfiles, ListedProfile, NamedProfile, Profile, ProfileImport, ProfileKind,
    ProfileList, ProfileVerdict,
};
use serde_json::json;
use texts::text;

use super::settings::{self, Unfit, Writing};
use super::table::{self, Row, Table};
use crate::exit::{self, Failed};
use crate::out::Out;
use crate::{connect, given};

/// A thousand points take some sixty thousand bytes; whoever gives more has named another file.
const LONGEST_KIB: u64 = 1024;
const ID: &str = "id";

/// What is wrong with a line, or should be known of it.
struct Told {
    line: usize,
    column: Option<String>,
    wrong: bool,
    text: String,
}

pub(crate) fn import(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let table = read(given(args, "file"), out)?;
    let mut agent = connect()?;
    let mut told = heading(&table.heading, out);
    let mut profiles = Vec::new();
    let mut imported = ImportedProfiles::default();
    if told.is_empty() {
        let there = profiles_there(&mut agent)?;
        told.extend(table.torn.iter().map(|line| wrong(*line, None, text(out.language, "cli-import-torn", &[]))));
        for row in &table.rows {
            profiles.push(named(row, &table.heading, &there, &mut told, out));
        }
        let dry_run = Some(told.iter().any(|told| told.wrong));
        let lang = Some(out.language.code().to_owned());
        let asked =
            ProfileImport { profiles: profiles.iter().cloned().map(ListedProfile::from).collect(), dry_run, lang };
        imported = agent.call(&asked)?;
        let verdicts = std::mem::take(&mut imported.verdicts);
        told.extend(verdicts.into_iter().filter_map(|verdict| of_line(&table.rows, verdict)));
    }
    // A cell that could not be read may be missed by the agent too: once is enough.
    told.sort_by_key(|told| told.line);
    told.dedup_by(|next, first| next.wrong && (next.line, &next.column) == (first.line, &first.column));
    imported.saved &= !told.iter().any(|told| told.wrong);
    tell(&told, &profiles, &imported, out)
}

fn read(file: &str, out: &Out) -> Result<Table, Failed> {
    let source: Box<dyn Read> = if file == "-" { Box::new(io::stdin()) } else { Box::new(File::open(file)?) };
    let mut bytes = Vec::new();
    source.take(LONGEST_KIB * 1024 + 1).read_to_end(&mut bytes)?;
    let name = if file == "-" { text(out.language, "cli-standard-input", &[]) } else { file.to_owned() };
    let args = || vec![("file", name.clone()), ("limit", LONGEST_KIB.to_string())];
    let said = |id| Failed::Said { id, args: args(), code: exit::ADMIN_OR_CONFIGURATION };
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LONGEST_KIB * 1024) {
        return Err(said("cli-import-too-large"));
    }
    let text = String::from_utf8(bytes).map_err(|_| said("cli-import-no-text"))?;
    table::read(&text).ok_or_else(|| said("cli-import-empty"))
}

fn wrong(line: usize, column: Option<&str>, text: String) -> Told {
    Told { line, column: column.map(str::to_owned), wrong: true, text }
}

fn heading(heading: &[String], out: &Out) -> Vec<Told> {
    let known: Vec<_> = [ID].into_iter().chain(settings::of_a_point()).collect();
    let say = |id: &str, column: &str| {
        let args = [("column", column), ("known", &*known.join(", "))];
        wrong(1, Some(column), text(out.language, id, &args))
    };
    let mut told = Vec::new();
    for (place, name) in heading.iter().enumerate() {
        let id = match name.as_str() {
            "password" => "cli-import-password",
            _ if !known.contains(&name.as_str()) => "cli-import-column",
            _ if heading[..place].contains(name) => "cli-import-column-twice",
            _ => continue,
        };
        told.push(say(id, name));
    }
    if !heading.iter().any(|name| name == ID) {
        told.push(say("cli-import-no-id", ID));
    }
    told
}

fn profiles_there(agent: &mut Client) -> Result<BTreeMap<String, Profile>, Failed> {
    let listed = agent.call(&ProfileList {})?.profiles;
    Ok(listed.into_iter().map(|named| (named.id, named.profile)).collect())
}

/// What the line says goes before what was, as with `signet profile set`.
fn named(
    row: &Row,
    heading: &[String],
    there: &BTreeMap<String, Profile>,
    told: &mut Vec<Told>,
    out: &Out,
) -> NamedProfile {
    let say = |id: &str, args: &[(&str, &str)]| text(out.language, id, args);
    let given = |name: &str| heading.iter().zip(&row.cells).find(|(column, _)| *column == name).map(|(_, cell)| cell);
    if row.cells.len() > heading.len() {
        told.push(wrong(row.line, None, say("cli-import-too-many", &[])));
    }
    let id = given(ID).cloned().unwrap_or_default();
    let new = Profile {
        kind: ProfileKind::Documents,
        enabled: true,
        authentication: Authentication::OAuth2,
        ..Profile::default()
    };
    let mut writing = Writing::on(there.get(&id).unwrap_or(&new));
    // A cell that is empty leaves the setting as it is.
    let cells = heading.iter().zip(&row.cells).filter(|(name, cell)| *name != ID && !cell.is_empty());
    for (name, cell) in cells {
        let said = match writing.set(name, cell) {
            Ok(()) => continue,
            Err(Unfit::Number) => say("profile-port", &[]),
            Err(Unfit::Word) => say("cli-import-word", &[("value", cell)]),
        };
        told.push(wrong(row.line, Some(name), said));
    }
    NamedProfile { id, profile: writing.profile().unwrap_or(new), has_password: false }
}

fn of_line(rows: &[Row], verdict: ProfileVerdict) -> Option<Told> {
    let row = rows.get(usize::try_from(verdict.index).ok()?)?;
    Some(Told { line: row.line, column: verdict.field, wrong: verdict.wrong, text: verdict.text })
}

fn tell(told: &[Told], profiles: &[NamedProfile], imported: &ImportedProfiles, out: &mut Out) -> Result<(), Failed> {
    let ImportedProfiles { saved, without_password, .. } = imported;
    let failed = || Failed::Told(exit::ADMIN_OR_CONFIGURATION);
    if out.json {
        let ids: Vec<_> = profiles.iter().filter(|_| *saved).map(|named| &named.id).collect();
        let entry = |told: &Told| json!({ "line": told.line, "column": told.column, "message": told.text });
        let of = |wrong| told.iter().filter(|told| told.wrong == wrong).map(entry).collect::<Vec<_>>();
        let (mistakes, warnings) = (of(true), of(false));
        out.json(&json!({
            "saved": saved, "profiles": ids, "mistakes": mistakes, "warnings": warnings, "without_password": without_password,
        }))?;
        return if *saved { Ok(()) } else { Err(failed()) };
    }
    for Told { line, column, wrong, text: detail } in told {
        let line = line.to_string();
        let column = column.as_deref().unwrap_or_default();
        let id = match (wrong, column.is_empty()) {
            (true, true) => "cli-import-wrong-line",
            (true, false) => "cli-import-wrong",
            (false, _) => "cli-import-note",
        };
        out.say(id, &[("line", &line), ("column", column), ("detail", detail)]);
    }
    if *saved {
        let count = profiles.len();
        out.say("cli-imported", &[("count", &count.to_string())]);
        if !without_password.is_empty() {
            out.say("cli-import-next-password", &[("profiles", &without_password.join(", "))]);
        }
        return Ok(());
    }
    out.say("cli-import-nothing", &[]);
    Err(failed())
}
