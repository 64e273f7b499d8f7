//! What must hold of numbers that come from a file.

use super::ModelFileError;
use super::saved::TrainedOn;
use crate::anomaly::{ErrorMeasure, ThresholdRule};
use crate::autoencoder::{Checkpoint, Position};
use crate::data::{CurveScaling, Encoding, Form};
use crate::recipe::Recipe;

/// No network here holds more values between two layers, or takes so many; each would be megabytes an item.
const MOST_VALUES: usize = 1_000_000;

/// No epoch here has more batches.
const MOST_BATCHES: usize = 100_000_000;

/// Checks a recipe as far as that is possible without its data.
pub(super) fn check_recipe(recipe: &Recipe) -> Result<(), ModelFileError> {
    recipe.validate().map_err(ModelFileError::Recipe)?;
    let sizes = recipe.architecture.layer_sizes();
    if sizes.iter().any(|&size| size > MOST_VALUES) {
        return Err(impossible("size of a layer"));
    }
    if let ErrorMeasure::Weighted { weights } = &recipe.measure {
        require(
            weights.iter().all(|&it| is_positive(it)),
            "weight of a value",
        )?;
    }
    Ok(())
}

/// Checks that the number of a rule is one that the page could have chosen.
pub(super) fn check_rule(rule: ThresholdRule) -> Result<(), ModelFileError> {
    let is_possible = match rule {
        ThresholdRule::Conformal { alpha } => alpha > 0.0 && alpha < 1.0,
        ThresholdRule::Percentile { percent } => (0.0..=100.0).contains(&percent),
        ThresholdRule::MinMax { theta } => theta.is_finite(),
        ThresholdRule::BatchLosses { batch_size } => batch_size > 0,
        ThresholdRule::MeanDeviation { k: number }
        | ThresholdRule::MedianDeviation { k: number }
        | ThresholdRule::InterquartileRange { k: number }
        | ThresholdRule::Manual(number) => is_positive(number),
        ThresholdRule::TrainingMaximum | ThresholdRule::BestF1 => true,
    };
    require(is_possible, "threshold rule")
}

/// Checks a place in the run, and that the optimiser can go on there.
pub(super) fn check_checkpoint(
    checkpoint: &Checkpoint,
    recipe: &Recipe,
) -> Result<(), ModelFileError> {
    let Position { epoch, batch } = checkpoint.position;
    let is_inside = epoch <= recipe.training.epochs && batch <= MOST_BATCHES;
    require(is_inside, "place in the run")?;
    let moments = checkpoint.moments.as_ref();
    let fit = moments.is_none_or(|moments| moments.fit(&recipe.architecture));
    require(fit, "state of the optimiser")
}

/// Checks that items of this form are what the network takes.
pub(super) fn check_trained_on(
    trained_on: &TrainedOn,
    recipe: &Recipe,
) -> Result<(), ModelFileError> {
    let n_values = match &trained_on.form {
        Form::Pictures { width, height } => width.saturating_mul(*height),
        Form::Table(schema) => {
            let is_possible = |encoding: &Encoding| match encoding {
                Encoding::Number { offset, scale, .. } => {
                    offset.is_finite() && scale.is_finite() && *scale != 0.0
                }
                Encoding::Logarithm {
                    unit,
                    offset,
                    scale,
                    ..
                } => {
                    let are_finite = [*unit, *offset, *scale].iter().all(|it| it.is_finite());
                    are_finite && *unit > 0.0 && *scale != 0.0
                }
                Encoding::Signed { .. }
                | Encoding::OneHot { .. }
                | Encoding::Missing
                | Encoding::LeftOut => true,
            };
            let mut encodings = schema.columns.iter().map(|column| &column.encoding);
            require(encodings.all(is_possible), "scale of a column")?;
            schema.n_features()
        }
        Form::Series(form) => {
            let is_possible = match form.scaling {
                CurveScaling::ByTheWhole { offset, scale } => {
                    offset.is_finite() && scale.is_finite() && scale > 0.0
                }
                CurveScaling::EachByItself => true,
            };
            require(is_possible, "scale of the curves")?;
            form.n_samples
        }
    };
    let has_scale = trained_on.largest_level != Some(0) && trained_on.largest_label > 0;
    require(has_scale, "scale of the items")?;
    let n_values = n_values.saturating_add(usize::from(recipe.label_input));
    require(
        n_values == recipe.architecture.input_size(),
        "size of the items",
    )
}

pub(super) fn require(holds: bool, what: &'static str) -> Result<(), ModelFileError> {
    if holds { Ok(()) } else { Err(impossible(what)) }
}

pub(super) fn is_positive(number: f32) -> bool {
    number.is_finite() && number >= 0.0
}

fn impossible(what: &'static str) -> ModelFileError {
    ModelFileError::Number { what }
}
