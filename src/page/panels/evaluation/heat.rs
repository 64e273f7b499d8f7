//! Every detector against every kind of anomaly, as a table that says at a glance who is good at what.

use leptos::prelude::*;

use super::{Reading, examples::Examples};
use crate::evaluation::DetectorKind;
use crate::session::view::{EvaluationView, HeatCell, HeatRow};

/// The table; a row that is chosen shows its curves.
pub(super) fn heat(reading: Reading, examples: Examples) -> impl IntoView {
    let rows = reading.read(EvaluationView::heat_rows);
    let detectors = reading.read(|report| report.detectors().map(DetectorKind::title));
    let head = move || {
        let names = detectors.get().into_iter().flatten();
        names
            .map(|name| view! { <th scope="col">{name}</th> })
            .collect_view()
    };
    let body = move || {
        let rows = rows.get().unwrap_or_default();
        let n_kinds = rows.len().saturating_sub(1);
        let rows = rows.into_iter().enumerate().map(|(row_idx, row)| {
            if row_idx < n_kinds {
                let classes = row.classes.iter();
                let classes = classes
                    .map(|class| plain_row(class, "heat-class"))
                    .collect_view();
                view! { {kind_row(reading, examples, row_idx, &row)} {classes} }.into_any()
            } else {
                plain_row(&row, "heat-mean").into_any()
            }
        });
        rows.collect_view()
    };
    view! {
        <div class="evidence-part">
            <div class="heat-frame">
                <table class="heat">
                    <caption>"Area under the ROC curve"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"anomaly"</th>
                            {move || head()}
                        </tr>
                    </thead>
                    <tbody>{move || body()}</tbody>
                </table>
            </div>
            <p class="hint">
                "1 tells every anomaly from every normal one, 0.5 is a guess, and below 0.5 the anomalies look more \
                 normal than the normal ones. The best of a row is underlined. Choose a row to see its curves."
            </p>
        </div>
    }
}

/// One kind of anomaly; the radio button makes the rows one stop on the way of the Tab key.
fn kind_row(
    reading: Reading,
    examples: Examples,
    kind_idx: usize,
    row: &HeatRow,
) -> impl IntoView + use<> {
    let is_chosen = move || reading.kind_idx.get() == kind_idx;
    let choose = move || reading.kind_idx.set(kind_idx);
    let cells = row.cells.iter().map(|cell| {
        let figure = cell.figure.clone();
        view! {
            <td
                class="heat-cell"
                class:is-best=cell.is_best
                class:is-worse-than-chance=cell.is_worse_than_chance
                style:--share=share(cell)
                on:click=move |_| choose()
            >
                {figure}
            </td>
        }
    });
    view! {
        <tr class:is-chosen=is_chosen>
            <th scope="row">
                <label class="heat-kind">
                    <input
                        type="radio"
                        name="anomaly-kind"
                        prop:checked=is_chosen
                        on:change=move |_| choose()
                    />
                    {examples.of_kind(kind_idx)}
                    <span>{row.title.clone()}</span>
                </label>
            </th>
            {cells.collect_view()}
        </tr>
    }
}

/// A row that has no curves of its own: a class of anomalies, or the mean.
fn plain_row(row: &HeatRow, class: &'static str) -> impl IntoView + use<> {
    let cells = row.cells.iter().map(|cell| {
        view! {
            <td class="heat-cell is-mean" class:is-best=cell.is_best style:--share=share(cell)>
                {cell.figure.clone()} <small>{cell.interval.clone()}</small>
            </td>
        }
    });
    view! {
        <tr class=class>
            <th scope="row">
                <span class="heat-kind">{row.title.clone()}</span>
            </th>
            {cells.collect_view()}
        </tr>
    }
}

fn share(cell: &HeatCell) -> String {
    format!("{:.3}", cell.share)
}
