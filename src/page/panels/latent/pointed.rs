//! What lies under the pointer: the item, small.

use leptos::prelude::*;

use super::item_in_words;
use crate::page::{
    charts::Pointed,
    store::Store,
    widgets::{Shown, picture_view},
};
use crate::session::Session;

/// Columns of a table that the card names.
const MOST_CELLS: usize = 8;

/// The item and its words, for the eye.
pub(super) fn card(store: Store, item: Memo<Option<usize>>) -> impl IntoView {
    let width = store.view(|session| session.bench().size().0);
    let views = ItemViews::new(store, item);
    let cells = move || {
        let cells = views.cells.get().into_iter();
        cells.map(|cell| view! { <li>{cell}</li> }).collect_view()
    };
    view! {
        <div hidden=move || views.is_table.get()>
            {picture_view(width, views.shown, || "The item under the pointer".to_owned())}
        </div>
        <p>{move || views.words.get()}</p>
        <ul hidden=move || views.cells.with(Vec::is_empty)>{cells}</ul>
    }
}

/// What the arrow keys lead to, read out.
pub(super) fn spoken(
    store: Store,
    pointed: RwSignal<Option<Pointed>>,
    item: Memo<Option<usize>>,
) -> impl IntoView {
    let views = ItemViews::new(store, item);
    let spoken = move || {
        let is_by_key = pointed.get().is_some_and(|pointed| pointed.is_by_key);
        is_by_key.then(|| format!("{}. {}", views.words.get(), views.cells.get().join(", ")))
    };
    view! { <p class="visually-hidden" aria-live="polite">{spoken}</p> }
}

/// What is shown of an item that changes.
#[derive(Clone, Copy)]
struct ItemViews {
    is_table: Memo<bool>,
    words: Memo<String>,
    shown: Memo<Shown>,
    cells: Memo<Vec<String>>,
}

impl ItemViews {
    fn new(store: Store, item: Memo<Option<usize>>) -> Self {
        Self {
            is_table: store.view(Session::is_table),
            words: store.view_with_signals(move |session| {
                item.get()
                    .map_or_else(String::new, |item| item_in_words(session, item))
            }),
            shown: store.view_with_signals(move |session| shown(session, item.get())),
            cells: store.view_with_signals(move |session| cells(session, item.get())),
        }
    }
}

fn shown(session: &Session, item: Option<usize>) -> Shown {
    let values = item.filter(|_| !session.is_table());
    let values = values.and_then(|item| session.dataset()?.item(item));
    values.map_or(Shown::Nothing, Shown::Ink)
}

/// "age: 27", column by column; nothing for pictures.
fn cells(session: &Session, item: Option<usize>) -> Vec<String> {
    let row = item.and_then(|item| {
        let dataset = session.dataset()?;
        let (schema, values) = (dataset.schema()?, dataset.item(item)?);
        let names = schema.spans().map(|(column, _)| &column.name);
        let cells = names.zip(schema.decode_row(&values));
        let cells = cells.map(|(name, cell)| format!("{name}: {cell}"));
        Some(cells.take(MOST_CELLS).collect())
    });
    row.unwrap_or_default()
}
