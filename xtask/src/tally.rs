//! Counting tests from what their runners report.

use std::ops::AddAssign;

use anyhow::{Context, Result};
use serde_json::Value;

/// How many tests ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// They did what they should.
    pub passed: u64,
    /// They did not, or could not be run.
    pub failed: u64,
    /// They were not asked to run.
    pub skipped: u64,
}

impl Tally {
    /// Adds what a line of a Rust test runner says, if it is a summary such as
    /// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured`.
    pub fn add_line(&mut self, line: &str) {
        let Some(summary) = line.trim_start().strip_prefix("test result: ") else {
            return;
        };
        let count = |what: &str| -> u64 {
            let mut counts = summary.split(['.', ';']).map(str::trim);
            let found = counts.find_map(|part| part.strip_suffix(what));
            found
                .and_then(|number| number.trim().parse().ok())
                .unwrap_or(0)
        };
        *self += Self {
            passed: count(" passed"),
            failed: count(" failed"),
            skipped: count(" ignored"),
        };
    }

    /// Reads the report that Playwright writes as JSON.
    pub fn of_playwright(report: &[u8]) -> Result<Self> {
        let report: Value = serde_json::from_slice(report)
            .context("Playwright's report is no JSON; run the tests again")?;
        let stats = &report["stats"];
        let count = |name: &str| {
            let number = stats[name].as_u64();
            number.with_context(|| format!("Playwright's report does not say how many tests were {name}; run the tests again"))
        };
        Ok(Self {
            passed: count("expected")? + count("flaky")?,
            failed: count("unexpected")?,
            skipped: count("skipped")?,
        })
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_of_rust_tests_are_added_up() {
        let mut tally = Tally::default();
        tally.add_line("running 5 tests");
        tally.add_line("test result: ok. 4 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s");
        tally.add_line("test result: FAILED. 12 passed; 2 failed; 0 ignored; 0 filtered out");
        let expected = Tally {
            passed: 16,
            failed: 2,
            skipped: 1,
        };
        assert_eq!(tally, expected);
    }

    #[test]
    fn a_report_of_playwright_is_counted() {
        let report = r#"{"stats": {"expected": 3, "skipped": 1, "unexpected": 2, "flaky": 0}}"#;
        let expected = Tally {
            passed: 3,
            failed: 2,
            skipped: 1,
        };
        assert_eq!(
            Tally::of_playwright(report.as_bytes()).expect("a report"),
            expected
        );
        assert!(Tally::of_playwright(b"{}").is_err());
        assert!(Tally::of_playwright(b"").is_err());
    }
}
