//! The floors of the library: a module uses what stands below it, never what stands above or beside it.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::paths::{Used, used_in};
use crate::files;

/// From the ground up. Modules on one floor do not use each other. A part of a module may have a floor of its own;
/// what is left of the module then stands on the module's floor.
const FLOORS: &[&[&str]] = &[
    &["encoding", "order", "random"],
    &["curve", "pca", "picture"],
    &["data"],
    &["autoencoder"],
    &["anomaly"],
    &["latent"],
    &["recipe"],
    &[
        "detector",
        "evaluation",
        "lesson",
        "model_file",
        "sweep",
        "tables",
    ],
    &["trial"],
    &["protocol"],
    &["session"],
    &["session/view"],
    &["session/tests"],
    &["page", "worker"],
];

/// Files that still use a floor above theirs, and which one: `("session/scored.rs", "session/view")`. An entry that is
/// no longer needed fails, too.
const KNOWN: &[(&str, &str)] = &[];

/// Fails on every use of a floor above, with what to do about it.
pub fn check(root: &Path) -> Result<()> {
    let folder = root.join("src");
    let mut sources = Vec::new();
    for path in files::below(&folder)? {
        if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(&folder).unwrap_or(&path);
            let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
            sources.push((parts.join("/"), files::read_text(&path)?));
        }
    }
    let complaints = complaints(&sources, KNOWN)?;
    ensure!(complaints.is_empty(), "{}", complaints.join("\n"));
    Ok(())
}

fn complaints(sources: &[(String, String)], known: &[(&str, &str)]) -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    let mut unneeded: BTreeSet<_> = known.iter().collect();
    for (name, text) in sources {
        let module = module_of(name);
        // The crate's root and the programs see all floors.
        if module.is_empty() || module[0] == "bin" {
            continue;
        }
        let (own, own_floor) = entry_of(&module).with_context(|| {
            format!("src/{name} stands on no floor; give its module one in FLOORS of xtask/src/lint/floors.rs")
        })?;
        for Used { line, path } in used_in(text, &module) {
            let Some((other, floor)) = entry_of(&path) else {
                continue;
            };
            if floor < own_floor || other == own {
                continue;
            }
            let exception = known.iter().find(|it| **it == (name.as_str(), other));
            if let Some(exception) = exception {
                unneeded.remove(exception);
                continue;
            }
            let place = if floor == own_floor {
                "beside"
            } else {
                "above"
            };
            complaints.push(format!(
                "src/{name}:{line}: `{own}` uses `{other}`, which stands {place} it; move what both need to a floor \
                 below both, or this to a floor above `{other}` (the floors are in xtask/src/lint/floors.rs)"
            ));
        }
    }
    complaints.extend(unneeded.into_iter().map(|(name, other)| {
        format!(
            "src/{name} uses `{other}` no more; remove it from KNOWN in xtask/src/lint/floors.rs"
        )
    }));
    Ok(complaints)
}

/// `a/b.rs` and `a/b/mod.rs` are the module `a::b`.
fn module_of(name: &str) -> Vec<String> {
    let name = name.strip_suffix(".rs").unwrap_or(name);
    let name = name.strip_suffix("/mod").unwrap_or(name);
    let parts = name.split('/').filter(|&part| part != "lib");
    parts.map(str::to_owned).collect()
}

/// The entry that names most of the path, and the number of its floor; `None` for what is no module of ours.
fn entry_of(path: &[String]) -> Option<(&'static str, usize)> {
    let entries = FLOORS
        .iter()
        .enumerate()
        .flat_map(|(floor, entries)| entries.iter().map(move |&entry| (entry, floor)));
    let fitting = entries.filter(|(entry, _)| {
        let mut parts = path.iter();
        entry
            .split('/')
            .all(|part| parts.next().is_some_and(|it| it == part))
    });
    fitting.max_by_key(|(entry, _)| entry.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints_about(name: &str, text: &str) -> Vec<String> {
        let sources = [(name.to_owned(), text.to_owned())];
        complaints(&sources, &[]).expect("a floor for each")
    }

    #[test]
    fn what_is_below_may_be_used_and_what_is_above_or_beside_may_not() {
        let below = "use crate::{encoding::floats, random::Mt19937};\n";
        assert!(complaints_about("data/mod.rs", below).is_empty());
        let above = complaints_about("data/mod.rs", "\nuse crate::{order, protocol::RunId};\n");
        assert_eq!(above.len(), 1);
        assert!(
            above[0]
                .starts_with("src/data/mod.rs:2: `data` uses `protocol`, which stands above it;")
        );
        let beside = complaints_about("worker/shell.rs", "fn run() { crate::page::mount() }\n");
        assert!(beside[0].contains("`worker` uses `page`, which stands beside it"));
    }

    #[test]
    fn a_view_may_use_the_session_and_not_the_other_way_round() {
        let view = "use super::super::Session;\nuse crate::session::Phase;\n";
        assert!(complaints_about("session/view/data.rs", view).is_empty());
        for model in [
            "use crate::session::view::Part;",
            "use super::view::Part;",
            "use super::{Bench, view::{Part}};",
        ] {
            assert_eq!(
                complaints_about("session/scored.rs", model).len(),
                1,
                "{model}"
            );
        }
        assert_eq!(
            complaints_about("session/mod.rs", "use view::Part;").len(),
            1
        );
        assert!(
            complaints_about("session/tests/rules.rs", "use super::super::view::Part;").is_empty()
        );
    }

    #[test]
    fn a_module_without_a_floor_is_refused() {
        let sources = [("attic/mod.rs".to_owned(), String::new())];
        let refused = complaints(&sources, &[]).expect_err("no floor");
        assert!(
            refused
                .to_string()
                .contains("src/attic/mod.rs stands on no floor")
        );
    }

    #[test]
    fn an_exception_holds_while_it_is_needed() {
        let known = [("session/scored.rs", "session/view")];
        let source = |text: &str| [("session/scored.rs".to_owned(), text.to_owned())];
        let needed = complaints(&source("use super::view::Part;"), &known);
        assert!(needed.expect("a floor").is_empty());
        let unneeded = complaints(&source("use super::Part;"), &known).expect("a floor");
        assert!(unneeded[0].contains("remove it from KNOWN"), "{unneeded:?}");
    }
}
