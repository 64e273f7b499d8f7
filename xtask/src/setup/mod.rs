//! What commands need on the machine, installed where it is missing.
//!
//! Tools go to a folder of the project's own and never where the user keeps theirs; a tool that the user
//! already has is used if its version is exactly the right one.

mod browser;
mod deny;
mod firefox;
mod npm;
mod rust;
mod system;

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::build_id::Quality;
use crate::process;
use crate::project::Project;

pub use browser::Browser;

/// Variables that would change what is built from what the project's files say.
const VARIABLES_THAT_CHANGE_BUILDS: [&str; 4] = [
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
    "RUSTFLAGS",
];

/// The folders where our tools are.
pub struct Tools {
    cargo: PathBuf,
    npm: PathBuf,
    python: PathBuf,
}

impl Tools {
    /// Knows where tools are or would be; installs nothing.
    pub fn new(project: &Project) -> Self {
        let root = project.cache.join("tools");
        Self {
            npm: root.join("node"),
            python: root.join("python"),
            cargo: root,
        }
    }

    /// A program that finds our tools before others.
    pub fn command(&self, program: &str) -> Result<Command> {
        let ours = [
            self.cargo.join("bin"),
            self.npm.join("node_modules/.bin"),
            self.python.join("bin"),
        ];
        let others = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(ours.into_iter().chain(env::split_paths(&others)))
            .context("the PATH holds a folder whose name has a colon or a quotation mark; remove it from the PATH")?;
        let mut command = Command::new(program);
        command.env("PATH", path);
        for variable in VARIABLES_THAT_CHANGE_BUILDS {
            command.env_remove(variable);
        }
        Ok(command)
    }

    /// Whether a program is there and its `--version` says exactly this, as a word of its own.
    fn has(&self, program: &str, version: &str) -> bool {
        let Ok(mut command) = self.command(program) else {
            return false;
        };
        let printed = process::output_of(command.arg("--version"));
        printed.is_ok_and(|printed| printed.split_whitespace().any(|word| word == version))
    }
}

/// All that checking the code needs.
pub fn for_linting(project: &Project) -> Result<Tools> {
    let tools = for_compiling(project)?;
    deny::ensure(&tools)?;
    Ok(tools)
}

fn for_compiling(project: &Project) -> Result<Tools> {
    let tools = Tools::new(project);
    rust::ensure_wasm_target(&tools)?;
    Ok(tools)
}

/// All that building the page needs.
pub fn for_building(project: &Project, quality: Quality) -> Result<Tools> {
    let tools = for_compiling(project)?;
    match quality {
        Quality::Release => npm::ensure_wasm_opt(&tools)?,
        Quality::Quick => (),
    }
    Ok(tools)
}

/// All that tests in a worker need.
pub fn for_testing_in_worker(project: &Project) -> Result<(Tools, Browser)> {
    let tools = for_compiling(project)?;
    rust::ensure_test_runner(project, &tools)?;
    let browser = browser::ensure(&tools)?;
    Ok((tools, browser))
}

/// All that testing the built page needs: two browsers, of which the second is a path.
pub fn for_testing_end_to_end(
    project: &Project,
    quality: Quality,
) -> Result<(Tools, Browser, PathBuf)> {
    let tools = for_building(project, quality)?;
    let browser = browser::ensure(&tools)?;
    let firefox = firefox::ensure(&tools)?;
    npm::ensure_packages(&project.e2e(), "drive the browser", &tools)?;
    Ok((tools, browser, firefox))
}

/// All that auditing a finished page needs.
pub fn for_auditing(project: &Project) -> Result<(Tools, Browser)> {
    let tools = Tools::new(project);
    let browser = browser::ensure(&tools)?;
    npm::ensure_packages(&project.e2e(), "drive the browser", &tools)?;
    npm::ensure_packages(&project.audits(), "audit the page", &tools)?;
    Ok((tools, browser))
}

/// All that measuring a finished page in a browser needs.
pub fn for_benching(project: &Project) -> Result<(Tools, Browser)> {
    let tools = Tools::new(project);
    let browser = browser::ensure(&tools)?;
    npm::ensure_packages(&project.e2e(), "drive the browser", &tools)?;
    npm::ensure_packages(&project.bench(), "train beside the page", &tools)?;
    Ok((tools, browser))
}

/// Says what is about to be installed, and why.
fn announce(what: &str, why: &str, time: &str) {
    println!("Installing {what}: {why} ({time}, only once)");
}
