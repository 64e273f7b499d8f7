//! The threshold rule as a part of a link.

use super::names::{find_in, name_in};
use crate::anomaly::ThresholdRule;

/// The rules without a number by their names in links.
const PLAIN_RULES: [(&str, ThresholdRule); 2] = [
    ("training-maximum", ThresholdRule::TrainingMaximum),
    ("best-f1", ThresholdRule::BestF1),
];

/// A rule as key and value.
pub(super) fn rule_part(rule: ThresholdRule) -> (&'static str, String) {
    match rule {
        ThresholdRule::Conformal { alpha } => ("false-alarms", alpha.to_string()),
        ThresholdRule::Percentile { percent } => ("percentile", percent.to_string()),
        ThresholdRule::MeanDeviation { k } => ("deviations", k.to_string()),
        ThresholdRule::BatchLosses { batch_size } => ("batch-losses", batch_size.to_string()),
        ThresholdRule::MinMax { theta } => ("theta", theta.to_string()),
        ThresholdRule::MedianDeviation { k } => ("mad", k.to_string()),
        ThresholdRule::InterquartileRange { k } => ("iqr", k.to_string()),
        ThresholdRule::TrainingMaximum | ThresholdRule::BestF1 => {
            ("rule", name_in(&PLAIN_RULES, &rule))
        }
        ThresholdRule::Manual(threshold) => ("threshold", threshold.to_string()),
    }
}

/// Whether a part of a link says how the threshold is found.
pub(super) fn is_rule(key: &str) -> bool {
    const KEYS: [&str; 9] = [
        "false-alarms",
        "percentile",
        "deviations",
        "batch-losses",
        "theta",
        "mad",
        "iqr",
        "rule",
        "threshold",
    ];
    KEYS.contains(&key)
}

/// The rule that key and value name; `None` for a number that the rule cannot take.
pub(super) fn rule_of(key: &str, value: &str) -> Option<ThresholdRule> {
    let number = value.parse::<f32>().ok().filter(|it| it.is_finite());
    let positive = || number.filter(|&it| it >= 0.0);
    Some(match key {
        "false-alarms" => {
            let alpha = number.filter(|&alpha| alpha > 0.0 && alpha < 1.0)?;
            ThresholdRule::Conformal { alpha }
        }
        "percentile" => {
            let percent = number.filter(|percent| (0.0..=100.0).contains(percent))?;
            ThresholdRule::Percentile { percent }
        }
        "deviations" => ThresholdRule::MeanDeviation { k: positive()? },
        "batch-losses" => {
            let batch_size = value.parse().ok().filter(|&size| size > 0)?;
            ThresholdRule::BatchLosses { batch_size }
        }
        "theta" => ThresholdRule::MinMax { theta: number? },
        "mad" => ThresholdRule::MedianDeviation { k: positive()? },
        "iqr" => ThresholdRule::InterquartileRange { k: positive()? },
        "rule" => find_in(&PLAIN_RULES, value)?,
        "threshold" => ThresholdRule::Manual(positive()?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Message, Session, ThresholdMessage};

    #[test]
    fn every_rule_survives_a_link() {
        let with_odd_numbers = [
            ThresholdRule::Conformal { alpha: 0.013 },
            ThresholdRule::Percentile { percent: 99.5 },
            ThresholdRule::MeanDeviation { k: 2.3 },
            ThresholdRule::BatchLosses { batch_size: 7 },
            ThresholdRule::MinMax { theta: -0.2 },
            ThresholdRule::MedianDeviation { k: 0.0 },
            ThresholdRule::InterquartileRange { k: 3.0 },
            ThresholdRule::Manual(0.031),
        ];
        for rule in ThresholdRule::family(16)
            .into_iter()
            .chain(with_odd_numbers)
        {
            let (mut session, _) = Session::open_for("recipe=well-trained");
            session.update(Message::Threshold(ThresholdMessage::ChooseRule(rule)));
            let link = session.link_fragment();
            let (mut other, _) = Session::open_for("recipe=well-trained");
            other.update(Message::OpenLink(link.clone()));
            assert_eq!(other.threshold_rule(), rule, "{link}");
            assert!(other.notice().is_none(), "{link}");
            assert_eq!(other.link_fragment(), link);
        }
    }

    #[test]
    fn a_number_that_a_rule_cannot_take_is_left_out() {
        for part in [
            "false-alarms=0",
            "false-alarms=1",
            "percentile=101",
            "percentile=-1",
            "deviations=-1",
            "mad=NaN",
            "iqr=inf",
            "batch-losses=0",
            "rule=guess",
            "threshold=-0.1",
        ] {
            let (mut session, _) = Session::open_for("recipe=well-trained");
            session.update(Message::OpenLink(part.to_owned()));
            assert!(session.notice().is_some(), "{part}");
            assert_eq!(session.threshold_rule(), ThresholdRule::default(), "{part}");
        }
    }
}
