//! A Chromium for the tests, and the driver that wasm-bindgen's tests reach it through.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::Tools;
use super::system::{Packages, find_program};
use crate::process;

const BROWSERS: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];
const DRIVERS: [&str; 2] = ["chromedriver", "chromium.chromedriver"];
const ADVICE: &str = "install Chrome or Chromium and the chromedriver of the same version (Debian: `sudo apt-get install \
    chromium chromium-driver`), or name them in CHROME_PATH and CHROMEDRIVER";
const PACKAGES: Packages = Packages {
    title: "Chromium and its driver",
    reason: "the page is tested in a real browser",
    duration: "1 minute",
    names: &["chromium", "chromium-driver", "fonts-liberation"],
    advice: ADVICE,
};

/// The browser that tests run in.
pub struct Browser {
    /// Chromium or Chrome.
    pub browser: PathBuf,
    /// Its chromedriver.
    pub driver: PathBuf,
}

/// Finds a browser and its driver, and installs them where the system's packages can be installed.
pub fn ensure(tools: &Tools) -> Result<Browser> {
    if find().is_none() {
        PACKAGES.install(tools)?;
    }
    let found = find().with_context(|| format!("there is no browser to test in: {ADVICE}"))?;
    let browser_version = major_version(&found.browser)?;
    let driver_version = major_version(&found.driver)?;
    ensure!(
        browser_version == driver_version,
        "{} has version {browser_version} but {} has {driver_version}: {ADVICE}",
        found.browser.display(),
        found.driver.display()
    );
    Ok(found)
}

fn find() -> Option<Browser> {
    Some(Browser {
        browser: find_program("CHROME_PATH", &BROWSERS)?,
        driver: find_program("CHROMEDRIVER", &DRIVERS)?,
    })
}

fn major_version(program: &Path) -> Result<u32> {
    let printed = process::output_of(Command::new(program).arg("--version"))?;
    first_number(&printed)
        .with_context(|| format!("{} does not tell its version: {ADVICE}", program.display()))
}

/// The number before the first dot in "Chromium 156.0.8078.79 built on Debian".
fn first_number(printed: &str) -> Option<u32> {
    let words = printed.split_whitespace();
    words
        .filter_map(|word| word.split_once('.'))
        .find_map(|(number, _)| number.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_browser_and_driver_are_read_alike() {
        assert_eq!(
            first_number("Chromium 156.0.8078.79 built on Debian GNU/Linux 12"),
            Some(156)
        );
        assert_eq!(
            first_number("ChromeDriver 156.0.8078.79 (a21ce95c24ce3964416f)"),
            Some(156)
        );
        assert_eq!(first_number("no version here"), None);
    }
}
