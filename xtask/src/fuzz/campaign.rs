//! One reader against many inputs.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::mutator::Mutator;
use super::parsers::Parser;
use super::proc;
use super::watch::Watch;
use crate::files;

/// No input may take longer.
const MOST_TIME: Duration = Duration::from_secs(1);
/// A machine that is busy with something else gets more tries; the fastest counts, without the time of others.
const N_TRIES: usize = 4;

/// The process may never have held more.
const MOST_MEGABYTES: u64 = 512;
/// Reading the peak takes longer than most inputs, so that it is read once in a while and after slow ones.
const MEMORY_EVERY: usize = 1_024;
const SLOW: Duration = Duration::from_millis(20);

/// Inputs with an outcome that was new are damaged further, up to so many of them and of this size.
const LARGEST_CORPUS: usize = 500;
const LARGEST_KEPT_BYTES: usize = 2_048;

/// What a campaign has seen.
#[derive(Debug, Default)]
pub struct Report {
    pub n_inputs: usize,
    pub n_bytes: usize,
    /// Kinds of outcomes, errors and successes.
    pub n_outcomes: usize,
    pub elapsed: Duration,
    pub slowest: Duration,
    /// `None` where the system does not say.
    pub peak_megabytes: Option<u64>,
}

/// Reads `n_inputs` inputs; fails on the first that breaks a promise, after saving it in `folder`.
pub fn run(parser: &Parser, n_inputs: usize, seed: u64, folder: &Path) -> Result<Report> {
    let mut mutator = Mutator::new(seed);
    let mut corpus = (parser.samples)();
    let mut outcomes = HashSet::new();
    let mut report = Report::default();
    let start = Instant::now();
    let watch = Watch::start(folder.join(format!("{}-hanging.bin", parser.name)));
    for input_idx in 0..n_inputs {
        let damaged = if input_idx < corpus.len() {
            corpus[input_idx].clone()
        } else {
            mutator.next(&corpus)
        };
        let input = (parser.wrap)(damaged.clone(), &mut mutator);
        watch.note(&input);
        let broken = match read(parser, &input) {
            Ok((outcome, taken)) => {
                report.slowest = report.slowest.max(taken);
                if outcomes.insert(outcome)
                    && corpus.len() < LARGEST_CORPUS
                    && damaged.len() <= LARGEST_KEPT_BYTES
                {
                    corpus.push(damaged);
                }
                let is_due = taken > SLOW || input_idx.is_multiple_of(MEMORY_EVERY);
                broken_limit(taken, if is_due { proc::peak_megabytes() } else { None })
            }
            Err(panic) => Some(panic),
        };
        if let Some(broken) = broken {
            let path = folder.join(format!("{}-{seed}-{input_idx}.bin", parser.name));
            files::write(&path, &input)?;
            bail!(
                "{}: input {input_idx} of seed {seed} {broken}; it is kept in {}",
                parser.name,
                path.display()
            );
        }
        report.n_inputs += 1;
        report.n_bytes += input.len();
        if n_inputs >= 10 && (input_idx + 1).is_multiple_of(n_inputs / 10) {
            eprintln!("  {}: {} of {n_inputs} inputs", parser.name, input_idx + 1);
        }
    }
    report.n_outcomes = outcomes.len();
    report.elapsed = start.elapsed();
    report.peak_megabytes = proc::peak_megabytes();
    Ok(report)
}

/// What came of an input and how long it took; `Err` says with what words it panicked.
fn read(parser: &Parser, input: &[u8]) -> Result<(String, Duration), String> {
    let attempt = |now: fn() -> Option<Duration>| {
        let (start, start_of_own) = (Instant::now(), now());
        let outcome = catch_unwind(AssertUnwindSafe(|| (parser.read)(input)));
        let own = now()
            .zip(start_of_own)
            .map(|(end, start)| end.saturating_sub(start));
        outcome
            .map(|outcome| (outcome, own.unwrap_or_else(|| start.elapsed())))
            .map_err(|_| "panicked".to_owned())
    };
    let mut fastest = attempt(|| None)?;
    for _ in 1..N_TRIES {
        if fastest.1 <= MOST_TIME {
            break;
        }
        let again = attempt(proc::own_time)?;
        if again.1 < fastest.1 {
            fastest = again;
        }
    }
    Ok(fastest)
}

fn broken_limit(taken: Duration, peak_megabytes: Option<u64>) -> Option<String> {
    if taken > MOST_TIME {
        return Some(format!("took {:.1} s", taken.as_secs_f64()));
    }
    let peak = peak_megabytes.filter(|&peak| peak > MOST_MEGABYTES)?;
    Some(format!("took the process to {peak} MB"))
}

#[cfg(test)]
mod tests {
    use std::env::temp_dir;

    use super::super::parsers::PARSERS;
    use super::*;

    #[test]
    fn no_reader_of_foreign_bytes_breaks_a_promise() {
        for parser in &PARSERS {
            // Each of these opens a page.
            let is_slow = matches!(parser.name, "lesson" | "link" | "model" | "model-file");
            let n_inputs = if is_slow { 2_000 } else { 10_000 };
            let report = run(parser, n_inputs, 11, &temp_dir().join("bottleneck-fuzz"));
            let report = report.unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(report.n_inputs, n_inputs);
            assert!(report.n_outcomes >= 2, "{}: {report:?}", parser.name);
        }
    }

    #[test]
    fn a_broken_promise_is_reported_with_the_input() {
        let careless = Parser {
            name: "careless",
            samples: || vec![b"abc".to_vec()],
            wrap: |bytes, _| bytes,
            read: |bytes| {
                assert!(bytes.starts_with(b"a"), "careless");
                String::new()
            },
        };
        let folder = temp_dir().join("bottleneck-fuzz");
        let error = run(&careless, 1_000, 3, &folder).expect_err("it is careless");
        let error = error.to_string();
        let path = error.split("kept in ").nth(1).expect("a path");
        let input = std::fs::read(path).expect("the input was kept");
        assert!(
            error.contains("panicked") && !input.starts_with(b"a"),
            "{error}"
        );
    }
}
