//! The steps that prepare a drawing as parts of a link.
//!
//! `centred` is as old as the page and says whether the drawing is centred and scaled; `prepared` names the other steps.
//! A drawing in a link from before there were any was only centred, and so a drawing's link always names them.

use super::names::{find_in, name_in};
use crate::picture::{PreparationStep, Steps};

/// The steps but [`PreparationStep::Fit`] by their names in links.
const STEPS: [(&str, PreparationStep); 4] = [
    ("specks", PreparationStep::Specks),
    ("slant", PreparationStep::Slant),
    ("strokes", PreparationStep::Strokes),
    ("balance", PreparationStep::Balance),
];
const NONE: &str = "none";

/// What a link must say so that the same steps are taken.
pub(super) fn steps_parts(steps: Steps, is_item: bool) -> Vec<(&'static str, String)> {
    let mut parts = Vec::new();
    let is_centred = steps.has(PreparationStep::Fit);
    if is_centred == is_item {
        parts.push(("centred", is_centred.to_string()));
    }
    let names: Vec<String> = STEPS
        .iter()
        .filter(|(_, step)| steps.has(*step))
        .map(|(_, step)| name_in(&STEPS, step))
        .collect();
    if !(is_item && names.is_empty()) {
        let names = names.join(",");
        let names = if names.is_empty() { NONE } else { &names };
        parts.push(("prepared", names.to_owned()));
    }
    parts
}

/// The steps that a part names, [`PreparationStep::Fit`] never among them; `None` where one is unknown.
pub(super) fn steps_of(names: &str) -> Option<Steps> {
    if names == NONE {
        return Some(Steps::NONE);
    }
    names.split(',').map(|name| find_in(&STEPS, name)).collect()
}

/// The steps that a link asks for, where `usual` are those of what it lays on the bench.
pub(super) fn linked_steps(
    usual: Steps,
    has_ink: bool,
    prepared: Option<Steps>,
    is_centred: Option<bool>,
) -> Steps {
    let fit = PreparationStep::Fit;
    let others = match prepared {
        Some(steps) => steps,
        None if has_ink => Steps::NONE,
        None => usual,
    };
    others.with(fit, is_centred.unwrap_or(usual.has(fit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit_only() -> Steps {
        Steps::NONE.with(PreparationStep::Fit, true)
    }

    #[test]
    fn steps_survive_a_link() {
        let some = [
            Steps::all(),
            Steps::NONE,
            fit_only(),
            Steps::all().with(PreparationStep::Strokes, false),
            Steps::all().with(PreparationStep::Fit, false),
        ];
        for (steps, is_item) in some.into_iter().flat_map(|it| [(it, true), (it, false)]) {
            let parts = steps_parts(steps, is_item);
            let of = |key: &str| {
                let found = parts.iter().find(|part| part.0 == key);
                found.map(|part| part.1.as_str())
            };
            let prepared = of("prepared").map(|names| steps_of(names).expect("our own names"));
            let is_centred = of("centred").map(|it| it == "true");
            let usual = if is_item { Steps::NONE } else { Steps::all() };
            let read = linked_steps(usual, !is_item, prepared, is_centred);
            assert_eq!(read, steps, "{parts:?}");
        }
    }

    #[test]
    fn a_drawing_of_an_older_link_is_centred_and_nothing_else() {
        assert_eq!(linked_steps(Steps::all(), true, None, None), fit_only());
        let uncentred = linked_steps(Steps::all(), true, None, Some(false));
        assert_eq!(uncentred, Steps::NONE);
        assert_eq!(linked_steps(Steps::all(), false, None, None), Steps::all());
    }

    #[test]
    fn an_unknown_step_is_refused() {
        for names in ["", "none,slant", "slants", "fit", "slant,,specks"] {
            assert_eq!(steps_of(names), None, "{names}");
        }
    }
}
