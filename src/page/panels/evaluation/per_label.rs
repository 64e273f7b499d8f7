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
    let names = store.view(|session| {
        let names = (0..=u8::MAX).map(|label| session.class_name(label));
        names.collect::<Vec<_>>()
    });
    let bars = Memo::new(move |_| {
        let threshold = reading.threshold.get()?;
        let labels = reading
            .report
            .with(|report| Some(report.as_ref()?.label_false_alarms(threshold)))?;
        let names = names.get();
        let one = one.get().unwrap_or("");
        (!labels.is_empty()).then(|| bars_of(&labels, &names, promised.get(), one))
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
    labels: &[LabelFalseAlarms],
    names: &[String],
    promised: Option<f32>,
    one: &str,
) -> RateBars {
    let name_of = |label: u8| names.get(usize::from(label)).cloned().unwrap_or_default();
    let bar = |label: &LabelFalseAlarms| {
        let percent = |rate: f32| format!("{:.0}", rate * 100.0);
        let (low, high) = label.interval;
        RateBar {
            name: name_of(label.label),
            rate: label.rate,
            interval: label.interval,
            written: format!("{} of {}", label.n_flagged, label.n_items),
            description: format!(
                "{one} {}: {} of {} flagged, between {} and {} %",
                name_of(label.label),
                label.n_flagged,
                label.n_items,
                percent(low),
                percent(high)
            ),
        }
    };
    RateBars {
        bars: labels.iter().map(bar).collect(),
        end: axis_end(labels.iter().map(|label| label.interval.1)),
        line: promised.map(|rate| (rate, "promised")),
    }
}
