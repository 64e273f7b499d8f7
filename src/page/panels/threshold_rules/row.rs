//! One rule in the list: its name, where its line stands, what it promises and what it flags.

use leptos::prelude::*;

use crate::anomaly::{LogScale, Promise, format_share};
use crate::page::memo::Memo;
use crate::page::{
    charts::{IntervalBar, Strip, interval_bar, threshold_strip},
    store::Store,
};
use crate::session::{
    Message, Session, ThresholdMessage,
    view::{RuleView, RulesView},
};

/// What is left free at both ends of the strips, as a ratio.
const MARGIN: f32 = 1.15;

/// The rule at a place of the list.
pub(super) fn row(
    store: Store,
    rules: Memo<RulesView>,
    axis: Memo<LogScale>,
    rule_idx: usize,
) -> impl IntoView {
    let nouns = store.view(Session::nouns);
    let rule = Memo::new(move |_| rules.with(|view| view.rules.get(rule_idx).cloned()));
    let read = move |read: fn(&RuleView) -> String| {
        rule.with(|rule| rule.as_ref().map_or_else(String::new, read))
    };
    let is = move |read: fn(&RuleView) -> bool| rule.with(|rule| rule.as_ref().is_some_and(read));
    let choose = move || {
        if let Some(rule) = rule.with_untracked(|view| view.as_ref().map(|view| view.rule)) {
            store.send(Message::Threshold(ThresholdMessage::ChooseRule(rule)));
        }
    };
    let (name_id, note_id) = (format!("rule-{rule_idx}"), format!("rule-{rule_idx}-note"));
    view! {
        <label
            class="rule"
            class:is-chosen=move || is(|rule| rule.is_chosen)
            class:is-blocked=move || is(|rule| !rule.can_be_chosen)
        >
            <input
                type="radio"
                name="threshold-rule"
                aria-labelledby=name_id.clone()
                aria-describedby=note_id.clone()
                disabled=move || is(|rule| !rule.can_be_chosen)
                prop:checked=move || is(|rule| rule.is_chosen)
                on:change=move |_| choose()
            />
            <span class="rule-name" id=name_id>
                {move || read(|rule| rule.title.clone())}
            </span>
            <span class="visually-hidden" id=note_id>
                {move || rule.with(|rule| rule.as_ref().map(|rule| rule.description(nouns.get())))}
            </span>
            {threshold_strip(strip(rules, axis, rule))}
            <span class="rule-promise" aria-hidden="true">
                {move || read(|rule| promised(rule.promise))}
            </span>
            {figures(rule)}
        </label>
    }
}

/// The measured rate of false alarms, as a picture and in figures.
fn figures(rule: Memo<Option<RuleView>>) -> impl IntoView {
    let bar = Memo::new(move |_| {
        let rule = rule.get()?;
        let alarms = rule.false_alarms?;
        Some(IntervalBar {
            share: alarms.share(),
            interval: (alarms.low, alarms.high),
            fits: alarms.fit(rule.promise),
        })
    });
    let promised = Memo::new(move |_| match rule.get()?.promise {
        Promise::AtMost(share) | Promise::About(share) => Some(f64::from(share)),
        Promise::Nothing => None,
    });
    let measured = move || {
        let rule = rule.get()?;
        Some(match rule.false_alarms {
            Some(alarms) => format!("{:.1} %", alarms.share() * 100.0),
            None if !rule.can_be_chosen => "needs labels".to_owned(),
            None if rule.obstacle.is_some() => "no threshold".to_owned(),
            None => "–".to_owned(),
        })
    };
    let interval = move || {
        let alarms = rule.get()?.false_alarms?;
        let (low, high) = (alarms.low * 100.0, alarms.high * 100.0);
        Some(format!("{low:.1}–{high:.1}"))
    };
    view! {
        {interval_bar(bar, promised)}
        <span class="rule-figures" aria-hidden="true">
            <b>{move || measured()}</b>
            <span>{move || interval()}</span>
        </span>
    }
}

/// The axis that all strips share: as long as the calibration errors and the lines need.
pub(super) fn axis(rules: Memo<RulesView>) -> Memo<LogScale> {
    Memo::new(move |_| {
        rules.with(|view| {
            let lines = view.rules.iter().chain([&view.chosen]);
            let lines = lines.filter_map(|rule| rule.threshold);
            let ends = view.spread.map(|spread| [spread.min, spread.max]);
            let all = || lines.clone().chain(ends.into_iter().flatten());
            let (low, high) = (
                all().fold(f32::INFINITY, f32::min),
                all().fold(0.0, f32::max),
            );
            LogScale::new(low / MARGIN, high * MARGIN)
        })
    })
}

/// The line among the calibration errors, beside the error of what lies on the bench.
fn strip(
    rules: Memo<RulesView>,
    axis: Memo<LogScale>,
    rule: Memo<Option<RuleView>>,
) -> Memo<Strip> {
    Memo::new(move |_| {
        let axis = axis.get();
        let (spread, error) = rules.with(|view| (view.spread, view.error_on_bench));
        let line = rule.with(|rule| rule.as_ref().and_then(|rule| rule.threshold));
        let place = |(from, to): (f32, f32)| (axis.position(from), axis.position(to));
        Strip {
            range: spread.map(|it| place((it.min, it.max))),
            middle: spread.map(|it| place((it.first_quartile, it.third_quartile))),
            line: line.map(|line| axis.position(line)),
            pin: error.map(|error| axis.position(error)),
            is_above: error.zip(line).is_some_and(|(error, line)| error > line),
        }
    })
}

fn promised(promise: Promise) -> String {
    match promise {
        Promise::AtMost(share) => format!("≤ {}", format_share(share.into())),
        Promise::About(share) => format!("≈ {}", format_share(share.into())),
        Promise::Nothing => "–".to_owned(),
    }
}
