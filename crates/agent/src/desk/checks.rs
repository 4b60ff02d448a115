//! Connections that are being tried, and who waits for their steps.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use ipc::{CheckProgress, CheckStep, CheckWait, Credential, Done, Fault, FaultCode, ProfileCheck, Reply, StartedCheck};
use mail::check::Secret;
use texts::Language;
use tokio::sync::{oneshot, watch};
use tokio::task::AbortHandle;
use tracing::{debug, error, info, warn};

use super::requests::{Answer, reply, wait};
use super::{Desk, profiles};
use crate::check;
use crate::said;

/// Whoever comes so late has forgotten what the check was about.
const REMEMBERED: usize = 32;

/// The checks of late, the oldest first.
#[derive(Default)]
pub(super) struct Checks(VecDeque<Check>);

struct Check {
    id: String,
    progress: watch::Receiver<CheckProgress>,
    task: AbortHandle,
}

impl Desk {
    /// The secret is had as a component would have it; then the connection is tried beside the loop.
    pub(super) fn profile_check(&mut self, number: u64, params: ProfileCheck, answer: Answer, language: Language) {
        let tried = match &params.settings {
            Some(settings) => profiles::prepared(&params.profile, settings, self.config.cloud(), language),
            None => self.tried(&params.profile, language),
        };
        let tried = tried.and_then(|prepared| {
            let to = params.send_to.as_deref().map(mail::settings::address).transpose();
            let to = to.map_err(|wrong| profiles::wrong(&params.profile, "send_to", wrong, language))?;
            profiles::judged(params.password.as_ref(), prepared.is_by_password(), &params.profile, language)?;
            let trial = prepared.trial(to, language)?;
            Ok((prepared, trial))
        });
        let (prepared, trial) = match tried {
            Ok(tried) => tried,
            Err(fault) => return reply(answer, Err(fault)),
        };
        let (given, secret) = oneshot::channel();
        match params.password {
            Some(password) => reply(given, Ok(prepared.with_password(password).into())),
            None => self.credential(number, prepared, None, wait(None), given, language),
        }
        let network = self.config.network.clone();
        let folder = self.config_file.parent().unwrap_or(&self.config_file).to_owned();
        let (tell, progress) = watch::channel(CheckProgress::default());
        info!(profile = params.profile, "a connection is tried");
        let tell = Arc::new(tell);
        let teller = Arc::clone(&tell);
        let profile = params.profile.clone();
        let trying = async move {
            let ended = |_| Err(said::simply(language, FaultCode::Internal, "error-internal", &[]));
            let secret = secret.await.unwrap_or_else(ended);
            let add = |step: CheckStep| {
                log(&profile, &step);
                teller.send_modify(|progress| progress.steps.push(step));
            };
            match secret.and_then(|reply| secret_of(reply, language)) {
                Ok(secret) => {
                    add(check::had_secret(language));
                    check::run(trial, secret, &network, &folder, language, &add).await;
                }
                Err(fault) => add(check::no_secret(fault)),
            }
        };
        let task = begun(trying, tell, language);
        let id = format!("ch-{number:x}");
        self.checks.0.push_back(Check { id: id.clone(), progress, task });
        if self.checks.0.len() > REMEMBERED {
            self.checks.0.pop_front();
        }
        reply(answer, Ok(StartedCheck { check: id }.into()));
    }

    pub(super) fn check_wait(&self, params: &CheckWait, answer: Answer, language: Language) {
        let Some(check) = self.check(&params.check) else { return reply(answer, Err(unknown(language))) };
        let mut progress = check.progress.clone();
        let seen = params.seen.unwrap_or_default() as usize;
        let wait = wait(params.wait_seconds);
        tokio::spawn(async move { reply(answer, Ok(later(&mut progress, seen, wait).await.into())) });
    }

    pub(super) fn check_cancel(&self, id: &str, language: Language) -> Result<Reply, Fault> {
        let check = self.check(id).ok_or_else(|| unknown(language))?;
        check.task.abort();
        Ok(Done::default().into())
    }

    fn check(&self, id: &str) -> Option<&Check> {
        self.checks.0.iter().find(|check| check.id == id)
    }
}

/// For whoever reads only the log: how it ended.
fn log(profile: &str, CheckStep { step, ok, kind, text, line, .. }: &CheckStep) {
    match ok {
        true => debug!(profile, step, "the connection that is tried got so far"),
        false => warn!(profile, step, ?kind, text, line, "the connection that was tried fails"),
    }
}

/// Lets the trying run. Where it breaks off by a fault of ours, that is told: only one that is aborted counts as given up.
fn begun(
    trying: impl Future<Output = ()> + Send + 'static,
    tell: Arc<watch::Sender<CheckProgress>>,
    language: Language,
) -> AbortHandle {
    let task = tokio::spawn(trying);
    let abort = task.abort_handle();
    tokio::spawn(async move {
        match task.await {
            Ok(()) => {}
            Err(broken) if broken.is_cancelled() => return,
            // What it panicked with may quote what it was at.
            Err(_) => {
                error!("a check has broken off");
                tell.send_modify(|progress| progress.steps.push(check::broke_off(language)));
            }
        }
        tell.send_modify(|progress| progress.done = true);
    });
    abort
}

/// The steps after those that were seen, once there are any; in the end what there is.
async fn later(progress: &mut watch::Receiver<CheckProgress>, seen: usize, wait: Duration) -> CheckProgress {
    let is_news = |progress: &CheckProgress| progress.done || progress.steps.len() > seen;
    let waited = tokio::time::timeout(wait, progress.wait_for(is_news)).await;
    let is_given_up = matches!(waited, Ok(Err(_)));
    drop(waited);
    let progress = progress.borrow();
    let steps = progress.steps.get(seen..).unwrap_or_default().to_vec();
    CheckProgress { steps, done: progress.done || is_given_up, cancelled: is_given_up }
}

fn secret_of(reply: Reply, language: Language) -> Result<Secret, Fault> {
    let Reply::Credential(Credential { access_token, password, .. }) = reply else {
        return Err(said::simply(language, FaultCode::Internal, "error-internal", &[]));
    };
    let secret = access_token.map(Secret::Token).or_else(|| password.map(Secret::Password));
    secret.ok_or_else(|| said::simply(language, FaultCode::Internal, "error-internal", &[]))
}

fn unknown(language: Language) -> Fault {
    said::simply(language, FaultCode::InvalidParams, "error-unknown-check", &[])
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;

    async fn ended(trying: impl Future<Output = ()> + Send + 'static, is_given_up: bool) -> CheckProgress {
        let (tell, mut progress) = watch::channel(CheckProgress::default());
        let task = begun(trying, Arc::new(tell), Language::English);
        if is_given_up {
            task.abort();
        }
        later(&mut progress, 0, Duration::from_secs(60)).await
    }

    #[tokio::test]
    async fn a_check_that_breaks_off_says_so_and_is_not_said_to_be_given_up() {
        let broken = ended(async { panic!("a fault of ours") }, false).await;
        let told: Vec<_> = broken.steps.iter().map(|step| (step.step.as_str(), step.ok)).collect();
        assert_eq!((told, broken.cancelled), (vec![("internal", false)], false), "{broken:?}");
        let given_up = ended(pending(), true).await;
        assert_eq!(given_up, CheckProgress { steps: Vec::new(), done: true, cancelled: true });
    }
}
