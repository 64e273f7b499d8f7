//! Curves of the data, small.

use leptos::prelude::*;

use crate::page::charts::{ComparedCurves, CurveFrame, compared_curves};
use crate::page::memo::Memo;
use crate::session::{SeriesBench, Session};

/// An item as a small curve with its reconstruction over it; nothing where items are no curves.
pub(crate) fn compared_with(
    session: &Session,
    values: Vec<f32>,
    reconstruction: Option<&[f32]>,
) -> ComparedCurves {
    let range = session.curve().map_or((0.0, 1.0), SeriesBench::range);
    let n_samples = values.len();
    ComparedCurves {
        frame: CurveFrame { n_samples, range },
        reconstruction: reconstruction.map_or_else(Vec::new, |reconstructed| {
            reconstructed[..n_samples.min(reconstructed.len())].to_vec()
        }),
        values,
    }
}

/// A small curve in a frame of its own.
pub(crate) fn small_curve(
    shown: Memo<ComparedCurves>,
    description: impl Fn() -> String + Send + 'static,
) -> impl IntoView {
    view! { <span class="small-curve">{compared_curves(shown, description)}</span> }
}
