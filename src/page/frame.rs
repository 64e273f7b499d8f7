//! The page in a frame of another page: the loop alone.

use leptos::prelude::*;

use super::store::Store;
use crate::page::effect::effect;

/// On the document's element while the page stands in a frame; the style sheets do the rest.
const CLASS: &str = "is-embedded";

/// Keeps the document's class to what the link asks for.
pub(super) fn follow(store: Store) {
    let is_embedded = store.view(|session| session.shown().is_embedded);
    effect(move || {
        if let Some(root) = document().document_element() {
            // A class that cannot be set leaves the whole page to be seen, which is no harm.
            drop(
                root.class_list()
                    .toggle_with_force(CLASS, is_embedded.get()),
            );
        }
    });
}
