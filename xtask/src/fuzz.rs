//! Feeds the parsers what nobody thought of. cargo-fuzz wants a nightly compiler for its flags; the stable one takes them too
//! with `RUSTC_BOOTSTRAP`, and so the same Rust is fuzzed that is shipped.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::Misused;
use crate::kit::{self, Kit};
use crate::say;
use crate::setup;

/// A first look; what is rare takes hours.
const SECONDS: u32 = 60;
const OUTPUT: &str = "target/fuzz";

#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    target: Option<String>,
    seconds: u32,
}

pub(crate) fn run(kit: &mut Kit, args: &[String]) -> Result<()> {
    let Wanted { target, seconds } = parse(args)?;
    let all = targets(kit)?;
    let chosen: Vec<_> = all.iter().filter(|name| target.as_ref().is_none_or(|target| *name == target)).collect();
    if chosen.is_empty() {
        return Err(Misused(format!("there is nothing of that name to fuzz: {}", all.join(", "))).into());
    }
    if !setup::for_fuzz(kit)? {
        bail!("fuzzing takes a C++ compiler, which is not installed");
    }
    for name in chosen {
        fuzz(kit, name, seconds)?;
    }
    Ok(())
}

/// Each one in turn, and the lints that see what only the fuzzer compiles.
pub(crate) fn every(kit: &Kit, seconds: u32) -> Result<()> {
    let mut clippy =
        kit.cargo(["clippy", "--package", "signet-fuzz", "--features", "libfuzzer", "--target-dir", OUTPUT]);
    kit::run(clippy.env("RUSTFLAGS", "--cfg fuzzing").args(["--", "-D", "warnings"]))?;
    targets(kit)?.iter().try_for_each(|name| fuzz(kit, name, seconds))
}

fn parse(args: &[String]) -> Result<Wanted> {
    let mut wanted = Wanted { target: None, seconds: SECONDS };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--seconds" => {
                let seconds = args.next().and_then(|seconds| seconds.parse().ok()).filter(|seconds| *seconds > 0);
                wanted.seconds = seconds.ok_or_else(|| Misused("--seconds takes a number".to_owned()))?;
            }
            option if option.starts_with('-') => return Err(Misused(format!("fuzz has no option {option}")).into()),
            target if wanted.target.is_none() => wanted.target = Some(target.to_owned()),
            _ => return Err(Misused("fuzz takes one target".to_owned()).into()),
        }
    }
    Ok(wanted)
}

fn targets(kit: &Kit) -> Result<Vec<String>> {
    let files = fs::read_dir(kit.root.join("fuzz/targets")).context("no fuzz/targets")?;
    let names = files.map(|file| Ok(file?.path().file_stem().unwrap_or_default().to_string_lossy().into_owned()));
    let mut names = names.collect::<Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}

/// What is found new stays in `target`; the committed corpus is only read.
fn fuzz(kit: &Kit, name: &str, seconds: u32) -> Result<()> {
    let found = format!("{OUTPUT}/corpus/{name}");
    fs::create_dir_all(kit.root.join(&found)).with_context(|| found.clone())?;
    kit::run(cargo_fuzz(kit, "build").arg(name))?;
    let mut fuzz = cargo_fuzz(kit, "run");
    fuzz.args([name, &*found, &format!("fuzz/corpus/{name}"), "--", "-timeout=10", "-print_final_stats=1"]);
    fuzz.arg(format!("-max_total_time={seconds}"));
    let output = kit::output(&mut fuzz)?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        say::error(&said);
    }
    kit::succeeded(&fuzz, output.status)?;
    say::line(&format!("fuzz {name}: {}", summary(&said)));
    Ok(())
}

fn cargo_fuzz(kit: &Kit, order: &str) -> Command {
    let mut cargo = kit.cargo(["fuzz", order, "--fuzz-dir", "fuzz", "--target-dir", OUTPUT, "--features", "libfuzzer"]);
    // The profile of what is shipped takes minutes to link each of them.
    cargo.env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    cargo.env("RUSTC_BOOTSTRAP", "1").env("CARGO_PROFILE_RELEASE_STRIP", "none");
    cargo
}

/// From libFuzzer's closing lines.
fn summary(said: &str) -> String {
    let after = |mark: &str| said.rsplit_once(mark).and_then(|(_, rest)| rest.split_whitespace().next()).unwrap_or("?");
    format!("{} runs, {} edges covered", after("stat::number_of_executed_units:"), after(" cov: "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_and_a_time_may_be_given() {
        let parsed = |args: &[&str]| parse(&args.iter().map(|&arg| arg.to_owned()).collect::<Vec<_>>());
        let want = Wanted { target: Some("config".into()), seconds: 5 };
        assert_eq!(parsed(&["config", "--seconds", "5"]).unwrap(), want);
        assert_eq!(parsed(&[]).unwrap(), Wanted { target: None, seconds: SECONDS });
        for wrong in [&["--seconds"][..], &["--seconds", "0"], &["--fast"], &["one", "two"]] {
            assert!(parsed(wrong).is_err_and(|error| error.is::<Misused>()), "{wrong:?}");
        }
    }

    #[test]
    fn runs_and_coverage_are_told() {
        let said =
            "#9\tNEW    cov: 1 ft: 2\n#59\tDONE   cov: 44 ft: 98 corp: 7/6b\nstat::number_of_executed_units: 59\n";
        assert_eq!(summary(said), "59 runs, 44 edges covered");
    }
}
