//! The same few items, reconstructed after more and more epochs.

use leptos::prelude::*;

use crate::page::memo::Memo;
use crate::page::{store::Store, widgets::picture_strip};
use crate::session::{Session, view::FilmView};

/// The section with the film; there is none for tables and before an epoch was trained.
pub(super) fn film(store: Store) -> impl IntoView {
    let stamp = store.view(Session::film_stamp);
    let film = Memo::new(move |_| {
        // The film is large, and changes only with its stamp; merely tracking a memo would never compute it.
        stamp.get();
        store.peek(Session::film)
    });
    let nouns = store.view(Session::nouns);
    let is_empty = move || film.with(|film| film.width == 0 || film.frames.is_empty());
    let strips = move || film.with(|film| strips(film, nouns.get().1));
    view! {
        <section class="panel is-film" aria-labelledby="film-title" hidden=is_empty>
            <h3 id="film-title">"Over the epochs"</h3>
            <p class="hint">
                {move || format!("The same calibration {}, reconstructed after more and more epochs.", nouns.get().1)}
            </p>
            <div class="film">{move || strips()}</div>
        </section>
    }
}

fn strips(film: &FilmView, several: &str) -> impl IntoView + use<> {
    let labels: Vec<String> = film
        .labels
        .iter()
        .map(|label| label.map_or_else(|| "–".to_owned(), |label| label.to_string()))
        .collect();
    let what = if film.labels.iter().any(Option::is_some) {
        format!("{several} {}", labels.join(", "))
    } else {
        format!("{} {several}", film.originals.len())
    };
    let frames = film.frames.iter().map(|(epoch, reconstructed)| {
        let description = format!("After epoch {epoch}: the {what}, reconstructed");
        view! {
            <div class="film-row">
                <p class="film-name"><span class="film-after">"after "</span> {format!("epoch {epoch}")}</p>
                {picture_strip(film.width, reconstructed, description)}
            </div>
        }
    });
    let marks = labels
        .iter()
        .map(|label| view! { <span>{label.clone()}</span> });
    view! {
        <div class="film-row">
            <p class="film-name">"original"</p>
            {picture_strip(film.width, &film.originals, format!("The originals: {what}"))}
        </div>
        <div class="film-row is-labels" aria-hidden="true">
            <p class="film-name">"label"</p>
            <p class="film-labels">{marks.collect_view()}</p>
        </div>
        {frames.collect_view()}
    }
}
