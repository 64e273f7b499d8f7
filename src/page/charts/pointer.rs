//! Where a pointer is over a plot.

use leptos::html;
use leptos::prelude::*;
use web_sys::PointerEvent;

/// How far along the plot from its left end, 0…1, also for a pointer beyond it; `None` for a plot without a width.
pub(super) fn share_along(plot: NodeRef<html::Div>, event: &PointerEvent) -> Option<f32> {
    let rect = plot.get_untracked()?.get_bounding_client_rect();
    let share = (f64::from(event.client_x()) - rect.left()) / rect.width();
    (rect.width() > 0.0).then(|| share.clamp(0.0, 1.0) as f32)
}
