//! How much the losses of single batches scatter.

use leptos::prelude::*;

use crate::anomaly::{BatchLosses, LinearScale, format_with_digits};
use crate::page::memo::Memo;
use crate::page::{
    charts::{LossSummary, loss_histogram},
    store::Store,
};
use crate::session::{Session, view::BatchLossesView};

/// Mean and median often differ in the third digit only.
const DIGITS: u8 = 4;

/// One of the two charts.
#[derive(Clone, Copy)]
enum Which {
    Training,
    Calibration,
}

impl Which {
    fn name(self, several: &str) -> String {
        match self {
            Self::Training => format!("training {several}"),
            Self::Calibration => format!("calibration {several}"),
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Training => "is-training",
            Self::Calibration => "is-calibration",
        }
    }

    fn values(self, losses: &BatchLossesView) -> &[f32] {
        match self {
            Self::Training => &losses.training,
            Self::Calibration => &losses.calibration,
        }
    }
}

/// The section; there is none before an epoch was trained.
pub(super) fn batch_losses(store: Store) -> impl IntoView {
    let losses = store.view(Session::batch_losses);
    let is_empty = move || losses.with(|losses| losses.training.is_empty());
    // One axis for both charts, so that they can be compared.
    let scale = Memo::new(move |_| {
        losses.with(|losses| {
            let all = losses.training.iter().chain(&losses.calibration);
            LinearScale::around(all.copied())
        })
    });
    view! {
        <section class="panel is-losses" aria-labelledby="losses-title" hidden=is_empty>
            <h3 id="losses-title">"Batch losses"</h3>
            <p class="hint">
                "Each bar counts batches of the newest epoch. Training batches were measured while the weights changed, calibration batches afterwards."
            </p>
            <div class="losses">
                {chart(store, losses, scale, Which::Training)}
                {chart(store, losses, scale, Which::Calibration)}
            </div>
        </section>
    }
}

fn chart(
    store: Store,
    losses: Memo<BatchLossesView>,
    scale: Memo<Option<LinearScale>>,
    which: Which,
) -> impl IntoView {
    let nouns = store.view(Session::nouns);
    let name = move || which.name(nouns.get().1);
    let figures = Memo::new(move |_| losses.with(|losses| BatchLosses::of(which.values(losses))));
    let shown = Memo::new(move |_| {
        let (figures, scale) = (figures.get()?, scale.get()?);
        Some(LossSummary {
            scale,
            values: losses.with(|losses| which.values(losses).to_vec()),
            mean: figures.mean,
            median: figures.median,
        })
    });
    let description = move || {
        let figures = figures.get()?;
        let in_words = NAMED.map(|(name, value)| format!("{name} {}", in_figures(value(&figures))));
        let (name, n_batches) = (name(), figures.n_batches);
        let in_words = in_words.join(", ");
        Some(format!(
            "Batch losses of {name}: {n_batches} batches, {in_words}"
        ))
    };
    let n_batches = move || Some(format!("{} batches", figures.get()?.n_batches));
    let listed = NAMED.map(|(name, value)| {
        let figure = move || Some(in_figures(value(&figures.get()?)));
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{move || figure()}</dd>
            </div>
        }
    });
    let class = which.class();
    view! {
        <figure hidden=move || figures.get().is_none()>
            <figcaption class="legend">
                <span class=format!("key {class}")>{move || name()}</span>
                <span>{move || n_batches()}</span>
            </figcaption>
            {loss_histogram(class, shown, description)}
            <dl class="figures">{listed.into_iter().collect_view()}</dl>
        </figure>
    }
}

/// A figure of the batch losses.
type LossFigure = fn(&BatchLosses) -> f32;

const NAMED: [(&str, LossFigure); 3] = [
    ("mean", |losses| losses.mean),
    ("median", |losses| losses.median),
    ("deviation", |losses| losses.deviation),
];

fn in_figures(value: f32) -> String {
    format_with_digits(value, DIGITS)
}
