//! How well every detector tells normal items from changed ones.

mod curves;
mod examples;
mod heat;
mod keep;
mod outcomes;
mod per_label;
mod standing;

use leptos::prelude::*;

use crate::evaluation::DetectorKind;
use crate::page::effect::effect;
use crate::page::memo::Memo;
use crate::page::panels::insights::insights;
use crate::page::store::Store;
use crate::session::{
    Session,
    view::{EvaluationView, InsightPlace},
};

use examples::Examples;

/// The report at hand, the threshold that it is read at, and the kind of anomaly that the reader looks at.
#[derive(Clone, Copy)]
struct Reading {
    report: Memo<Option<EvaluationView>>,
    threshold: Memo<Option<f32>>,
    /// From 0.
    kind_idx: RwSignal<usize>,
}

impl Reading {
    /// Something that is read from the report; `None` while there is none.
    fn read<T>(self, part: impl Fn(&EvaluationView) -> T + Send + Sync + 'static) -> Memo<Option<T>>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.report.with(|report| report.as_ref().map(&part)))
    }

    /// What is said of the kind of anomaly that the reader looks at: "rotated by 90°".
    fn kind_title(self) -> Memo<String> {
        let titles = self.read(EvaluationView::kind_titles);
        Memo::new(move |_| {
            let titles = titles.get().unwrap_or_default();
            titles.get(self.kind_idx.get()).cloned().unwrap_or_default()
        })
    }
}

/// The section under the map of the codes.
pub(crate) fn evidence(store: Store) -> impl IntoView {
    let reading = Reading {
        report: store.view(Session::evaluation_view),
        threshold: store.view(Session::evaluation_threshold),
        kind_idx: RwSignal::new(0),
    };
    let n_kinds = reading.read(|report| report.kind_titles().len());
    effect(move || {
        // Other data have other kinds of anomalies.
        if reading.kind_idx.get_untracked() >= n_kinds.get().unwrap_or(0) {
            reading.kind_idx.set(0);
        }
    });
    let examples = Examples::new(store);
    let is_there = Memo::new(move |_| reading.report.with(Option::is_some));
    view! {
        <section class="panel evidence" aria-labelledby="evidence-title">
            <h3 id="evidence-title" class="visually-hidden">"Evidence"</h3>
            {standing::standing(store)} {store.later(|store| insights(store, InsightPlace::Evaluation))}
            {store.rare(is_there, move |store| rare_report(store, reading, examples))}
        </section>
    }
}

#[inline(never)]
fn rare_report(store: Store, reading: Reading, examples: Examples) -> AnyView {
    view! {
        <div class="evidence-parts">
            {store.later(move |_| heat::heat(reading, examples))}
            {store.later(move |_| curves::curves(reading, examples))}
            <div class="evidence-part is-threshold">
                {store.later(move |_| outcomes::outcomes(reading))}
                {store.later(move |store| per_label::per_label(store, reading))}
            </div>
        </div>
        {keep::keep(reading)}
    }
    .into_any()
}

/// What gives a detector's curve its colour and dash.
fn class_of(detector: DetectorKind) -> &'static str {
    match detector {
        DetectorKind::Network => "is-network",
        DetectorKind::Combined => "is-better",
        DetectorKind::MeanItem => "is-mean",
        DetectorKind::Pca => "is-components",
        DetectorKind::NearestNeighbours => "is-neighbours",
    }
}
