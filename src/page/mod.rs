//! The page: the only place that knows Leptos.
//!
//! [`store`] holds the session and carries out what it asks for; [`panels`] show its parts, from [`charts`]
//! and [`widgets`] that know no session.

mod adapter;
mod charts;
mod clipboard;
mod download;
mod effect;
mod fetch;
mod files;
mod folders;
mod frame;
mod lesson;
mod link;
mod memo;
mod observe;
mod offline;
mod pace;
mod panels;
mod piecemeal;
mod rare;
mod remembering;
mod scroll;
mod share;
mod store;
mod surface;
mod take_away;
mod theme;
mod views;
mod when;
mod widgets;
mod workers;

use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsCast as _;

use store::Store;

/// Puts the page into the element `app`, once the reader sees what stands in the document itself.
pub fn mount() {
    console_error_panic_hook::set_once();
    piecemeal::after_paint(|| {
        let Some(root) = document().get_element_by_id("app") else {
            return;
        };
        root.set_inner_html("");
        mount_to(root.unchecked_into(), app).forget();
    });
}

fn app() -> impl IntoView {
    let store = Store::open();
    theme::follow();
    link::follow(store);
    offline::follow(store);
    frame::follow(store);
    remembering::follow(store);
    view! {
        {panels::notice_bar(store)}
        {store.later(panels::printed)}
        {panels::bar(store)}
        {store.later(panels::flow)}
        {store.later(panels::contents)}
        {panels::places(store)}
        {store.later(panels::colophon)}
        {store.later(lesson::lesson)}
    }
}
