//! Decoded codes as small pictures side by side.

use leptos::prelude::*;

use super::Answer;
use crate::page::memo::Memo;
use crate::page::{
    store::Store,
    widgets::{Shown, picture_view},
};

/// So many pictures, each called by `one` and its number; empty where the answer has none.
pub(super) fn strip(
    store: Store,
    answer: Memo<Option<Answer>>,
    class: &'static str,
    name: &'static str,
    (n_pictures, one): (usize, &'static str),
) -> impl IntoView {
    let width = store.view(|session| session.picture_size().0);
    let shown = move |idx: usize| {
        Memo::new(move |_| {
            answer.with(|answer| {
                let ink = answer.as_ref().and_then(|answer| answer.pictures.get(idx));
                ink.map_or(Shown::Nothing, |ink| Shown::Ink(ink.clone()))
            })
        })
    };
    let pictures = (0..n_pictures).map(move |idx| {
        let name = format!("{one} {} of {n_pictures}", idx + 1);
        picture_view(width, shown(idx), move || name.clone())
    });
    view! {
        <div class=class role="group" aria-label=name>
            {pictures.collect_view()}
        </div>
    }
}
