//! Notifications of macOS, by the system's own AppleScript: its notification centre takes buttons only from a program in a signed
//! bundle, so here they are words alone, and cannot be withdrawn. The icon's menu has what is to be pressed.

use std::io;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use tracing::warn;

use super::log;
use crate::event::Event;
use crate::notices::{Change, Notice};

const PROGRAM: &str = "/usr/bin/osascript";
/// What is shown comes as arguments, never as part of the script.
const SCRIPT: &str = "on run argv
display notification (item 2 of argv) with title (item 1 of argv)
end run";

/// Shows on a thread of its own.
pub(crate) struct Notifier {
    notices: Sender<Notice>,
    worker: JoinHandle<()>,
}

impl Notifier {
    pub(crate) fn new(_events: Sender<Event>) -> Self {
        let (notices, asked) = mpsc::channel();
        Self { notices, worker: thread::spawn(move || work(&asked)) }
    }

    pub(crate) fn tell(&self, change: Change) {
        log(&change);
        if let Change::Show(_, notice) = change
            && self.notices.send(notice).is_err()
        {
            warn!("nobody shows notifications any more");
        }
    }

    pub(crate) fn close(self) {
        drop(self.notices);
        if self.worker.join().is_err() {
            warn!("notifications may be missing");
        }
    }
}

fn work(asked: &Receiver<Notice>) {
    for notice in asked {
        if let Err(error) = show(&notice) {
            warn!(%error, "a notification is not shown");
        }
    }
}

fn show(notice: &Notice) -> io::Result<()> {
    let mut command = Command::new(PROGRAM);
    command.args(["-e", SCRIPT, "--", &notice.title, &notice.body]).stdin(Stdio::null()).stdout(Stdio::null());
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(status.to_string())) }
}
