//! What became of noise: whether the network gave back something cleaner than it got.

use leptos::prelude::*;

use crate::page::memo::Memo;
use crate::page::panels::insights::insights;
use crate::page::{
    store::Store,
    widgets::{Shown, picture_view},
};
use crate::session::{
    Session,
    view::{DenoisingView, InsightPlace},
};

/// The section; there is nothing to see without noise.
pub(super) fn denoising(store: Store) -> impl IntoView {
    let view = store.view(Session::denoising);
    let is_there = Memo::new(move |_| view.with(Option::is_some));
    store.rare(is_there, move |store| rare_pictures(store, view))
}

#[inline(never)]
fn rare_pictures(store: Store, view: Memo<Option<DenoisingView>>) -> AnyView {
    let width = Memo::new(move |_| view.with(|view| view.as_ref().map_or(0, |view| view.width)));
    let nouns = store.view(Session::nouns);
    let verdict = move || {
        let (_, several) = nouns.get();
        view.with(|view| view.as_ref().map(|view| view.sentence(several)))
    };
    let gain = move || view.with(|view| view.as_ref().map(DenoisingView::gain_in_words));
    let is_loss =
        Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|view| view.gain() < 0.0)));
    let picture = move |name: &'static str,
                        note: fn(&DenoisingView) -> String,
                        of: fn(&DenoisingView) -> &Vec<f32>| {
        let shown = Memo::new(move |_| {
            view.with(|view| {
                view.as_ref()
                    .map_or(Shown::Nothing, |view| Shown::Ink(of(view).clone()))
            })
        });
        let note = move || view.with(|view| view.as_ref().map(note));
        view! {
            <figure>
                {picture_view(width, shown, move || format!("Denoising: {name}"))}
                <figcaption>
                    {name} " " <b>{move || note()}</b>
                </figcaption>
            </figure>
        }
    };
    view! {
        <section
            class="panel is-denoising"
            aria-labelledby="denoising-title"
        >
            <h3 id="denoising-title">"Denoising"</h3>
            <div class="denoising-pictures">
                {picture("clean", |_| String::new(), |view| &view.clean)}
                {picture("noisy", |view| decibels(view.noisy_psnr), |view| &view.noisy)}
                {picture("reconstructed", |view| decibels(view.reconstructed_psnr), |view| &view.reconstructed)}
            </div>
            <p class="denoising-gain" class:is-loss=move || is_loss.get()>
                <b>{move || gain()}</b>
                {move || if is_loss.get() { " lost: further from the clean picture" } else { " gained: closer to the clean picture" }}
            </p>
            <p>{move || verdict()}</p>
            {insights(store, InsightPlace::Denoising)}
        </section>
    }
    .into_any()
}

fn decibels(psnr: f32) -> String {
    format!("{psnr:.1} dB")
}
