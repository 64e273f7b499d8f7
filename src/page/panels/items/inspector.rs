//! The item on the bench from close by: its picture, its pixels in hexadecimal, its code in figures.

use leptos::prelude::*;

use crate::page::{
    download::save_picture,
    store::Store,
    widgets::{Shown, picture_view},
};
use crate::session::{Bench, PictureBench, Session, Source, view::BenchKind};

/// So many columns of hexadecimal pixels stand beside the picture, more of them below it.
const COLUMNS_BESIDE: usize = 12;

/// The section beside the list.
pub(super) fn inspector(store: Store) -> impl IntoView {
    let is_picture = store.view(|session| match session.kind().bench() {
        BenchKind::Drawing => true,
        BenchKind::Form | BenchKind::Curve => false,
    });
    let code = store.view(|session| {
        session
            .judgement()
            .map_or_else(Vec::new, |judgement| judgement.code.clone())
    });
    let name = store.view(name);
    let is_large = store.view(|session| session.picture_size().0 > COLUMNS_BESIDE);
    view! {
        <section class="panel is-inspector" aria-labelledby="inspector-title">
            <h3 id="inspector-title">"Item on the bench"</h3>
            <p class="hint">{move || name.get()}</p>
            <div
                class="inspector-picture"
                class:is-large=move || is_large.get()
                hidden=move || !is_picture.get()
            >
                {picture(store)} {pixels(store)}
            </div>
            <div hidden=move || code.with(Vec::is_empty)>
                <h4 id="code-title">"Its code"</h4>
                <ol class="code-values" aria-labelledby="code-title">
                    {move || code.with(|code| figures(code))}
                </ol>
            </div>
        </section>
    }
}

fn figures(code: &[f32]) -> impl IntoView + use<> {
    let values = code
        .iter()
        .map(|value| view! { <li>{format!("{value:+.3}")}</li> });
    values.collect_view()
}

/// What lies on the bench, in a few words.
fn name(session: &Session) -> String {
    let nothing = "Nothing lies on the bench.";
    let bench = session.bench();
    if bench.is_empty() {
        return nothing.to_owned();
    }
    match bench {
        Bench::Row(_) => session
            .row_view()
            .map_or_else(|| nothing.to_owned(), |row| row.origin),
        Bench::Series(_) => session
            .curve_view()
            .map_or_else(|| nothing.to_owned(), |view| view.origin),
        Bench::Picture(drawing) => match drawing.source() {
            Source::Item {
                index,
                label: Some(label),
            } => format!("Item {index}, {}", session.label_in_words(label)),
            Source::Item { index, label: None } => format!("Item {index}"),
            Source::OtherFile(item) => format!("Item {item} of the other file"),
            Source::Hand => "Your own drawing".to_owned(),
        },
    }
}

/// The picture as the network sees it, large, and a way to keep it.
fn picture(store: Store) -> impl IntoView {
    let width = store.view(|session| session.picture_size().0);
    let shown = store.view(seen);
    let is_blank = move || shown.with(|shown| *shown == Shown::Nothing);
    let save = move |_| {
        let (file_name, width) =
            store.peek(|session| (file_name(session), session.picture_size().0));
        shown.with_untracked(|shown| {
            if let Shown::Ink(ink) = shown {
                save_picture(width, ink, &file_name);
            }
        });
    };
    view! {
        <div class="inspector-seen">
            {picture_view(width, shown, || "Item on the bench, as the network sees it".to_owned())}
            <button type="button" class="button" disabled=is_blank on:click=save>
                "Save picture"
            </button>
        </div>
    }
}

fn seen(session: &Session) -> Shown {
    let seen = session.drawing().and_then(PictureBench::seen);
    seen.map_or(Shown::Nothing, |picture| Shown::Ink(picture.ink().to_vec()))
}

/// "item-486-digit-7.png" or "drawing.png".
fn file_name(session: &Session) -> String {
    let (one, _) = session.nouns();
    let source = session.drawing().map(PictureBench::source);
    match source.unwrap_or(Source::Hand) {
        Source::Item {
            index,
            label: Some(label),
        } if one == "digit" => format!("item-{index}-digit-{label}.png"),
        Source::Item {
            index,
            label: Some(label),
        } => format!("item-{index}-label-{label}.png"),
        Source::Item { index, label: None } => format!("item-{index}.png"),
        Source::OtherFile(item) => format!("other-file-{item}.png"),
        Source::Hand => "drawing.png".to_owned(),
    }
}

/// The levels of the pixels, as the first article prints them.
fn pixels(store: Store) -> impl IntoView {
    let rows = store.view(|session| session.hex_rows().unwrap_or_default());
    view! {
        <figure class="hex" aria-labelledby="hex-title" hidden=move || rows.with(Vec::is_empty)>
            <figcaption id="hex-title">"Pixels in hexadecimal"</figcaption>
            <pre tabindex="0">{move || rows.get().join("\n")}</pre>
        </figure>
    }
}
