//! The error along a recording: a line, the threshold, and the stretches above it, each to be laid on the bench.

use leptos::prelude::*;

use crate::anomaly::{LogScale, format_error};
use crate::page::charts::{ComparedCurves, CurveFrame, compared_curves};
use crate::page::memo::Memo;
use crate::page::{download, store::Store};
use crate::session::{
    ItemChoice, Message, Session,
    view::{AlongTimeView, AnomalousStretch},
};

/// More stretches are counted, not listed.
const MOST_LISTED: usize = 50;

type Along = Memo<Option<AlongTimeView>>;

/// The section above the list; nothing where items are no windows of a recording.
pub(super) fn along_time(store: Store) -> impl IntoView {
    let along = store.view(Session::along_time);
    let is_there = Memo::new(move |_| along.with(Option::is_some));
    store.rare(is_there, move |store| rare_chart(store, along))
}

#[inline(never)]
fn rare_chart(store: Store, along: Along) -> AnyView {
    let scale = store.view(Session::error_axis);
    let has_none =
        Memo::new(move |_| along.with(|it| it.as_ref().is_none_or(|it| it.stretches.is_empty())));
    let save = move |_| {
        if let Some(file) = store.peek(Session::stretches_csv) {
            download::save_file(&file);
        }
    };
    view! {
        <section class="panel is-along-time" aria-labelledby="along-time-title">
            <h3 id="along-time-title">"Along time"</h3>
            <p>{move || along.with(|along| along.as_ref().map(sentence))}</p>
            {chart(along, scale)}
            <div hidden=move || has_none.get()>
                {stretches(store, along)}
                <button type="button" class="button" on:click=save>
                    "Save the stretches as CSV"
                </button>
            </div>
        </section>
    }
    .into_any()
}

fn sentence(view: &AlongTimeView) -> String {
    let n_rows = crate::data::with_commas(view.n_rows);
    match (view.threshold, view.stretches.len()) {
        (None, _) => format!("The error along {n_rows} rows. There is no threshold yet."),
        (Some(_), 0) => format!("Nothing along {n_rows} rows is above the threshold."),
        (Some(_), 1) => format!("One stretch along {n_rows} rows is above the threshold."),
        (Some(_), n) if n > MOST_LISTED => {
            format!(
                "{n} stretches along {n_rows} rows are above the threshold; the first {MOST_LISTED} are listed."
            )
        }
        (Some(_), n) => format!("{n} stretches along {n_rows} rows are above the threshold."),
    }
}

/// The error on the axis of all errors, with the threshold as a second line.
fn chart(along: Along, scale: Memo<LogScale>) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let scale = scale.get();
        along.with(|along| {
            along.as_ref().map_or_else(ComparedCurves::default, |view| {
                let values: Vec<f32> = view.errors.iter().map(|&it| scale.position(it)).collect();
                let line = view.threshold.map(|threshold| scale.position(threshold));
                ComparedCurves {
                    frame: CurveFrame {
                        n_samples: values.len(),
                        range: (0.0, 1.0),
                    },
                    reconstruction: line.map_or_else(Vec::new, |line| vec![line; values.len()]),
                    values,
                }
            })
        })
    });
    let description = move || along.with(|along| along.as_ref().map(sentence).unwrap_or_default());
    compared_curves(shown, description)
}

fn stretches(store: Store, along: Along) -> impl IntoView {
    let rows = move || {
        along.with(|along| {
            let stretches = along.iter().flat_map(|view| &view.stretches);
            let rows = stretches.take(MOST_LISTED);
            rows.map(|stretch| row(store, stretch)).collect_view()
        })
    };
    view! {
        <div class="items-frame">
            <table class="items-table">
                <caption class="visually-hidden">"Stretches above the threshold"</caption>
                <thead>
                    <tr>
                        <th scope="col">"rows"</th>
                        <th scope="col">"from"</th>
                        <th scope="col">"to"</th>
                        <th scope="col">"largest error"</th>
                    </tr>
                </thead>
                <tbody>{move || rows()}</tbody>
            </table>
        </div>
    }
}

fn row(store: Store, stretch: &AnomalousStretch) -> impl IntoView + use<> {
    let item = stretch.worst_item;
    let rows = format!("{}–{}", stretch.rows.start, stretch.rows.end - 1);
    let name = format!("Show the worst window of rows {rows} on the bench");
    let [from, to] = stretch.ends.clone();
    view! {
        <tr>
            <td>
                <button
                    type="button"
                    class="button item-index"
                    aria-label=name
                    on:click=move |_| store.send(Message::Lay(ItemChoice::Item(item)))
                >
                    {rows}
                </button>
            </td>
            <td>{from}</td>
            <td>{to}</td>
            <td class="item-error">{format_error(stretch.error)}</td>
        </tr>
    }
}
