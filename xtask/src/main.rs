//! Builds, serves and tests Bottleneck: `cargo xtask COMMAND`.
//!
//! [`COMMANDS`] lists what there is; each command has a module of its own.
//! What a command needs on the machine is installed by [`setup`], into a folder of the project's own.

mod audit;
mod bench;
mod binaries;
mod browse;
mod build;
mod build_id;
mod csp;
#[cfg(feature = "all-commands")]
mod data;
mod files;
mod flags;
#[cfg(feature = "all-commands")]
mod fuzz;
mod html;
mod lint;
mod offline;
mod optimise;
mod pretrain;
mod process;
mod progress;
mod project;
#[cfg(not(feature = "all-commands"))]
mod rare;
mod serve;
mod setup;
mod site;
#[cfg(feature = "all-commands")]
mod size;
mod split;
mod style;
mod tally;
mod test;

use std::process::ExitCode;

use anyhow::{Result, bail};

use flags::Flags;
use project::Project;
#[cfg(not(feature = "all-commands"))]
use rare::{data, fuzz, size};

/// A command: its name, what it does in one line, and how.
struct Command {
    name: &'static str,
    usage: &'static str,
    help: &'static str,
    run: fn(&Project, Flags) -> Result<()>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "serve",
        usage: "serve [--as-published [--quick]] [--port N] [--prefix /PATH/] [--no-open]",
        help: "build the page soon, serve it on this machine and open it; as published, it is dist and works offline",
        run: serve::run,
    },
    Command {
        name: "test",
        usage: "test [--quick] [native] [web] [e2e]",
        help: "run all tests, natively and in a browser, or only those of a kind",
        run: test::run,
    },
    Command {
        name: "lint",
        usage: "lint",
        help: "check format, clippy on host and wasm, documentation, walls, floors and dependencies",
        run: lint::run,
    },
    Command {
        name: "dist",
        usage: "dist [--quick]",
        help: "build the page into the folder dist, ready for any static host",
        run: build::run,
    },
    Command {
        name: "bench",
        usage: "bench [--gpu] [--quick] [--only PART,PART] [--minutes N] [--dist FOLDER] [--json]",
        help: "measure training beside TensorFlow.js and PyTorch, and its memory, against the budgets",
        run: bench::run,
    },
    Command {
        name: "size",
        usage: "size [--json]",
        help: "measure what a reader of dist downloads, against the budgets",
        run: size::run,
    },
    Command {
        name: "audit",
        usage: "audit [--dist FOLDER] [html] [reader] [axe] [verdict] [vitals] [lighthouse]",
        help: "hold dist, served as a static host would, against what the web asks of a page",
        run: audit::run,
    },
    Command {
        name: "fuzz",
        usage: "fuzz [--inputs N] [--parser NAME] [--seed N] [--guided [--minutes N] [--only NAME,NAME]]",
        help: "read a million damaged inputs with each reader of foreign files and links, or search by what they reach",
        run: fuzz::run,
    },
    Command {
        name: "data",
        usage: "data [--check]",
        help: "pack the data sets into www/data, or check that packing gives what is there",
        run: data::run,
    },
    Command {
        name: "pretrain",
        usage: "pretrain",
        help: "train the models in www/models anew",
        run: pretrain::run,
    },
];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    if matches!(name.as_str(), "" | "help" | "--help" | "-h") {
        println!("{}", command_list());
        return Ok(());
    }
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        bail!(
            "there is no command {name:?}; choose one of these:\n\n{}",
            command_list()
        );
    };
    (command.run)(&Project::find()?, Flags::new(command.usage, arguments))
}

fn command_list() -> String {
    let width = COMMANDS
        .iter()
        .map(|command| command.usage.len())
        .max()
        .unwrap_or(0);
    let lines: Vec<_> = COMMANDS
        .iter()
        .map(|Command { usage, help, .. }| format!("  cargo xtask {usage:width$}  {help}"))
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usage_starts_with_its_command() {
        for command in COMMANDS {
            assert!(command.usage.starts_with(command.name));
        }
    }
}
