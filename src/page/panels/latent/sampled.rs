//! Digits that nobody wrote: random codes, decoded by a variational autoencoder.

use leptos::prelude::*;

use super::{Answer, kept, strip::strip};
use crate::page::store::Store;
use crate::protocol::Wish;
use crate::session::{CodesMessage, Message, Session};

/// How many items are made at once.
const N_SAMPLES: usize = 12;

/// The button and what came of it; other networks' codes follow no distribution that could be drawn from.
pub(super) fn sampled(store: Store) -> impl IntoView {
    let is_variational = store.view(|session| session.architecture().beta().is_some());
    // Without calibration errors the examiner has no network yet.
    let can_sample = store.view(|session| session.calibration().is_some());
    let nouns = store.view(Session::nouns);
    let seed = RwSignal::new(0_u32);
    let answer = kept(store, |session| Answer::of(session, session.sampled()));
    let sample = move |_| {
        seed.update(|seed| *seed = seed.wrapping_add(1));
        store.send(Message::Codes(CodesMessage::Imagine(Wish::Prior {
            seed: seed.get_untracked(),
            n_codes: N_SAMPLES,
        })));
    };
    let title = move || format!("New {}", nouns.get().1);
    let hint = move || {
        let (_, several) = nouns.get();
        format!(
            "Random codes, decoded. Training kept the codes of {several} where such draws fall, so most of these look \
             like {several}."
        )
    };
    view! {
        <section class="sampled" aria-labelledby="sampled-title" hidden=move || !is_variational.get()>
            <h4 id="sampled-title">{title}</h4>
            <button type="button" class="button" disabled=move || !can_sample.get() on:click=sample>
                "Sample"
            </button>
            {strip(store, answer, "strip is-sampled", "Samples", (N_SAMPLES, "Sample"))}
            <p class="hint">{move || hint()}</p>
        </section>
    }
}
