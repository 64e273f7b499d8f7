//! The dependencies against `deny.toml`: licences, origins, versions, and what is known against them.

use std::env;

use anyhow::{Context, Result};

use crate::process;
use crate::project::Project;
use crate::setup::Tools;

/// Licences, origins and second versions: all that `Cargo.lock` and the packages themselves say.
pub fn check(project: &Project, tools: &Tools) -> Result<()> {
    deny(project, tools, &["check", "--hide-inclusion-graph", "bans", "licenses", "sources"]).context(
        "a dependency is not as deny.toml asks; choose another, or write into deny.toml why this one may stay",
    )
}

/// Known faults. The list of them is a repository on GitHub: where it cannot be had, nothing can be said, and only
/// GitHub's own machines take that for a failure.
pub fn check_advisories(project: &Project, tools: &Tools) -> Result<()> {
    println!("Fetching the list of known faults from github.com/RustSec/advisory-db");
    if let Err(error) = deny(project, tools, &["fetch", "db"]) {
        if env::var_os("GITHUB_ACTIONS").is_some() {
            return Err(
                error.context("the list of known faults could not be fetched; run this again")
            );
        }
        println!(
            "Skipped: the list of known faults cannot be had from here; GitHub's checks read it"
        );
        return Ok(());
    }
    deny(
        project,
        tools,
        &["check", "--hide-inclusion-graph", "advisories"],
    )
    .context("something is known against a dependency; take a version without it")
}

fn deny(project: &Project, tools: &Tools, arguments: &[&str]) -> Result<()> {
    let mut deny = tools.command("cargo-deny")?;
    deny.args(["--workspace", "--locked", "--config", "deny.toml"]);
    process::run(deny.args(arguments).current_dir(&project.root))
}
