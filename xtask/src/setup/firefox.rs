//! A Firefox, in which the core of the end-to-end tests runs too.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::Tools;
use super::system::{Packages, find_program};

const ADVICE: &str =
    "install Firefox (Debian: `sudo apt-get install firefox-esr`), or name it in FIREFOX_PATH";
const PACKAGES: Packages = Packages {
    title: "Firefox",
    reason: "the page is tested in a second browser",
    duration: "1 minute",
    names: &["firefox-esr"],
    advice: ADVICE,
};

/// Finds Firefox, and installs it where the system's packages can be installed.
pub fn ensure(tools: &Tools) -> Result<PathBuf> {
    if find().is_none() {
        PACKAGES.install(tools)?;
    }
    find().with_context(|| format!("there is no second browser to test in: {ADVICE}"))
}

fn find() -> Option<PathBuf> {
    find_program("FIREFOX_PATH", &["firefox-esr", "firefox"])
}
