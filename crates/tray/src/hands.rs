//! Carries out what the tray's mind has decided. What may take long runs on a thread of its own and comes back as an event.

use std::sync::mpsc::Sender;
use std::thread;

use agent::{Paths, StartError};
use anyhow::anyhow;
use ipc::{AgentStop, AgentUnlock, CallError, Client, Done, Endpoint, FaultCode, Method, SettingsSet, SignInCancel};
use tracing::{error, info, warn};

use crate::event::{AgentEnd, Effect, Event, Undone};
use crate::outcome::Outcome;
use crate::platform::{Notifier, Panel};
use crate::sign_in;
use crate::window;

/// What outlives a single effect.
pub(crate) struct Hands {
    pub(crate) reach: Reach,
    pub(crate) panel: Panel,
    pub(crate) notifier: Notifier,
}

/// What a thread of its own needs.
#[derive(Clone)]
pub(crate) struct Reach {
    pub(crate) paths: Paths,
    pub(crate) endpoint: Endpoint,
    pub(crate) events: Sender<Event>,
}

impl Hands {
    /// Does it, or sets it going. The end is for the loop.
    pub(crate) fn carry_out(&self, effect: Effect) {
        let reach = self.reach.clone();
        match effect {
            Effect::Draw(view) => self.panel.draw(view),
            Effect::Tell(change) => self.notifier.tell(change),
            Effect::SignIn(account, language) => beside(move || {
                let unopened = || {
                    reach.tell(Event::PageUnopened { account: account.clone(), outcome: Outcome::NoBrowser });
                };
                let outcome = sign_in::sign_in(&reach.endpoint, &account, language, unopened);
                reach.tell(Event::SignInEnded { account, outcome });
            }),
            Effect::OpenPage(account, language) => beside(move || {
                if let Some(outcome) = sign_in::open_page(&reach.endpoint, &account, language) {
                    reach.tell(Event::PageUnopened { account, outcome });
                }
            }),
            Effect::Cancel(sign_in) => beside(move || {
                if let Err(error) = reach.ask(&SignInCancel { sign_in, lang: None }) {
                    warn!(%error, "the sign-in cannot be called off");
                }
            }),
            Effect::Unlock(language) => beside(move || {
                let lang = Some(language.code().to_owned());
                let asked = reach.ask(&AgentUnlock { lang, ..AgentUnlock::default() });
                // One that is locked still is asking its person, and what comes of that is told as what it is.
                if !asked.as_ref().is_err_and(Unasked::is_locked) {
                    reach.heed(Undone::Unlock, asked);
                }
            }),
            Effect::Window(page) => {
                let events = reach.events.clone();
                // The tray may be about to end.
                let unshown = move || drop(events.send(Event::Unshown));
                if let Err(error) = window::open(page, unshown) {
                    warn!(%error, "the window cannot be opened");
                    reach.tell(Event::Refused(Undone::Window, error.to_string()));
                }
            }
            Effect::Speak(language) => beside(move || {
                let (language, lang) = (Some(language.code().to_owned()), Some(language.code().to_owned()));
                let asked = reach.ask(&SettingsSet { language, lang, ..SettingsSet::default() });
                reach.heed(Undone::Speak, asked);
            }),
            Effect::Wake(after) => beside(move || {
                thread::sleep(after);
                reach.tell(Event::Woken);
            }),
            Effect::StartAgent => reach.start_agent(),
            Effect::StopAgent => beside(move || {
                // It may be ending already, by the signal that the tray got too.
                if let Err(error) = reach.ask(&AgentStop {}) {
                    info!(%error, "the agent cannot be asked to end");
                    reach.tell(Event::AgentEnded(AgentEnd::Asked));
                }
            }),
            Effect::End => {}
        }
    }
}

impl Reach {
    /// Runs the agent in this process, unless another owns the sign-ins.
    pub(crate) fn start_agent(self) {
        beside(move || {
            let (paths, endpoint) = (self.paths.clone(), self.endpoint.clone());
            // One that breaks down takes no icon with it, which can say so.
            let ran = thread::spawn(move || agent::run(&paths, &endpoint)).join();
            let ran = ran.unwrap_or_else(|_| Err(anyhow!("it broke down; the log says where").into()));
            let end = match ran {
                Ok(()) => AgentEnd::Asked,
                Err(StartError::RunsAlready { pid }) => {
                    info!(%pid, "another process has the agent");
                    // On Windows a locked file cannot be read.
                    AgentEnd::Elsewhere { pid: if pid.is_empty() { "?".to_owned() } else { pid } }
                }
                Err(error) => {
                    error!("the agent does not run: {error:#}");
                    AgentEnd::Failed(error)
                }
            };
            self.tell(Event::AgentEnded(end));
        });
    }

    /// Nobody hears it any more when the tray is about to end.
    fn tell(&self, event: Event) {
        let _ = self.events.send(event);
    }

    fn ask<M: Method>(&self, params: &M) -> Result<M::Result, Unasked> {
        Ok(Client::connect(&self.endpoint)?.call(params)?)
    }

    /// The person who wished for it is told where it was refused.
    fn heed(&self, undone: Undone, asked: Result<Done, Unasked>) {
        if let Err(error) = asked {
            warn!(?undone, %error, "refused");
            self.tell(Event::Refused(undone, error.to_string()));
        }
    }
}

/// Why the agent gave no answer that serves.
#[derive(Debug, thiserror::Error)]
enum Unasked {
    #[error(transparent)]
    Connect(#[from] ipc::ConnectError),
    #[error(transparent)]
    Call(#[from] CallError),
}

impl Unasked {
    fn is_locked(&self) -> bool {
        matches!(self, Self::Call(CallError::Fault(fault)) if fault.code == FaultCode::Locked)
    }
}

fn beside(work: impl FnOnce() + Send + 'static) {
    thread::spawn(work);
}
