//! What the figures should be at least.

use super::part::{Part, Series};

/// How a series is held to its budget.
#[derive(Clone, Copy)]
enum Limit {
    /// Ours divided by theirs, by the medians.
    Ratio(f64),
    /// 95 % of the samples.
    Percentile95(f64),
    /// The last sample against the first one.
    Growth(f64),
    /// Every sample.
    Most(f64),
}

struct Budget {
    part: &'static str,
    /// What the name of the series starts with.
    series: &'static str,
    limit: Limit,
}

const BUDGETS: [Budget; 11] = [
    Budget {
        part: "dense",
        series: "PyTorch",
        limit: Limit::Ratio(1.0 / 5.0),
    },
    Budget {
        part: "dense",
        series: "TensorFlow.js",
        limit: Limit::Ratio(1.0 / 20.0),
    },
    Budget {
        part: "conv",
        series: "PyTorch",
        limit: Limit::Ratio(1.5),
    },
    Budget {
        part: "conv",
        series: "TensorFlow.js cpu",
        limit: Limit::Ratio(1.0 / 80.0),
    },
    // A frame comes every 16 ms: the verdict is there for the next one.
    Budget {
        part: "latency",
        series: "training convolutions",
        limit: Limit::Percentile95(16.0),
    },
    // 55 bytes a step: much less than a loss curve's points and a set of weights take.
    Budget {
        part: "memory",
        series: "",
        limit: Limit::Growth(0.5),
    },
    // What is opened comes and goes; what is kept of it would add up.
    Budget {
        part: "endurance",
        series: "",
        limit: Limit::Growth(3.0),
    },
    // Of a run at most sixty earlier epochs are kept, and a few records more.
    Budget {
        part: "visits",
        series: "records",
        limit: Limit::Most(70.0),
    },
    Budget {
        part: "visits",
        series: "megabytes",
        limit: Limit::Most(5.0),
    },
    // A launch from a browser costs more than the arithmetic of a small layer.
    Budget {
        part: "webgpu",
        series: "dense, launches",
        limit: Limit::Most(30.0),
    },
    Budget {
        part: "webgpu",
        series: "conv, launches",
        limit: Limit::Most(80.0),
    },
];

/// What was wanted, and whether it was reached.
pub struct Outcome {
    /// In words.
    pub budget: String,
    /// Whether the figure is within it.
    pub is_met: bool,
}

/// `None` where there is no budget, no figure, or a quicker way of the same peer to be compared with.
pub fn outcome(part: &Part, series: &Series) -> Option<Outcome> {
    let of_series = |budget: &&Budget| {
        budget.part == part.name
            && series.name.starts_with(budget.series)
            && !series.name.ends_with(", painted")
    };
    let budget = BUDGETS.iter().find(of_series)?;
    let (figure, limit, words) = match budget.limit {
        Limit::Ratio(limit) => {
            let is_best = part.is_best_of_group(series);
            let ratio = part.ratio(series).filter(|_| is_best)?;
            let words = if limit < 1.0 {
                format!("{:.0}× faster", 1.0 / limit)
            } else {
                format!("≤ {limit}×")
            };
            (ratio.of_medians, limit, words)
        }
        Limit::Percentile95(limit) => {
            let words = format!("95 % ≤ {limit} {}", part.unit);
            (series.summary()?.percentile_95(), limit, words)
        }
        Limit::Growth(limit) => {
            let growth = series.samples.last()? - series.samples.first()?;
            (growth, limit, format!("grows ≤ {limit} {}", part.unit))
        }
        Limit::Most(limit) => {
            let most = series.samples.iter().copied().reduce(f64::max)?;
            (most, limit, format!("≤ {limit}"))
        }
    };
    Some(Outcome {
        budget: words,
        is_met: figure <= limit,
    })
}
