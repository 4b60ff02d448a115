//! The command that is run when accounts need somebody: for machines that nobody sits in front of.

use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::thread;

use texts::{Language, text};
use tracing::warn;

/// Runs it, if there is one, with the reminder's words on its standard input; it is not waited for.
pub(crate) fn run(command: &[String], accounts: &[String], language: Language) {
    let [program, args @ ..] = command else { return };
    let names = accounts.join(", ");
    let words = text(language, "notice-reminder", &[("count", &accounts.len().to_string()), ("accounts", &names)]);
    let (program, args) = (program.clone(), args.to_vec());
    let started = thread::Builder::new().name("reminder".into()).spawn(move || {
        let ended = tell(&program, &args, &words);
        if let Err(error) = ended {
            warn!(program, %error, "the reminder's command failed");
        }
    });
    if let Err(error) = started {
        warn!(%error, "no thread for the reminder's command");
    }
}

fn tell(program: &str, args: &[String], words: &str) -> io::Result<()> {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    let told = child.stdin.take().map_or(Ok(()), |mut stdin| writeln!(stdin, "{words}"));
    let status = child.wait()?;
    if !status.success() {
        return Err(io::Error::other(status.to_string()));
    }
    // One that does not read its input has no need of the words.
    told.or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}
