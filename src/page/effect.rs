//! What is done when something changes.

use leptos::prelude::Effect;

/// Does something as soon as the page stands, and again when a signal changes that it read.
pub(super) fn effect(run: impl FnMut() + 'static) {
    boxed(Box::new(run));
}

/// Leptos builds an effect's machinery for every closure; of closures behind a pointer there is one type.
fn boxed(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| run());
}
