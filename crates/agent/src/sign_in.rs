//! One sign-in in the browser: its listener, its answers, its pages.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ::http::StatusCode;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use broker::{Detail, Event, Failure, Person, Reason, SignInId, Stage, Trouble};
use secrecy::{ExposeSecret, SecretString};
use texts::Language;
use tokio::sync::{mpsc, watch};
use tracing::{info, warn};

use crate::authority::{Authorities, Pending, by_browser};
use crate::config::{AccountConfig, ResponseMode};
use crate::input::{Input, Inputs};
use crate::redirect::{Answer, AnswerError, Listener, Page, Reply, Visitor, stranger};
use crate::said;

/// The last page stays up so long: a browser may ask for it again.
const LINGER: Duration = Duration::from_secs(30);
/// The broker answers a redemption once the store has answered, or after its own patience.
const STAGE_LIMIT: Duration = Duration::from_secs(20);

/// What is needed to sign somebody in.
pub(crate) struct SignIn {
    pub(crate) id: SignInId,
    pub(crate) account: Arc<AccountConfig>,
    pub(crate) claims: Option<String>,
    pub(crate) authorities: Arc<Authorities>,
    pub(crate) inputs: mpsc::UnboundedSender<Input>,
}

/// What the loop tells a sign-in.
pub(crate) enum Told {
    /// What the page has to say now.
    Show(Stage),
    /// A browser opener was given this name of the way to the authority.
    Admit(SecretString),
    /// It is over.
    Close,
}

impl SignIn {
    /// Runs to the end of the sign-in and of its last page.
    pub(crate) async fn run(self, mut told: mpsc::UnboundedReceiver<Told>) {
        let id = self.id.clone();
        let inputs = self.inputs.clone();
        let account = self.account.name.clone();
        let opened = self.open().await;
        let (listener, visit) = match opened {
            Ok(opened) => opened,
            Err(failure) => {
                warn!(%account, sign_in = id.0, cause = said::cause(&failure), "the sign-in page cannot be offered");
                return inputs.event(Event::SignInFailed(id, failure));
            }
        };
        inputs.event(Event::SignInReady(id));
        let mut serving = Box::pin(listener.serve(Arc::clone(&visit)));
        loop {
            tokio::select! {
                never = &mut serving => match never {},
                order = told.recv() => match order {
                    Some(Told::Show(stage)) => visit.show(stage).await,
                    Some(Told::Admit(name)) => visit.lock().admitted.push(name),
                    Some(Told::Close) | None => break,
                },
            }
        }
        visit.close();
        // Its end is the expected one: the page has been up for long enough.
        let _ = tokio::time::timeout(LINGER, serving).await;
    }

    /// The listener is bound before the address is built, which names its port.
    async fn open(self) -> Result<(Listener, Arc<Visit>), Failure> {
        let no_listener = |error: std::io::Error| {
            let args = vec![("detail", error.to_string())];
            Failure::Unacceptable(Reason::NoListener, Detail { id: "error-redirect-listener", args })
        };
        let listener = Listener::bind().map_err(no_listener)?;
        let port = listener.port();
        let pending = self.authorities.authorize(&self.account, port, self.claims.clone(), false).await?;
        self.inputs.tell(Input::SignInAddress { id: self.id.clone(), port, address: pending.url.clone() });
        let state = State {
            address: pending.url.clone(),
            pending: vec![Arc::new(pending)],
            spent: Vec::new(),
            admitted: Vec::new(),
            result: random(),
            secret: random(),
            another: false,
        };
        let visit = Visit { sign_in: self, port, state: Mutex::new(state), stage: watch::Sender::new(None) };
        Ok((listener, Arc::new(visit)))
    }
}

/// A sign-in as the listener sees it.
struct Visit {
    sign_in: SignIn,
    port: u16,
    state: Mutex<State>,
    stage: watch::Sender<Option<Stage>>,
}

struct State {
    /// Requests whose answer has not come; each answer is taken once.
    pending: Vec<Arc<Pending>>,
    /// States whose answer has come: a browser may send it twice.
    spent: Vec<SecretString>,
    /// Names of the way to the authority that have not been used.
    admitted: Vec<SecretString>,
    /// The newest request's page.
    address: SecretString,
    /// Name of the page that tells how it went: it is told only to who brought an answer.
    result: SecretString,
    /// Stands in the confirmation form; no other page can know it.
    secret: SecretString,
    /// Whether the newest request offers another account.
    another: bool,
}

impl State {
    /// Where *Use another account* leads.
    fn another(&self) -> Option<SecretString> {
        self.another.then(|| self.address.clone())
    }
}

/// A name that nobody can guess.
pub(crate) fn random() -> SecretString {
    let mut bytes = [0_u8; 32];
    if getrandom::fill(&mut bytes).is_err() {
        // Without randomness nothing equals the empty word, and nobody can confirm.
        return SecretString::default();
    }
    BASE64_URL_SAFE_NO_PAD.encode(bytes).into()
}

impl Visit {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn show(&self, stage: Stage) {
        self.log(&stage);
        if matches!(stage, Stage::WrongPerson { .. } | Stage::Confirm(_)) {
            self.offer_another().await;
        }
        self.stage.send_replace(Some(stage));
    }

    /// What an operator needs when a person says that it did not work.
    fn log(&self, stage: &Stage) {
        let (account, sign_in) = (&self.sign_in.account.name, &self.sign_in.id.0);
        match stage {
            Stage::SignedIn => info!(%account, sign_in, "signed in"),
            Stage::WrongPerson { came, .. } => warn!(%account, sign_in, signed_in_as = came.username, "a wrong person"),
            Stage::Confirm(person) => info!(%account, sign_in, signed_in_as = person.username, "is this the login?"),
            Stage::Declined | Stage::Cancelled | Stage::Expired => {
                info!(%account, sign_in, end = ?stage, "not signed in")
            }
            Stage::Failed(trouble) => warn!(
                %account,
                sign_in,
                reason = trouble.reason.code(),
                aadsts = trouble.aadsts,
                error = trouble.error,
                correlation_id = trouble.correlation_id,
                detail = trouble.detail.as_ref().map(|detail| detail.id),
                "not signed in"
            ),
        }
    }

    /// A further request, at which the authority asks which account to use.
    async fn offer_another(&self) {
        let SignIn { account, claims, authorities, id, inputs } = &self.sign_in;
        match authorities.authorize(account, self.port, claims.clone(), true).await {
            Ok(pending) => {
                let (id, port) = (id.clone(), self.port);
                inputs.tell(Input::SignInAddress { id, port, address: pending.url.clone() });
                let mut state = self.lock();
                state.another = true;
                state.address = pending.url.clone();
                state.pending.push(Arc::new(pending));
            }
            Err(failure) => warn!(cause = said::cause(&failure), "another account cannot be offered"),
        }
    }

    /// The request that this answer belongs to; no stranger can know its state.
    fn take(&self, state: &str) -> Option<Arc<Pending>> {
        let mut known = self.lock();
        let at = known.pending.iter().position(|pending| is_same(&pending.state, state))?;
        let pending = known.pending.swap_remove(at);
        known.spent.push(pending.state.clone());
        Some(pending)
    }

    /// Whoever comes back now is told how it ended.
    fn close(&self) {
        let mut state = self.lock();
        let pending = std::mem::take(&mut state.pending);
        state.spent.extend(pending.iter().map(|pending| pending.state.clone()));
    }

    fn knows(&self, state: &str) -> bool {
        self.lock().pending.iter().any(|pending| is_same(&pending.state, state))
    }

    async fn redeem(&self, pending: Arc<Pending>, code: SecretString) -> Reply {
        let SignIn { account, authorities, id, inputs, .. } = &self.sign_in;
        let redeeming = Event::SignInRedeeming(id.clone());
        // A task of its own: the browser may go away, the code is redeemed all the same.
        let (account, authorities, id, redeemed) =
            (Arc::clone(account), Arc::clone(authorities), id.clone(), inputs.clone());
        tokio::spawn(async move {
            match authorities.redeem(&account, &pending, code).await {
                Ok((person, tokens)) => redeemed.event(Event::SignInRedeemed(id, person, tokens)),
                Err(failure) => redeemed.event(Event::SignInFailed(id, failure)),
            }
        });
        self.after(redeeming).await
    }

    /// Passes an event on and leads to the result page, once there is something new to tell.
    async fn after(&self, event: Event) -> Reply {
        let mut stage = self.stage.subscribe();
        self.stage.send_replace(None);
        self.sign_in.inputs.event(event);
        // Without an answer the result page says that it waits, and looks again by itself.
        let _ = tokio::time::timeout(STAGE_LIMIT, stage.wait_for(Option::is_some)).await;
        Reply::Result(self.lock().result.clone())
    }

    fn refused(&self, answer: &AnswerError) -> Event {
        let id = self.sign_in.id.clone();
        let refusal = by_browser::refusal(&answer.error, &answer.description);
        Event::SignInFailed(id, Failure::Authority(Box::new(refusal)))
    }

    fn page(&self, stage: Stage) -> Page {
        let login = self.sign_in.account.login.clone();
        match stage {
            Stage::SignedIn => Page::SignedIn,
            Stage::WrongPerson { came, wanted } => Page::WrongPerson {
                signed_in_as: came.username,
                login: wanted.username,
                another: self.lock().another(),
            },
            Stage::Confirm(Person { username, .. }) => {
                let state = self.lock();
                let (secret, another) = (state.secret.clone(), state.another());
                Page::Confirm { signed_in_as: username, login, secret, another }
            }
            Stage::Declined => Page::Declined,
            Stage::Failed(trouble) => Page::Failed(self.in_both_languages(&trouble)),
            Stage::Cancelled => Page::Cancelled,
            Stage::Expired => Page::Expired,
        }
    }

    fn in_both_languages(&self, trouble: &Trouble) -> [String; 2] {
        [Language::English, Language::Polish].map(|language| said::trouble(language, trouble, &self.sign_in.account))
    }
}

impl Visitor for Visit {
    async fn answered(&self, answer: Answer) -> Reply {
        let form_post = self.sign_in.account.response_mode == ResponseMode::FormPost;
        if form_post && !answer.by_post && answer.outcome.is_ok() && self.knows(&answer.state) {
            return Reply::Page(StatusCode::BAD_REQUEST, Page::CodeByGet);
        }
        let Some(pending) = self.take(&answer.state) else {
            let state = self.lock();
            let again = state.spent.iter().any(|spent| is_same(spent, &answer.state));
            return if again { Reply::Result(state.result.clone()) } else { stranger() };
        };
        match answer.outcome {
            Ok(code) => self.redeem(pending, code).await,
            Err(error) => self.after(self.refused(&error)).await,
        }
    }

    async fn confirmed(&self, secret: &str) -> Reply {
        let asked = matches!(&*self.stage.borrow(), Some(Stage::Confirm(_)));
        if !asked || !is_same(&self.lock().secret, secret) {
            return stranger();
        }
        self.after(Event::SignInConfirmed(self.sign_in.id.clone())).await
    }

    fn result(&self, name: &str) -> Reply {
        if !is_same(&self.lock().result, name) {
            return stranger();
        }
        let stage = self.stage.borrow().clone();
        Reply::Page(StatusCode::OK, stage.map_or(Page::Wait, |stage| self.page(stage)))
    }

    fn start(&self, name: &str) -> Reply {
        let mut state = self.lock();
        let Some(at) = state.admitted.iter().position(|admitted| is_same(admitted, name)) else {
            return stranger();
        };
        state.admitted.swap_remove(at);
        Reply::Authority(state.address.clone())
    }
}

/// Compares in the same time wherever the difference is.
fn is_same(secret: &SecretString, word: &str) -> bool {
    let (secret, word) = (secret.expose_secret().as_bytes(), word.as_bytes());
    let difference = secret.iter().zip(word).fold(0, |seen, (one, other)| seen | (one ^ other));
    secret.len() == word.len() && !secret.is_empty() && difference == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_very_word_is_the_same() {
        let secret = SecretString::from("abc");
        assert!(is_same(&secret, "abc"));
        for other in ["", "ab", "abd", "abcd"] {
            assert!(!is_same(&secret, other), "{other}");
        }
        assert!(!is_same(&SecretString::default(), ""), "an empty secret opens nothing");
    }
}
