//! The one loop, and what stands around it.

use std::fs::{self, File, TryLockError};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Instant;

use agent::Paths;
use anyhow::{Context, Result, bail};
use desktop::Report;
use ipc::Endpoint;
use texts::{Language, text};
use tracing::{error, info, warn};

use crate::arguments::Start;
use crate::event::{Effect, Event};
use crate::hands::{Hands, Reach};
use crate::platform::{self, Notifier, Panel};
use crate::tray::Tray;
use crate::window;

/// Held by the tray that runs, for as long as it does.
const LOCK: &str = "tray.lock";

pub(crate) fn run(start: Start, language: Language) -> Result<ExitCode> {
    let paths = Paths::of_this_user()?;
    let place = take_place(&paths, language);
    if matches!(place, Ok(None)) {
        return second(start, language);
    }
    agent::start_log_file(&paths);
    let ran = place.and_then(|_lock| alone(paths, start, language));
    ran.inspect_err(|error| error!("the tray does not start: {error:#}"))
}

/// The lock of the only tray of this user; `None` where there is one already.
fn take_place(paths: &Paths, language: Language) -> Result<Option<File>> {
    if !desktop::has_desktop() {
        bail!(text(language, "tray-no-desktop", &[]));
    }
    only_one(&paths.state)
}

fn alone(paths: Paths, start: Start, language: Language) -> Result<ExitCode> {
    let endpoint = Endpoint::of_this_user().context("the system does not say who this user is")?;
    let (events, inbox) = mpsc::channel();
    let reach = Reach { paths, endpoint, events };
    watch(&reach)?;
    let tray = Tray::new(language, start);
    platform::with_panel(tray.view().clone(), reach.events.clone(), move |panel| serve(tray, panel, reach, inbox));
    info!("the tray has ended");
    Ok(ExitCode::SUCCESS)
}

fn serve(mut tray: Tray, panel: Panel, reach: Reach, inbox: Receiver<Event>) {
    let notifier = Notifier::new(reach.events.clone());
    reach.clone().start_agent();
    let hands = Hands { reach, panel, notifier };
    'running: for event in inbox {
        for effect in tray.handle(event, Instant::now()) {
            if effect == Effect::End {
                break 'running;
            }
            hands.carry_out(effect);
        }
    }
    hands.notifier.close();
    hands.panel.close();
}

fn only_one(state: &Path) -> Result<Option<File>> {
    fs::create_dir_all(state).with_context(|| state.display().to_string())?;
    let path = state.join(LOCK);
    let lock = File::create(&path).with_context(|| path.display().to_string())?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| path.display().to_string()),
    }
}

/// Whoever starts the tray once more wants to see it.
fn second(start: Start, language: Language) -> Result<ExitCode> {
    match start {
        Start::ByHand => window::open(None, || ()).with_context(|| text(language, "tray-no-window", &[]))?,
        Start::AtLogin => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// Has the agent's changes and the system's wish to end come in as events.
fn watch(reach: &Reach) -> Result<()> {
    let events = reach.events.clone();
    // Before the agent takes note of the same signals: it passes them on.
    ctrlc::set_handler(move || {
        if events.send(Event::Terminated).is_err() {
            warn!("ending already");
        }
    })
    .context("no signals")?;
    let (endpoint, events) = (reach.endpoint.clone(), reach.events.clone());
    thread::spawn(move || {
        desktop::follow(&endpoint, |report| {
            let event = match report {
                Report::Changed(snapshot) => Event::Changed(snapshot),
                Report::Lost => Event::Lost,
            };
            if events.send(event).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    });
    Ok(())
}
