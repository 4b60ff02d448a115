mod import;
mod settings;
mod table;

use clap::ArgMatches;
use ipc::{Client, NamedProfile, Profile, ProfileGet, ProfileKind, ProfileList, ProfileRemove, ProfileSet};
use serde_json::json;
use texts::text;

pub(crate) use self::import::import;
use crate::accounts::aligned;
use crate::exit::{self, Failed};
use crate::out::Out;
use crate::unlock::secret;
use crate::{ask, connect, given};

pub(crate) fn list(out: &mut Out) -> Result<(), Failed> {
    let profiles = ask(&ProfileList {})?.profiles;
    if out.json {
        return out.json(&json!({ "profiles": profiles }));
    }
    if profiles.is_empty() {
        out.say("cli-no-profiles", &[]);
        return Ok(());
    }
    let heading = ["column-profile", "column-kind", "column-login", "column-enabled"];
    let mut table = vec![heading.map(|id| text(out.language, id, &[]))];
    table.extend(profiles.iter().map(|named| cells(named, out)));
    for line in aligned(&table) {
        out.result(&line)?;
    }
    Ok(())
}

fn cells(named: &NamedProfile, out: &Out) -> [String; 4] {
    let kind = match named.profile.kind {
        ProfileKind::MailServer => "cli-kind-mail-server",
        ProfileKind::Documents => "cli-kind-documents",
        ProfileKind::Attachments => "cli-kind-attachments",
    };
    let enabled = if named.profile.enabled { "cli-yes" } else { "cli-no" };
    [
        named.id.clone(),
        text(out.language, kind, &[]),
        named.profile.login.clone().unwrap_or_default(),
        text(out.language, enabled, &[]),
    ]
}

pub(crate) fn show(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let named = ask(&get(args, out))?;
    if out.json {
        return out.json(&json!(named));
    }
    for line in aligned(&settings::told(&named)) {
        out.result(&line)?;
    }
    Ok(())
}

/// Makes a profile, or changes what is given of one.
pub(crate) fn set(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let id = given(args, "profile").to_owned();
    let mut agent = connect()?;
    let mut profile = there(&mut agent, &id)?.unwrap_or_else(|| Profile { kind: kind_of(&id), ..Profile::default() });
    settings::take_from(args, &mut profile);
    let lang = Some(out.language.code().to_owned());
    let asked = ProfileSet { id: id.clone(), profile: Box::new(profile), password: None, lang: lang.clone() };
    let warnings = agent.call(&asked)?.warnings;
    for warning in &warnings {
        out.say("cli-profile-note", &[("detail", warning)]);
    }
    let now = agent.call(&ProfileGet { profile: id.clone(), lang })?;
    out.done(&json!({ "profile": id, "warnings": warnings }), "cli-profile-saved", &[("profile", &id)])?;
    if now.profile.takes_password() && !now.has_password {
        out.say("cli-profile-next-password", &[("profile", &id)]);
    }
    if !now.profile.enabled {
        out.say("cli-profile-next-enable", &[("profile", &id)]);
    }
    Ok(())
}

fn there(agent: &mut Client, id: &str) -> Result<Option<Profile>, Failed> {
    let profiles = agent.call(&ProfileList {})?.profiles;
    Ok(profiles.into_iter().find(|named| named.id == id).map(|named| named.profile))
}

/// A new point makes documents, if nobody says otherwise.
fn kind_of(id: &str) -> ProfileKind {
    if id == "mail_server" { ProfileKind::MailServer } else { ProfileKind::Documents }
}

fn get(args: &ArgMatches, out: &Out) -> ProfileGet {
    ProfileGet { profile: given(args, "profile").to_owned(), lang: Some(out.language.code().to_owned()) }
}

pub(crate) fn remove(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let profile = given(args, "profile").to_owned();
    ask(&ProfileRemove { profile: profile.clone(), lang: Some(out.language.code().to_owned()) })?;
    out.done(&json!({ "profile": profile }), "cli-profile-removed", &[("profile", &profile)])
}

/// Gives the password of a profile that has one.
pub(crate) fn password(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let lang = Some(out.language.code().to_owned());
    let got = ask(&get(args, out))?;
    if !got.profile.takes_password() {
        return Err(Failed::Said { id: "profile-no-password", args: Vec::new(), code: exit::ADMIN_OR_CONFIGURATION });
    }
    let password = Some(secret(out, "cli-password", "cli-password-unasked")?);
    ask(&ProfileSet { id: got.id.clone(), profile: Box::new(got.profile), password, lang })?;
    out.done(&json!({ "profile": got.id }), "cli-password-kept", &[("profile", &got.id)])
}
