use std::collections::BTreeMap;

use clap::ArgMatches;
use ipc::{AccountAdd, AccountRemove, AccountRetry, AccountRow, AccountSet, ResponseMode};
use serde_json::json;
use texts::text;

use crate::exit::Failed;
use crate::out::Out;
use crate::status::state_name;
use crate::{ask, connect, given};

pub(crate) fn add(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let name = given(args, "name");
    ask(&account(args, out))?;
    out.done(&json!({ "account": name }), "cli-account-added", &[("account", name)])?;
    out.say("cli-account-added-next", &[("account", name)]);
    Ok(())
}

pub(crate) fn set(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let name = given(args, "name");
    ask(&AccountSet { account: account(args, out) })?;
    out.done(&json!({ "account": name }), "cli-account-set", &[("account", name)])
}

fn account(args: &ArgMatches, out: &Out) -> AccountAdd {
    let option = |option| args.get_one::<String>(option).cloned();
    AccountAdd {
        name: given(args, "name").to_owned(),
        login: option("login"),
        cloud: option("cloud"),
        tenant: option("tenant"),
        client_id: option("client-id"),
        issuer: option("issuer"),
        resources: resources(args),
        response_mode: option("response-mode").map(|mode| match mode.as_str() {
            "query" => ResponseMode::Query,
            _ => ResponseMode::FormPost,
        }),
        provisional: None,
        lang: Some(out.language.code().to_owned()),
    }
}

/// Each `--scope` belongs to the `--resource` before it, and to mail where there is none.
fn resources(args: &ArgMatches) -> BTreeMap<String, Vec<String>> {
    let placed = |name: &str| {
        let places = args.indices_of(name).into_iter().flatten();
        places.zip(args.get_many::<String>(name).into_iter().flatten()).collect::<Vec<_>>()
    };
    let named = placed("resource");
    let mut resources = BTreeMap::<String, Vec<String>>::new();
    for (place, scope) in placed("scope") {
        let resource = named.iter().rev().find(|(at, _)| *at < place).map_or("mail", |(_, resource)| resource);
        resources.entry(resource.to_owned()).or_default().push(scope.clone());
    }
    resources
}

pub(crate) fn list(out: &mut Out) -> Result<(), Failed> {
    let accounts = connect()?.accounts()?;
    if out.json {
        return out.json(&json!({ "accounts": accounts }));
    }
    if accounts.is_empty() {
        out.say("cli-no-accounts", &[]);
        return Ok(());
    }
    let heading = ["column-name", "column-login", "column-state", "column-until"];
    let mut table = vec![heading.map(|id| text(out.language, id, &[]))];
    table.extend(accounts.iter().map(|row| cells(row, out)));
    for line in aligned(&table) {
        out.result(&line)?;
    }
    Ok(())
}

fn cells(row: &AccountRow, out: &Out) -> [String; 4] {
    let state = text(out.language, &format!("state-{}", state_name(row.state)), &[]);
    [row.name.clone(), row.login.clone(), state, row.expires_at.clone().unwrap_or_default()]
}

pub(crate) fn aligned<const N: usize>(table: &[[String; N]]) -> Vec<String> {
    let width = |column: usize| table.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: [usize; N] = std::array::from_fn(width);
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    table.iter().map(line).collect()
}

pub(crate) fn remove(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let name = given(args, "name");
    let erased = ask(&AccountRemove { account: name.to_owned(), lang: Some(out.language.code().to_owned()) })?;
    let gone = json!({ "account": name, "revoke_at": erased.revoke_at, "profiles": erased.profiles });
    out.done(&gone, "cli-account-removed", &[("account", name)])?;
    if !erased.profiles.is_empty() {
        out.say("cli-account-removed-used", &[("profiles", &erased.profiles.join(", "))]);
    }
    out.revoke_hint(&erased);
    Ok(())
}

pub(crate) fn retry(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let name = given(args, "name");
    ask(&AccountRetry { account: name.to_owned(), lang: Some(out.language.code().to_owned()) })?;
    out.done(&json!({ "account": name }), "cli-account-retried", &[("account", name)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_scope_goes_to_the_resource_before_it() {
        let line = "signet accounts add x --scope a --resource graph --scope b --scope c --resource mail --scope d";
        let matches = crate::command::command(texts::Language::English).try_get_matches_from(line.split(' ')).unwrap();
        let args = matches.subcommand().unwrap().1.subcommand().unwrap().1;
        let want = [("graph", vec!["b", "c"]), ("mail", vec!["a", "d"])];
        let want = want.map(|(name, scopes)| (name.to_owned(), scopes.into_iter().map(str::to_owned).collect()));
        assert_eq!(resources(args), BTreeMap::from(want));
    }
}
