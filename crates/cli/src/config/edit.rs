use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::{env, mem};

use agent::{ConfigError, Effective, StartError};
use tempfile::TempPath;

use super::paths;
use crate::exit::{self, Failed};
use crate::out::Out;
use crate::platform;

/// What an empty configuration begins with.
const NEW: &str = "version = 1\n";

/// Opens a copy in the person's editor; once it is right, it takes the file's place.
pub(crate) fn edit(out: &mut Out) -> Result<(), Failed> {
    if !out.may_ask() {
        return Err(said("config-edit-nobody", &[], exit::USAGE));
    }
    let path = paths()?.config_file();
    let before = read(&path)?;
    let mut copy = Copy::of(&path, before.as_deref().unwrap_or(NEW))?;
    loop {
        copy.open_in_editor()?;
        let typed = fs::read_to_string(&copy.path)?;
        if before.as_deref() == Some(&*typed) {
            out.say("config-edit-unchanged", &[]);
            return Ok(());
        }
        let Err(error) = Effective::of(&path, &typed) else { return copy.take_its_place(&path, before, &typed, out) };
        tell(error, out);
        if out.ask("config-edit-again")? != Some(true) {
            return Err(copy.keep("config-edit-kept"));
        }
    }
}

fn tell(error: ConfigError, out: &mut Out) {
    out.words(&error.sentence(out.language));
}

fn read(path: &Path) -> Result<Option<String>, Failed> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(StartError::from(ConfigError::Io { path: path.to_owned(), cause }).into()),
    }
}

/// The file that is typed in, beside the other. It goes only when nothing would be lost with it.
struct Copy {
    path: PathBuf,
    goes: Option<TempPath>,
}

impl Copy {
    fn of(path: &Path, text: &str) -> io::Result<Self> {
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().prefix("config-edit-").suffix(".toml").tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        let goes = file.into_temp_path();
        Ok(Self { path: goes.to_path_buf(), goes: Some(goes) })
    }

    fn open_in_editor(&mut self) -> Result<(), Failed> {
        let editor = editor();
        let shown = editor.to_string_lossy().into_owned();
        match platform::with_arguments(&editor, &self.path).status() {
            Ok(status) if status.success() => Ok(()),
            Ok(_) | Err(_) => {
                let Failed::Said { id, mut args, code } = self.keep("config-edit-no-editor") else { return Ok(()) };
                args.push(("editor", shown));
                Err(Failed::Said { id, args, code })
            }
        }
    }

    fn take_its_place(mut self, path: &Path, before: Option<String>, typed: &str, out: &mut Out) -> Result<(), Failed> {
        // `signet accounts add`, say, in another window.
        if read(path)? != before {
            return Err(self.keep("config-edit-overtaken"));
        }
        if let Err(error) = agent::replace_config(path, typed.as_bytes()) {
            let kept = self.keep("config-edit-kept");
            out.words(&error.to_string());
            return Err(kept);
        }
        out.say("config-edit-done", &[("path", &path.display().to_string())]);
        Ok(())
    }

    /// From now on it stays, and this says where.
    fn keep(&mut self, id: &'static str) -> Failed {
        // A path that is forgotten is not removed.
        self.goes.take().into_iter().for_each(mem::forget);
        said(id, &[("copy", self.path.display().to_string())], exit::ADMIN_OR_CONFIGURATION)
    }
}

fn said(id: &'static str, args: &[(&'static str, String)], code: u8) -> Failed {
    Failed::Said { id, args: args.to_vec(), code }
}

fn editor() -> OsString {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(env::var_os).find(|editor| !editor.is_empty());
    named.unwrap_or_else(|| platform::EDITOR.into())
}
