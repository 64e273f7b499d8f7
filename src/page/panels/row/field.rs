//! One column of the row, as a field.

use leptos::html;
use leptos::prelude::*;

use super::of_column;
use crate::data::Encoding;
use crate::page::effect::effect;
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::{
    Message, RowChange,
    view::{FieldView, RowView},
};

type Row = Memo<Option<RowView>>;

/// How a number is shown and what becomes of it.
#[derive(Clone)]
struct Number {
    value_idx: usize,
    encoding: Encoding,
    decimals: usize,
}

/// The field of a column; `kind` says what it is, `row` what it holds.
pub(super) fn field(
    store: Store,
    row: Row,
    column_idx: usize,
    name: String,
    kind: FieldView,
) -> AnyView {
    match kind {
        FieldView::Number {
            value_idx,
            encoding,
            decimals,
            ..
        } => {
            let number = Number {
                value_idx,
                encoding,
                decimals: usize::from(decimals),
            };
            number_field(store, row, column_idx, name, number).into_any()
        }
        FieldView::Signed {
            value_idx,
            negative,
            positive,
            ..
        } => signed_field(
            store,
            row,
            column_idx,
            name,
            value_idx,
            [negative, positive],
        )
        .into_any(),
        FieldView::OneHot { levels } => {
            let names = levels
                .into_iter()
                .map(|(value_idx, name, _)| (value_idx, name));
            one_hot_field(store, row, column_idx, name, names.collect()).into_any()
        }
    }
}

fn set(store: Store, value_idx: usize, value: f32) {
    store.send(Message::Row(RowChange::Set { value_idx, value }));
}

fn number_field(
    store: Store,
    row: Row,
    column_idx: usize,
    name: String,
    spec: Number,
) -> impl IntoView {
    let id = format!("row-field-{column_idx}");
    let input = NodeRef::<html::Input>::new();
    let held = of_column(row, column_idx, |field| match field.field {
        FieldView::Number { number, .. } => number,
        _ => 0.0,
    });
    let Number {
        value_idx,
        encoding,
        decimals,
    } = spec;
    let shown = move |number: f64| format!("{number:.decimals$}");
    let typed = move || input.get_untracked()?.value().trim().parse::<f64>().ok();
    let show = move |number: f64| {
        if let Some(input) = input.get_untracked() {
            input.set_value(&shown(number));
        }
    };
    // A number that is being typed is left alone as long as it says what the row holds.
    effect(move || {
        let Some(number) = held.get() else { return };
        let is_shown = typed().is_some_and(|typed| shown(typed) == shown(number));
        if input.get().is_some() && !is_shown {
            show(number);
        }
    });
    view! {
        <div class="number">
            <label for=id.clone()>{name}</label>
            <input
                type="number"
                id=id
                node_ref=input
                step="any"
                inputmode="decimal"
                on:input=move |_| {
                    if let Some(value) = typed().and_then(|number| encoding.value_of(number)) {
                        store.send(Message::Row(RowChange::Type { value_idx, value }));
                    }
                }
                on:change=move |_| {
                    store.send(Message::Row(RowChange::EndTyping));
                    // What is no number must not look as if it had been taken.
                    if let (None, Some(number)) = (typed(), held.get_untracked()) {
                        show(number);
                    }
                }
            />
        </div>
    }
}

fn signed_field(
    store: Store,
    row: Row,
    column_idx: usize,
    name: String,
    value_idx: usize,
    [negative, positive]: [String; 2],
) -> impl IntoView {
    let id = format!("row-field-{column_idx}");
    let is_positive = of_column(
        row,
        column_idx,
        |field| matches!(field.field, FieldView::Signed { value, .. } if value >= 0.0),
    );
    let level = move || {
        if is_positive.get() == Some(true) {
            "1"
        } else {
            "-1"
        }
    };
    view! {
        <div class="choice">
            <label for=id.clone()>{name}</label>
            <select
                id=id
                prop:value=level
                on:change:target=move |event| {
                    if let Ok(value) = event.target().value().parse() {
                        set(store, value_idx, value);
                    }
                }
            >
                <option value="-1" selected=move || level() == "-1">{negative}</option>
                <option value="1" selected=move || level() == "1">{positive}</option>
            </select>
        </div>
    }
}

/// Boxes and not a list, so that two levels may hold at once: an anomaly that no real row has.
fn one_hot_field(
    store: Store,
    row: Row,
    column_idx: usize,
    name: String,
    levels: Vec<(usize, String)>,
) -> impl IntoView {
    let boxes = levels
        .into_iter()
        .enumerate()
        .map(move |(level_idx, (value_idx, level))| {
            let holds = of_column(row, column_idx, move |field| match &field.field {
                FieldView::OneHot { levels } => levels.get(level_idx).is_some_and(|level| level.2),
                _ => false,
            });
            view! {
                <label class="tick">
                    <input
                        type="checkbox"
                        prop:checked=move || holds.get() == Some(true)
                        on:change:target=move |event| {
                            set(store, value_idx, if event.target().checked() { 1.0 } else { 0.0 });
                        }
                    />
                    <span>{level}</span>
                </label>
            }
        });
    view! {
        <fieldset class="ticks-of-levels">
            <legend>{name}</legend>
            <div>{boxes.collect_view()}</div>
        </fieldset>
    }
}
