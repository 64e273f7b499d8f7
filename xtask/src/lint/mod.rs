//! `lint`: everything that can be said about the code without running it.

mod dependencies;
mod floors;
mod paths;

use anyhow::{Result, ensure};

use crate::flags::Flags;
use crate::project::Project;
use crate::setup::Tools;
use crate::{process, progress, setup};

const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];
const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

/// What clippy is asked, so that each wall is seen by itself.
const CLIPPY_ON_HOST: [(&str, &[&str]); 5] = [
    (
        "the library, its tests and examples",
        &["--package", "bottleneck", "--all-targets"],
    ),
    (
        "the library without features",
        &["--package", "bottleneck", "--no-default-features", "--lib"],
    ),
    ("xtask", &["--package", "xtask", "--all-targets"]),
    (
        "xtask without its rare commands",
        &["--package", "xtask", "--no-default-features"],
    ),
    ("what starts xtask", &["--package", "xtask-start"]),
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

const WALLS: [Wall; 5] = [
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
        build: "the CPU worker",
        features: "worker",
        forbidden: "burn",
    },
    Wall {
        build: "the GPU worker",
        features: "gpu",
        forbidden: "leptos",
    },
];

/// Runs all checks and fails if any of them did.
pub fn run(project: &Project, flags: Flags) -> Result<()> {
    flags.finish()?;
    let tools = setup::for_linting(project)?;
    let mut failed = Vec::new();
    for (name, check) in checks(project, &tools) {
        if let Err(error) = progress::step(&name, check) {
            eprintln!("error: {error:#}");
            failed.push(name);
        }
    }
    ensure!(
        failed.is_empty(),
        "these checks failed, for the reasons above: {}",
        failed.join("; ")
    );
    Ok(())
}

type Check<'a> = Box<dyn FnOnce() -> Result<()> + 'a>;

fn checks<'a>(project: &'a Project, tools: &'a Tools) -> Vec<(String, Check<'a>)> {
    let cargo = |arguments: &[&[&str]]| -> Check<'a> {
        let arguments: Vec<String> = arguments.concat().into_iter().map(str::to_owned).collect();
        Box::new(move || {
            let mut cargo = tools.command("cargo")?;
            // Only `cargo doc` looks at it.
            cargo.env("RUSTDOCFLAGS", "-D warnings");
            process::run(cargo.args(arguments).current_dir(&project.root))
        })
    };
    let fuzz = ["--manifest-path", "fuzz/Cargo.toml"];
    let mut checks = vec![
        ("format".to_owned(), cargo(&[&["fmt", "--all", "--check"]])),
        (
            "format: the targets of fuzz".to_owned(),
            cargo(&[&["fmt", "--check"], &fuzz]),
        ),
    ];
    checks.extend(CLIPPY_ON_HOST.map(|(what, arguments)| {
        let check = cargo(&[&["clippy", "--quiet"], arguments, &DENY_WARNINGS]);
        (format!("clippy: {what}"), check)
    }));
    checks.extend(CLIPPY_ON_WASM.map(|(what, arguments)| {
        let check = cargo(&[
            &["clippy", "--quiet", "--no-default-features"],
            &WASM,
            arguments,
            &DENY_WARNINGS,
        ]);
        (format!("clippy in wasm: {what}"), check)
    }));
    let documentation = cargo(&[&["doc", "--quiet", "--no-deps", "--package", "bottleneck"]]);
    checks.push(("documentation".to_owned(), documentation));
    checks.extend(WALLS.iter().map(|wall| -> (String, Check<'a>) {
        let check = Box::new(move || check_wall(project, tools, wall));
        (
            format!("wall: no {} in {}", wall.forbidden, wall.build),
            check,
        )
    }));
    checks.push((
        "floors: modules use what is below them".to_owned(),
        Box::new(|| floors::check(&project.root)),
    ));
    checks.push((
        "dependencies: licences, origins and versions".to_owned(),
        Box::new(|| dependencies::check(project, tools)),
    ));
    checks.push((
        "dependencies: known faults".to_owned(),
        Box::new(|| dependencies::check_advisories(project, tools)),
    ));
    checks
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
