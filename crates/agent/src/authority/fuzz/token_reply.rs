use std::future::ready;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use ::http::{HeaderMap, HeaderValue, StatusCode, header};
use broker::{
    Answer, Ask, AskerId, Broker, Effect, Event, Failure, Identity, Kept, Moment, NewTokens, Person, Stored, Trouble,
};
use oauth2::RefreshToken;
use secrecy::ExposeSecret;
use serde_json::Value;
use texts::Language;

use super::{account, discovered};
use crate::authority::http::{Undelivered, Whole};
use crate::authority::{client, failure, new_tokens};
use crate::config::{AccountConfig, Entry};
use crate::said;

const SECRET: &str = "a-secret-that-nobody-may-see";
const NOW: Moment = Moment { boot: Duration::from_secs(1_000), wall: Duration::from_secs(1_800_000_000) };

pub(crate) fn token_reply(answer: &[u8]) {
    let Some((status, headers, body)) = parts(answer) else { return };
    let account = account(Entry::default());
    let outcome = ask(&account, status, &headers, body.to_vec());
    match &outcome {
        Ok(tokens) => are_whole(status, tokens),
        Err(failure) => is_what_it_says(status, body, failure, &account),
    }
    shows_no_secret(&account, status, &headers, body);
    the_broker_goes_by_it(&account, outcome);
}

/// Status and content type from the first line, the body from the rest.
fn parts(answer: &[u8]) -> Option<(StatusCode, HeaderMap, &[u8])> {
    let (status, rest) = answer.split_first_chunk::<3>()?;
    let (kind, body) = rest.split_at(rest.iter().position(|byte| *byte == b'\n')?);
    let kind = HeaderValue::from_bytes(kind.trim_ascii()).ok().filter(|kind| !kind.is_empty());
    let headers = kind.into_iter().map(|kind| (header::CONTENT_TYPE, kind)).collect();
    Some((StatusCode::from_bytes(status).ok()?, headers, &body[1..]))
}

fn ask(account: &AccountConfig, status: StatusCode, headers: &HeaderMap, body: Vec<u8>) -> Result<NewTokens, Failure> {
    let answer = |_| {
        let whole = Whole { status, headers: headers.clone(), body: body.clone() };
        let accepted = whole.accepted(Whole::is_of_a_token_endpoint);
        ready(accepted.map(Whole::into_response).map_err(Undelivered))
    };
    let (client, spent) = (client(account, &discovered())?, RefreshToken::new("spent".into()));
    let request = pin!(client.exchange_refresh_token(&spent).request_async(&answer));
    match request.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(reply) => new_tokens(&reply.map_err(failure)?, &[], None, &discovered()),
        Poll::Pending => panic!("the answer is there"),
    }
}

fn are_whole(status: StatusCode, tokens: &NewTokens) {
    assert_eq!(status, StatusCode::OK);
    let is_token = |token: &str| !token.is_empty() && token.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    assert!(is_token(tokens.access.expose_secret()), "RFC 6749, appendix A.12");
    assert!(tokens.refresh.as_ref().is_none_or(|refresh| is_token(refresh.expose_secret())), "the same, A.17");
}

/// Only an error object under a status of the authority's own is a verdict, and all of it can be shown.
fn is_what_it_says(status: StatusCode, body: &[u8], failure: &Failure, account: &AccountConfig) {
    if let Failure::Authority(error) = failure {
        let said: Value = serde_json::from_slice(body).expect("a verdict is JSON");
        assert!(said["error"].is_string(), "{said}");
        let by_the_way = !status.is_client_error() || matches!(status.as_u16(), 407 | 429);
        assert!(!by_the_way || error.codes.contains(&50_196), "{status} is no verdict's");
    }
    let trouble = Trouble::from(failure);
    for language in Language::ALL {
        let fault = said::trouble_fault(language, &trouble, account);
        let shown = [Some(fault.message), fault.data.correlation_id, Some(said::cause(failure))];
        for text in shown.into_iter().flatten() {
            assert!(!text.chars().any(char::is_control) && text.len() < 4_096, "{text:?}");
        }
    }
}

fn shows_no_secret(account: &AccountConfig, status: StatusCode, headers: &HeaderMap, body: &[u8]) {
    let Ok(Value::Object(mut said)) = serde_json::from_slice(body) else { return };
    // The fuzzer learns the mark; what holds it from the start shows nothing.
    if said.iter().any(|(name, value)| name.contains(SECRET) || value.to_string().contains(SECRET)) {
        return;
    }
    for name in ["access_token", "refresh_token", "id_token"] {
        if let Some(token) = said.get_mut(name).filter(|token| token.is_string()) {
            *token = SECRET.into();
        }
    }
    let outcome = ask(account, status, headers, Value::Object(said).to_string().into_bytes());
    assert!(!format!("{outcome:?}").contains(SECRET), "{outcome:?}");
}

fn the_broker_goes_by_it(account: &AccountConfig, outcome: Result<NewTokens, Failure>) {
    let access = outcome.as_ref().ok().map(|tokens| tokens.access.clone());
    let mut broker = Broker::new(1);
    broker.handle(Event::Configured(vec![account.spec()]), NOW);
    broker.handle(Event::StoreRead(vec![(account.name.clone(), Kept::SignIn(signed_in()))]), NOW);
    let ask = Ask {
        asker: AskerId(1),
        account: account.name.clone(),
        key: None,
        min_valid: None,
        force: false,
        claims: None,
        wait: Duration::from_secs(10),
    };
    let mut events = vec![Event::Asked(ask)];
    let mut landing = Some(outcome);
    while let Some(event) = events.pop() {
        for effect in broker.handle(event, NOW) {
            match effect {
                Effect::Refresh { ticket, .. } => {
                    events.extend(landing.take().map(|outcome| Event::Refreshed(ticket, outcome)));
                }
                Effect::Save(ticket, ..) => events.push(Event::Saved(ticket, Ok(()))),
                Effect::Answer(_, Answer::Token(token)) => {
                    assert_eq!(Some(token.access.expose_secret()), access.as_ref().map(ExposeSecret::expose_secret));
                    assert!(token.expires_in <= broker::schedule::LONGEST_LIFE, "{:?}", token.expires_in);
                }
                Effect::Answer(..)
                | Effect::Load(_)
                | Effect::Erase(_)
                | Effect::OpenSignIn { .. }
                | Effect::Show(..)
                | Effect::CloseSignIn(_)
                | Effect::Remind(_)
                | Effect::Publish => {}
            }
        }
    }
    let much_later = Moment { boot: NOW.boot + 365 * broker::schedule::IN_USE, ..NOW };
    broker.handle(Event::NetworkChanged, much_later);
}

fn signed_in() -> Stored {
    Stored {
        refresh: Some("refresh".into()),
        person: Person {
            identity: Identity { subject: "oid.tenant".into(), home: None },
            username: "biuro@firma.pl".into(),
        },
        endpoint: discovered().token_origin(),
        tokens: Vec::new(),
        ended: None,
        refreshed: NOW.wall,
    }
}
