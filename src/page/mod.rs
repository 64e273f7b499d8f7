//! The page: the only place that knows Leptos.
//!
//! [`store`] holds the session and carries out what it asks for; [`panels`] show its parts, from [`charts`]
//! and [`widgets`] that know no session.

mod adapter;
mod charts;
mod clipboard;
mod download;
mod fetch;
mod files;
mod link;
mod observe;
mod panels;
mod store;
mod surface;
mod theme;
mod widgets;
mod workers;

use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsCast as _;

use store::Store;

/// Puts the page into the element `app`.
pub fn mount() {
    console_error_panic_hook::set_once();
    let Some(root) = document().get_element_by_id("app") else {
        return;
    };
    root.set_inner_html("");
    mount_to(root.unchecked_into(), app).forget();
}

fn app() -> impl IntoView {
    let store = Store::open();
    theme::follow();
    link::follow(store);
    view! {
        {panels::notice_bar(store)}
        {panels::controls(store)}
        {panels::data(store)}
        {panels::flow(store)}
        {panels::workshop(store)}
        {panels::learned(store)}
        {panels::sweeps(store)}
        {panels::items(store)}
        {panels::latent(store)}
        {panels::evidence(store)}
        {panels::challenge(store)}
        {panels::colophon()}
    }
}
