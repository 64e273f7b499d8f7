//! How the loss fell.

use leptos::prelude::*;

use super::rewind::rewind;
use crate::anomaly::format_error;
use crate::page::memo::Memo;
use crate::page::{
    charts::{Curve, curves},
    store::Store,
};
use crate::session::{EpochLoss, Session};

/// The loss of training and calibration items, epoch by epoch.
pub(crate) fn loss_panel(store: Store) -> impl IntoView {
    let losses = store.view(Session::loss_curves);
    let epochs = store.view(|session| session.training().epochs as f64);
    let drawn = Memo::new(move |_| {
        losses.with(|losses| {
            let kept = losses.kept.iter().map(|(number, points)| Curve {
                class: kept_class(*number),
                points: points.clone(),
            });
            let own = [
                Curve {
                    class: "is-training",
                    points: losses.training.clone(),
                },
                Curve {
                    class: "is-calibration",
                    points: losses.calibration.clone(),
                },
            ];
            kept.chain(own).collect::<Vec<_>>()
        })
    });
    let shown = store.view(Session::shown_epoch);
    let newest = move |of: fn(&EpochLoss) -> f64| {
        let newest = losses.with(|losses| losses.newest);
        newest.map_or_else(|| "–".to_owned(), |loss| format_error(of(&loss) as f32))
    };
    let nouns = store.view(Session::nouns);
    let parts = store.view(|session| {
        let (noun, _) = session.nouns();
        session.code_price().map(|price| price.sentence(noun))
    });
    let in_words = move || {
        let (_, several) = nouns.get();
        losses.with(|losses| match losses.newest {
            None => "Loss curve: no epoch has been trained yet.".to_owned(),
            Some(last) => format!(
                "Loss curve: after epoch {} it is {} on training {several} and {} on calibration {several}.",
                last.epoch,
                format_error(last.training as f32),
                format_error(last.calibration as f32)
            ),
        })
    };
    view! {
        <figure class="chart-frame">
            <figcaption class="legend">
                <span>"Loss per epoch"</span>
                <span class="key is-training">
                    "training " <b>{move || newest(|loss| loss.training)}</b>
                </span>
                <span class="key is-calibration">
                    "calibration " <b>{move || newest(|loss| loss.calibration)}</b>
                </span>
            </figcaption>
            {curves(drawn, epochs, shown, in_words)} {rewind(store)}
            <p class="hint" hidden=move || parts.with(Option::is_none)>{move || parts.get()}</p>
            <p class="chart-empty" hidden=move || losses.with(|losses| losses.newest.is_some())>
                "The curve appears as soon as an epoch is trained."
            </p>
        </figure>
    }
}

/// Kept runs are told apart by their dashes.
fn kept_class(number: usize) -> &'static str {
    match number {
        1 => "is-kept is-kept-1",
        2 => "is-kept is-kept-2",
        3 => "is-kept is-kept-3",
        4 => "is-kept is-kept-4",
        5 => "is-kept is-kept-5",
        _ => "is-kept is-kept-6",
    }
}
