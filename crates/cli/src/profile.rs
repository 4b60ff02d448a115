use clap::ArgMatches;
use ipc::{NamedProfile, ProfileGet, ProfileKind, ProfileList, ProfileRemove, ProfileSet};
use serde_json::json;
use texts::text;

use crate::accounts::aligned;
use crate::exit::Failed;
use crate::out::Out;
use crate::unlock::secret;
use crate::{ask, given};

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

pub(crate) fn remove(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let profile = given(args, "profile").to_owned();
    ask(&ProfileRemove { profile: profile.clone(), lang: Some(out.language.code().to_owned()) })?;
    out.done(&json!({ "profile": profile }), "cli-profile-removed", &[("profile", &profile)])
}

/// Gives the password of a profile that has one.
pub(crate) fn password(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let lang = Some(out.language.code().to_owned());
    let got = ask(&ProfileGet { profile: given(args, "profile").to_owned(), lang: lang.clone() })?;
    let password = Some(secret(out, "cli-password", "cli-password-unasked")?);
    ask(&ProfileSet { id: got.id.clone(), profile: Box::new(got.profile), password, lang })?;
    out.done(&json!({ "profile": got.id }), "cli-password-kept", &[("profile", &got.id)])
}
