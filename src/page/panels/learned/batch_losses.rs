//! How much the losses of single batches scatter.

use leptos::prelude::*;

use crate::anomaly::{BatchLosses, LinearScale, format_with_digits};
use crate::page::{
    charts::{LossSummary, loss_histogram},
    store::Store,
};
use crate::session::{Session, view::BatchLossesView};

/// Mean and median often differ in the third digit only.
const DIGITS: u8 = 4;

/// The section; there is none before an epoch was trained.
pub(super) fn batch_losses(store: Store) -> impl IntoView {
    let losses = store.view(Session::batch_losses);
    let nouns = store.view(Session::nouns);
    let is_empty = move || losses.with(|losses| losses.training.is_empty());
    let charts = move || losses.with(|losses| charts(losses, nouns.get().1));
    view! {
        <section class="panel is-losses" aria-labelledby="losses-title" hidden=is_empty>
            <h2 id="losses-title">"Batch losses"</h2>
            <p class="hint">
                "Each bar counts batches of the newest epoch. Training batches were measured while the weights changed, calibration batches afterwards."
            </p>
            <div class="losses">{charts}</div>
        </section>
    }
}

fn charts(losses: &BatchLossesView, several: &str) -> Option<impl IntoView + use<>> {
    let all = losses.training.iter().chain(&losses.calibration);
    let scale = LinearScale::around(all.copied())?;
    let (training, calibration) = losses.summaries();
    let training = training.map(|summary| {
        let name = format!("training {several}");
        chart("is-training", &name, scale, &losses.training, summary)
    });
    let calibration = calibration.map(|summary| {
        let name = format!("calibration {several}");
        chart("is-calibration", &name, scale, &losses.calibration, summary)
    });
    Some(view! {
        {training}
        {calibration}
    })
}

fn chart(
    class: &'static str,
    name: &str,
    scale: LinearScale,
    values: &[f32],
    summary: BatchLosses,
) -> impl IntoView + use<> {
    let figures = [
        ("mean", summary.mean),
        ("median", summary.median),
        ("deviation", summary.deviation),
    ]
    .map(|(name, value)| (name, format_with_digits(value, DIGITS)));
    let in_words = figures
        .clone()
        .map(|(name, value)| format!("{name} {value}"));
    let description = format!(
        "Batch losses of {name}: {} batches, {}",
        summary.n_batches,
        in_words.join(", ")
    );
    let shown = LossSummary {
        values: values.to_vec(),
        mean: summary.mean,
        median: summary.median,
    };
    let figures = figures.map(|(name, value)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    });
    view! {
        <figure>
            <figcaption class="legend">
                <span class=format!("key {class}")>{name.to_owned()}</span>
                <span>{format!("{} batches", summary.n_batches)}</span>
            </figcaption>
            {loss_histogram(class, scale, &shown, description)}
            <dl class="figures">{figures.into_iter().collect_view()}</dl>
        </figure>
    }
}
