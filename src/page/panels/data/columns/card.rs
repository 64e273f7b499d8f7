//! One column: what it holds at a glance, and what it is for.

use leptos::prelude::*;

use super::{Columns, is_found, options};
use crate::data::ColumnChoice;
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::page::widgets::switch;
use crate::session::{DataMessage, Message, view::ColumnView};

/// The card of a column; hidden while something else is searched for.
pub(super) fn card(
    store: Store,
    columns: Columns,
    column_idx: usize,
    name: &str,
    searched: RwSignal<String>,
) -> impl IntoView + use<> {
    let of = move |read: fn(&ColumnView) -> String| {
        Memo::new(move |_| {
            columns.with(|columns| columns.get(column_idx).map(read).unwrap_or_default())
        })
    };
    let (held, note) = (
        of(ColumnView::in_words),
        of(|column| column.note.clone().unwrap_or_default()),
    );
    let bars = Memo::new(move |_| {
        columns.with(|columns| {
            let column = columns.get(column_idx);
            column.map(ColumnView::bars).unwrap_or_default()
        })
    });
    let searched_name = name.to_owned();
    let is_hidden = move || searched.with(|searched| !is_found(&searched_name, searched));
    view! {
        <tr role="row" hidden=is_hidden>
            <th role="rowheader" scope="row" title=name.to_owned()>{name.to_owned()}</th>
            <td role="cell">{move || histogram(&bars.get())} <p class="hint column-held">{move || held.get()}</p></td>
            <td role="cell">
                {choices(store, columns, column_idx, name)}
                <p
                    class="hint"
                    id=format!("column-note-{column_idx}")
                    hidden=move || note.with(String::is_empty)
                >
                    {move || note.get()}
                </p>
                {missing(store, columns, column_idx, name)}
            </td>
        </tr>
    }
}

fn choices(store: Store, columns: Columns, column_idx: usize, name: &str) -> impl IntoView + use<> {
    let choice = Memo::new(move |_| {
        columns.with(|columns| columns.get(column_idx).map(|column| column.choice))
    });
    let place = move |choice: Option<ColumnChoice>| {
        let mut all = ColumnChoice::ALL.iter();
        let place = all.position(|&known| Some(known) == choice);
        place.unwrap_or(0).to_string()
    };
    view! {
        <select
            aria-label=format!("Read {name} as")
            aria-describedby=format!("column-note-{column_idx}")
            prop:value=move || place(choice.get())
            on:change:target=move |event| {
                let chosen = event.target().value().parse().ok();
                if let Some(&choice) = chosen.and_then(|idx: usize| ColumnChoice::ALL.get(idx)) {
                    let columns = vec![column_idx];
                    store.send(Message::Data(DataMessage::ChooseColumns { columns, choice }));
                }
                // What was refused must not look as if it had been taken.
                event.target().set_value(&place(choice.get_untracked()));
            }
        >
            {options(move || choice.get())}
        </select>
    }
}

/// Whether a column of its own says where values are missing; nothing where none are.
fn missing(store: Store, columns: Columns, column_idx: usize, name: &str) -> impl IntoView + use<> {
    let told = Memo::new(move |_| {
        columns.with(|columns| {
            columns
                .get(column_idx)
                .and_then(|column| column.tells_missing)
        })
    });
    let is_offered = Memo::new(move |_| told.get().is_some());
    let is_told = Memo::new(move |_| told.get() == Some(true));
    let label = format!("Also say where {name} is missing");
    let choose = move |is_told| {
        let column = column_idx;
        store.send(Message::Data(DataMessage::TellMissing { column, is_told }));
    };
    let is_never = Memo::new(|_| false);
    move || {
        is_offered
            .get()
            .then(|| switch(label.clone(), is_told, is_never, choose))
    }
}

/// A bar for each part of the range of numbers, or for each of the most frequent words.
fn histogram(bars: &[f32]) -> impl IntoView + use<> {
    const HEIGHT: f32 = 20.0;
    let rectangles = bars.iter().enumerate().map(|(idx, bar)| {
        let height = bar * HEIGHT;
        format!("M{idx} {HEIGHT}h.85v-{height:.1}h-.85z")
    });
    let path: String = rectangles.collect();
    let n_bars = bars.len().max(1);
    view! {
        <svg
            class="column-bars"
            viewBox=format!("0 0 {n_bars} {HEIGHT}")
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            <path d=path />
        </svg>
    }
}
