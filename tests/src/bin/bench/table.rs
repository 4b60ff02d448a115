//! What is printed and written down.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use serde_json::Value;

use crate::samples::Samples;

/// One line of the table.
pub(crate) struct Row {
    pub(crate) name: String,
    /// p50, p90, p99, throughput and how many samples, or one figure with its unit.
    pub(crate) figures: [String; 5],
    pub(crate) target: String,
}

impl Row {
    pub(crate) fn of(name: &str, samples: &Samples) -> Self {
        let [p50, p90, p99] = [500, 900, 990].map(|of_a_thousand| short(samples.quantile(of_a_thousand)));
        let figures = [p50, p90, p99, String::new(), samples.len().to_string()];
        Self { name: name.to_owned(), figures, target: String::new() }
    }

    /// A single figure, with a target that is met or missed.
    pub(crate) fn figure(name: &str, figure: String) -> Self {
        let empty = String::new;
        Self { name: name.to_owned(), figures: [figure, empty(), empty(), empty(), empty()], target: empty() }
    }

    #[must_use]
    pub(crate) fn per_second(mut self, per_second: f64) -> Self {
        self.figures[3] = format!("{per_second:.0}");
        self
    }

    #[must_use]
    pub(crate) fn target(mut self, target: &str, is_met: bool) -> Self {
        self.target = format!("{target}: {}", if is_met { "met" } else { "missed" });
        self
    }
}

pub(crate) fn short(duration: Duration) -> String {
    let micros = duration.as_secs_f64() * 1e6;
    if micros < 1_000.0 { format!("{micros:.1} us") } else { format!("{:.2} ms", micros / 1e3) }
}

pub(crate) fn line(text: &str) {
    let mut out = io::stdout().lock();
    // A reader that has gone away is no reason to stop measuring.
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

pub(crate) fn print(rows: &[Row]) {
    let heading = ["p50", "p90", "p99", "per second", "samples"].map(str::to_owned);
    let all = [Row { name: String::new(), figures: heading, target: "target".to_owned() }];
    line("");
    for Row { name, figures: [p50, p90, p99, per_second, samples], target } in all.iter().chain(rows) {
        let cells = format!("{name:46} {p50:>10} {p90:>10} {p99:>10} {per_second:>10} {samples:>8}  {target}");
        line(cells.trim_end());
    }
}

/// `target/bench/NAME.json`.
pub(crate) fn write(name: &str, value: &Value) -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    let directory = program.ancestors().nth(2).unwrap_or(Path::new("target")).join("bench");
    fs::create_dir_all(&directory)?;
    let file = directory.join(format!("{name}.json"));
    fs::write(&file, format!("{value:#}\n"))?;
    Ok(file)
}
