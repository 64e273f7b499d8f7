//! Putting the page together piece by piece, so that the browser paints and listens in between.

use std::time::Duration;

use leptos::prelude::*;

use super::store::Store;

/// A part of the page, made from the session when its turn comes.
pub(super) type Piece = fn(Store) -> AnyView;

/// Runs `then` after the browser has painted what is there; at once where nobody looks, for nothing is painted there.
pub(super) fn after_paint(then: impl FnOnce() + 'static) {
    if document().hidden() {
        return then();
    }
    request_animation_frame(move || set_timeout(then, Duration::ZERO));
}

/// Runs `then` just before the browser paints next; at once where nobody looks.
pub(super) fn at_next_paint(then: impl FnOnce() + 'static) {
    if document().hidden() {
        return then();
    }
    request_animation_frame(then);
}

/// Pieces one below the other: the first is there at once, each other one is made in a task of its own.
pub(super) fn piecemeal<const N: usize>(store: Store, pieces: [Piece; N]) -> impl IntoView {
    // The timers of a tab that nobody sees are slow, and there is nobody to wait for a single piece.
    let n_at_once = if document().hidden() { N } else { 1 };
    let n_due = RwSignal::new(n_at_once);
    if n_at_once < N {
        make_next(n_due, N);
    }
    let mut idx = 0;
    let views = pieces.map(|piece| {
        idx += 1;
        let number = idx;
        let is_due = Memo::new(move |_| n_due.get() >= number);
        move || is_due.get().then(|| piece(store))
    });
    views.collect_view()
}

/// Lets one more piece be made, and so on until all are.
fn make_next(n_due: RwSignal<usize>, n_pieces: usize) {
    set_timeout(
        move || {
            n_due.update(|n_due| *n_due += 1);
            if n_due.get_untracked() < n_pieces {
                make_next(n_due, n_pieces);
            }
        },
        Duration::ZERO,
    );
}
