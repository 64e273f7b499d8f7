//! Lessons: the list of them, the page of the one at hand, and what it points at.

mod card;
mod find;
mod list;
mod marker;
mod outcome;

pub(super) use list::lessons;

use leptos::prelude::*;

use super::store::Store;
use crate::page::memo::Memo;
use crate::session::{Session, view::LessonView};

use marker::Pointer;

/// The card of the lesson at hand and the mark of what it points at; nothing without a lesson.
pub(super) fn lesson(store: Store) -> impl IntoView {
    let view = store.view(Session::lesson_view);
    let is_open = Memo::new(move |_| view.with(Option::is_some));
    store.rare(is_open, move |store| rare_lesson(store, view))
}

#[inline(never)]
fn rare_lesson(store: Store, view: Memo<Option<LessonView>>) -> AnyView {
    let point = Memo::new(move |_| view.with(|view| view.as_ref()?.point.clone()));
    let page = Memo::new(move |_| view.with(|view| view.as_ref().map(|view| view.page)));
    let pointer = Pointer::follow(point, page);
    view! { {marker::marker(pointer)} {card::card(store, view, pointer)} }.into_any()
}
