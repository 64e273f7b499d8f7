//! How each column of the reader's table is read.

use leptos::prelude::*;

use crate::data::ColumnChoice;
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::{DataMessage, Message};

/// More columns than these are folded away.
const MOST_UNFOLDED: usize = 8;

/// A choice per column; nothing for anything but the reader's table.
pub(crate) fn columns(store: Store) -> impl IntoView {
    let columns = store.view(|session| {
        session
            .data_view()
            .map_or_else(Vec::new, |data| data.columns)
    });
    // The names decide what is built, so that a choice keeps the focus when it is made.
    let names = Memo::new(move |_| {
        columns.with(|columns| {
            let names = columns.iter().map(|column| column.name.clone());
            names.collect::<Vec<_>>()
        })
    });
    let choice_of = move |idx: usize| {
        Memo::new(move |_| columns.with(|columns| columns.get(idx).map(|column| column.choice)))
    };
    let note_of = move |idx: usize| {
        Memo::new(move |_| columns.with(|columns| columns.get(idx)?.note.clone()))
    };
    let remarks = store.view(|session| {
        let remarks = session.data_view().map(|data| data.remarks.join(" "));
        remarks.unwrap_or_default()
    });
    let table = move || {
        let names = names.get();
        let n_columns = names.len();
        let rows = names.into_iter().enumerate();
        let rows =
            rows.map(move |(idx, name)| row(store, idx, &name, choice_of(idx), note_of(idx)));
        (n_columns > 0).then(|| {
            view! {
                <details class="columns" open=n_columns <= MOST_UNFOLDED>
                    <summary>{format!("How the {n_columns} columns are read")}</summary>
                    <table role="table" aria-label="Columns">
                        <thead role="rowgroup" class="visually-hidden">
                            <tr role="row">
                                <th role="columnheader">"Column"</th>
                                <th role="columnheader">"Read as"</th>
                            </tr>
                        </thead>
                        <tbody role="rowgroup">{rows.collect_view()}</tbody>
                    </table>
                </details>
            }
        })
    };
    view! {
        <p class="hint table-remarks" hidden=move || remarks.with(String::is_empty)>
            {move || remarks.get()}
        </p>
        {table}
    }
}

fn row(
    store: Store,
    column_idx: usize,
    name: &str,
    choice: Memo<Option<ColumnChoice>>,
    note: Memo<Option<String>>,
) -> impl IntoView + use<> {
    let place = move |choice: Option<ColumnChoice>| {
        ColumnChoice::ALL
            .iter()
            .position(|&known| Some(known) == choice)
            .unwrap_or(0)
            .to_string()
    };
    let options = ColumnChoice::ALL.into_iter().map(|known| {
        let value = place(Some(known));
        view! { <option value=value selected=move || choice.get() == Some(known)>{known.title()}</option> }
    });
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">{name.to_owned()}</th>
            <td role="cell">
                <select
                    aria-label=format!("Read {name} as")
                    aria-describedby=format!("column-note-{column_idx}")
                    prop:value=move || place(choice.get())
                    on:change:target=move |event| {
                        let chosen = event.target().value().parse().ok();
                        if let Some(&choice) = chosen.and_then(|idx: usize| ColumnChoice::ALL.get(idx)) {
                            store.send(Message::Data(DataMessage::ChooseColumn { column_idx, choice }));
                        }
                        // What was refused must not look as if it had been taken.
                        event.target().set_value(&place(choice.get_untracked()));
                    }
                >
                    {options.collect_view()}
                </select>
                <p
                    class="hint"
                    id=format!("column-note-{column_idx}")
                    hidden=move || note.with(Option::is_none)
                >
                    {move || note.get()}
                </p>
            </td>
        </tr>
    }
}
