//! One row of the list.

use leptos::prelude::*;

use super::table::Columns;
use crate::page::charts::ComparedCurves;
use crate::page::memo::Memo;
use crate::page::panels::series::{compared_with, small_curve};
use crate::page::{
    store::Store,
    widgets::{Icon, Shown, icon, picture_view},
};
use crate::session::{
    ItemChoice, Message,
    view::{ItemsView, ListedAs, RankedItem},
};

type Row = Memo<Option<RankedItem>>;

/// The row of the item `index`; it follows what becomes of the item.
pub(super) fn row(
    store: Store,
    items: Memo<ItemsView>,
    index: usize,
    decimals: Memo<usize>,
    columns: &Columns,
) -> impl IntoView + use<> {
    let item: Row = Memo::new(move |_| {
        items.with(|items| items.rows.iter().find(|row| row.index == index).cloned())
    });
    let is_shown = store.view(move |session| session.item_shown() == Some(index));
    let rank = move || text(item, |item| item.rank.to_string());
    let error = move || {
        let decimals = decimals.get();
        text(item, move |item| format!("{:.decimals$}", item.error))
    };
    let (before, after) = match columns.listed_as {
        Some(ListedAs::Picture { width }) => {
            let picture = thumbnail(store, width, item, index).into_any();
            (Some(picture), Some(label(store, item).into_any()))
        }
        Some(ListedAs::Curve) => {
            let curve = curve(store, item, index).into_any();
            (Some(curve), Some(label(store, item).into_any()))
        }
        Some(ListedAs::Columns { ref names }) => {
            let fields = fields(item, names.len()).into_any();
            (None, Some(fields))
        }
        None => (None, None),
    };
    let code = columns.has_codes.then(
        || view! { <td class="item-code">{move || text(item, |item| in_figures(&item.code))}</td> },
    );
    view! {
        <tr class:is-shown=move || is_shown.get() aria-current=move || is_shown.get().then_some("true")>
            <td class="item-rank">{move || rank()}</td>
            {before}
            <td>{show_button(store, index)}</td>
            {after}
            <td class="item-error">{move || error()}</td>
            {verdict(item)}
            <td class="item-part">{move || text(item, |item| item.part.title().to_owned())}</td>
            {code}
        </tr>
    }
}

/// The index, which lays the item on the bench.
fn show_button(store: Store, index: usize) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button item-index"
            aria-label=format!("Show item {index} on the bench")
            on:click=move |_| store.send(Message::Lay(ItemChoice::Item(index)))
        >
            {index}
        </button>
    }
}

fn thumbnail(store: Store, width: usize, item: Row, index: usize) -> impl IntoView {
    let width = Memo::new(move |_| width);
    let shown = Memo::new(move |_| {
        item.with(|item| {
            item.as_ref()
                .map_or(Shown::Nothing, |item| Shown::Ink(item.values.clone()))
        })
    });
    let description = move || {
        let label = item.with(|item| item.as_ref().and_then(|item| item.label));
        let label = label.map_or_else(String::new, |label| {
            format!(", {}", store.peek(|session| session.label_in_words(label)))
        });
        format!("Item {index}{label}")
    };
    view! { <td class="item-picture">{picture_view(width, shown, description)}</td> }
}

fn curve(store: Store, item: Row, index: usize) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let values = item.with(|item| item.as_ref().map(|item| item.values.clone()));
        values.map_or_else(ComparedCurves::default, |values| {
            store.peek(|session| compared_with(session, values, None))
        })
    });
    let description = move || {
        let label = item.with(|item| item.as_ref().and_then(|item| item.label));
        store.peek(|session| session.item_in_words(index, label))
    };
    view! { <td class="item-picture">{small_curve(shown, description)}</td> }
}

fn label(store: Store, item: Row) -> impl IntoView {
    let label = move || {
        let label = item.with(|item| item.as_ref().and_then(|item| item.label));
        label.map_or_else(
            || "–".to_owned(),
            |label| store.peek(|session| session.class_in_words(label)),
        )
    };
    view! { <td class="item-label">{move || label()}</td> }
}

fn fields(item: Row, n_columns: usize) -> impl IntoView {
    let cells = (0..n_columns).map(|column_idx| {
        let cell = move || {
            text(item, |item| {
                item.cells.get(column_idx).cloned().unwrap_or_default()
            })
        };
        view! { <td>{move || cell()}</td> }
    });
    cells.collect_view()
}

/// Word, shape and colour say the same.
fn verdict(item: Row) -> impl IntoView {
    let is_anomaly =
        Memo::new(move |_| item.with(|item| item.as_ref().is_some_and(|it| it.is_anomaly)));
    let mark = move || {
        if is_anomaly.get() {
            view! { <span class="item-verdict is-anomaly">{icon(Icon::Anomaly)} <span>"anomaly"</span></span> }
        } else {
            view! { <span class="item-verdict is-normal">{icon(Icon::Normal)} <span>"normal"</span></span> }
        }
    };
    view! { <td>{move || mark()}</td> }
}

/// The values at the bottleneck, written out.
pub(super) fn in_figures(code: &[f32]) -> String {
    let values: Vec<String> = code.iter().map(|value| format!("{value:+.2}")).collect();
    values.join(" ")
}

fn text(item: Row, read: impl Fn(&RankedItem) -> String) -> String {
    item.with(|item| item.as_ref().map_or_else(String::new, read))
}
