//! A Chromium for the tests, and the driver that wasm-bindgen's tests reach it through.

use std::env;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use super::{Tools, announce};
use crate::process;

const BROWSERS: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];
const DRIVERS: [&str; 2] = ["chromedriver", "chromium.chromedriver"];
const DEBIAN_PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-liberation"];
const ADVICE: &str = "install Chrome or Chromium and the chromedriver of the same version (Debian: `sudo apt-get install \
    chromium chromium-driver`), or name them in CHROME_PATH and CHROMEDRIVER";

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
        install(tools)?;
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
        browser: named("CHROME_PATH").or_else(|| BROWSERS.iter().find_map(|name| on_path(name)))?,
        driver: named("CHROMEDRIVER").or_else(|| DRIVERS.iter().find_map(|name| on_path(name)))?,
    })
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
}

fn on_path(program: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    let program = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&folders)
        .map(|folder| folder.join(&program))
        .find(|path| path.is_file())
}

fn install(tools: &Tools) -> Result<()> {
    let Some(prefix) = administrator(tools) else {
        bail!("there is no browser to test in: {ADVICE}");
    };
    announce(
        "Chromium and its driver",
        "the page is tested in a real browser",
        "1 minute",
    );
    let apt_get = |arguments: &[&str]| -> Result<()> {
        let mut words = prefix
            .iter()
            .chain(&["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        let mut command = tools.command(words.next().copied().unwrap_or("env"))?;
        process::run(command.args(words).args(arguments))
    };
    apt_get(&["update"])
        .and_then(|()| {
            apt_get(
                &[
                    &["install", "--yes", "--no-install-recommends"][..],
                    &DEBIAN_PACKAGES,
                ]
                .concat(),
            )
        })
        .with_context(|| format!("there is no browser to test in: {ADVICE}"))
}

/// What to put before `apt-get`, where it is there and can be used.
fn administrator(tools: &Tools) -> Option<&'static [&'static str]> {
    on_path("apt-get")?;
    let user = process::output_of(tools.command("id").ok()?.arg("-u")).ok()?;
    if user.trim() == "0" {
        return Some(&[]);
    }
    let without_password =
        process::output_of(tools.command("sudo").ok()?.args(["-n", "true"])).is_ok();
    let can_ask = on_path("sudo").is_some() && std::io::stdin().is_terminal();
    (without_password || can_ask).then_some(&["sudo"])
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
