//! Right and wrong at the present threshold, two by two.

use leptos::prelude::*;

use super::{Reading, curves::outcomes_of};
use crate::data::with_commas;
use crate::page::widgets::{Icon, icon};
use crate::session::view::Outcomes;

/// The four counts; each tile is filled as far as its share of its row.
pub(super) fn outcomes(reading: Reading) -> impl IntoView {
    let outcomes = outcomes_of(reading);
    let title = reading.kind_title();
    let several = reading.read(|report| report.nouns.1);
    let tiles = move || {
        outcomes
            .get()
            .map(|outcomes| tiles(outcomes, several.get().unwrap_or(""), &title.get()))
    };
    view! {
        <table class="outcomes" hidden=move || outcomes.get().is_none()>
            <caption>"At the present threshold"</caption>
            <thead>
                <tr>
                    <td></td>
                    <th scope="col">"left alone"</th>
                    <th scope="col">"flagged"</th>
                </tr>
            </thead>
            <tbody>{move || tiles()}</tbody>
        </table>
    }
}

fn tiles(outcomes: Outcomes, several: &'static str, kind: &str) -> impl IntoView + use<> {
    let Outcomes {
        n_false_alarms,
        n_normal,
        n_detected,
        n_anomalies,
    } = outcomes;
    view! {
        <tr>
            <th scope="row">{format!("normal {several}")}</th>
            {tile(n_normal - n_false_alarms, n_normal, true, "rightly")}
            {tile(n_false_alarms, n_normal, false, "false alarms")}
        </tr>
        <tr>
            <th scope="row">{kind.to_owned()}</th>
            {tile(n_anomalies - n_detected, n_anomalies, false, "missed")}
            {tile(n_detected, n_anomalies, true, "found")}
        </tr>
    }
}

fn tile(count: usize, of: usize, is_right: bool, word: &'static str) -> impl IntoView {
    let share = count as f32 / of.max(1) as f32;
    let mark = if is_right {
        Icon::Normal
    } else {
        Icon::Anomaly
    };
    view! {
        <td
            class="outcome"
            class:is-right=is_right
            class:is-wrong=!is_right
            style:--share=format!("{share:.3}")
        >
            <b>{with_commas(count)}</b>
            <span>{icon(mark)} {word}</span>
        </td>
    }
}
