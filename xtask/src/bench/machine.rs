//! What the figures were measured on.

use std::process::Command;
use std::thread;

use anyhow::Result;
use serde_json::{Value, json};

use crate::process;
use crate::setup::Browser;

/// Processor, cores and browser.
pub fn describe(browser: &Browser) -> Result<Value> {
    let version = process::output_of(Command::new(&browser.browser).arg("--version"))?;
    Ok(json!({
        "processor": processor(),
        "cores": thread::available_parallelism().map_or(1, usize::from),
        "system": std::env::consts::OS,
        "browser": version.trim(),
    }))
}

/// As Linux tells it; elsewhere the architecture.
fn processor() -> String {
    let known = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    model_in(&known).map_or_else(|| std::env::consts::ARCH.to_owned(), ToOwned::to_owned)
}

fn model_in(cpuinfo: &str) -> Option<&str> {
    let mut lines = cpuinfo.lines();
    let line = lines.find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_is_found_among_the_rest() {
        let cpuinfo = "processor\t: 0\nmodel name\t: AMD EPYC\ncache size\t: 512 KB\n";
        assert_eq!(model_in(cpuinfo), Some("AMD EPYC"));
        assert_eq!(model_in("Hardware : BCM2835"), None);
    }
}
