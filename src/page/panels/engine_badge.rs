//! Which engine trains, how fast, and why this one.

use leptos::prelude::*;

use crate::page::store::Store;

/// The badge beside the choice of engine.
pub(crate) fn engine_badge(store: Store) -> impl IntoView {
    let badge = store.view(crate::session::Session::engine_badge);
    let figures = move || {
        let badge = badge.get();
        let mut parts = vec![match badge.workers {
            0 | 1 => badge.engine.to_owned(),
            workers => format!("{}, {workers} workers", badge.engine),
        }];
        parts.extend(badge.adapter);
        parts.push(
            badge
                .step_ms
                .map_or_else(|| "not measured yet".to_owned(), step_in_words),
        );
        parts.join(" · ")
    };
    let reason = move || {
        let badge = badge.get();
        let self_test = badge
            .self_test_difference
            .map(|difference| format!(" Its losses agree with the CPU's within {difference:.0e}."));
        format!("{}{}", badge.reason, self_test.unwrap_or_default())
    };
    view! {
        <p class="badge" role="group" aria-label="Engine at work" title=reason>
            <strong>{move || figures()}</strong>
            <span class="hint">{move || reason()}</span>
        </p>
    }
}

fn step_in_words(ms: f64) -> String {
    if ms < 10.0 {
        format!("{ms:.2} ms a step")
    } else {
        format!("{ms:.0} ms a step")
    }
}
