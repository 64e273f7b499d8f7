//! How far some long work is, and a way to give it up.

use crate::page::memo::Memo;
use leptos::prelude::*;

/// A bar and a button that stops; both are there while `share` says how much is done, 0…1.
pub(crate) fn long_work(
    name: &'static str,
    stop: &'static str,
    share: Memo<Option<f64>>,
    on_stop: impl Fn() + 'static,
) -> impl IntoView {
    let percent = move || share.get().unwrap_or(0.0) * 100.0;
    view! {
        <div class="long-work" hidden=move || share.get().is_none()>
            <div
                class="progress"
                role="progressbar"
                aria-label=name
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || format!("{:.0}", percent())
            >
                <span style:width=move || format!("{:.1}%", percent())></span>
            </div>
            <button type="button" class="button" on:click=move |_| on_stop()>
                {stop}
            </button>
        </div>
    }
}
