//! The first screen, whose layout is the diagram: from the drawing to the verdict, the way the data goes, and training
//! under the network.

use leptos::prelude::*;

use super::drawing::{drawing, treatment};
use super::loss_panel::loss_panel;
use super::network_diagram::network_diagram;
use super::preparation::preparation;
use super::rewind::rewound;
use super::transport::transport;
use super::verdict_panel::verdict_panel;
use super::{row, series};
use crate::page::{
    store::Store,
    widgets::{Shown, picture_view},
};
use crate::picture::signed_error;
use crate::session::{
    CompareMessage, Hideable, Message, PictureBench, Place, Session, view::BenchKind,
};

/// The whole row of stages.
pub(crate) fn flow(store: Store) -> impl IntoView {
    let bench = store.view(|session| session.kind().bench());
    let input = move || match bench.get() {
        BenchKind::Drawing => {
            view! { {drawing(store)} {treatment(store)} {store.later(seen)} }.into_any()
        }
        BenchKind::Form => store.rare_now(rare_row),
        BenchKind::Curve => store.rare_now(rare_curve),
    };
    let output = move || match bench.get() {
        BenchKind::Drawing => {
            view! { {store.later(reconstructed)} {store.later(error_map)} }.into_any()
        }
        BenchKind::Form => store.rare_now(rare_row_comparison),
        BenchKind::Curve => store.rare_now(rare_curve_comparison),
    };
    let class = move || match bench.get() {
        BenchKind::Drawing => "flow",
        BenchKind::Form => "flow is-table",
        BenchKind::Curve => "flow is-series",
    };
    view! {
        <section class=class aria-label="Diagram">
            {move || input()} {store.later(network_diagram)} {training(store)} {move || output()} {store.later(verdict_panel)}
        </section>
    }
}

#[inline(never)]
fn rare_row(store: Store) -> AnyView {
    view! { {row::editor(store)} {row::encoded(store)} }.into_any()
}

#[inline(never)]
fn rare_row_comparison(store: Store) -> AnyView {
    row::comparison(store).into_any()
}

#[inline(never)]
fn rare_curve(store: Store) -> AnyView {
    view! { {series::bench(store)} {series::tools(store)} }.into_any()
}

#[inline(never)]
fn rare_curve_comparison(store: Store) -> AnyView {
    series::comparison(store).into_any()
}

/// What teaches the network, under it.
fn training(store: Store) -> impl IntoView {
    let is_hidden = store.view(|session| session.is_hidden(Hideable::Training));
    let has_settings = store.view(|session| session.has_place(Place::Network));
    let is_rewound = store.view(|session| session.shown_epoch().is_some());
    let change = move |_| store.send(Message::GoTo(Some(Place::Network)));
    view! {
        <section
            class="stage is-training"
            aria-labelledby="training-title"
            hidden=move || is_hidden.get()
        >
            <h2 id="training-title" class="visually-hidden">
                "Train"
            </h2>
            {store.later(transport)} {store.later(loss_panel)} {rewound(store)}
            <p class="run-links" hidden=move || !has_settings.get() || is_rewound.get()>
                <button type="button" class="button is-link" on:click=change>
                    "Change the network or its training"
                </button>
                {keep(store)}
            </p>
        </section>
    }
}

/// Keeps the run, and leads to where it is compared with others.
fn keep(store: Store) -> impl IntoView {
    let is_absent =
        store.view(|session| !session.can_keep_run() || !session.has_place(Place::Runs));
    let keep = move |_| {
        store.send(Message::Compare(CompareMessage::Keep));
        store.send(Message::GoTo(Some(Place::Runs)));
    };
    view! {
        <button type="button" class="button is-link" hidden=move || is_absent.get() on:click=keep>
            "Keep this run to compare"
        </button>
    }
}

fn width(session: &Session) -> usize {
    session.picture_size().0
}

fn seen(store: Store) -> impl IntoView {
    let shown = store.view(|session| {
        let seen = session.drawing().and_then(PictureBench::seen);
        seen.map_or(Shown::Nothing, |picture| Shown::Ink(picture.ink().to_vec()))
    });
    let size = store.view(Session::picture_size);
    let in_words = move || {
        let (width, height) = size.get();
        format!("{width} × {height} pixels")
    };
    view! {
        <figure class="stage is-seen">
            <figcaption>
                <h2>"What the network sees"</h2>
                <p class="hint">{move || in_words()}</p>
            </figcaption>
            {picture_view(store.view(width), shown, || "What the network sees".to_owned())} {preparation(store)}
        </figure>
    }
}

fn reconstructed(store: Store) -> impl IntoView {
    let shown = store.view(|session| {
        let judgement = session.judgement();
        judgement.map_or(Shown::Nothing, |judgement| {
            Shown::Ink(judgement.reconstruction.clone())
        })
    });
    view! {
        <figure class="stage is-reconstructed">
            <figcaption>
                <h2>"Reconstruction"</h2>
                <p class="hint">"from the code alone"</p>
            </figcaption>
            {picture_view(store.view(width), shown, || "Reconstruction".to_owned())}
        </figure>
    }
}

fn error_map(store: Store) -> impl IntoView {
    let shown = store.view(|session| {
        let judgement = session.judgement();
        judgement.map_or(Shown::Nothing, |judgement| {
            Shown::Signed(signed_error(&judgement.values, &judgement.reconstruction))
        })
    });
    view! {
        <figure class="stage is-error">
            <figcaption>
                <h2>"Error map"</h2>
                <p class="legend">
                    <span class="key is-unexpected">"unexpected"</span>
                    <span class="key is-missing">"missing"</span>
                </p>
            </figcaption>
            {picture_view(
                store.view(width),
                shown,
                || "Error map: ink that was not expected, and ink that is missing".to_owned(),
            )}
        </figure>
    }
}
