//! A curve in the place of a drawing: drawn over, bent, reconstructed.

mod comparison;
mod keyboard;
mod small;
mod surface;
mod tools;

pub(super) use comparison::comparison;
pub(super) use small::{compared_with, small_curve};
pub(super) use surface::bench;
pub(super) use tools::{tools, words_of};

use crate::page::charts::CurveFrame;
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::{Session, view::CurveView};

/// The curve on the bench.
fn curve_of(store: Store) -> Memo<Option<CurveView>> {
    store.view(Session::curve_view)
}

/// What the curve on the bench is drawn in.
fn frame_of(view: &CurveView) -> CurveFrame {
    CurveFrame {
        n_samples: view.seen.len(),
        range: view.range,
    }
}
