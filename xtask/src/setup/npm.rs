//! What comes from npm: wasm-opt, and the packages of the tests and audits in a browser.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Tools, announce};
use crate::{files, process};

/// Older ones, Debian's among them, corrupt the table that wasm-bindgen keeps JavaScript's objects in.
const BINARYEN_VERSION: &str = "132.0.0";
const WASM_OPT_VERSION: &str = "132";
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

pub fn ensure_wasm_opt(tools: &Tools) -> Result<()> {
    let is_ours = installed_binaryen(tools).as_deref() == Some(BINARYEN_VERSION);
    if is_ours || tools.has("wasm-opt", WASM_OPT_VERSION) {
        return Ok(());
    }
    announce(
        &format!("binaryen {BINARYEN_VERSION}"),
        "its wasm-opt makes the binaries smaller",
        "half a minute",
    );
    files::create_folder(&tools.npm)?;
    let mut npm = tools.command(NPM)?;
    npm.args(["install", "--no-audit", "--no-fund", "--prefix"])
        .arg(&tools.npm);
    process::run(npm.arg(format!("binaryen@{BINARYEN_VERSION}"))).with_context(|| {
        let root = tools.npm.display();
        format!("wasm-opt is missing; install Node.js and run `npm install --prefix {root} binaryen@{BINARYEN_VERSION}`")
    })
}

fn installed_binaryen(tools: &Tools) -> Option<String> {
    let manifest = tools.npm.join("node_modules/binaryen/package.json");
    let manifest: Value = serde_json::from_slice(&std::fs::read(manifest).ok()?).ok()?;
    Some(manifest["version"].as_str()?.to_owned())
}

/// Installs what the lock file of a folder of tests names; `why` completes "they …".
pub fn ensure_packages(folder: &Path, why: &str, tools: &Tools) -> Result<()> {
    let wanted = files::sha256(files::read(&folder.join("package-lock.json"))?);
    let installed = folder.join("node_modules/.installed-lock-sha256");
    if std::fs::read_to_string(&installed).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    announce(
        &format!("the npm packages of {}", folder.display()),
        &format!("they {why}"),
        "half a minute",
    );
    let mut npm = tools.command(NPM)?;
    npm.args(["ci", "--no-audit", "--no-fund"])
        .current_dir(folder);
    process::run(npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")).with_context(|| {
        format!(
            "packages are missing; install Node.js and run `npm ci` in {}",
            folder.display()
        )
    })?;
    files::write(&installed, wanted)
}
