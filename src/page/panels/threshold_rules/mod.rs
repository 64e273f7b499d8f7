//! The ways to find a threshold, side by side: choose one and see what it promises and what it flags.

mod chosen;
mod number;
mod row;

use leptos::prelude::*;

use super::insights::insights;
use super::threshold_panel::words;
use crate::page::{charts::interval_axis, store::Store};
use crate::session::{Session, view::InsightPlace};

/// A choice among the rules, and the one at work with its number.
pub(crate) fn threshold_rules(store: Store) -> impl IntoView {
    let rules = store.view(Session::rules);
    let axis = row::axis(rules);
    let n_rules = rules.with_untracked(|rules| rules.rules.len());
    let rows = (0..n_rules)
        .map(|rule_idx| store.later(move |store| row::row(store, rules, axis, rule_idx)));
    view! {
        <section class="panel is-rules" aria-labelledby="rules-title">
            <h3 id="rules-title">"Threshold rule"</h3>
            <div class="rules-body">
                <div class="rules" role="radiogroup" aria-labelledby="rules-title">
                    {head(store)} {rows.collect_view()}
                </div>
                {store.later(move |store| chosen::chosen(store, rules))}
            </div>
            {store.later(|store| insights(store, InsightPlace::Threshold))}
        </section>
    }
}

/// What the columns are.
fn head(store: Store) -> impl IntoView {
    let nouns = store.view(Session::nouns);
    let words = store.view(words);
    view! {
        <div class="rules-head" aria-hidden="true">
            <p class="rules-column is-strip">
                <span class="key is-line">"line"</span>
                <span class="key is-middle">{move || format!("normal {}", nouns.get().1)}</span>
                <span class="key is-pin">{move || words.get().1}</span>
            </p>
            <p class="rules-column is-promise">"promises"</p>
            <p class="rules-column is-measured">
                {move || format!("false alarms among test {}", nouns.get().1)}
            </p>
            {interval_axis()}
        </div>
    }
}
