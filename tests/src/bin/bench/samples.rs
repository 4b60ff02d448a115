//! Durations and what is told of them.

use std::time::Duration;

use serde_json::{Value, json};

/// Durations in nanoseconds, sorted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Samples(Vec<u64>);

impl Samples {
    pub(crate) fn of(rounds: impl IntoIterator<Item = Vec<u64>>) -> Self {
        let mut all: Vec<u64> = rounds.into_iter().flatten().collect();
        all.sort_unstable();
        Self(all)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The duration that so many of a thousand do not exceed.
    pub(crate) fn quantile(&self, of_a_thousand: usize) -> Duration {
        let last = self.0.len().saturating_sub(1);
        Duration::from_nanos(self.0.get(last * of_a_thousand / 1_000).copied().unwrap_or_default())
    }

    pub(crate) fn p50(&self) -> Duration {
        self.quantile(500)
    }

    pub(crate) fn json(&self) -> Value {
        let micros = |of_a_thousand| self.quantile(of_a_thousand).as_secs_f64() * 1e6;
        json!({
            "samples": self.len(),
            "p50_us": micros(500),
            "p90_us": micros(900),
            "p99_us": micros(990),
            "min_us": micros(0),
            "max_us": micros(1_000),
        })
    }
}

pub(crate) fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}
