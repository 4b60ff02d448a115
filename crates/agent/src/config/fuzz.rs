use std::collections::BTreeMap;
use std::path::Path;

use ipc::AccountAdd;
use toml_edit::{DocumentMut, Item};

use super::edit::{added, changed, removed, set};
use super::{AccountConfig, Config, ConfigError, Mistake, Network};
use crate::authority::Wire;

const SECRET: &str = "a-secret-that-nobody-may-see";
const OURS: &str = "# ours\nversion = 1 # always\n\n[app]\nclient_id = 'x' # from the administrator\n\n\
    [accounts.dms]\nlogin = 'a@b.pl' # kept\n";

pub(crate) fn config(text: &[u8]) {
    let Ok(text) = std::str::from_utf8(text) else { return };
    match parse(text) {
        Ok(config) => {
            a_new_account_comes_and_goes(text, &config);
            each_account_can_go(text, &config);
            a_proxy_s_login_is_not_repeated(config.network);
        }
        Err(error) => has_its_place(text, &error),
    }
    shows_no_password(text);
}

pub(crate) fn account(params: &[u8]) {
    let Ok(account) = serde_json::from_slice::<AccountAdd>(params) else { return };
    let config = parse(OURS).expect("ours is right");
    let Ok(wanted) = AccountConfig::new(&account.name, (&account).into(), &config.app) else { return };
    if account.name == "dms" {
        return;
    }
    let text = change(OURS, added(&account));
    assert!(text.starts_with(OURS), "{text}");
    is_the_same_with(&config, &wanted, &text);
    is_the_same_with(&config, &wanted, &change(&text, set(&account)));
    assert_eq!(change(&text, removed(&account.name)), OURS);
}

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(Path::new("config.toml"), text)
}

fn change(text: &str, change: impl FnOnce(&mut DocumentMut)) -> String {
    changed(Path::new("config.toml"), text, change).unwrap_or_else(|error| panic!("{error}, of {text:?}"))
}

fn by_name(config: &Config) -> BTreeMap<&str, &AccountConfig> {
    config.accounts.iter().map(|account| (account.name.as_str(), account)).collect()
}

fn is_the_same_with(before: &Config, account: &AccountConfig, text: &str) {
    let after = parse(text).expect("what was changed can be read");
    let mut want = by_name(before);
    want.insert(account.name.as_str(), account);
    assert_eq!(by_name(&after), want, "{text}");
    assert_eq!((&after.app, &after.network, &after.store), (&before.app, &before.network, &before.store));
}

fn has_its_place(text: &str, error: &ConfigError) {
    let ConfigError::Content { mistakes, .. } = error else { panic!("nothing was read: {error}") };
    assert!(!mistakes.is_empty() && mistakes.is_sorted_by_key(|mistake| (mistake.line, mistake.column)), "{error}");
    for Mistake { line, column, said } in mistakes {
        let shown = text.split('\n').nth(line - 1).unwrap_or_else(|| panic!("there is no line {line}: {error}"));
        assert!((1..=shown.chars().count() + 1).contains(column), "line {line} has no column {column}: {error}");
        let is_toml = text.parse::<DocumentMut>().is_ok();
        assert!(said.id != "config-no-toml" || !is_toml, "the shapes let pass what cannot be read: {error}");
    }
}

fn a_new_account_comes_and_goes(text: &str, config: &Config) {
    let account = AccountAdd {
        name: "nowe@firma.pl".into(),
        client_id: Some("client".into()),
        cloud: Some("global".into()),
        ..AccountAdd::default()
    };
    let Ok(wanted) = AccountConfig::new(&account.name, (&account).into(), &config.app) else { return };
    if by_name(config).contains_key(&*account.name) {
        return;
    }
    let longer = change(text, added(&account));
    is_the_same_with(config, &wanted, &longer);
    let again = change(&longer, removed(&account.name));
    assert_eq!(parse(&again).as_ref().ok(), Some(config), "{again}");
    if stands_in_tables(text) {
        let kept = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
        assert_eq!(again.trim_end(), kept.trim_end(), "an edit keeps the rest");
    }
}

/// An inline table becomes one that takes a further account.
fn stands_in_tables(text: &str) -> bool {
    let document: DocumentMut = text.parse().expect("TOML");
    document.get("accounts").is_none_or(Item::is_table)
}

fn each_account_can_go(text: &str, config: &Config) {
    for account in &config.accounts {
        let shorter = change(text, removed(account.name.as_str()));
        let mut want = by_name(config);
        want.remove(account.name.as_str());
        assert_eq!(by_name(&parse(&shorter).expect("what was changed can be read")), want);
    }
}

fn a_proxy_s_login_is_not_repeated(network: Network) {
    let network = Network { extra_ca: None, ..network };
    let login = network.proxy.as_deref().and_then(|proxy| proxy.rsplit_once('@')).map(|(login, _)| login);
    let Some(login) = login.filter(|login| login.len() > 8) else { return };
    if let Err(error) = Wire::new(&network, Path::new("")) {
        assert!(!format!("{error:?}").contains(login), "a password may be in {error:?}");
    }
}

fn shows_no_password(text: &str) {
    let Ok(mut document) = text.parse::<DocumentMut>() else { return };
    let network = document.get_mut("network").and_then(Item::as_table_like_mut);
    let Some(proxy) = network.and_then(|network| network.get_mut("proxy")).filter(|proxy| proxy.is_str()) else {
        return;
    };
    *proxy = toml_edit::value(format!("http://anna:{SECRET}@proxy.example:8080"));
    // The fuzzer learns the mark; what holds it from the start shows nothing.
    if text.contains(SECRET) {
        return;
    }
    if let Err(error) = parse(&document.to_string()) {
        assert!(!format!("{error} {error:?}").contains(SECRET), "{error}");
    }
}
