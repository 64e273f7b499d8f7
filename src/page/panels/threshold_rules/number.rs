//! The number of the rule at work, as a slider.

use leptos::prelude::*;

use crate::anomaly::{ThresholdRule, format_share};
use crate::page::memo::Memo;
use crate::page::{
    store::Store,
    widgets::{SliderSpec, each, slider},
};
use crate::session::{Message, ThresholdMessage, view::RuleView};

const FALSE_ALARMS: SliderSpec = SliderSpec {
    id: "false-alarms",
    name: "False alarms",
    min: 0.01,
    max: 0.20,
    step: 0.01,
    in_words: |alpha| format_share(alpha.into()),
};

const PERCENTILE: SliderSpec = SliderSpec {
    id: "percentile",
    name: "Percentile",
    min: 50.0,
    max: 100.0,
    step: 0.5,
    in_words: |percent| percent.to_string(),
};

const THETA: SliderSpec = SliderSpec {
    id: "theta",
    name: "θ",
    min: 0.0,
    max: 1.5,
    step: 0.01,
    in_words: |theta| format!("{theta:.2}"),
};

const K: SliderSpec = SliderSpec {
    id: "k",
    name: "k",
    min: 0.0,
    max: 6.0,
    step: 0.1,
    in_words: |k| k.to_string(),
};

/// Where a rule's number is written, how it is read and how the rule with another number is made.
struct Number {
    spec: SliderSpec,
    read: fn(ThresholdRule) -> f32,
    make: fn(f32) -> ThresholdRule,
}

/// The number of a rule; `None` for one without.
fn number(rule: ThresholdRule) -> Option<Number> {
    let (spec, make): (SliderSpec, fn(f32) -> ThresholdRule) = match rule {
        ThresholdRule::Conformal { .. } => {
            (FALSE_ALARMS, |alpha| ThresholdRule::Conformal { alpha })
        }
        ThresholdRule::Percentile { .. } => {
            (PERCENTILE, |percent| ThresholdRule::Percentile { percent })
        }
        ThresholdRule::MinMax { .. } => (THETA, |theta| ThresholdRule::MinMax { theta }),
        ThresholdRule::MeanDeviation { .. } => (K, |k| ThresholdRule::MeanDeviation { k }),
        ThresholdRule::MedianDeviation { .. } => (K, |k| ThresholdRule::MedianDeviation { k }),
        ThresholdRule::InterquartileRange { .. } => {
            (K, |k| ThresholdRule::InterquartileRange { k })
        }
        ThresholdRule::BatchLosses { .. }
        | ThresholdRule::TrainingMaximum
        | ThresholdRule::BestF1
        | ThresholdRule::Manual(_) => return None,
    };
    let read = |rule| match rule {
        ThresholdRule::Conformal { alpha } => alpha,
        ThresholdRule::Percentile { percent } => percent,
        ThresholdRule::MinMax { theta } => theta,
        ThresholdRule::MeanDeviation { k }
        | ThresholdRule::MedianDeviation { k }
        | ThresholdRule::InterquartileRange { k } => k,
        ThresholdRule::BatchLosses { .. }
        | ThresholdRule::TrainingMaximum
        | ThresholdRule::BestF1
        | ThresholdRule::Manual(_) => 0.0,
    };
    Some(Number { spec, read, make })
}

/// The slider of the rule at work, where it has a number; another one when another rule is chosen.
pub(super) fn number_of(store: Store, rule: Memo<RuleView>) -> impl IntoView {
    let kind = Memo::new(move |_| std::mem::discriminant(&rule.with(|view| view.rule)));
    let slider_of_kind = move |_| {
        let Number { spec, read, make } = number(rule.with_untracked(|view| view.rule))?;
        let value = Memo::new(move |_| read(rule.with(|view| view.rule)));
        let choose = move |value| {
            store.send(Message::Threshold(ThresholdMessage::ChooseRule(make(
                value,
            ))));
        };
        Some(slider(spec, value, choose))
    };
    // By its kind as the key it is built anew: names and ends of a slider never change once it stands.
    each(move || vec![kind.get()], slider_of_kind)
}
