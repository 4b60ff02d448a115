//! Signet on a desktop: the person's own, or one where nobody sits and pictures are taken.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use signet_e2e::agent::Seat;

use crate::Language;
use crate::course::{Course, Stage};
use crate::gallery::Gallery;

/// How often the window is looked at while the person takes their time.
const LOOK: Duration = Duration::from_millis(100);
/// What the README shows.
const IN_README: [&str; 4] =
    ["accounts-light-en.png", "mail-server-light-en.png", "menu-en.png", "notification-en.png"];

impl Course {
    pub(crate) fn desktop(&mut self, stage: &mut Stage) -> Result<()> {
        if self.wanted.person { self.own_desktop(stage) } else { self.pictures() }
    }

    fn own_desktop(&mut self, stage: &mut Stage) -> Result<()> {
        let seat = Seat::of_person();
        stage.tray = Some(stage.agent.start_tray(&seat).context("the tray app starts")?);
        let mut window = stage.agent.start_window(&seat, &[]).context("the window opens")?;
        self.words.step("on the desktop", "an icon in the tray, with a menu; and the window");
        if self.wanted.keep {
            stage.window = Some(window);
            return Ok(());
        }
        self.words.more("look around, and close the window to go on");
        while !window.has_ended()? {
            stage.interrupts.pause(LOOK)?;
        }
        Ok(())
    }

    fn pictures(&mut self) -> Result<()> {
        let folder = folder();
        let mut gallery =
            Gallery::set_up(&folder).context("a desktop without a person: panel, notifications, keyring")?;
        let mut count = 0;
        for language in [Language::English, Language::Polish] {
            count += gallery.take(language).context("pictures of the desktop")?;
        }
        self.words.step(
            "on the desktop",
            &format!("{count} pictures of tray, notification and window: {}", folder.display()),
        );
        if self.wanted.docs {
            let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/pictures");
            for name in IN_README {
                fs::copy(folder.join(name), docs.join(name)).with_context(|| docs.display().to_string())?;
            }
            self.words.more("those of the README are in docs/pictures");
        }
        Ok(())
    }
}

/// `target/demo/pictures`.
pub(crate) fn folder() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    program.ancestors().nth(2).unwrap_or(Path::new("target")).join("demo/pictures")
}
