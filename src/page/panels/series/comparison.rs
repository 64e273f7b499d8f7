//! The later stage of a curve: its reconstruction over it, and the error between both.

use leptos::prelude::*;

use super::{curve_of, frame_of};
use crate::page::charts::{ComparedCurves, compared_curves};
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::Session;

/// Both curves, the error filled between them.
pub(crate) fn comparison(store: Store) -> impl IntoView {
    let curve = curve_of(store);
    let shown = Memo::new(move |_| {
        curve.with(|curve| {
            curve
                .as_ref()
                .map_or_else(ComparedCurves::default, |view| ComparedCurves {
                    frame: frame_of(view),
                    values: view.seen.clone(),
                    reconstruction: view.reconstruction.clone(),
                })
        })
    });
    let nouns = store.view(Session::nouns);
    let description = move || {
        let has_answer = shown.with(|shown| !shown.reconstruction.is_empty());
        let over = if has_answer {
            ", the reconstruction over it and the error between them"
        } else {
            "; there is no reconstruction yet"
        };
        format!("The {} as the network sees it{over}", nouns.get().0)
    };
    view! {
        <figure class="stage is-curves">
            <figcaption>
                <h2>"Reconstruction"</h2>
                <p class="legend">
                    <span class="curve-key">{move || format!("your {}", nouns.get().0)}</span>
                    <span class="curve-key is-reconstructed">"from the code alone"</span>
                    <span class="curve-key is-error">"error"</span>
                </p>
            </figcaption>
            {compared_curves(shown, description)}
        </figure>
    }
}
