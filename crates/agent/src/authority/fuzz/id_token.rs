use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use broker::{Failure, Person};
use secrecy::SecretString;
use serde_json::{Value, json};

use super::{account, discovered};
use crate::authority::id_token;
use crate::authority::reply::TokenReply;
use crate::config::Entry;

pub(crate) fn id_token(claims: &[u8]) {
    let mut parts = claims.splitn(2, |byte| *byte == b'\n');
    let (claims, home) = (parts.next().unwrap_or_default(), parts.next());
    let encoded = |part: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(part);
    let person = read(&format!("e30.{}.", encoded(claims)), home.map(encoded).as_deref());
    if let Ok(Some(person)) = &person {
        is_of_this_sign_in(claims);
        can_be_shown(person);
        crate::redirect::fuzz::shows_as_text(&person.username);
    }
    if let (Ok(claims), Ok(home)) = (std::str::from_utf8(claims), std::str::from_utf8(home.unwrap_or_default())) {
        let accepted = read(claims, Some(home)).is_ok_and(|person| person.is_some());
        assert!(!accepted || claims.contains('.'), "a token has parts");
    }
}

fn read(id_token: &str, client_info: Option<&str>) -> Result<Option<Person>, Failure> {
    let reply =
        json!({ "access_token": "a", "token_type": "Bearer", "id_token": id_token, "client_info": client_info });
    let reply: TokenReply = serde_json::from_value(reply).expect("a reply");
    let account = account(Entry { allowed_tenants: vec!["tenant".into()], ..Entry::default() });
    id_token::person(&reply, &account, &discovered(), Some(&SecretString::from("nonce")))
}

fn is_of_this_sign_in(claims: &[u8]) {
    let Ok(claims @ Value::Object(_)) = serde_json::from_slice(claims) else { return };
    assert_eq!(
        claims["iss"].as_str().map(|issuer| issuer.trim_end_matches('/')),
        Some("https://id.example/tenant/v2.0")
    );
    assert_eq!((claims["tid"].as_str(), claims["nonce"].as_str()), (Some("tenant"), Some("nonce")));
    let among = |audiences: &Vec<Value>| audiences.iter().any(|audience| audience == "client");
    assert!(claims["aud"] == "client" || claims["aud"].as_array().is_some_and(among), "for another application");
}

fn can_be_shown(person: &Person) {
    let Person { identity, username } = person;
    assert!(!username.is_empty() && username.chars().count() <= 320, "{username:?}");
    assert!(!username.chars().any(char::is_control), "{username:?}");
    let nobody = [".", ".tenant", "https://id.example/tenant/v2.0 "];
    assert!(!nobody.contains(&identity.subject.as_str()), "{identity:?}");
}
