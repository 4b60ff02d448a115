use clap::ArgMatches;
use clap_complete::Shell;

use crate::exit::Failed;
use crate::out::Out;
use crate::{command, given};

pub(crate) fn completions(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let shell = match given(args, "shell") {
        "zsh" => Shell::Zsh,
        "fish" => Shell::Fish,
        "powershell" => Shell::PowerShell,
        _ => Shell::Bash,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command::offered(out.language), "signet", &mut script);
    out.result(String::from_utf8_lossy(&script).trim_end())
}
