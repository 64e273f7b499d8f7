//! What would fit where something else was asked for.

use super::{Edit, Fits, Problem, Sides};
use crate::autoencoder::{Architecture, Layer};

/// The values that could have been asked for in place of the refused one.
pub(super) fn instead_of(
    edit: Edit,
    architecture: &Architecture,
    sides: Sides,
    problem: &Problem,
) -> Fits {
    if !problem.is_of_a_number() {
        return Fits::AsTheProblemSays;
    }
    let fits = |edit: Edit| edit.outcome(architecture, sides).is_ok();
    let windows = 1..=Edit::MAX_KERNEL;
    match edit {
        Edit::SetWidth { layer, width } => width_instead(architecture, layer, width, |width| {
            fits(Edit::SetWidth { layer, width })
        }),
        Edit::SetKernel { layer, .. } => {
            let fitting = windows.filter(|&kernel| fits(Edit::SetKernel { layer, kernel }));
            Fits::OneOf(fitting.collect())
        }
        Edit::SetStride { layer, .. } => {
            let fitting = windows.filter(|&stride| fits(Edit::SetStride { layer, stride }));
            Fits::OneOf(fitting.collect())
        }
        Edit::Add { .. } | Edit::Remove { .. } | Edit::SetActivation { .. } | Edit::Mirror => {
            Fits::AsTheProblemSays
        }
    }
}

/// The width nearest to the refused one that fits. The present one does, and all between the two that do are beside it.
fn width_instead(
    architecture: &Architecture,
    layer: usize,
    refused: usize,
    fits: impl Fn(usize) -> bool,
) -> Fits {
    let known = layer
        .checked_sub(1)
        .and_then(|idx| architecture.layers.get(idx));
    let present = known.map_or(1, Layer::width);
    let (mut fitting, mut refused) = (present, refused);
    let is_wider = refused > present;
    while fitting.abs_diff(refused) > 1 {
        let middle = fitting.midpoint(refused);
        if fits(middle) {
            fitting = middle;
        } else {
            refused = middle;
        }
    }
    if is_wider {
        Fits::AtMost(fitting)
    } else {
        Fits::AtLeast(fitting)
    }
}
