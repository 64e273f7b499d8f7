//! The first stage of a table: the row, to be changed.

use leptos::prelude::*;

use super::{field::field, row_of};
use crate::page::memo::Memo;
use crate::page::{
    store::Store,
    widgets::{Icon, icon},
};
use crate::session::{
    ItemChoice, Message, RowChange,
    view::{FieldView, RowView},
};

/// A field per column, another example, and the way back.
pub(crate) fn editor(store: Store) -> impl IntoView {
    let row = row_of(store);
    // Fields are built anew for other columns only, so that typing keeps the focus.
    let kinds = Memo::new(move |_| row.with(|row| row.as_ref().map_or_else(Vec::new, kinds_of)));
    let fields = move || {
        let kinds = kinds.get().into_iter().enumerate();
        kinds
            .map(|(idx, (name, kind))| field(store, row, idx, name, kind))
            .collect_view()
    };
    let origin = move || row.with(|row| row.as_ref().map(|row| row.origin.clone()));
    let can_undo = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.can_undo)));
    view! {
        <div class="stage is-row">
            <h2>"Your row"</h2>
            <p class="hint origin">{move || origin()}</p>
            <div class="row-fields" role="group" aria-label="Row editor">
                {move || fields()}
            </div>
            <div class="tools">
                <button type="button" class="button" on:click=move |_| store.send(Message::Lay(ItemChoice::Example))>
                    "Example"
                </button>
                <button
                    type="button"
                    class="button"
                    disabled=move || !can_undo.get()
                    on:click=move |_| store.send(Message::Row(RowChange::Undo))
                >
                    {icon(Icon::Undo)}
                    <span>"Undo"</span>
                </button>
            </div>
        </div>
    }
}

/// What each field is, without what it holds.
fn kinds_of(row: &RowView) -> Vec<(String, FieldView)> {
    let kind = |field: &FieldView| match field.clone() {
        FieldView::Number {
            value_idx,
            encoding,
            decimals,
            ..
        } => FieldView::Number {
            value_idx,
            number: 0.0,
            encoding,
            decimals,
        },
        FieldView::Signed {
            value_idx,
            negative,
            positive,
            ..
        } => FieldView::Signed {
            value_idx,
            value: 0.0,
            negative,
            positive,
        },
        FieldView::OneHot { levels } => FieldView::OneHot {
            levels: levels
                .into_iter()
                .map(|(idx, name, _)| (idx, name, false))
                .collect(),
        },
    };
    let fields = row.fields.iter();
    fields
        .map(|field| (field.name.clone(), kind(&field.field)))
        .collect()
}
