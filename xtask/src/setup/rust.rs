//! The compiler's wasm target, and what runs tests that are built for it.

use std::path::Path;

use anyhow::{Context, Result};

use super::{Tools, announce};
use crate::project::Project;
use crate::{files, process};

const WASM_TARGET: &str = "wasm32-unknown-unknown";
const TEST_RUNNER: &str = "wasm-bindgen-test-runner";

/// How to build a tool in a fraction of the time that its own release profile takes.
const QUICK_RELEASE_PROFILE: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "64"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
];

pub fn ensure_wasm_target(tools: &Tools) -> Result<()> {
    let sysroot = process::output_of(tools.command("rustc")?.args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim())
        .join("lib/rustlib")
        .join(WASM_TARGET)
        .exists()
    {
        return Ok(());
    }
    announce(WASM_TARGET, "the standard library for browsers", "seconds");
    process::run(
        tools
            .command("rustup")?
            .args(["target", "add", WASM_TARGET]),
    )
    .with_context(|| format!("the target is missing; run `rustup target add {WASM_TARGET}`"))
}

pub fn ensure_test_runner(project: &Project, tools: &Tools) -> Result<()> {
    let lock_file = files::read_text(&project.root.join("Cargo.lock"))?;
    let version = locked_version(&lock_file, "wasm-bindgen")
        .context("Cargo.lock has no wasm-bindgen; restore the file")?;
    if tools.has(TEST_RUNNER, version) {
        return Ok(());
    }
    announce(
        &format!("{TEST_RUNNER} {version}"),
        "it runs tests in a Web Worker",
        "2 to 5 minutes",
    );
    cargo_install(tools, "wasm-bindgen-cli", version)
}

/// Tools are installed without their default features: those only add downloads over TLS, which we never ask for.
pub fn cargo_install(tools: &Tools, package: &str, version: &str) -> Result<()> {
    let install = |lock: &[&str]| -> Result<()> {
        let mut cargo = tools.command("cargo")?;
        cargo.args([
            "install",
            package,
            "--version",
            version,
            "--no-default-features",
            "--root",
        ]);
        cargo.arg(&tools.cargo).args(lock);
        cargo
            .envs(QUICK_RELEASE_PROFILE)
            .env_remove("CARGO_TARGET_DIR");
        process::run(&mut cargo)
    };
    if install(&["--locked"]).is_ok() {
        return Ok(());
    }
    println!(
        "Its own lock file cannot be followed here; trying with the versions that the registry has"
    );
    install(&[]).with_context(|| {
        let root = tools.cargo.display();
        format!(
            "{package} is missing; run `cargo install {package} --version {version} --root {root}`"
        )
    })
}

/// The version of a package in the text of a `Cargo.lock`.
fn locked_version<'a>(lock_file: &'a str, package: &str) -> Option<&'a str> {
    let name_line = format!("name = \"{package}\"");
    let mut lines = lock_file.lines().skip_while(|line| *line != name_line);
    lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_the_one_of_exactly_that_package() {
        let lock_file = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n\
            [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock_file, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock_file, "wasm"), None);
    }
}
