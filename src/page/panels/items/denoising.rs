//! What became of noise: whether the network gave back something cleaner than it got.

use leptos::prelude::*;

use crate::page::{
    store::Store,
    widgets::{Shown, picture_view},
};
use crate::session::{Session, view::DenoisingView};

/// The section; there is nothing to see without noise.
pub(super) fn denoising(store: Store) -> impl IntoView {
    let view = store.view(Session::denoising);
    let width = Memo::new(move |_| view.with(|view| view.as_ref().map_or(0, |view| view.width)));
    let verdict = store.view(|session| {
        let (_, several) = session.nouns();
        let trained_with = session.training().noise;
        session
            .denoising()
            .map(|view| sentence(&view, several, trained_with))
    });
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
                    {name} <b>{note}</b>
                </figcaption>
            </figure>
        }
    };
    view! {
        <section
            class="panel is-denoising"
            aria-labelledby="denoising-title"
            hidden=move || view.with(Option::is_none)
        >
            <h2 id="denoising-title">"Denoising"</h2>
            <div class="denoising-pictures">
                {picture("clean", |_| String::new(), |view| &view.clean)}
                {picture("noisy", |view| decibels(view.noisy_psnr), |view| &view.noisy)}
                {picture("rebuilt", |view| decibels(view.rebuilt_psnr), |view| &view.rebuilt)}
            </div>
            <p>{move || verdict.get()}</p>
        </section>
    }
}

fn decibels(psnr: f32) -> String {
    format!("{psnr:.1} dB")
}

/// Differences below this many decibels nobody sees.
const SAME_DB: f32 = 0.1;

/// Whether the network made the picture cleaner, and what it was trained on.
fn sentence(view: &DenoisingView, several: &str, trained_with: f32) -> String {
    let (before, after) = (view.noisy_psnr, view.rebuilt_psnr);
    let trained = if trained_with > 0.0 {
        format!("this network was trained with noise of {trained_with:.2}")
    } else {
        format!("this network was trained on clean {several}")
    };
    let outcome = match (after - before, trained_with > 0.0) {
        (gain, true) if gain >= SAME_DB => "and makes the picture cleaner",
        (gain, false) if gain >= SAME_DB => "and still makes the picture cleaner",
        (gain, _) if gain > -SAME_DB => "and leaves the picture as noisy as it was",
        (_, true) => "and yet what it gives back is further from the clean picture",
        (_, false) => "and does not denoise",
    };
    format!(
        "PSNR {} → {}: {trained} {outcome}.",
        decibels(before),
        decibels(after)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(noisy_psnr: f32, rebuilt_psnr: f32) -> DenoisingView {
        DenoisingView {
            width: 8,
            clean: Vec::new(),
            noisy: Vec::new(),
            rebuilt: Vec::new(),
            noisy_psnr,
            rebuilt_psnr,
        }
    }

    #[test]
    fn the_sentence_says_whether_the_picture_became_cleaner() {
        assert_eq!(
            sentence(&view(16.2, 15.6), "digits", 0.0),
            "PSNR 16.2 dB → 15.6 dB: this network was trained on clean digits and does not denoise."
        );
        assert_eq!(
            sentence(&view(10.0, 15.0), "digits", 0.3),
            "PSNR 10.0 dB → 15.0 dB: this network was trained with noise of 0.30 and makes the picture cleaner."
        );
    }
}
