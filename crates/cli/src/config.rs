mod edit;

use std::path::Path;

use agent::{ConfigError, Effective, Mistake, Paths, StartError};
use serde_json::{Value, json};

pub(crate) use self::edit::edit;
use crate::exit::{self, Failed};
use crate::out::Out;

/// Says whether the file is right, or every mistake in it.
pub(crate) fn check(out: &mut Out) -> Result<(), Failed> {
    let path = paths()?.config_file();
    let shown = path.display().to_string();
    match Effective::read(&path) {
        Ok(_) if out.json => out.json(&json!({ "path": shown, "fine": true, "mistakes": [] })),
        Ok(_) => {
            let id = if path.exists() { "config-fine" } else { "config-none" };
            let line = texts::text(out.language, id, &[("path", &shown)]);
            out.result(&line)
        }
        Err(ConfigError::Content { path, mistakes }) => {
            tell(&path, &mistakes, out)?;
            Err(Failed::Told(exit::ADMIN_OR_CONFIGURATION))
        }
        Err(error @ (ConfigError::Io { .. } | ConfigError::Policy(_))) => Err(StartError::from(error).into()),
    }
}

fn tell(path: &Path, mistakes: &[Mistake], out: &mut Out) -> Result<(), Failed> {
    if out.json {
        let mistakes: Vec<_> = mistakes.iter().map(|mistake| as_json(mistake, out)).collect();
        return out.json(&json!({ "path": path.display().to_string(), "fine": false, "mistakes": mistakes }));
    }
    mistakes.iter().try_for_each(|mistake| {
        let line = mistake.sentence(out.language, path);
        out.result(&line)
    })
}

fn as_json(mistake: &Mistake, out: &Out) -> Value {
    json!({
        "line": mistake.line,
        "column": mistake.column,
        "id": mistake.said.id,
        "args": mistake.said.args,
        "message": agent::told(out.language, &mistake.said),
    })
}

/// Prints the settings that hold.
pub(crate) fn show(out: &mut Out) -> Result<(), Failed> {
    let effective = Effective::read(&paths()?.config_file()).map_err(StartError::from)?;
    if out.json {
        return out.json(&json!(effective));
    }
    let toml = effective.to_toml().map_err(StartError::from)?;
    out.result(toml.trim_end())
}

/// Prints where the file is, or would be.
pub(crate) fn path(out: &mut Out) -> Result<(), Failed> {
    let path = paths()?.config_file().display().to_string();
    if out.json { out.json(&json!({ "path": path })) } else { out.result(&path) }
}

fn paths() -> Result<Paths, Failed> {
    Ok(Paths::of_this_user().map_err(StartError::from)?)
}
