//! `lint`: everything that can be said about the code without running it.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::flags::Flags;
use crate::project::Project;
use crate::setup::Tools;
use crate::{process, progress, setup};

const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

/// What clippy is asked, so that each wall is seen by itself.
const CLIPPY_ON_HOST: [(&str, &[&str]); 3] = [
    (
        "the library, its tests and examples",
        &["--package", "bottleneck", "--all-targets"],
    ),
    (
        "the library without features",
        &["--package", "bottleneck", "--no-default-features", "--lib"],
    ),
    ("xtask", &["--package", "xtask", "--all-targets"]),
];
const CLIPPY_ON_WASM: [(&str, &[&str]); 3] = [
    (
        "the page",
        &["--features", "page", "--lib", "--bin", "page"],
    ),
    (
        "the CPU worker",
        &[
            "--features",
            "worker",
            "--lib",
            "--bin",
            "cpu_worker",
            "--test",
            "web",
        ],
    ),
    (
        "the GPU worker",
        &["--features", "gpu", "--lib", "--bin", "gpu_worker"],
    ),
];

/// A build, and the package that must not be in it.
struct Wall {
    build: &'static str,
    features: &'static str,
    forbidden: &'static str,
}

const WALLS: [Wall; 4] = [
    Wall {
        build: "the page",
        features: "page",
        forbidden: "burn",
    },
    Wall {
        build: "the native build",
        features: "default",
        forbidden: "leptos",
    },
    Wall {
        build: "the CPU worker",
        features: "worker",
        forbidden: "leptos",
    },
    Wall {
        build: "the GPU worker",
        features: "gpu",
        forbidden: "leptos",
    },
];

/// Runs one check after the other, up to the first that fails.
pub fn run(project: &Project, flags: Flags) -> Result<()> {
    flags.finish()?;
    let tools = setup::for_linting(project)?;
    let cargo = |arguments: &[&str]| -> Result<Command> {
        let mut cargo = tools.command("cargo")?;
        cargo.args(arguments).current_dir(&project.root);
        Ok(cargo)
    };
    progress::step("format", || {
        process::run(&mut cargo(&["fmt", "--all", "--check"])?)
    })?;
    for (what, arguments) in CLIPPY_ON_HOST {
        progress::step(&format!("clippy: {what}"), || {
            process::run(
                cargo(&["clippy", "--quiet"])?
                    .args(arguments)
                    .args(["--", "-D", "warnings"]),
            )
        })?;
    }
    for (what, arguments) in CLIPPY_ON_WASM {
        progress::step(&format!("clippy in wasm: {what}"), || {
            let mut cargo = cargo(&["clippy", "--quiet", "--no-default-features"])?;
            process::run(
                cargo
                    .args(WASM)
                    .args(arguments)
                    .args(["--", "-D", "warnings"]),
            )
        })?;
    }
    progress::step("documentation", || {
        let mut cargo = cargo(&["doc", "--quiet", "--no-deps", "--package", "bottleneck"])?;
        process::run(cargo.env("RUSTDOCFLAGS", "-D warnings"))
    })?;
    progress::step("walls", || {
        WALLS
            .iter()
            .try_for_each(|wall| check_wall(project, &tools, wall))
    })
}

fn check_wall(project: &Project, tools: &Tools, wall: &Wall) -> Result<()> {
    let mut cargo = tools.command("cargo")?;
    cargo.args([
        "tree",
        "--package",
        "bottleneck",
        "--edges",
        "normal",
        "--prefix",
        "none",
    ]);
    cargo
        .args(["--no-default-features", "--features", wall.features])
        .args(WASM);
    let tree = process::output_of(cargo.current_dir(&project.root))?;
    let found = package_of_family(&tree, wall.forbidden);
    ensure!(
        found.is_none(),
        "{} depends on {}, which the feature {:?} keeps out; run `cargo tree --no-default-features --features {} \
         --invert {}` to see through what",
        wall.build,
        found.unwrap_or_default(),
        wall.features,
        wall.features,
        found.unwrap_or_default()
    );
    Ok(())
}

/// The first package of the tree that is called `family` or `family-…`.
fn package_of_family<'a>(tree: &'a str, family: &str) -> Option<&'a str> {
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    names.into_iter().find(|name| {
        let rest = name.strip_prefix(family);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_is_a_package_and_all_that_carry_its_name() {
        let tree = "bottleneck v0.1.0 (/somewhere)\nburner v1.0.0\nburn-std v0.22.1\n";
        assert_eq!(package_of_family(tree, "burn"), Some("burn-std"));
        assert_eq!(package_of_family(tree, "burner"), Some("burner"));
        assert_eq!(package_of_family(tree, "leptos"), None);
    }
}
