//! The stretches above the threshold, and the known ones that were missed, as a list and as a file.

use leptos::prelude::*;

use super::Along;
use super::sight::Sight;
use crate::anomaly::format_error;
use crate::page::memo::Memo;
use crate::page::{download, store::Store};
use crate::session::{ItemChoice, Message, Session, view::AnomalousStretch};

/// The list, and the button that saves all of it.
pub(super) fn stretches(store: Store, along: Along, sight: Sight) -> impl IntoView {
    let has_none =
        Memo::new(move |_| along.with(|it| it.as_ref().is_none_or(|it| it.listed.is_empty())));
    let has_known =
        Memo::new(move |_| along.with(|it| it.as_ref().is_some_and(|it| it.known.is_some())));
    let save = move |_| {
        if let Some(file) = store.peek(Session::stretches_csv) {
            download::save_file(&file);
        }
    };
    let rows = move || {
        along.with(|along| {
            let listed = along.iter().flat_map(|view| &view.listed);
            listed
                .map(|stretch| row(store, sight, has_known, stretch))
                .collect_view()
        })
    };
    view! {
        <div hidden=move || has_none.get()>
            <div class="items-frame">
                <table class="items-table">
                    <caption class="visually-hidden">"Stretches above the threshold"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"rows"</th>
                            <th scope="col">"from"</th>
                            <th scope="col">"to"</th>
                            <th scope="col">"largest error"</th>
                            <th scope="col" hidden=move || !has_known.get()>
                                "known"
                            </th>
                        </tr>
                    </thead>
                    <tbody>{move || rows()}</tbody>
                </table>
            </div>
            <button type="button" class="button" on:click=save>
                "Save the stretches as CSV"
            </button>
        </div>
    }
}

fn row(
    store: Store,
    sight: Sight,
    has_known: Memo<bool>,
    stretch: &AnomalousStretch,
) -> impl IntoView + use<> {
    let item = stretch.worst_item;
    let span = stretch.rows.clone();
    let rows = format!("{}–{}", span.start, span.end - 1);
    let name = format!("Show the worst window of rows {rows} on the bench");
    let [from, to] = stretch.ends.clone();
    let known = match (stretch.is_flagged, stretch.is_known) {
        (true, true) => "found",
        (true, false) => "no",
        (false, _) => "missed",
    };
    view! {
        <tr>
            <td>
                <button
                    type="button"
                    class="button item-index"
                    aria-label=name
                    on:click=move |_| {
                        sight.show(&span);
                        store.send(Message::Lay(ItemChoice::Item(item)));
                    }
                >
                    {rows}
                </button>
            </td>
            <td>{from}</td>
            <td>{to}</td>
            <td class="item-error">{format_error(stretch.error)}</td>
            <td hidden=move || !has_known.get()>{known}</td>
        </tr>
    }
}
