//! What counts as normal: a button for each class, and how much of the others is trained on all the same.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::anomaly::format_error;
use crate::page::memo::Memo;
use crate::page::panels::series::{compared_with, small_curve};
use crate::page::{
    store::Store,
    widgets::{Icon, Shown, SliderSpec, icon, picture_view, slider},
};
use crate::session::{
    Knob, Message, RecipeMessage, Session,
    view::{BenchKind, FoundView, GroupFigures, NormalityView},
};

/// The classes, the contamination, and what came of them; nothing for data without labels.
pub(crate) fn normality(store: Store) -> impl IntoView {
    let view = store.view(Session::normality_view);
    let has_classes = Memo::new(move |_| view.with(Option::is_some));
    move || {
        has_classes.get().then(|| {
            view! {
                <div class="panel normality">
                    {classes(store, view)} {contamination(store, view)} {sentence(store, view)} {found(store)}
                </div>
            }
        })
    }
}

/// A toggle for each class; the pressed ones are normal.
fn classes(store: Store, view: Memo<Option<NormalityView>>) -> impl IntoView {
    let nouns = store.view(Session::nouns);
    let is_busy = store.view(|session| session.phase().is_busy());
    let stamp = store.view(Session::data_stamp);
    let buttons = move || {
        stamp.track();
        let pictures = store.peek(Session::class_pictures);
        let buttons = pictures
            .into_iter()
            .map(|(class, picture)| class_button(store, view, class, picture));
        buttons.collect_view()
    };
    view! {
        <fieldset class="classes" disabled=move || is_busy.get()>
            <legend>{move || format!("Normal {}", nouns.get().1)}</legend>
            {move || buttons()}
        </fieldset>
    }
}

fn class_button(
    store: Store,
    view: Memo<Option<NormalityView>>,
    class: u8,
    picture: Vec<f32>,
) -> impl IntoView {
    let is_normal = Memo::new(move |_| {
        view.with(|view| {
            let classes = view.as_ref().map_or(&[][..], |view| &view.classes);
            classes.contains(&(class, true))
        })
    });
    let name = store.peek(|session| session.class_in_words(class));
    let label = name.clone();
    let toggle = move |_| {
        let mut classes = store.peek(anomalous_classes);
        if !classes.remove(&class) {
            classes.insert(class);
        }
        store.send(Message::Recipe(RecipeMessage::Tune(
            Knob::AnomalousClasses(classes),
        )));
    };
    view! {
        <button
            type="button"
            class="class-button"
            aria-label=label
            aria-pressed=move || is_normal.get().to_string()
            title=move || if is_normal.get() { "Normal" } else { "Not normal" }
            on:click=toggle
        >
            {first_item(store, class, picture)}
            <span class="class-name">
                {name} {move || icon(if is_normal.get() { Icon::Normal } else { Icon::Anomaly })}
            </span>
        </button>
    }
}

/// The first item of a class, small.
fn first_item(store: Store, class: u8, values: Vec<f32>) -> AnyView {
    let name = store.peek(|session| session.class_in_words(class));
    let description = move || format!("The first {name} of the data");
    match store.peek(|session| session.kind().bench()) {
        BenchKind::Drawing | BenchKind::Form => {
            let width = store.view(|session| session.picture_size().0);
            let shown = Memo::new(move |_| Shown::Ink(values.clone()));
            picture_view(width, shown, description).into_any()
        }
        BenchKind::Curve => {
            let curve = store.peek(|session| compared_with(session, values, None));
            small_curve(Memo::new(move |_| curve.clone()), description).into_any()
        }
    }
}

fn anomalous_classes(session: &Session) -> BTreeSet<u8> {
    session.recipe().normality.anomalous_classes.clone()
}

const CONTAMINATION: SliderSpec = SliderSpec {
    id: "contamination",
    name: "Contamination",
    min: 0.0,
    max: 50.0,
    step: 1.0,
    in_words: |percent| format!("{percent:.0} %"),
};

/// The share of the training set that is not normal; it takes effect when the slider is let go.
fn contamination(store: Store, view: Memo<Option<NormalityView>>) -> impl IntoView {
    let is_busy = store.view(|session| session.phase().is_busy());
    let has_nothing = Memo::new(move |_| {
        view.with(|view| {
            view.as_ref()
                .is_none_or(NormalityView::is_everything_normal)
        })
    });
    let moving = RwSignal::new(None::<f32>);
    let percent = Memo::new(move |_| {
        let settled = || view.with(|view| view.as_ref().map_or(0.0, |view| view.contamination));
        moving.get().unwrap_or_else(|| (settled() * 100.0).round())
    });
    let let_go = move |_| {
        if let Some(percent) = moving.get_untracked() {
            moving.set(None);
            store.send(Message::Recipe(RecipeMessage::Tune(Knob::Contamination(
                percent / 100.0,
            ))));
        }
    };
    view! {
        <fieldset
            class="contamination"
            aria-label="Contamination of the training set"
            aria-describedby="normality-sentence"
            disabled=move || is_busy.get() || has_nothing.get()
            on:change=let_go
        >
            {slider(CONTAMINATION, percent, move |percent| moving.set(Some(percent)))}
        </fieldset>
    }
}

fn sentence(store: Store, view: Memo<Option<NormalityView>>) -> impl IntoView {
    let nouns = store.view(Session::nouns);
    let text = move || {
        view.with(|view| {
            let view = view.as_ref();
            view.map_or_else(String::new, |view| view.sentence(nouns.get()))
        })
    };
    let explanation = move || {
        format!(
            "Contamination: {} that are not normal, trained on all the same, as happens with data that nobody has sorted.",
            nouns.get().1
        )
    };
    view! {
        <p id="normality-sentence" class="hint">{move || text()}</p>
        <p class="hint">{move || explanation()}</p>
    }
}

/// How normal and other items are judged, side by side.
fn found(store: Store) -> impl IntoView {
    let found = store.view(Session::found);
    let nouns = store.view(Session::nouns);
    move || {
        found.get().map(|found| {
            let (_, several) = nouns.get();
            view! {
                <table class="found" aria-label="Normal and other items">
                    <thead>
                        <tr>
                            <th scope="col">{several}</th>
                            <th scope="col">"mean error"</th>
                            <th scope="col">"flagged"</th>
                        </tr>
                    </thead>
                    <tbody>{rows(&found)}</tbody>
                </table>
                <p class="hint" hidden=!found.is_old>"by earlier weights"</p>
            }
        })
    }
}

fn rows(found: &FoundView) -> impl IntoView + use<> {
    let errors = found.groups().map(|(_, figures)| figures.mean_error);
    let largest = errors.fold(f32::MIN_POSITIVE, f32::max);
    let row = |(name, figures): (&'static str, GroupFigures)| {
        let width = format!("{:.1}%", figures.mean_error / largest * 100.0);
        let flagged = format!("{:.0} % of {}", figures.flagged * 100.0, figures.n_items);
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>
                    <span class="found-error">
                        <span class="found-track" aria-hidden="true">
                            <span style:width=width></span>
                        </span>
                        <b>{format_error(figures.mean_error)}</b>
                    </span>
                </td>
                <td class="found-flagged">{flagged}</td>
            </tr>
        }
    };
    found.groups().map(row).collect_view()
}
