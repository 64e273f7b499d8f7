//! The challenge: which pictures fooled the detector, and why, from the model's own numbers.

use super::{Panel, Session};
use crate::anomaly::{DEFAULT_ALPHA, Verdict, format_error, nearest_row};
use crate::order::ascending;
use crate::picture::{ErrorMap, signed_error};
use crate::protocol::Attempt;
use crate::session::Part;
use crate::session::Trick;
use crate::session::challenge::points;
use crate::session::study::{Attempts, Put};

/// The items are put in so many groups by the ink that they have.
const N_INK_GROUPS: usize = 5;

/// What is called a reason is a difference of at least a fifth.
const CLEARLY_LESS: f32 = 0.8;

/// What the page shows of the challenge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChallengeView {
    /// The pictures and what the detector said, in order; empty before the challenge was taken up.
    pub cards: Vec<TrickView>,
    /// How many of them fooled it.
    pub n_fooled: usize,
    /// The most points that a drawing of the reader's got.
    pub best: u32,
    /// The items in groups, those with the least ink first; empty before they were measured.
    pub ink_groups: Vec<InkGroup>,
    /// Columns of a picture.
    pub width: usize,
}

/// One of the pictures.
#[derive(Clone, Debug, PartialEq)]
pub struct TrickView {
    /// Which one.
    pub trick: Trick,
    /// As the network sees it.
    pub values: Vec<f32>,
    /// As the network reconstructed it.
    pub reconstruction: Vec<f32>,
    /// By the recipe's measure.
    pub error: f32,
    /// Whether the detector calls it an anomaly.
    pub is_anomaly: bool,
    /// What that says of the detector.
    pub outcome: TrickOutcome,
    /// For the reader's drawing: what it is worth.
    pub points: Option<u32>,
    /// Its ink as a part of the mean ink of the items.
    pub ink: f32,
    /// Why the detector says so, sentence by sentence.
    pub reasons: Vec<String>,
}

/// Whether the detector was fooled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrickOutcome {
    /// It says what a person would say.
    Right,
    /// It says the opposite.
    Fooled,
    /// It lets the reader's drawing pass, which is as near to the items that were trained on as others of their kind.
    TooAlike,
}

impl TrickOutcome {
    /// The words that the page shows.
    pub fn title(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Fooled => "fooled",
            Self::TooAlike => "too like the real ones",
        }
    }
}

/// Some items with about the same amount of ink.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InkGroup {
    /// Their mean ink as a part of the mean ink of all.
    pub ink: f32,
    /// Their mean error.
    pub error: f32,
}

impl Session {
    /// Whether there is a challenge for the data at hand.
    pub fn has_challenge(&self) -> bool {
        self.dataset().is_some() && self.has_panel(Panel::Challenge)
    }

    /// Whether an answer is being waited for, and there is none to show.
    pub fn is_challenge_awaited(&self) -> bool {
        self.has_taken_challenge() && self.challenge_attempts().is_none()
    }

    /// What the detector made of the pictures.
    pub fn challenge_view(&self) -> ChallengeView {
        let width = self.picture_size().0;
        let (Some(outcome), Some(threshold)) = (self.challenge_attempts(), self.threshold()) else {
            return ChallengeView {
                width,
                ..ChallengeView::default()
            };
        };
        let inks = self.inks();
        let mean_ink = inks.iter().map(|(ink, _)| ink).sum::<f32>() / inks.len().max(1) as f32;
        let ink_groups = ink_groups(&inks, mean_ink);
        let put = outcome.put.iter().zip(&outcome.tried.attempts);
        let cards: Vec<TrickView> = put
            .map(|(put, attempt)| {
                let is_anomaly = attempt.error > threshold;
                let ink = put.values.iter().sum::<f32>() / mean_ink.max(f32::MIN_POSITIVE);
                let points = self.points_of(put, attempt, outcome, threshold);
                TrickView {
                    trick: put.trick,
                    values: put.values.clone(),
                    reconstruction: attempt.reconstruction.clone(),
                    error: attempt.error,
                    is_anomaly,
                    outcome: outcome_of(put.trick, is_anomaly, points),
                    points: points.filter(|&points| points > 0),
                    ink,
                    reasons: self.reasons(put, attempt, threshold, ink, &ink_groups),
                }
            })
            .collect();
        ChallengeView {
            n_fooled: cards
                .iter()
                .filter(|card| card.outcome == TrickOutcome::Fooled)
                .count(),
            cards,
            best: self.measured().best_points,
            ink_groups,
            width,
        }
    }

    /// What the reader's drawing is worth; `None` without one, and where only a more
    /// generous line than the usual one lets it pass.
    pub(in crate::session) fn own_points(&self) -> Option<u32> {
        let (outcome, threshold) = (self.challenge_attempts()?, self.threshold()?);
        let mut put = outcome.put.iter().zip(&outcome.tried.attempts);
        let (put, attempt) = put.find(|(put, _)| put.trick == Trick::Own)?;
        self.points_of(put, attempt, outcome, threshold)
    }

    fn points_of(
        &self,
        put: &Put,
        attempt: &Attempt,
        outcome: &Attempts,
        threshold: f32,
    ) -> Option<u32> {
        if put.trick != Trick::Own {
            return None;
        }
        // A more generous line than the usual one would make it easy.
        let usual = self
            .calibration()?
            .conformal_threshold(DEFAULT_ALPHA)
            .ok()?;
        if attempt.error > threshold {
            return Some(0);
        }
        let typical = outcome.tried.typical_distance.unwrap_or(0.0);
        (attempt.error <= usual).then(|| points(attempt.distance, typical))
    }

    /// Ink and error of the test items, or of all where none are held out.
    fn inks(&self) -> Vec<(f32, f32)> {
        let Some(scored) = &self.measured().scores else {
            return Vec::new();
        };
        let has_test_items = scored.parts.contains(&Part::Test);
        let inks = self.measured().inks.iter();
        let inks = inks.flat_map(|inks| inks.iter()).zip(&scored.scores.errors);
        let counted = inks
            .zip(&scored.parts)
            .filter(|(_, part)| !has_test_items || **part == Part::Test);
        counted.map(|((&ink, &error), _)| (ink, error)).collect()
    }

    fn reasons(
        &self,
        put: &Put,
        attempt: &Attempt,
        threshold: f32,
        ink: f32,
        groups: &[InkGroup],
    ) -> Vec<String> {
        let (one, several) = self.nouns();
        let is_anomaly = attempt.error > threshold;
        let comparison = self.calibration().map(|calibration| {
            Verdict::new(attempt.error, threshold, calibration).sentence(several, None)
        });
        let little_ink = (!is_anomaly)
            .then(|| about_little_ink(ink, groups, (one, several)))
            .flatten();
        let too_much = is_anomaly.then(|| self.main_fault(put, attempt)).flatten();
        let thin = self.about_thin(put, attempt);
        let near = (!is_anomaly && !put.trick.is_normal())
            .then(|| self.about_nearest_code(attempt))
            .flatten();
        [comparison, too_much, thin, little_ink, near]
            .into_iter()
            .flatten()
            .collect()
    }

    fn main_fault(&self, put: &Put, attempt: &Attempt) -> Option<String> {
        let (width, height) = self.picture_size();
        let signed = signed_error(&put.values, &attempt.reconstruction);
        let reason = ErrorMap::main_reason(width, height, &signed)?;
        Some(format!("Most of the error is {}.", reason.in_words()))
    }

    /// The same item as it was written.
    fn about_thin(&self, put: &Put, attempt: &Attempt) -> Option<String> {
        if put.trick != Trick::ThickDigit {
            return None;
        }
        let item_idx = self.thickened_item()?;
        let error = *self
            .measured()
            .scores
            .as_ref()?
            .scores
            .errors
            .get(item_idx)?;
        let times = attempt.error / error.max(f32::MIN_POSITIVE);
        (times > 1.0).then(|| {
            format!(
                "Anyone still reads it, but as it was written, thinner, its error was {}: the broader pen made it \
                 {times:.1} times larger.",
                format_error(error)
            )
        })
    }

    /// The item whose code is nearest, since the decoder sees nothing but the code.
    fn about_nearest_code(&self, attempt: &Attempt) -> Option<String> {
        let codes = &self.measured().scores.as_ref()?.scores.codes;
        let (item_idx, _) = nearest_row(&attempt.code, codes)?;
        let (one, _) = self.nouns();
        let label = self.dataset()?.label_of(item_idx);
        let what = label.map_or_else(|| format!("a {one}"), |label| self.label_in_words(label));
        let reconstructed: f32 = attempt.reconstruction.iter().sum();
        Some(format!(
            "Its code lies nearest to that of item {item_idx}, {what}; from such a code the decoder paints {}.",
            ink_in_words(reconstructed)
        ))
    }
}

fn outcome_of(trick: Trick, is_anomaly: bool, points: Option<u32>) -> TrickOutcome {
    if is_anomaly != trick.is_normal() {
        TrickOutcome::Right
    } else if points == Some(0) {
        TrickOutcome::TooAlike
    } else {
        TrickOutcome::Fooled
    }
}

fn ink_in_words(ink: f32) -> String {
    if ink < 1.0 {
        "next to nothing".to_owned()
    } else {
        format!("{ink:.0} pixels' worth of ink")
    }
}

/// That items with little ink have small errors; `None` where the run at hand does not bear it out.
fn about_little_ink(ink: f32, groups: &[InkGroup], nouns: (&str, &str)) -> Option<String> {
    let (least, most) = (groups.first()?, groups.last()?);
    let (one, several) = nouns;
    if ink >= 1.0 || least.error > CLEARLY_LESS * most.error {
        return None;
    }
    Some(format!(
        "It has {:.0} % of the ink of an average {one}, and little ink leaves little to get wrong: the fifth of the \
         {several} with the least ink has a mean error of {}, the fifth with the most {}.",
        ink * 100.0,
        format_error(least.error),
        format_error(most.error)
    ))
}

/// Groups of about equal size, from the least ink to the most.
fn ink_groups(inks: &[(f32, f32)], mean_ink: f32) -> Vec<InkGroup> {
    if inks.len() < N_INK_GROUPS {
        return Vec::new();
    }
    let order = ascending(inks.iter().map(|&(ink, _)| ink));
    let bounds = |group_idx: usize| group_idx * inks.len() / N_INK_GROUPS;
    let group = |group_idx: usize| {
        let members = &order[bounds(group_idx)..bounds(group_idx + 1)];
        let n_members = members.len() as f32;
        InkGroup {
            ink: members.iter().map(|&place| inks[place].0).sum::<f32>()
                / n_members
                / mean_ink.max(f32::MIN_POSITIVE),
            error: members.iter().map(|&place| inks[place].1).sum::<f32>() / n_members,
        }
    };
    (0..N_INK_GROUPS).map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_grouped_from_the_least_ink_to_the_most() {
        let inks: Vec<_> = (0..10).rev().map(|n| (n as f32, n as f32 * 0.1)).collect();
        let groups = ink_groups(&inks, 4.5);
        assert_eq!(groups.len(), N_INK_GROUPS);
        assert!((groups[0].ink - 0.5 / 4.5).abs() < 1e-6 && (groups[0].error - 0.05).abs() < 1e-6);
        assert!((groups[4].ink - 8.5 / 4.5).abs() < 1e-6 && (groups[4].error - 0.85).abs() < 1e-6);
        assert!(ink_groups(&[(1.0, 1.0); 4], 1.0).is_empty());
    }

    #[test]
    fn little_ink_is_a_reason_only_where_the_run_bears_it_out() {
        let group = |ink, error| InkGroup { ink, error };
        let bears_it_out = [group(0.5, 0.01), group(1.5, 0.03)];
        let nouns = ("digit", "digits");
        let sentence = about_little_ink(0.2, &bears_it_out, nouns).expect("a reason");
        assert!(
            sentence.contains("20 %") && sentence.contains("0.010") && sentence.contains("0.030")
        );
        assert_eq!(about_little_ink(1.2, &bears_it_out, nouns), None);
        let hardly = [group(0.5, 0.018), group(1.5, 0.019)];
        assert_eq!(about_little_ink(0.2, &hardly, nouns), None);
        let reversed = [group(0.5, 0.03), group(1.5, 0.01)];
        assert_eq!(about_little_ink(0.2, &reversed, nouns), None);
        assert_eq!(about_little_ink(0.2, &[], nouns), None);
    }
}
