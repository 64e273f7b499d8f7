//! False alarms label by label: one threshold is not equally fair to all of them.

use leptos::prelude::*;

use super::Reading;
use crate::page::memo::Memo;
use crate::page::{
    charts::{RateBar, RateBars, rate_bars},
    store::Store,
};
use crate::session::{
    Session,
    view::{LabelFalseAlarms, axis_end},
};

/// The bars; nothing without labels.
pub(super) fn per_label(store: Store, reading: Reading) -> impl IntoView {
    let promised = store.view(Session::promised_rate);
    let one = reading.read(|report| report.nouns.0);
    let bars = Memo::new(move |_| {
        let threshold = reading.threshold.get()?;
        let labels = reading
            .report
            .with(|report| Some(report.as_ref()?.label_false_alarms(threshold)))?;
        (!labels.is_empty())
            .then(|| bars_of(store, &labels, promised.get(), one.get().unwrap_or("")))
    });
    let name = move || {
        format!(
            "False alarms, {} by {}",
            one.get().unwrap_or(""),
            one.get().unwrap_or("")
        )
    };
    view! {
        <figure class="per-label" aria-labelledby="per-label-title" hidden=move || bars.with(Option::is_none)>
            <figcaption id="per-label-title">{move || name()}</figcaption>
            {move || bars.with(|bars| bars.as_ref().map(rate_bars))}
        </figure>
    }
}

fn bars_of(
    store: Store,
    labels: &[LabelFalseAlarms],
    promised: Option<f32>,
    one: &str,
) -> RateBars {
    let bar = |label: &LabelFalseAlarms| {
        let percent = |rate: f32| format!("{:.0}", rate * 100.0);
        let (low, high) = label.interval;
        let name = store.peek(|session| session.class_in_words(label.label));
        RateBar {
            rate: label.rate,
            interval: label.interval,
            written: format!("{} of {}", label.n_flagged, label.n_items),
            description: format!(
                "{one} {name}: {} of {} flagged, between {} and {} %",
                label.n_flagged,
                label.n_items,
                percent(low),
                percent(high)
            ),
            name,
        }
    };
    RateBars {
        bars: labels.iter().map(bar).collect(),
        end: axis_end(labels.iter().map(|label| label.interval.1)),
        line: promised.map(|rate| (rate, "promised")),
    }
}
