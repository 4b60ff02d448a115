//! A sign-in from the tray: it begins, its page is opened, and its end is waited for, on a thread of its own.

use ipc::{CallError, Client, Endpoint, SignInStart, SignInStarted, SignInState};
use secrecy::ExposeSecret;
use texts::Language;

use crate::outcome::Outcome;

/// Signs in, and says how that ended. Where no browser opens, the page's address can be had elsewhere.
pub(crate) fn sign_in(endpoint: &Endpoint, account: &str, language: Language, unopened: impl FnOnce()) -> Outcome {
    let Ok(mut agent) = Client::connect(endpoint) else { return Outcome::Lost };
    let ended = begin(&mut agent, account, language).and_then(|started| {
        if !open(&started) {
            unopened();
        }
        wait(&mut agent, &started.sign_in, language)
    });
    match ended {
        Ok(outcome) => outcome,
        Err(CallError::Fault(fault)) => Outcome::Failed(fault),
        Err(_) => Outcome::Lost,
    }
}

/// Opens the page of a sign-in under way once more.
pub(crate) fn open_page(endpoint: &Endpoint, account: &str, language: Language) -> Option<Outcome> {
    let Ok(mut agent) = Client::connect(endpoint) else { return Some(Outcome::Lost) };
    match begin(&mut agent, account, language) {
        Ok(started) => (!open(&started)).then_some(Outcome::NoBrowser),
        Err(CallError::Fault(fault)) => Some(Outcome::Failed(fault)),
        Err(_) => Some(Outcome::Lost),
    }
}

fn begin(agent: &mut Client, account: &str, language: Language) -> Result<SignInStarted, CallError> {
    agent.call(&SignInStart { account: account.to_owned(), lang: Some(language.code().to_owned()), reason: None })
}

fn open(started: &SignInStarted) -> bool {
    started.open_url.as_ref().is_some_and(|address| desktop::open_page(address.expose_secret()))
}

fn wait(agent: &mut Client, sign_in: &str, language: Language) -> Result<Outcome, CallError> {
    // The page says so and offers another account; the person is not done yet.
    let ended = agent.await_sign_in(sign_in, Some(language.code()), |_| Ok::<_, CallError>(()))?;
    Ok(match ended {
        SignInState::WrongPerson { signed_in_as, .. } => Outcome::WrongPerson { signed_in_as },
        SignInState::SignedIn { login, .. } => Outcome::SignedIn { login },
        SignInState::Cancelled {} | SignInState::Waiting {} => Outcome::Cancelled,
        SignInState::Declined {} => Outcome::Declined,
        SignInState::Failed { error } => Outcome::Failed(error),
        SignInState::Expired {} => Outcome::Expired,
    })
}
