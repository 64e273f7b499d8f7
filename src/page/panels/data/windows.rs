//! The reader's table as a recording along time, cut into windows.

use leptos::prelude::*;

use crate::data::WindowCut;
use crate::page::memo::Memo;
use crate::page::{
    store::Store,
    widgets::{choice, number},
};
use crate::session::{DataMessage, Message};

/// What is offered: columns along time, and the cut that was chosen or is proposed.
#[derive(Clone, Debug, Default, PartialEq)]
struct Offer {
    streams: Vec<(usize, String)>,
    /// The cut at hand; `None` while items are rows.
    cut: Option<WindowCut>,
}

/// The column, length and stride of windows, and the way there and back; nothing where no column is along time.
pub(crate) fn windows(store: Store) -> impl IntoView {
    let offer = store.view(|session| {
        session
            .data_view()
            .map_or_else(Offer::default, |data| Offer {
                streams: data.streams,
                cut: data.cut,
            })
    });
    let is_there = Memo::new(move |_| offer.with(|offer| !offer.streams.is_empty()));
    store.rare(is_there, move |store| rare_windows(store, offer))
}

#[inline(never)]
fn rare_windows(store: Store, offer: Memo<Offer>) -> AnyView {
    let is_cut = Memo::new(move |_| offer.with(|offer| offer.cut.is_some()));
    let form = move || {
        let offer = offer.get();
        let first = offer.streams.first().map(|stream| stream.0);
        let cut = offer.cut.or_else(|| proposed(store, first?));
        cut.map(|cut| fields(store, &offer, cut))
    };
    view! {
        <div class="windows">
            <details open=move || is_cut.get()>
                <summary>"Read the rows as a recording along time"</summary>
                {move || form()}
            </details>
        </div>
    }
    .into_any()
}

fn proposed(store: Store, column_idx: usize) -> Option<WindowCut> {
    store.peek(|session| session.proposed_cut(column_idx))
}

fn fields(store: Store, offer: &Offer, cut: WindowCut) -> impl IntoView + use<> {
    let cut = RwSignal::new(cut);
    let columns: Vec<usize> = offer.streams.iter().map(|stream| stream.0).collect();
    let names: Vec<String> = offer
        .streams
        .iter()
        .map(|stream| stream.1.clone())
        .collect();
    let is_cut = offer.cut.is_some();
    let columns = StoredValue::new(columns);
    let selected = Memo::new(move |_| {
        let column_idx = cut.get().column_idx;
        columns.with_value(|columns| columns.iter().position(|&it| it == column_idx).unwrap_or(0))
    });
    let choose = move |place: usize| {
        let column_idx = columns.with_value(|columns| columns.get(place).copied());
        if let Some(proposed) = column_idx.and_then(|column_idx| proposed(store, column_idx)) {
            cut.set(proposed);
        }
    };
    let length = Memo::new(move |_| cut.get().length as f64);
    let stride = Memo::new(move |_| cut.get().stride as f64);
    let send =
        move |cut: Option<WindowCut>| store.send(Message::Data(DataMessage::CutWindows(cut)));
    view! {
        <p class="hint">
            "Items become stretches of one column, each as long as its strongest period unless you say otherwise. Where they \
             overlap, what calibrates the threshold was partly trained on, and the threshold promises less."
        </p>
        <div class="windows-fields">
            {choice("window-column", "Column", names, selected, choose)}
            {number("window-length", "Rows of a window", length, move |rows: f64| {
                cut.update(|cut| cut.length = rows.max(1.0) as usize);
            })}
            {number("window-stride", "Rows from one to the next", stride, move |rows: f64| {
                cut.update(|cut| cut.stride = rows.max(1.0) as usize);
            })}
        </div>
        <div class="data-buttons">
            <button type="button" class="button" on:click=move |_| send(Some(cut.get_untracked()))>
                "Cut into windows"
            </button>
            <button type="button" class="button" hidden=!is_cut on:click=move |_| send(None)>
                "Back to rows"
            </button>
        </div>
    }
}
