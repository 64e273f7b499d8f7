//! What the run at hand shows about such detectors, each with a way to see it; nothing that it does not bear out.

use super::{BenchKind, Session};
use crate::anomaly::ThresholdRule;
use crate::evaluation::{AnomalyKind, AnomalyReport, Corruption, DetectorKind, Report};
use crate::recipe::{DataName, RecipeName};
use crate::session::{Change, ItemChoice, Message, RecipeMessage, ThresholdMessage};

/// From this area under the ROC curve on a test tells nothing about a network, if the mean item reaches it.
const EASY_AUROC: f64 = 0.99;

/// Below this one anomalies look more normal than normal items do.
const INVERTED_AUROC: f64 = 0.45;

/// A rule that flags more than this share of normal test items is of little use.
const MANY_FALSE_ALARMS: f64 = 0.2;

/// Where on the page a insight belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InsightPlace {
    /// Beside the mean item.
    MeanItem,
    /// Beside the threshold rules.
    Threshold,
    /// Beside a picture that was made noisy.
    Denoising,
    /// Beside the evaluation.
    Evaluation,
}

/// Something that the run at hand shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Insight {
    /// With its figures.
    pub sentence: String,
    /// What sets the page up to see it.
    pub show: Vec<Message>,
    /// What there is to see then, as the end of "Show me: …".
    pub sight: String,
}

impl Insight {
    fn new(sentence: String, sight: impl Into<String>, show: Vec<Message>) -> Self {
        Self {
            sentence,
            show,
            sight: sight.into(),
        }
    }
}

impl Session {
    /// What the run at hand shows, of what belongs to one part of the page.
    pub fn insights(&self, place: InsightPlace) -> Vec<Insight> {
        let insights = match place {
            InsightPlace::MeanItem => {
                vec![self.network_is_the_mean(), self.columns_are_independent()]
            }
            InsightPlace::Threshold => vec![self.batches_vary_less()],
            InsightPlace::Denoising => vec![self.clean_networks_keep_noise()],
            InsightPlace::Evaluation => self.fresh_report().map_or_else(Vec::new, |report| {
                vec![
                    self.quarter_turn_is_easy(report),
                    self.noise_looks_normal(report),
                    self.neighbours_do_better(report),
                ]
            }),
        };
        insights.into_iter().flatten().collect()
    }

    /// A network that does no better than the mean item reconstructs everything as the same item.
    fn network_is_the_mean(&self) -> Option<Insight> {
        let figures = self.figures_against_mean()?;
        let is_worse = figures.is_trained && figures.network >= figures.mean_item;
        let (one, several) = self.nouns();
        is_worse.then(|| {
            Insight::new(
                format!("Whatever {one} it gets, it gives back much the same one: compare the reconstructions of two {several}."),
                format!("another {one}"),
                vec![Message::Lay(ItemChoice::Example)],
            )
        })
    }

    fn columns_are_independent(&self) -> Option<Insight> {
        let dependence = self.study().data.as_ref()?.dependence.as_ref()?;
        if !dependence.is_chance() {
            return None;
        }
        let (one, other) = &dependence.columns;
        let (n_inputs, n_code) = (
            self.architecture().input_size(),
            self.architecture().code_size(),
        );
        let worst = self.measured().scores.as_ref()?.ranking.first().copied()?;
        Some(Insight::new(
            format!(
                "The columns have nothing to do with each other: the strongest correlation, {:.2} between {one} and \
                 {other}, is one that chance gives (up to {:.2}). So there is nothing to compress, and {n_code} values \
                 cannot stand for {n_inputs}.",
                dependence.correlation, dependence.by_chance
            )
            .replace("-0.", "−0."),
            "the row that lost most",
            vec![Message::Lay(ItemChoice::Item(worst))],
        ))
    }

    /// Batches vary less than items, by the root of their size.
    fn batches_vary_less(&self) -> Option<Insight> {
        let batch_size = self.study().recipe.training.batch_size;
        let rule = ThresholdRule::BatchLosses { batch_size };
        let alarms = self.false_alarms(rule)?;
        let (_, several) = self.nouns();
        let is_borne_out = batch_size > 1 && alarms.low > MANY_FALSE_ALARMS;
        is_borne_out.then(|| {
            Insight::new(
                format!(
                    "The second article's line flags {:.0} % of the test {several}, all of them normal: it allows for \
                     how much means of {batch_size} {several} vary, and single {several} vary about {:.0} times as much.",
                    alarms.share() * 100.0,
                    (batch_size as f64).sqrt()
                ),
                "that threshold",
                vec![Message::Threshold(ThresholdMessage::ChooseRule(rule))],
            )
        })
    }

    /// What was never shown noise has no reason to take it away.
    fn clean_networks_keep_noise(&self) -> Option<Insight> {
        let view = self.denoising()?;
        let loss = view.noisy_psnr - view.reconstructed_psnr;
        let denoiser = match self.study().name.data() {
            DataName::Digits => RecipeName::DENOISER,
            DataName::Mnist | DataName::Handwritten => RecipeName::MNIST_DENOISER,
            DataName::Employees | DataName::Heartbeats => return None,
        };
        let is_borne_out = view.trained_with <= 0.0 && loss > 0.0;
        is_borne_out.then(|| {
            Insight::new(
                format!(
                    "A bottleneck alone does not denoise: trained on clean pictures, this network took {loss:.1} dB away \
                     from the noisy one. One that is trained to give back clean pictures for noisy ones adds some."
                ),
                format!("“{}”", denoiser.title()),
                vec![Message::Recipe(RecipeMessage::Choose(denoiser))],
            )
        })
    }

    fn quarter_turn_is_easy(&self, report: &Report) -> Option<Insight> {
        let turned = anomaly(report, Corruption::QuarterTurn)?;
        let by_mean = auroc(turned, DetectorKind::MeanItem)?;
        let hardest = report.anomalies.iter().filter_map(|anomaly| {
            let area = auroc(anomaly, DetectorKind::MeanItem)?;
            Some((anomaly.kind.title().to_lowercase(), area))
        });
        let (hardest, hardest_area) =
            hardest.min_by(|(_, one), (_, other)| one.total_cmp(other))?;
        let (one, several) = self.nouns();
        (by_mean >= EASY_AUROC).then(|| {
            Insight::new(
                format!(
                    "A quarter turn is an easy test: even always guessing the average {one} finds the turned \
                     {several}, with an area of {by_mean:.3}. The hardest test for it is “{hardest}”, with {hardest_area:.2}."
                ),
                format!("the {one} turned by 90°"),
                vec![
                    Message::Bench(Change::AddNoise(0.0)),
                    Message::Bench(Change::Rotate(90.0)),
                ],
            )
        })
    }

    fn noise_looks_normal(&self, report: &Report) -> Option<Insight> {
        let noisy = anomaly(report, Corruption::Noise { percent: 20 })?;
        let area = auroc(noisy, DetectorKind::Network)?;
        let (one, several) = self.nouns();
        let has_noise_on_bench = match self.kind().bench() {
            BenchKind::Drawing => true,
            BenchKind::Form | BenchKind::Curve => false,
        };
        (area < INVERTED_AUROC && has_noise_on_bench).then(|| {
            Insight::new(
                format!(
                    "Noise makes {several} look more normal to this network, not less: the area is {area:.2}, where \
                     guessing has 0.5."
                ),
                format!("the {one} with noise 0.2"),
                vec![
                    Message::Bench(Change::Rotate(0.0)),
                    Message::Bench(Change::AddNoise(0.2)),
                ],
            )
        })
    }

    /// On classes that were held out where there are any, else over all kinds of anomalies.
    fn neighbours_do_better(&self, report: &Report) -> Option<Insight> {
        let held_out = report
            .anomalies
            .iter()
            .find(|it| matches!(it.kind, AnomalyKind::HeldOut | AnomalyKind::Known));
        let areas = |detector| match held_out {
            Some(held_out) => auroc(held_out, detector),
            None => report.mean_auroc(detector),
        };
        let network = areas(DetectorKind::Network)?;
        let neighbours = areas(DetectorKind::NearestNeighbours)?;
        let (_, several) = self.nouns();
        let of = if held_out.is_some() {
            format!("On {several} that it was never shown")
        } else {
            "Over all tests together".to_owned()
        };
        let rarest = self.measured().scores.as_ref()?.ranking.first().copied()?;
        (neighbours > network).then(|| {
            Insight::new(
                format!(
                    "{of}, no network is needed: comparing with the nearest training {several}, value by value, gives \
                     an area of {neighbours:.3}, this network {network:.3}. What it has to offer is speed, a code and \
                     a picture of what it expected."
                ),
                "what it expected of the most anomalous one",
                vec![Message::Lay(ItemChoice::Item(rarest))],
            )
        })
    }
}

fn anomaly(report: &Report, corruption: Corruption) -> Option<&AnomalyReport> {
    let kind = AnomalyKind::Corrupted(corruption);
    report.anomalies.iter().find(|anomaly| anomaly.kind == kind)
}

fn auroc(anomaly: &AnomalyReport, detector: DetectorKind) -> Option<f64> {
    Some(anomaly.finding(detector)?.auroc?.value)
}
