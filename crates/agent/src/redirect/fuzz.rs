use std::cell::Cell;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use ::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, LOCATION, REFERRER_POLICY};
use ::http::{Method, Request, Response, StatusCode};
use broker::AuthorityError;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use secrecy::ExposeSecret;
use texts::Language;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::runtime::{Builder, Runtime};
use url::form_urlencoded::Serializer;

use super::{Answer, Page, Reply, Visitor, converse, request, stranger};
use crate::authority::by_browser;

const PORT: u16 = 49_152;
/// More than an answer takes.
const POLLS: usize = 16;
const AUTHORITY: &str = "https://id.example/authorize";

thread_local! {
    static RUNTIME: Runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
}

pub(crate) fn redirect(bytes: &[u8]) {
    let stream = tokio::io::join(Waiting { bytes, polls: POLLS }, Vec::new());
    // Whatever is no HTTP ends the connection, and nothing else.
    let _ = RUNTIME.with(|runtime| runtime.block_on(converse(stream, answer)));
}

/// A visitor who has sent these bytes, and waits for the answer: one who goes at once is given none.
struct Waiting<'a> {
    bytes: &'a [u8],
    polls: usize,
}

impl AsyncRead for Waiting<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.bytes.is_empty() && self.polls > 0 {
            self.polls -= 1;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Pin::new(&mut self.bytes).poll_read(context, buffer)
    }
}

async fn answer(request: Request<Incoming>) -> Response<Full<Bytes>> {
    let (host, method) = (request.headers().get(HOST).cloned(), request.method().clone());
    let recorder = Recorder { method, visited: Cell::default().into() };
    let response = request::answer(request, PORT, &recorder).await;
    if recorder.visited.lock().is_ok_and(|visited| visited.get()) {
        let ours = ["localhost:49152", "127.0.0.1:49152", "[::1]:49152"];
        assert!(host.is_some_and(|host| ours.iter().any(|ours| host == ours)), "a foreign name leads here");
    }
    says_nothing_of_the_request(response.clone()).await;
    response
}

async fn says_nothing_of_the_request(response: Response<Full<Bytes>>) {
    let headers = response.headers();
    for (name, value) in [(CACHE_CONTROL, "no-store"), (REFERRER_POLICY, "no-referrer")] {
        assert_eq!(headers[&name], value);
    }
    assert!(headers.contains_key(CONTENT_SECURITY_POLICY));
    let place = headers.get(LOCATION).map(|place| place.to_str().expect("an address").to_owned());
    assert!(place.is_none_or(|place| place == AUTHORITY), "an address of the request's making");
    let body = response.into_body().collect().await.expect("it is there").to_bytes();
    let pages = [Page::Wait, Page::SignedIn, Page::Unknown];
    let known = |page: &Page| Language::ALL.iter().any(|language| page.html(*language).as_bytes() == body);
    assert!(body.is_empty() || pages.iter().any(known), "{body:?}");
}

/// Somebody's name is text on a page, whatever it is.
pub(crate) fn shows_as_text(name: &str) {
    let page = |name: &str| Page::Confirm {
        signed_in_as: name.to_owned(),
        login: name.to_owned(),
        secret: "secret".into(),
        another: None,
    };
    for language in Language::ALL {
        let (shown, plain) = (page(name).html(language), page("anna").html(language));
        for mark in ['<', '>', '"', '\''] {
            assert_eq!(shown.matches(mark).count(), plain.matches(mark).count(), "{name:?} brings a {mark}");
        }
    }
}

/// What is told of a refusal goes to terminals and pages: a word, numbers and a GUID.
fn shows_nothing_else(refusal: &AuthorityError) {
    let id = refusal.correlation_id.as_deref();
    assert!(refusal.error.len() <= 64 && refusal.error.bytes().all(|byte| byte.is_ascii_graphic()), "{refusal:?}");
    assert!(refusal.codes.len() <= 16, "{refusal:?}");
    let is_guid = |id: &str| id.len() == 36 && id.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
    assert!(id.is_none_or(is_guid), "{refusal:?}");
}

struct Recorder {
    method: Method,
    visited: std::sync::Mutex<Cell<bool>>,
}

impl Recorder {
    fn visit(&self) {
        self.visited.lock().expect("nobody panics").set(true);
    }
}

impl Visitor for Recorder {
    async fn answered(&self, answer: Answer) -> Reply {
        self.visit();
        assert_eq!(answer.by_post, self.method == Method::POST);
        let mut form = Serializer::new(String::new());
        form.append_pair("state", &answer.state);
        match &answer.outcome {
            Ok(code) => form.append_pair("code", code.expose_secret()),
            Err(no) => form.append_pair("error", &no.error).append_pair("error_description", &no.description),
        };
        let again = request::read_answer(form.finish().as_bytes(), answer.by_post).expect("it was one before");
        assert_eq!(again.state, answer.state);
        match (again.outcome, answer.outcome) {
            (Ok(again), Ok(code)) => assert_eq!(again.expose_secret(), code.expose_secret()),
            (Err(again), Err(no)) => {
                shows_nothing_else(&by_browser::refusal(&no.error, &no.description));
                assert_eq!((again.error, again.description), (no.error, no.description));
            }
            (Ok(_), Err(_)) | (Err(_), Ok(_)) => panic!("a code became an error, or an error a code"),
        }
        Reply::Page(StatusCode::OK, Page::Wait)
    }

    async fn confirmed(&self, _: &str) -> Reply {
        self.visit();
        assert_eq!(self.method, Method::POST);
        Reply::Page(StatusCode::OK, Page::SignedIn)
    }

    fn result(&self, _: &str) -> Reply {
        self.visit();
        stranger()
    }

    fn start(&self, _: &str) -> Reply {
        self.visit();
        Reply::Authority(AUTHORITY.into())
    }
}
