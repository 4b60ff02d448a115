mod discovery;
mod id_token;
mod token_reply;

pub(crate) use self::discovery::discovery;
pub(crate) use self::id_token::id_token;
pub(crate) use self::token_reply::token_reply;

use super::Discovered;
use crate::config::{AccountConfig, App, Entry};

const ISSUER: &str = "https://id.example/{tenantid}/v2.0";

fn account(entry: Entry) -> AccountConfig {
    let entry = Entry { client_id: Some("client".into()), ..entry };
    AccountConfig::new("biuro@firma.pl", entry, &App::default()).expect("a good account")
}

fn discovered() -> Discovered {
    Discovered {
        issuer: ISSUER.into(),
        authorization_endpoint: "https://id.example/authorize".parse().expect("an address"),
        token_endpoint: "https://id.example/token".parse().expect("an address"),
        is_entra: true,
    }
}
